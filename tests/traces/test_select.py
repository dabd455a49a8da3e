"""The selection language: what it means, and how it says what is wrong."""

import pytest

from tests.traces import samples
from traces.ledger import Ledger
from traces.select import FIELDS, Candidate, SelectError, parse


@pytest.fixture
def kept(ledger: Ledger) -> Candidate:
    ledger.put_attempt("compare-1", 1, [samples.trace("compare-1-1")])
    ledger.add_note("compare-1-1", "", author="me", kind="good")
    ledger.add_note("compare-1-1", "odd", author="me", step=1)
    return Candidate(next(ledger.stored()), lambda: 0.5)


@pytest.fixture
def rejected(ledger: Ledger) -> Candidate:
    ledger.put_attempt("compare-2", 2, [samples.trace("compare-2-2", outcome="reject", bad=1, code="C2")])
    return Candidate(next(ledger.stored()), lambda: None)


TRUE = (
    """
kept and tools >= 2 and difficulty > 2
0 < pass_rate < 1
not rejected_is_no_name or kept
"search" in tools
'wormhole' not in tools
codes == 0
first_error.code == none
first_error.step != 1
decision == "keep"
decision in ["keep", 'reject']
difficulty in [1, 3]
steps == 3 and calls == 3 and attempt == 1
(kept or repaired) and not (repaired)
not repaired == true
kept == true
tokens > 100.5
seconds >= 0
notes == 2 and "good" in notes and "words" in notes
not ("bad" in notes)
family != "lookup"
key == "compare-1-1" and slot == "compare-1"
model == "teacher/1" and ending == "answered" and answerable
difficulty > -1
""".strip()
    .replace("not rejected_is_no_name or kept\n", "")
    .splitlines()
)


@pytest.mark.parametrize("text", TRUE)
def test_true_of_a_kept_trace(kept: Candidate, text: str) -> None:
    assert parse(text).test(kept) is True
    assert parse(f"not ({text})").test(kept) is False


@pytest.mark.parametrize(
    "text",
    [
        'first_error.code == "C2"',
        "first_error.step == 1",
        '"C2" in codes',
        "codes == 1",
        "not kept",
        "not pass_rate >= 0",
        "pass_rate == none",
    ],
)
def test_true_of_a_rejected_trace(rejected: Candidate, text: str) -> None:
    assert parse(text).test(rejected) is True


def test_and_binds_before_or(kept: Candidate) -> None:
    assert parse("kept or kept and repaired").test(kept)
    assert not parse("(kept or kept) and repaired").test(kept)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("kept and dificulty > 3", 9, "did you mean difficulty?"),
        ("kept and", 8, "a value is missing"),
        ("", 0, "a value is missing"),
        ("kept kept", 5, "was not expected"),
        ("(kept", 5, "')' is missing for what opens at character 1"),
        ("steps > 'a'", 6, "a number and a text cannot be compared"),
        ("steps", 0, "a number is no condition"),
        ("kept and steps", 9, "a number is no condition"),
        ("steps = 3", 6, "'=' means nothing here: use == to compare"),
        ("kept and and", 9, "a value is missing before 'and'"),
        ("family in [lookup]", 11, 'did you mean "lookup"?'),
        ('tools >= "x"', 6, "a list of names and a text cannot be compared"),
        ("steps in 3", 6, "`in` wants"),
        ("tools in ['a']", 6, "`in` wants"),
        ("steps in [kept]", 10, "a list holds"),
        ("steps in [1 2]", 12, "',' is missing"),
        ("__import__('os')", 0, "__import__ is not known"),
        ("key.upper() == 'A'", 0, "key.upper is not known"),
        ("kept; kept", 4, "';' means nothing"),
        ("kept.__class__ == 1", 0, "kept.__class__ is not known"),
        ("kept and ) ", 9, "')' was not expected"),
        ("'open", 0, "means nothing"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(SelectError) as caught:
        parse(text)
    assert words in caught.value.cause
    assert caught.value.position == position
    assert str(caught.value).splitlines()[-1] == " " * (position + 2) + "^"


@pytest.mark.parametrize("text", ["(" * 200 + "kept" + ")" * 200, "not " * 200 + "kept", "kept or " * 1000 + "kept"])
def test_monsters_are_refused(text: str) -> None:
    with pytest.raises(SelectError):
        parse(text)


def test_every_field_can_be_read(kept: Candidate) -> None:
    for name in FIELDS:
        assert parse(f"{name} == none or {name} != none").test(kept)
        assert parse(f"{name} == none").names == {name}
