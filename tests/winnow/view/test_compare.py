"""Two attempts side by side, and the row a trainer will see."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from starlette.testclient import TestClient

from tests.traces import samples
from tests.winnow.view.test_pages import client
from traces.export import Options, all_formats, export
from traces.ledger import Ledger
from traces.record import Trajectory
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.pages.compare import parting
from winnow.view.shelf import Shelf


@pytest.fixture
def site(run: Path) -> Iterator[TestClient]:
    with TestClient(build_app(Shelf([run]), "127.0.0.1", 80), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def ledger(run: Path) -> Iterator[Ledger]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as opened:
        yield opened


def repaired(ledger: Ledger) -> tuple[Trajectory, Trajectory]:
    traces = {t.key: t for t in ledger.trajectories()}
    second = next(t for t in traces.values() if t.lineage.repaired_from)
    return traces[second.lineage.repaired_from or ""], second


def test_steps_that_are_the_same_stand_once(site: TestClient, ledger: Ledger) -> None:
    a, b = repaired(ledger)
    same = parting(a, b)
    text = site.get("/run/seen/compare", params={"a": a.key, "b": b.key}).text
    assert text.count("<article") == len(a.steps) + len(b.steps) - same
    assert text.count('id="both-step-') == same
    assert parting(a, a) == len(a.steps)
    twin = a.model_copy(update={"messages": (*a.messages[:-1], a.messages[-1].model_copy(update={"content": "other"}))})
    assert parting(a, twin) == len(a.steps) - 1


def test_attempts_at_other_tasks_are_not_compared(site: TestClient, ledger: Ledger) -> None:
    a, b = (next(t for t in ledger.trajectories() if t.task.family == family) for family in ("money", "lookup"))
    assert site.get("/run/seen/compare", params={"a": a.key, "b": b.key}).status_code == 404
    assert "two keys" in site.get("/run/seen/compare").text


def pieces(text: str) -> list[str]:
    found = re.findall(r'<pre class="source">(.*?)</pre>', text, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", piece)) for piece in found]


@pytest.mark.parametrize("format", ["openai", "trl"])
def test_the_row_is_the_one_an_export_writes(
    site: TestClient, ledger: Ledger, run: Path, tmp_path: Path, format: str
) -> None:
    export(ledger, format, tmp_path / "out", Options())
    key = next(s.key for s in ledger.stored() if s.decision == "keep" and s.repair == 0)
    text = site.get(f"/run/seen/{key}/export?format={format}").text
    *messages, rest = map(orjson.loads, pieces(text))
    written = [
        orjson.loads(line) for file in (tmp_path / "out").rglob("*.jsonl") for line in file.read_bytes().splitlines()
    ]
    assert {**rest, "messages": messages} in written
    assert text.count('class="piece masked"') == sum(m["role"] != "assistant" for m in messages) + 1


def test_transforms_are_applied_to_the_row_that_is_shown(run: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(run, tmp_path / "seen"))
    with Ledger.open(RunFolder(copy).ledger) as ledger:
        ledger.put_attempt("two", 1, [samples.trace("two-1")])
    with client(copy) as site:
        plain = site.get("/run/seen/two-1/export?format=trl")
        fitted = site.get("/run/seen/two-1/export?format=trl&transform=serialise_parallel&transform=unknown")
        pairs = site.get("/run/seen/two-1/export?format=steps").text
    *messages, rest = map(orjson.loads, pieces(plain.text))
    *changed, marked = map(orjson.loads, pieces(fitted.text))
    assert max(len(m.get("tool_calls", ())) for m in messages) == 2
    assert max(len(m.get("tool_calls", ())) for m in changed) == 1
    assert (rest["transforms"], marked["transforms"]) == ([], ["serialise_parallel"])
    assert '"?format=trl&amp;transform=serialise_parallel"' in plain.text
    assert '"?format=openai&amp;transform=serialise_parallel"' in fitted.text  # another format keeps what was chosen
    assert 'aria-label="Transforms"' not in pairs  # its rows are of steps, as they were said


def test_a_trajectory_that_is_not_kept_gives_no_row_and_every_format_has_a_page(
    site: TestClient, ledger: Ledger
) -> None:
    a, b = repaired(ledger)
    assert "gives no row of openai" in site.get(f"/run/seen/{a.key}/export").text
    for format in all_formats():
        assert site.get(f"/run/seen/{b.key}/export?format={format}").status_code == 200
    assert site.get(f"/run/seen/{b.key}/export?format=none").status_code == 404
