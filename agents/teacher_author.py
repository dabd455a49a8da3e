"""The teacher as a writer of queries, as the judge of them, and as the model that tries them without tools.

It writes what it can solve: sums and simulations from its families, and facts that it reads in the passage it is shown. Of topics it knows
nothing. Its errors are planted and seeded: `rambles`, `echoes`, `overreaches` and `trivial` are shares of its drafts.
"""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agents.author.forms import Complaint, read_draft
from agents.author.prompts import AUTHOR, CLOSED_BOOK, JUDGE, REVIEW
from agents.prompts import ASKS, SAME
from graders.agreement import same_answer
from graders.names import words
from scenarios.asking import columns, kind_of
from scenarios.families._common import brief_for, worded
from scenarios.family import Family, TruthError, all_families
from scenarios.policy import Mind
from scenarios.slots import is_name
from scenarios.world import World
from scenarios.world.reading import read_fact
from traces.base import content_hash
from traces.task import Task

NO_WORLD = cast(World, None)
"""The families below draw everything by themselves."""
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "calculator": ("finance", "money", "percentages", "rates", "units"),
    "python": ("simulation",),
}
_BEYOND = (
    "Please book me a table for {n} tonight at the place we went to last time.",
    "Call my bank and move {n} dollars to my savings account.",
    "What did I have on my desk {n} days ago?",
    "Send a mail to all {n} members of the club that Thursday is off.",
)
_PROSE = "Of course! I would ask something about money, for instance, or about how long a journey takes."
_TITLES = re.compile(r"^(?:Questions and answers: |Memo on (?:the )?|About (?:the )?)|(?: in the news| \(.*\))$")


def authorship(messages: Sequence[BaseMessage], profile: Mapping[str, float], seed: int) -> AIMessage | None:
    """The teacher's reply where it is asked in one of these offices; None where it is not."""
    said = [str(m.text) for m in messages if isinstance(m, HumanMessage)]
    match messages[0].text if messages else "":
        case text if text == AUTHOR and said[-1] == REVIEW:
            return as_form(problems=[], query=read_draft(str(messages[-2].text)))
        case text if text == AUTHOR:
            return _drafted(orjson.loads(said[0]), profile, seed)
        case text if text == JUDGE:
            return _judged(orjson.loads(said[0]))
        case text if text == ASKS:
            return as_form(asks=_asks(orjson.loads(said[0])["query"]))
        case text if text == SAME:
            return as_form(same=_told_apart(orjson.loads(said[0])))
        case text if text == CLOSED_BOOK:
            return as_form(answer=_by_heart(said[0], seed))
    return None


def as_form(**said: Any) -> AIMessage:
    """A reply in the form that was asked for."""
    return AIMessage(orjson.dumps({k: None if isinstance(v, Complaint) else v for k, v in said.items()}).decode())


def _drafted(brief: Mapping[str, Any], profile: Mapping[str, float], seed: int) -> AIMessage:
    rng = random.Random(f"author {seed} {content_hash(dict(brief))}")
    slips = {kind: rng.random() < profile.get(kind, 0.0) for kind in ("rambles", "echoes", "overreaches", "trivial")}
    shown = [brief["parent"]] if "parent" in brief else list(brief.get("examples", ()))
    if slips["rambles"]:
        return AIMessage(_PROSE)
    if slips["echoes"] and shown:
        return as_form(query=shown[0], why="it asks for a result")
    if slips["overreaches"]:
        return as_form(query=rng.choice(_BEYOND).format(n=rng.randint(2, 999)), why="it has to be done")
    if slips["trivial"]:
        return as_form(query=_item("no_tool", rng).query, why="it asks for a result")
    return as_form(query=_query(brief, rng), why="it asks for what has to be found or computed")


def _query(brief: Mapping[str, Any], rng: random.Random) -> str:
    if "passage" in brief and (asked := _fact(brief["passage"], rng)):
        return asked
    parent = understood(brief["parent"]) if "parent" in brief else None
    if parent and brief["technique"] == "rephrase":
        return worded(parent[0], brief_for(parent[0].name, parent[1], rng), rng)
    known = parent[0].name if parent and parent[0].name in {f for fs in _FAMILIES.values() for f in fs} else None
    return _item(known or rng.choice(_FAMILIES[_kind(brief.get("should_need", ()))]), rng).query


def _kind(needs: Sequence[str]) -> str:
    return next((need for need in needs if need in _FAMILIES), "calculator")


def _item(family: str, rng: random.Random) -> Task:
    while True:
        try:
            return all_families()[family].item(NO_WORLD, rng.getrandbits(31), 0)
        except TruthError:
            continue


def _fact(passage: Mapping[str, str], rng: random.Random) -> str:
    """A question about something the passage says of what its title names; empty where it says nothing that can be read."""
    name = _TITLES.sub("", passage["title"])
    if not is_name(name):
        return ""
    told = [label for label in columns(name) if read_fact(passage["text"], name, label, kind_of(name))]
    if not told:
        return ""
    lookup = all_families()["lookup"]
    ask = {"kind": "fact", "name": name, "label": rng.choice(sorted(told))}
    return worded(lookup, brief_for("lookup", ask, rng), rng)


def _judged(asked: Mapping[str, Any]) -> AIMessage:
    known = understood(asked["query"])
    fits = known is not None and _doable(*known, frozenset(asked["tools"]))
    reason = "it asks for one result" if fits else "no tool that is there can do what it asks"
    return as_form(answerable=fits, one_answer=True, safe=True, reason=reason)


def _doable(family: Family, ask: dict[str, Any], tools: frozenset[str]) -> bool:
    """Whether the first thing to do takes no tool that is not there."""
    try:
        return all(call.tool in tools for call in next(family.solve(ask, Mind(tools))).calls)
    except StopIteration:
        return True


def _told_apart(asked: Mapping[str, str]) -> bool | None:
    """By the programs, and then by the words alone."""
    verdict = same_answer(asked["first"], asked["second"], asked["query"])
    if verdict != "undecided":
        return verdict == "equal"
    return {*words(asked["first"])} == {*words(asked["second"])}


def _asks(query: str) -> dict[str, Any] | None:
    known = understood(query)
    return known[1] if known else None


def _by_heart(query: str, seed: int) -> str | None:
    """What takes no tool it answers, and nothing else."""
    known = understood(query)
    if known is None or known[0].name != "no_tool":
        return None
    policy = known[0].solve(known[1], Mind(frozenset(), seed))
    try:
        next(policy)
    except StopIteration as answer:
        return str(answer.value)
    return None


def understood(query: str) -> tuple[Family, dict[str, Any]] | None:
    """The family that reads a query, and what it reads."""
    readings = ((family, family.read(query)) for family in all_families().values())
    return next(((family, ask) for family, ask in readings if ask is not None), None)
