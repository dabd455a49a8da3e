"""Which part of a text of several lines is its answer, and how parts are told."""

from itertools import pairwise

import pytest

from graders.answers import equivalent
from graders.answers.standing import Standing, parts
from graders.wording import Verdict

_RAISED = "You raised **€640** in all.\n\n- **Bake sale:** €240\n- **Raffle:** €400"
_SHOPS = "By shop:\n\n- **Nordby:** about €90\n- **Lund:** about €60\n\nYou spent most at **Nordby** (about €90)."
_TALKS = "You went to 3 talks:\n\n1. 4 May 2021: on moss\n2. 5 May 2021: on peat\n3. 9 May 2021: on bogs"


@pytest.mark.parametrize(
    ("text", "answer", "verdict"),
    [
        (_RAISED, "€640", "equal"),
        (_RAISED, "€400", "different"),
        (_SHOPS, "Nordby", "equal"),
        (_SHOPS, "Lund", "different"),
        (_TALKS, "three", "equal"),
        (_TALKS, "two", "different"),
    ],
)
def test_a_breakdown_is_not_the_answer(text: str, answer: str, verdict: Verdict) -> None:
    assert equivalent(text, answer) == verdict


@pytest.mark.parametrize(
    ("text", "standings"),
    [
        ("It is 5 m, which is 2 m more than the other.", ["SAID", "ASIDE"]),
        ("Although it was 3, it is 5.", ["PAST", "SAID"]),
        ("Originally called Moelv, it is now Hamar.", ["PAST", "SAID"]),
        ("Originally, it was called Moelv.", ["PAST", "PAST"]),
        ("She has 2 cats and 3 dogs, so she has 5 pets.", ["SAID", "CONCLUDED"]),
        ("It is Hamar, not Moelv.", ["SAID", "DENIED"]),
        ("It is Hamar (or Hammer), but I may be wrong.", ["SAID", "ASIDE", "ASIDE"]),
        ("Dr. Moen lives in St. Olav. She is 40.", ["SAID", "SAID"]),
    ],
)
def test_parts(text: str, standings: list[str]) -> None:
    found = [part for part in parts(text) if any(c.isalnum() for c in text[part.start : part.end])]
    assert [Standing(part.standing).name for part in found] == standings


def test_parts_end_where_the_text_ends_and_never_overlap() -> None:
    for text in (_RAISED, _SHOPS, _TALKS, "", "(", "a)", ", ", "; (b", "x = (y = z)"):
        found = parts(text)
        assert all(one.end <= two.start for one, two in pairwise(found))
        assert not found or found[-1].end <= len(text)
