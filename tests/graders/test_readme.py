"""The grader in the README is a real one: pasted as a file it is found, and it tells a wrong trace from a right one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import graders
from graders import programs
from graders.base import all_graders, judge_all
from graders.codes import BY_CODE


@pytest.fixture(name="source")
def fixture_source() -> str:
    text = (Path(graders.__path__[0]) / "README.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(name="pasted")
def fixture_pasted(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The example as a file in a folder that counts as `graders/programs`."""
    (tmp_path / "unseen_address.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(programs, "__path__", [*programs.__path__, str(tmp_path)])
    all_graders.cache_clear()
    yield "unseen_address"
    all_graders.cache_clear()


def test_the_example_is_found_and_works(source: str, pasted: str, talk: Any) -> None:
    assert len(source.splitlines()) <= 30
    grader = all_graders()[pasted]
    assert set(grader.codes) <= BY_CODE.keys()

    def found(answer: str) -> list[tuple[int, str | None, str]]:
        case = talk("Who is in charge?").search("in charge", "Ann Pell, ann@osk.example").answers(answer).case
        return [(v.step, v.code, v.evidence[0].text) for v in judge_all(case, [grader]) if v.status != "pass"]

    assert found("Write to ann@osk.example.") == []
    assert found("Write to bob@osk.example.") == [(1, "O2", "bob@osk.example")]
