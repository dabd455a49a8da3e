"""The sweep on a few attempts, and what is drawn and told of made-up ones."""

import xml.etree.ElementTree as ET

import pytest

from graders.wilson import Share
from winnow.difficulty import Point, Sweep, Swept, rises
from winnow.drawing import picture
from winnow.profile_table import page, rows
from winnow.workbench import Tried, Trying


def tried(profile: str, right: bool, *slips: str, level: int = 1) -> Tried:
    return Tried(Trying("lookup", 0, profile), level, right, slips)


SWEPT = Swept(
    [tried("careful", True), tried("even", False, "misreads"), tried("hasty", True), tried("even", True, level=2)]
)


def test_points_are_of_the_teacher_that_errs_evenly_and_the_careful_one() -> None:
    assert SWEPT.families() == {"lookup": [Point(1, Share(0, 1), Share(1, 1)), Point(2, Share(1, 1), Share(0, 0))]}


def test_profiles_are_told_with_their_rates() -> None:
    assert [(row.profile, row.attempts, row.slips) for row in rows(SWEPT)] == [
        ("careful", "1", "none"),
        ("even", "2", "misreads 50"),
        ("hasty", "1", "none"),
    ]
    assert "| misreads | O2: takes a neighbouring figure of the page | 33.3 | 1 |" in page(SWEPT)


@pytest.mark.parametrize(
    ("hits", "levels"), [((40, 39, 41), []), ((5, 39, 38), [2]), ((40, 20, 2), []), ((2, 3, 30), [3])]
)
def test_a_rise_beyond_chance_is_named(hits: tuple[int, ...], levels: list[int]) -> None:
    points = [Point(at, Share(n, 50), Share(3, 3)) for at, n in enumerate(hits, 1)]
    assert rises(points) == levels


def test_the_picture_is_sound_and_has_a_panel_for_each_family() -> None:
    one = [Point(1, Share(9, 10), Share(3, 3))]
    several = [Point(level, Share(10 - level, 10), Share(3, 3)) for level in (1, 4, 9)]
    root = ET.fromstring(picture({"a<b": one, "chain": several}, ["documentation"]))
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a<b", "chain", "9"} <= set(texts)
    assert texts[-1].startswith("Not drawn")
    assert texts[-1].endswith(": documentation.")
    assert "Not drawn" not in picture({"chain": several})
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 2 * 4


def test_a_sweep_tries_each_difficulty_with_profiles_in_turn() -> None:
    sweep = Sweep(("percentages",), attempts=6, documents=300, seed=4, workers=1)
    swept, again = sweep.run(), sweep.run()
    assert swept.tried == again.tried
    points = swept.families()["percentages"]
    assert len(points) > 1
    assert all(point.careful == Share(2, 2) and point.right.of <= 6 for point in points)
    assert len(swept.by_profile()) > 3
