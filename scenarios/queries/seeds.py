"""One seed: everything a writer is given for one query. A pure function of the run's seed, the slot, its cell, and what is known by then.

Techniques: `self_instruct` (a topic, and queries to differ from), `deeper` and `broader` (evolution of a parent), `rephrase` (a parent in
other words), `harder` (a parent's skill at a higher level), `extract` (a passage). One that lacks its parent or passage becomes
`self_instruct`.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from scenarios.queries.grid import Cell
from scenarios.queries.topics import Domain, personas
from scenarios.wording import STYLES

Technique = Literal["self_instruct", "deeper", "broader", "rephrase", "harder", "extract"]
TECHNIQUES: tuple[Technique, ...] = get_args(Technique)
DEPTHS = (
    "add a condition that changes the result",
    "make one given quantity something that has to be found out first",
    "replace a general notion by a particular case with its own figures",
    "ask for a comparison of two results where one was asked",
    "add a step whose input is the result of the step before",
)
"""Ways to make a query deeper."""
EXAMPLES = 3
DRAWN = 400
"""Known queries that are looked at for one seed, so that a long run costs no more a seed than a short one."""
PASSAGE = 2400
"""Characters of a page that are shown."""


class Known(NamedTuple):
    """A query that others may be made from. `place` is its slot, `FILE:LINE` or `FAMILY/NUMBER`; `domain` None where it fits any."""

    place: str
    query: str
    domain: Domain | None
    difficulty: int = 1
    language: str = "en"
    needs: tuple[str, ...] = ()
    """The tools it needs, empty where that is not known."""


class Passage(NamedTuple):
    """A piece of a page."""

    id: str
    title: str
    text: str


class QuerySeed(NamedTuple):
    """What a writer is given. `parents` are what the technique works on, `examples` what the query should differ from."""

    slot: str
    cell: Cell
    technique: Technique
    topic: str
    persona: str
    style: str
    tools: tuple[str, ...]
    method: str = ""
    parents: tuple[Known, ...] = ()
    examples: tuple[str, ...] = ()
    passage: Passage | None = None


class Sources(NamedTuple):
    """What seeds are drawn from. `page` gives a page for a mark, None where there are no pages of one's own; `own` are queries that were
    there before the run, from which half of what is made of others is made."""

    topics: Mapping[Domain, Sequence[str]]
    techniques: Mapping[Technique, float]
    tools: tuple[str, ...]
    page: Callable[[int], Passage | None] | None = None
    own: Sequence[Known] = ()


def make_seed(slot: str, cell: Cell, seed: int, known: Sequence[Known], sources: Sources) -> QuerySeed:
    """The seed of a slot. `known` are the queries accepted so far."""
    rng = random.Random(f"seed {seed} {slot}")
    wanted = rng.choices(list(sources.techniques), list(sources.techniques.values()))[0]
    mine = _near(known, cell, rng)
    if (own := _near(sources.own, cell, rng)) and (not mine or rng.random() < 0.5):
        mine = own
    parent = _parent(wanted, cell, mine, rng)
    mark = rng.getrandbits(63)
    passage = None if parent and wanted == "rephrase" else _passage(mark, cell, rng, sources)
    technique = wanted if parent or (wanted == "extract" and passage) else "self_instruct"
    return QuerySeed(
        slot=slot,
        cell=cell,
        technique=technique,
        topic="" if parent or technique == "extract" else _topic(slot, cell, seed, sources),
        persona=rng.choice(personas()),
        style=rng.choice(STYLES),
        tools=_offer(cell, sources.tools, rng),
        method=rng.choice(DEPTHS) if technique == "deeper" else "",
        parents=(parent,) if parent else (),
        examples=tuple(k.query for k in rng.sample(mine, min(EXAMPLES, len(mine)))) if not parent else (),
        passage=passage,
    )


def _near(known: Sequence[Known], cell: Cell, rng: random.Random) -> list[Known]:
    """Queries of the cell's field and language, among so many drawn by chance."""
    drawn = rng.sample(known, min(DRAWN, len(known)))
    return [k for k in drawn if k.domain in (None, cell.domain) and k.language == cell.language]


def _topic(slot: str, cell: Cell, seed: int, sources: Sources) -> str:
    """Topics come round: among as many slots in a row as there are topics none is given twice."""
    among = sources.topics[cell.domain]
    turn, place = divmod(int(slot.rpartition("-")[2]), len(among))
    return random.Random(f"topics {seed} {cell.domain} {turn}").sample(among, len(among))[place]


def _parent(technique: Technique, cell: Cell, known: Sequence[Known], rng: random.Random) -> Known | None:
    if technique in ("self_instruct", "extract"):
        return None
    fit = [k for k in known if _fits(technique, cell, k)]
    return rng.choice(fit) if fit else None


def _fits(technique: Technique, cell: Cell, parent: Known) -> bool:
    """Whether what comes out of a parent by this technique belongs to the cell."""
    if parent.needs and not (
        set(parent.needs) <= set(cell.needs) if technique == "deeper" else parent.needs == cell.needs
    ):
        return False
    match technique:
        case "harder" | "deeper":
            return parent.difficulty < cell.difficulty
        case "rephrase":
            return parent.difficulty == cell.difficulty or not parent.needs
    return True


def _passage(mark: int, cell: Cell, rng: random.Random, sources: Sources) -> Passage | None:
    """Where pages are our own, a query that needs a search is written from one of them: else nothing could be found."""
    if sources.page is None or "search" not in cell.needs:
        return None
    page = sources.page(mark)
    if page is None:
        return None
    start = rng.randrange(max(1, len(page.text) - PASSAGE + 1))
    start = page.text.rfind("\n", 0, start) + 1  # from the beginning of a line, or of the page
    return page._replace(text=page.text[start : start + PASSAGE])


def _offer(cell: Cell, tools: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    """All tools, or now and then no more than are needed."""
    if rng.random() < 0.6:
        return tuple(tools)
    needed = {*cell.needs, *(("open_page",) if "search" in cell.needs else ())}
    return tuple(tool for tool in tools if tool in needed)
