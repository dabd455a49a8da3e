"""Queries of task families as seeds: what others are made from, beside queries of the user's own. They are no tasks of the run."""

from collections.abc import Iterator, Sequence

from scenarios.family import TruthError, all_families
from scenarios.queries.grid import NEEDS
from scenarios.queries.seeds import Known
from scenarios.queries.topics import Domain
from scenarios.world import World
from traces.task import Task

EACH = 12
"""Queries of each family."""
_DOMAINS: tuple[tuple[str, Domain], ...] = (("search", "search"), ("python", "programming"), ("calculator", "math"))


def family_seeds(families: Sequence[str], world: World, seed: int) -> tuple[Known, ...]:
    """Some queries of each family, with the domain and tools of their plans; those that need no tool are left out."""
    return tuple(known for family in families for known in _of(family, world, seed))


def _of(family: str, world: World, seed: int) -> Iterator[Known]:
    for index in range(EACH):
        try:
            task = all_families()[family].item(world, seed, index)
        except TruthError:
            continue
        if known := _known(task, f"{family}/{index}"):
            yield known


def _known(task: Task, place: str) -> Known | None:
    plan = task.oracle.plan if task.oracle else ()
    tools = {node.tool for node in plan} - {"none"}
    domain = next((domain for tool, domain in _DOMAINS if tool in tools), None)
    if domain is None:
        return None
    needs = next((needs for needs in NEEDS[domain] if set(needs) == tools), ())
    return Known(place, task.query, domain, min(task.difficulty, 5), "en", needs)
