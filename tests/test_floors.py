"""The shape of the house: which folder may import which, what the command line may not pull in, what no file may name."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("traces", "tools", "scenarios", "graders", "agents", "winnow")
OURS = {*FLOORS, "docs", "tests", "benchmarks"}
MAY_IMPORT = {
    **{floor: set(FLOORS[: level + 1]) for level, floor in enumerate(FLOORS)},
    "docs": {*FLOORS, "docs"},
}
HEAVY = {
    "langgraph",
    "langchain",
    "langchain_core",
    "langsmith",
    "sympy",
    "numpy",
    "e2b",
    "e2b_code_interpreter",
    "tantivy",
}
INDEX = re.compile(r"https?://\S*/simple\b|--(extra-)?index-url[ =]\S*:|--find-links[ =]\S|files\.pythonhosted\.")


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """The top-level package of each import, wherever in the file it stands, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.partition(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, (node.module or "").partition(".")[0]


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_itself_and_those_below(folder: str) -> None:
    upward = [
        f"{path.relative_to(ROOT)}:{line} imports {package}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, package in _imports(path)
        if package in OURS - MAY_IMPORT[folder]
    ]
    assert upward == []


def test_every_folder_has_a_floor() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"benchmarks"} == {*FLOORS, "docs"}


def test_the_command_line_starts_light() -> None:
    code = "import sys, winnow.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


def test_reading_a_scenario_needs_no_agents_tools_or_graders() -> None:
    code = "import sys, scenarios.loading; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {*HEAVY, "agents", "graders", "winnow"} == set()


def test_no_file_names_a_package_index_or_a_place_on_one_machine() -> None:
    # Every machine has /root: attacks on the sandbox aim at it, and it tells nothing of whose machine this is.
    places = {str(ROOT), str(Path.home())} - {"/", "/root"}
    place = re.compile("|".join(rf"{re.escape(here)}(/|\b)" for here in places))
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in _tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if (match := INDEX.search(line) or place.search(line))
    ]
    assert found == []
