"""A tool that fails: once, so that its call must be made again; or for good, so that another must stand in, or nothing can be known.

The queries are those of other families, since nobody can tell beforehand; `Task.outages` says which calls fail, whoever makes them.
Truth paths: those of the family it looks like; and whether the task can still be solved, by the tools left for each step of the plan.
`difficulty` is that of the query, plus 1 for a failure that passes and 2 for one that stays; 2 where nothing can be known any more.
"""

import random
from typing import Literal

from scenarios.families._common import ALL, CALCULATOR, PYTHON, SEARCH, brief_for, worded
from scenarios.families.aggregation import Aggregation
from scenarios.families.chain import Chain
from scenarios.families.csv_file import CsvFile
from scenarios.families.lookup import Lookup
from scenarios.families.money import Money
from scenarios.families.percentages import Percentages
from scenarios.families.simulation import Simulation
from scenarios.family import Ask, Family, TruthError
from scenarios.policy import Mind, Policy
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, Outage, OutageKind, PlanNode, Task

How = Literal["passes", "replaced", "lost"]
_LOOKUP, _CSV = Lookup(), CsvFile()
_BY_KIND = (Chain(), Aggregation(), Money(), Percentages(), Simulation())
_LIKE: dict[str, Family] = {family.name: family for family in (_LOOKUP, _CSV, *_BY_KIND)}
_DRAWS: dict[How, tuple[tuple[str, str], ...]] = {
    "passes": (
        ("lookup", SEARCH),
        ("chain", SEARCH),
        ("aggregation", SEARCH),
        ("aggregation", SEARCH),
        ("aggregation", CALCULATOR),
        ("money", CALCULATOR),
        ("percentages", CALCULATOR),
        ("simulation", PYTHON),
        ("csv_file", PYTHON),
    ),
    "replaced": (("money", CALCULATOR), ("percentages", CALCULATOR), ("aggregation", CALCULATOR)),
    "lost": (("lookup", SEARCH), ("chain", SEARCH), ("aggregation", SEARCH)),
}
"""For each way of failing: the family whose query is asked, and the tool that fails."""
_STANDS_IN = {CALCULATOR: PYTHON}
_HARDER: dict[How, int] = {"passes": 1, "replaced": 2, "lost": 0}


class FailingTool(Family):
    """Try again, take another tool, or say what could not be done."""

    name = "failing_tool"
    summary = "a tool that fails once and must be tried again, or for good and must be replaced"
    harder = (
        "that of the query, plus 1 for a failure that passes and 2 for one that stays; 2 where nothing can be known"
    )

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        how: How = rng.choice(("passes", "passes", "replaced", "lost"))
        like, tool = rng.choice(_DRAWS[how])
        base = _LIKE[like].item(world, rng.randrange(2**31), index)
        assert base.brief
        outage = _outage(how, tool, base, rng)
        tools = ALL if how == "replaced" else base.tools
        if (how == "lost") == _solvable(base, tools, outage):
            raise TruthError(f"failing_tool: {like} without {tool} is {'' if how == 'lost' else 'not '}solvable")
        brief = brief_for(self.name, base.brief.ask, rng)
        return base.model_copy(
            update={
                "family": self.name,
                "query": worded(self, brief, rng),
                "brief": brief,
                "tools": tools,
                "oracle": _oracle(how, tool, base),
                "difficulty": 2 if how == "lost" else min(9, base.difficulty + _HARDER[how]),
                "knobs": {"like": like, "fails": tool, "how": how},
                "outages": (outage,),
                "seed": seed,
                "index": index,
            }
        )

    def steps(self, ask: Ask) -> int:
        return _reader(ask).steps(ask)

    def write(self, brief: Brief, rng: random.Random) -> str:
        return _reader(brief.ask).write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return next((ask for family in _LIKE.values() if (ask := family.read(query))), None)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return _reader(ask).solve(ask, mind)


def _reader(ask: Ask) -> Family:
    """The family that such an ask comes from."""
    if "file" in ask:
        return _CSV
    return next(
        (family for family in _BY_KIND if ask["kind"] in {form.kind for form in family.wordings.forms}), _LOOKUP
    )


def _outage(how: How, tool: str, base: Task, rng: random.Random) -> Outage:
    """Which calls fail: one of those that the plan cannot do without, or all."""
    kinds: tuple[OutageKind, ...] = ("timeout", "search_unavailable") if tool == SEARCH else ("timeout",)
    if how != "passes":
        return Outage(tool=tool, error=rng.choice(("out_of_service", *kinds)))
    assert base.oracle
    sure = sum(node.tool == tool for node in base.oracle.plan) if tool == SEARCH else 1
    first = rng.randint(1, sure)
    return Outage(tool=tool, first=first, last=first, error=rng.choice(kinds))


def _solvable(base: Task, tools: tuple[str, ...], outage: Outage) -> bool:
    """Whether each step of the plan still has a tool that works, or one that does the same."""
    assert base.oracle
    working = {tool for tool in tools if tool != outage.tool or outage.last is not None}
    needed = {node.tool for node in base.oracle.plan if node.tool != "none"}
    return all(tool in working or _STANDS_IN.get(tool) in working for tool in needed)


def _oracle(how: How, tool: str, base: Task) -> Oracle:
    assert base.oracle
    if how != "lost":
        what = "once, so the call must be made again" if how == "passes" else f"always; {_STANDS_IN[tool]} can stand in"
        return base.oracle.model_copy(update={"proof": {**base.oracle.proof, "outage": f"{tool} fails {what}."}})
    node = PlanNode(id="n0", op="lookup", args={"fails": tool}, tool=tool, value="unknown")
    proof = {
        "fictional": "Names and facts are invented, so no model can know them.",
        "outage": f"{tool} never works, and no other tool can find the pages.",
    }
    return Oracle(answer=Answer(kind="unknown"), plan=(node,), answerable=False, calls="required", proof=proof)
