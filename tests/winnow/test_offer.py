"""`offer` puts a tool into every task, whatever its family names."""

from pathlib import Path

from scenarios.loading import load_scenario
from tests.winnow.command import winnow
from traces.ledger import Ledger
from winnow.folder import RunFolder

SCENARIO = """
winnow: 1
name: offering
world: {documents: 100}
tasks: {count: 6, families: [percentages, no_tool]}
models: {solver: {model: teacher}}
tools: [calculator]
offer: [open_page, calculator]
"""


def test_a_tool_is_offered_in_every_task(tmp_path: Path) -> None:
    scenario, run = tmp_path / "offering.yaml", tmp_path / "run"
    scenario.write_text(SCENARIO)
    done = winnow("run", scenario, "-o", run)
    assert done.returncode == 0, done.stderr
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        traces = list(ledger.trajectories())
    offered = {tuple(sorted(tool["function"]["name"] for tool in trace.tools)) for trace in traces}
    assert offered == {("calculator", "open_page")}


def test_families_pass_their_check_beside_it(tmp_path: Path) -> None:
    scenario = tmp_path / "offering.yaml"
    scenario.write_text(SCENARIO)
    done = winnow("validate", scenario)
    assert done.returncode == 0, done.stdout


def test_each_tool_once_and_the_familys_first(tmp_path: Path) -> None:
    path = tmp_path / "offering.yaml"
    path.write_text(SCENARIO)
    scenario = load_scenario(path)
    assert scenario.offered(("search", "calculator")) == ("calculator", "open_page")
    assert scenario.all_tools == ("calculator", "open_page")
