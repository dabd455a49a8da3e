"""A broken file of a tool, grader or family ends a command in words, before anything is written."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from graders import programs
from graders.base import all_graders
from scenarios import families
from scenarios.family import all_families
from tools import offered
from tools.catalogue import catalogue
from winnow.cli import main

GRADER = """
from dataclasses import dataclass
from typing import ClassVar
from graders.base import Case, Grader
from traces.record import Step

@dataclass(frozen=True)
class Mine(Grader):
    name: ClassVar[str] = {name!r}
    codes: ClassVar[tuple[str, ...]] = ({code!r},)

    def judge(self, case: Case, step: Step) -> None:
        return None
"""
Put = Callable[[ModuleType, str], None]


@pytest.fixture(name="put")
def fixture_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Puts a file `odd.py` among the parts of a package."""

    def put(package: ModuleType, text: str) -> None:
        (tmp_path / "parts").mkdir()
        (tmp_path / "parts" / "odd.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path / "parts")])
        _forget()

    yield put
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for found in (catalogue, all_graders, all_families):
        found.cache_clear()
    for name in [name for name in sys.modules if name.endswith(".odd")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("package", "text", "told"),
    [
        (offered, "def odd(:\n", "tools/offered/odd.py: cannot be imported (SyntaxError in line 1"),
        (offered, "odd = 1\n", "tools/offered/odd.py: defines no LangChain tool named 'odd'"),
        (programs, "1 / 0\n", "graders/programs/odd.py: cannot be imported (ZeroDivisionError: division by zero)"),
        (programs, GRADER.format(name="schema", code="F1"), "another grader is called 'schema', too"),
        (programs, GRADER.format(name="odd", code="Z9"), "there is no code Z9"),
        (families, "import nothing_of_this_name\n", "scenarios/families/odd.py: cannot be imported"),
    ],
)
def test_a_run_ends_before_it_begins(
    put: Put,
    package: ModuleType,
    text: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(package, text)
    monkeypatch.setattr(sys, "argv", ["winnow", "run", "scenarios/quickstart.yaml", "-o", str(tmp_path / "run")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_the_list_of_tools_names_the_file(
    put: Put, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(offered, "raise ValueError('[/x] no')\n")
    monkeypatch.setattr(sys, "argv", ["winnow", "tools", "list"])
    with pytest.raises(SystemExit):
        main()
    assert "odd.py: cannot be imported (ValueError: [/x] no)" in capsys.readouterr().err
