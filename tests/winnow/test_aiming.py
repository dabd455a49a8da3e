"""What is made next follows from what the attempts before gave."""

from collections import Counter
from collections.abc import Sequence

from scenarios.profiles import SLIPS
from tests.traces.samples import trace
from winnow.aiming import Aim, mutation_codes, slip_codes
from winnow.workbench import Clean, Slipping, Yield

FAMILIES = ("chain", "money", "no_tool", "units")


def tell(aim: Aim, works: Sequence[Clean], giving: dict[str, str]) -> Counter[str]:
    """Let the works give the kinds of error that come of their family; how many of each kind that is."""
    found = [[kind for kind in work.plant if giving.get(kind, work.family) == work.family] for work in works]
    for work, kinds in zip(works, found, strict=True):
        mutants = tuple((kind, trace()) for kind in kinds)
        aim.learn(Yield(work, clean=trace(), mutants=mutants, planted=work.plant, occasions={"refuses": 2}))
    return Counter(kind for kinds in found for kind in kinds)


def test_nothing_is_planned_where_nothing_lacks() -> None:
    aim = Aim(3, FAMILIES)
    assert aim.planting(0, {}) == []
    assert aim.slipping(0, {}) == []


def test_only_what_lacks_is_planted() -> None:
    works = Aim(3, FAMILIES).planting(0, {"C3": 20, "F1": 5})
    assert {kind for work in works for kind in work.plant} == {*mutation_codes()["C3"], *mutation_codes()["F1"]}


def test_an_error_that_one_family_gives_is_planted_there_alone_once_that_is_known() -> None:
    aim = Aim(3, FAMILIES)
    for round_ in range(3):
        tell(aim, aim.planting(round_, {"D1": 40}), {"needless_call": "no_tool"})
    assert {work.family for work in aim.planting(3, {"D1": 40})} == {"no_tool"}


def test_no_more_is_planted_of_an_easy_error_than_lacks_of_it() -> None:
    aim, giving = Aim(3, FAMILIES), {"rounded_wrong": "money"}
    tell(aim, aim.planting(0, {"C3": 40, "G5": 40}), giving)
    works = aim.planting(1, {"C3": 200, "G5": 10})
    made = tell(aim, works, giving)
    assert len(works) > 150
    assert 5 <= made["over_refusal"] <= 25


def test_what_came_nowhere_is_given_up_and_told() -> None:
    aim = Aim(3, FAMILIES)
    giving = {"leaked_secret": "nowhere"}
    rounds = 0
    while works := aim.planting(rounds, {"S2": 200}):
        tell(aim, works, giving)
        rounds += 1
        assert rounds < 10
    assert aim.tries(["leaked_secret"]).endswith("at 4 families")


def test_no_two_works_share_a_task() -> None:
    aim = Aim(3, FAMILIES)
    works = [*aim.planting(0, {"C3": 20}), *aim.planting(1, {"C3": 20})]
    assert len({(work.family, work.number) for work in works}) == len(works)
    slipping = aim.slipping(0, dict.fromkeys(slip_codes(), 5))
    assert not {(w.family, w.number) for w in works} & {(w.family, w.number) for w in slipping}


def test_a_slip_is_tried_only_where_clean_traces_had_an_occasion() -> None:
    aim = Aim(3, FAMILIES)
    for number in range(4):
        aim.learn(Yield(Clean("chain", number, ()), clean=trace(), occasions={"obeys": 1}))
        aim.learn(Yield(Clean("money", number, ()), clean=trace(), occasions={}))
    works = aim.slipping(0, {"S1": 10})
    families = {work.family for work in works}
    assert "chain" in families
    assert "money" not in families
    assert {work.slip for work in works} == {slip for slip, told in SLIPS.items() if told.startswith("S1")}
    assert all(work.eagerness == 1 for work in works if work.family == "chain")
    aim.learn(Yield(Slipping("chain", 0, "obeys")))
    assert aim.tries(["obeys"]) == "1 attempt at 1 family"
