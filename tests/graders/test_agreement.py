"""Whether answers in attempts' own words say the same, and how many do."""

import pytest

from graders.agreement import same_answer, voices
from graders.wording import Verdict as Same

QUERY = "By what percentage did it rise, from 140 to 180.4 crowns, and when did the Brorneth Star sail for Quonedra?"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("That is a change of 28.86 percent.", "The change is 28.86 %."),
        ("It rose from 140 to 180.4 crowns: **28.86 %**.", "28.86%"),
        ("It sailed on 23 January 2023.", "2023-01-23 is the day on which the Brorneth Star left."),
        ("The largest firm there is Fleitheen Optics.", "Fleitheen Optics, with the most staff."),
        ("The average is 29,473.40 g.", "From 30,653 g, 34,956 g and 22,811.2 g the average comes to 29,473.40 g."),
        ("I could not find when it sailed.", "There is no information on its sailing in what I could search."),
        ("Which year do you mean?", "Could you tell me which of the two you mean?"),
        ("Answer: 12 km", "I measured twice.\nAnswer: 12,000 m"),
        ("It takes 140 years.", "After 140 years the stock is large enough."),
    ],
)
def test_the_same_result_in_other_words(one: str, other: str) -> None:
    assert same_answer(one, other, QUERY) == "equal"
    assert same_answer(other, one, QUERY) == "equal"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("That is a change of 28.86 percent.", "The change is 22.4 %."),
        ("It sailed on 23 January 2023.", "It sailed on 24 January 2023."),
        ("The largest firm there is Fleitheen Optics.", "Vubrolm Outfitters is the largest."),
        ("The drafter was Halden Quist.", "I could not find who drafted it."),
        ("Answer: 12 km", "I measured twice.\nAnswer: 12 m"),
        ("The average is 154.59 g.", "From 276.03 g, 154.59 g and 103.5 g the average comes to 178.04 g."),
    ],
)
def test_another_result(one: str, other: str) -> None:
    assert same_answer(one, other, QUERY) == "different"
    assert same_answer(other, one, QUERY) == "different"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("First 4 m, then 9 m, then 12 m.", "First 9 m, then 4 m, then 12 m."),
        ("It looks fine.", "That seems to be in order."),
    ],
)
def test_what_programs_cannot_tell_is_left_open(one: str, other: str) -> None:
    assert same_answer(one, other, "Rank them.") == "undecided"


async def test_answers_are_counted_by_what_they_say() -> None:
    async def compare(one: str, other: str) -> Same:
        return same_answer(one, other, "")

    answers = ["It is 42 km.", "42 km, I think.", "It is 17 km.", "The distance: 42 km."]
    assert await voices(answers, compare) == [(3, 1), (3, 1), (1, 3), (3, 1)]
    assert await voices(["I could not find it.", "There is no information on it."], compare) == [(0, 0), (0, 0)]
    assert await voices([], compare) == []
