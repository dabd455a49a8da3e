"""What every family promises: equal seeds give equal tasks, two truths agree, queries read back, gold solutions are accepted."""

import random
from collections import Counter
from dataclasses import replace
from zlib import crc32

import pytest

from scenarios.family import Absent, Family, TruthError, all_families
from scenarios.need import need_of
from scenarios.profiles import PROFILES, SLIPS
from scenarios.wording import STYLES
from scenarios.world import World
from tests.scenarios.families.accepting import UNKNOWN, accepted
from tests.scenarios.families.conftest import Places
from tests.scenarios.families.driver import Attempt, Without, attempt, replayed
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from tools.search.index import LocalIndex
from traces.task import Task

FAMILIES = [pytest.param(family, id=name) for name, family in all_families().items()]
MANY = 60


_made: dict[tuple[str, int, int], list[Task | TruthError]] = {}


def items(family: Family, world: World, count: int, seed: int = 5, *, anew: bool = False) -> list[Task]:
    """`count` tasks; discarded items are passed over, but may not be many. What this machine lacks the means for does not count.

    Made once for all tests, as some families run programs to prove an item; `anew`: made for this call alone.
    """
    made = [] if anew else _made.setdefault((family.name, id(world), seed), [])
    found: list[Task] = []
    discarded = 0
    for index in range(2 * count):
        if index == len(made):
            made.append(_item(family, world, seed, index))
        item = made[index]
        if isinstance(item, Task):
            found.append(item)
        elif not isinstance(item, Absent):
            discarded += 1
        if len(found) == count:
            break
    assert discarded <= max(2, count // 20), f"{discarded} of {len(found) + discarded} items were discarded"
    return found


def _item(family: Family, world: World, seed: int, index: int) -> Task | TruthError:
    try:
        return family.item(world, seed, index)
    except TruthError as error:
        return error


def test_every_slip_is_described_and_profiles_name_no_other() -> None:
    assert set().union(*PROFILES.values()) <= set(SLIPS)
    assert not PROFILES["careful"]


@pytest.mark.parametrize("family", FAMILIES)
def test_equal_seeds_give_equal_tasks_and_other_seeds_others(family: Family, world: World) -> None:
    assert items(family, world, 15) == items(family, world, 15, anew=True)
    assert len({t.query for t in items(family, world, 15)} & {t.query for t in items(family, world, 15, seed=6)}) <= 3


@pytest.mark.parametrize("family", FAMILIES)
def test_it_is_told_what_is_asked_and_what_difficulty_counts(family: Family) -> None:
    assert family.summary
    assert family.harder


WORDED = [pytest.param(f, id=name) for name, f in all_families().items() if hasattr(f, "wordings")]


@pytest.mark.parametrize("family", WORDED)
def test_it_has_twelve_wordings_or_more_beside_values_and_choices(family: Family) -> None:
    """Families without wordings of their own ask as others do, or put their words behind another's question."""
    wordings = family.wordings  # type: ignore[attr-defined]  # no part of the contract: those that borrow have none
    assert len({template.source for form in wordings.forms for template in form.all()}) >= 12


@pytest.mark.parametrize("family", FAMILIES)
def test_two_truths_agree(family: Family, world: World) -> None:
    assert len(items(family, world, MANY)) == MANY


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_two_truths_agree_on_a_thousand(family: Family, world: World) -> None:
    assert len(items(family, world, 1000, seed=11)) == 1000


@pytest.mark.parametrize("family", FAMILIES)
def test_the_need_for_tools_is_proven(family: Family, world: World) -> None:
    """Or that none is needed: no task of a family may lack a proof that is due, not even one in a hundred."""
    for task in items(family, world, 40):
        need = need_of(family, task, world)
        assert need.proven, f"{task.query}\n{need.lacking}"
        assert task.oracle
        assert need.tools == (task.oracle.calls == "required")


@pytest.mark.parametrize("family", FAMILIES)
async def test_the_teacher_fails_without_a_page_it_needs(family: Family, world: World, index: LocalIndex) -> None:
    """The counterfactual, tried: what the proof says can no longer be known, the teacher no longer finds."""
    for seed, task in enumerate(items(family, world, 3)):
        assert task.oracle
        gone = {f"{n.id}: {', '.join(n.evidence)}": n for n in task.oracle.plan if n.evidence}
        for node in (
            [gone[w] for w in need_of(family, task, world).without if w in gone][:2] if task.oracle.answerable else ()
        ):
            env = replace(env_for(task, index), search=Without(index, frozenset(node.evidence)))
            done = await attempt(family, task, env, PROFILES["careful"], seed)
            declined = UNKNOWN.search(done.answer) is not None
            assert declined or not await accepted(task.oracle, done.answer), f"{task.query}\n{node}\n{done.answer}"


@pytest.mark.parametrize("family", FAMILIES)
def test_tasks_are_complete(family: Family, world: World) -> None:
    for task in items(family, world, 40):
        assert task.family == family.name
        assert task.brief
        assert task.brief.ask == family.read(task.query)
        assert task.oracle
        assert task.oracle.plan
        assert task.oracle.proof
        assert 1 <= task.difficulty <= 9
        known = {node.id for node in task.oracle.plan}
        assert all(set(node.needs) <= known for node in task.oracle.plan)


@pytest.mark.parametrize("family", FAMILIES)
def test_queries_read_back_in_any_spelling(family: Family, world: World) -> None:
    for task in items(family, world, 60):
        for spelled in (
            f"  {task.query}\n",
            task.query.replace(" ", "  "),
            task.query.rstrip(".?! "),
            _uncapped(task),
        ):
            assert family.read(spelled) == family.read(task.query), spelled


def _uncapped(task: Task) -> str:
    """The query without its first capital, unless a value stands there."""
    first = task.query.split()[0].strip(",.:'s")
    held = task.brief is not None and first in str(task.brief.ask)
    return task.query if held else task.query[:1].lower() + task.query[1:]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_brief_is_worded_in_twelve_ways_and_more(family: Family, world: World) -> None:
    """Different beyond slot values and beyond what is said around: counted by the words that no value holds."""
    shapes: set[str] = set()
    for task in items(family, world, MANY):
        assert task.brief
        for style in STYLES:
            query = family.write(
                task.brief.model_copy(update={"style": style, "persona": ""}), random.Random(task.query + style)
            )
            shapes.add(_shape(query, str(task.brief.ask)))
    assert len(shapes) >= 12


def _shape(query: str, values: str) -> str:
    words = [
        w
        for w in query.casefold().split()
        if not any(c.isdigit() for c in w) and w.strip("?,.!\"'s:;") not in values.casefold()
    ]
    return " ".join(words[2:-2])


def test_no_two_families_read_a_query_differently(places: Places) -> None:
    for family in all_families().values():
        for task in items(family, places.of(family).world, 10):
            readings = {name: other.read(task.query) for name, other in all_families().items()}
            assert all(reading in (None, readings[family.name]) for reading in readings.values()), task.query


def env_for(task: Task, index: LocalIndex) -> ToolEnv:
    return ToolEnv(search=index, sessions=LocalSessions(), files=task.files)


@pytest.mark.parametrize("count", [8, pytest.param(12, marks=pytest.mark.slow)])
@pytest.mark.parametrize("family", FAMILIES)
async def test_the_careful_teacher_gives_the_right_answer(
    family: Family, count: int, world: World, index: LocalIndex
) -> None:
    for seed, task in enumerate(items(family, world, count)):
        done = await attempt(family, task, env_for(task, index), PROFILES["careful"], seed)
        assert not done.made
        assert task.oracle
        assert await accepted(task.oracle, done.answer), f"{task.query}\n{done}\nright: {task.oracle.answer}"
        called = {call.tool for call in done.calls}
        assert called <= set(task.tools)
        assert not (task.oracle.calls == "forbidden" and called)
        assert not (task.oracle.calls == "required" and not called)


TRAPPED = [pytest.param(family, id=name) for name, family in all_families().items() if family.needs]
HONEST = [pytest.param(family, id=name) for name, family in all_families().items() if not family.needs]


@pytest.mark.parametrize("family", TRAPPED)
def test_a_world_without_what_a_family_needs_is_refused_with_a_remedy(family: Family, places: Places) -> None:
    with pytest.raises(TruthError, match=rf"{family.name} needs a world with {next(iter(family.needs))}.*world\.knobs"):
        family.item(places.honest.world, 1, 1)


@pytest.mark.parametrize("family", HONEST)
async def test_the_careful_teacher_is_right_in_a_world_with_traps(family: Family, places: Places) -> None:
    world, index = places.trapped
    for seed, task in enumerate(items(family, world, 4)):
        done = await attempt(family, task, env_for(task, index), PROFILES["careful"], seed)
        assert task.oracle
        assert await accepted(task.oracle, done.answer), f"{task.query}\n{done}\nright: {task.oracle.answer}"


@pytest.mark.parametrize("family", FAMILIES)
async def test_a_replay_says_the_same(family: Family, world: World, index: LocalIndex) -> None:
    profile = dict.fromkeys(SLIPS, 0.1)
    for seed, task in enumerate(items(family, world, 6)):
        done = await attempt(family, task, env_for(task, index), profile, seed)
        assert replayed(family, task, done, profile, seed) == done


@pytest.mark.parametrize("count", [10, pytest.param(15, marks=pytest.mark.slow)])
@pytest.mark.parametrize("family", FAMILIES)
async def test_slips_make_their_steps_wrong(family: Family, count: int, world: World, index: LocalIndex) -> None:
    """A slip that spoils the outcome never comes out right; one of form leaves a call that fails."""
    profile = dict.fromkeys(SLIPS, 0.12)
    for seed, task in enumerate(items(family, world, count)):
        done = await attempt(family, task, env_for(task, index), profile, seed)
        await _check_slips(task, done)


async def _check_slips(task: Task, done: Attempt) -> None:
    assert task.oracle
    for place, slips in enumerate(done.slips):
        for slip in slips:
            if slip.code in ("F1", "F2", "F3", "F4"):
                assert done.observed[place][0].failed, slip
            if slip.code == "P1":
                assert done.acts[place].calls[0] in [call for act in done.acts[:place] for call in act.calls]
    spoiling = (
        {"C1", "C2", "C4", "C5", "C6", "O2", "O3", "G2", "D5", "G4", "G5"}
        if task.oracle.answerable
        else {"G4", "G2", "A4"}
    )
    spoilt = [slip for slip in done.made if slip.code in spoiling]
    if spoilt and task.oracle.answer.kind != "free":
        assert not await accepted(task.oracle, done.answer), f"{task.query}\n{spoilt}\n{done.answer}"


async def test_every_slip_occurs(places: Places) -> None:
    """Each has an occasion somewhere; those that need a tool that fails get more of these."""
    made: Counter[str] = Counter()
    profile = {**dict.fromkeys(SLIPS, 0.2), **dict.fromkeys(PROFILES["brittle"], 0.3)}
    for family in all_families().values():
        world, index = places.of(family)
        tasks = items(family, world, 36)
        for seed, task in enumerate((*tasks[:12], *(t for t in tasks for _ in range(3) if t.outages))):
            done = await attempt(family, task, env_for(task, index), profile, crc32(family.name.encode()) + seed)
            made.update(slip.kind for slip in done.made)
            odd = [slip for slip in done.made if not SLIPS[slip.kind].startswith(slip.code)]
            assert not odd, f"{family.name}: {odd}"
    assert set(made) == set(SLIPS), f"never: {set(SLIPS) - set(made)}"
