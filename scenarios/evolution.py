"""Children of problems, each with its lineage in the task's knobs (`evolved`, `parent`) and its proof in the oracle.

    rephrase    the same graph in other words, for another person: the answer is the parent's
    reverse     an input hidden and the answer given; the one solution is proven by putting it in, and where nothing can be undone,
                by trying each number of a range that is told
    depth       more operations on the parent's answer
    breadth     a problem of another topic, of at least as many steps
    unlabelled  a problem like the parent whose answer nobody tells: only agreement among attempts can keep it

A parent that has no child of a kind raises `NoChild`. Equal parents have equal children.
"""

import random
from collections.abc import Callable, Mapping

from scenarios.dressing import PERSONAS
from scenarios.families._common import worded
from scenarios.families._evolved import Evolved, parents
from scenarios.family import TruthError, all_families
from scenarios.need import need_of
from scenarios.parts.tasks import Evolution
from scenarios.sets.children import deepened, reversed_
from scenarios.wording import STYLES
from scenarios.world import World
from traces.task import Task

_ELSEWHERE = 1_000_000
"""Items of a family from here on are drawn for children alone."""
_TRIES = 12


class NoChild(TruthError):
    """A problem has no child of a kind."""

    stage = "no_child"


def evolve(parent: Task, how: Evolution, world: World, seed: int, number: int) -> Task:
    """The child of a task. Raises NoChild where it has none of this kind."""
    rng = random.Random(f"{parent.id} {how}")
    made = _OWN if parent.brief is None else _DRAWN
    if how not in made:
        raise NoChild(f"{how}: {parent.family} has no children of this kind")
    try:
        child = made[how](parent, rng, world, seed, number)
    except TruthError as error:
        raise NoChild(f"{how}: {error}") from error
    knobs = {**child.knobs, "evolved": how, "parent": parent.id}
    return child.model_copy(update={"knobs": knobs})


def _rephrased(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    assert parent.brief
    family = all_families()[parent.family]
    for _ in range(_TRIES):
        style = rng.choice([style for style in STYLES if style != parent.brief.style])
        brief = parent.brief.model_copy(update={"style": style, "persona": rng.choice(list(PERSONAS))})
        query = worded(family, brief, rng)
        if _plain(query) != _plain(parent.query):
            proof = {"same graph": "Read back, the parent's query and this one ask exactly the same."}
            return _with_proof(parent.model_copy(update={"query": query, "brief": brief}), proof)
    raise NoChild("no other wording")


def _plain(query: str) -> str:
    return "".join(c for c in query.casefold() if c.isalnum())


def _turned(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    """By undoing its operations; where that leads nowhere, by a range of which only one number fits."""
    try:
        return _of("reversed", parent, rng, world, seed, number)
    except TruthError:
        return _of("searched", parent, rng, world, seed, number)


def _deeper(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    return _of("deepened", parent, rng, world, seed, number)


def _of(name: str, parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    family = all_families()[name]
    assert isinstance(family, Evolved), "children are made by families of children"
    return _needed(family.child(parent, rng, seed=seed, index=number), world)


def _broader(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    """Another topic, as long a way at least."""
    others = [name for name in parents() if name != parent.family]
    least = int(parent.knobs.get("lines", 1))
    for turn in range(_TRIES):
        name = rng.choice(others)
        child = _needed(parents()[name].item(world, seed, _ELSEWHERE + _TRIES * number + turn), world)
        if int(child.knobs["lines"]) >= least:
            proof = {
                "breadth": f"A problem of {name} with {child.knobs['lines']} lines; the parent's is of {parent.family}."
            }
            return _with_proof(child, proof)
    raise NoChild("no problem of another topic is as long")


def _untold(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    """A sibling of which nothing is known but that it needs its tools."""
    child = all_families()[parent.family].item(world, seed, 2 * _ELSEWHERE + number)
    return _needed(child, world).model_copy(update={"oracle": None})


def _needed(child: Task, world: World) -> Task:
    """The child with the proof that it needs its tools."""
    need = need_of(all_families()[child.family], child, world)
    if need.lacking:
        raise NoChild("; ".join(need.lacking))
    return child.model_copy(update={"need": need})


def _with_proof(task: Task, proof: Mapping[str, str]) -> Task:
    assert task.oracle
    return task.model_copy(update={"oracle": task.oracle.model_copy(update={"proof": {**task.oracle.proof, **proof}})})


def _own_reverse(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    return reversed_(parent, rng)


def _own_depth(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    return deepened(parent, rng)


def _own_words(parent: Task, rng: random.Random, world: World, seed: int, number: int) -> Task:
    """The problem as it stands: the writer gives it other words before it is asked (`agents.rephrase`)."""
    return parent


Make = Callable[[Task, random.Random, World, int, int], Task]
_DRAWN: Mapping[Evolution, Make] = {
    "rephrase": _rephrased,
    "reverse": _turned,
    "depth": _deeper,
    "breadth": _broader,
    "unlabelled": _untold,
}
_OWN: Mapping[Evolution, Make] = {"rephrase": _own_words, "reverse": _own_reverse, "depth": _own_depth}
