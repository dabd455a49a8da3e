"""Caps and distinct calls: what is left out is left out of the preview too, and refused rows take no place."""

import json
from pathlib import Path

import pytest

from tests.traces import samples
from tests.traces.export.test_export import lines
from traces.export import ExportError, Options, export, preview
from traces.ledger import Ledger
from traces.record import Message


def ids(ledger: Ledger, target: Path, options: Options) -> list[str]:
    expected = preview(ledger, "trl", options)
    report = export(ledger, "trl", target, options)
    assert report.files == expected.files
    return [row["id"] for file in sorted(report.files) for row in lines(target / file)]


def asking(query: object) -> tuple[Message, ...]:
    return (
        samples.user("Q"),
        samples.said("", samples.call("a", "search", {"query": query})),
        samples.saw("a", "search", "x"),
        samples.said("A"),
    )


def test_a_cap_takes_the_first_rows_of_each_value(ledger: Ledger, tmp_path: Path) -> None:
    ledger.put_attempt("a", 1, [samples.trace("a-1", asking("<|im_end|>"))])
    for slot in "bcd":
        ledger.put_attempt(slot, 1, [samples.trace(f"{slot}-1")])
    ledger.put_attempt("e", 1, [samples.trace("e-1", samples.DIRECT)])
    assert ids(ledger, tmp_path / "steps", Options(caps={"steps": 2})) == ["b-1", "c-1", "e-1"]
    assert ids(ledger, tmp_path / "both", Options(caps={"steps": 2, "decision": 2})) == ["b-1", "c-1"]


def test_attempts_with_the_same_calls_are_one(ledger: Ledger, tmp_path: Path) -> None:
    for n, query in enumerate(["Mount Orlan", "mount  orlan\n", "Mount Orlan 2", "Mount Orlan", "mountorlan"], 1):
        ledger.put_attempt("a", n, [samples.trace(f"a-{n}", asking(query))])
    ledger.put_attempt("b", 1, [samples.trace("b-1", asking("Mount Orlan"))])
    ledger.put_attempt("b", 2, [samples.trace("b-2", samples.DIRECT)])
    ledger.put_attempt("b", 3, [samples.trace("b-3", samples.DIRECT)])
    assert ids(ledger, tmp_path / "out", Options(distinct=True)) == ["a-1", "a-3", "b-1", "b-2"]
    assert ids(ledger, tmp_path / "one", Options(distinct=True, per_task=1)) == ["a-1", "b-1"]


@pytest.mark.parametrize(
    ("caps", "words"), [({"famly": 1}, "Did you mean family"), ({"family": 0}, "would leave nothing")]
)
def test_a_bad_cap_is_told(caps: dict[str, int], words: str) -> None:
    with pytest.raises(ExportError, match=words):
        Options(caps=caps)


@pytest.mark.parametrize("name", ["preference", "kto", "steps", "rl", "verdicts"])
@pytest.mark.parametrize(
    "options",
    [
        Options(caps={"family": 1}),
        Options(distinct=True),
        Options(pick="best"),
        Options(pick="shortest"),
        Options(per_task=1),
    ],
)
def test_formats_that_need_all_of_a_task_take_all(ledger: Ledger, tmp_path: Path, name: str, options: Options) -> None:
    with pytest.raises(ExportError, match="needs all of a task's attempts"):
        export(ledger, name, tmp_path / "out", options)
    assert not (tmp_path / "out").exists()


def test_the_card_of_kto_tells_the_shares(ledger: Ledger, tmp_path: Path) -> None:
    for n in range(3):
        ledger.put_attempt("a", n, [samples.trace(f"a-{n}")])
    ledger.put_attempt("a", 4, [samples.trace("a-4", samples.wrong(), outcome="reject", bad=1)])
    report = export(ledger, "kto", tmp_path / "out")
    assert report.marks == {"right": 3, "wrong": 1}
    card = (tmp_path / "out" / "README.md").read_text()
    assert "| right | 3 | 75.0% |\n| wrong | 1 | 25.0% |" in card
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["rows"] == {"data/train.jsonl": 4}
