"""The tiers in order: the same words, typed values, what is only text, and then those that may block."""

import asyncio
from collections.abc import Callable, Sequence

from graders.answers.collected import collections
from graders.answers.dressing import undressed
from graders.answers.kinds import Collection, Parsed
from graders.answers.symbolic import symbolic
from graders.answers.texts import texts
from graders.answers.typed import typed
from graders.answers.values import parse
from graders.wording import Verdict, lead_free

Tier = Callable[[str, str], Verdict]


def equivalent(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """Compare two answers. `tiers` are asked in turn where the built-in ones cannot tell; only they may block, for seconds at most."""
    verdict = built_in(given, reference)
    for tier in tiers:
        if verdict != "undecided":
            break
        verdict = tier(given, reference)
    return verdict


async def compared(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """`equivalent` for an event loop: the tiers that may block are awaited in a thread."""
    verdict = built_in(given, reference)
    if verdict != "undecided" or not tiers:
        return verdict
    return await asyncio.to_thread(equivalent, given, reference, tiers=tiers)


def built_in(given: str, reference: str) -> Verdict:
    one, two = (undressed(lead_free(undressed(text))) for text in (given, reference))
    if one == two or (one and one.casefold() == two.casefold() and len(one) > 1):
        return "equal"
    if not one or not two:
        return "undecided"
    if one.lower() in _EMPTY and two.lower() in _EMPTY:
        return "equal"
    a, b = parse(one), parse(two)
    if a is not None and b is not None:
        verdict = _values(a, b, one, two)
        if verdict is not None:
            return verdict
    return texts(one, two, a, b, built_in)


_EMPTY = frozenset(
    {
        "{}",
        "\\{\\}",
        "{ }",
        "[]",
        "∅",
        "\\emptyset",
        "\\varnothing",
        "empty set",
        "the empty set",
        "none",
        "no solution",
        "no solutions",
        "no real solutions",
    }
)


def _values(a: Parsed, b: Parsed, one: str, two: str) -> Verdict | None:
    if isinstance(a, Collection) and isinstance(b, Collection):
        return collections(a, b, one, two, built_in)
    return typed(a, b, one, two)
