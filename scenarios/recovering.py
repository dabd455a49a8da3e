"""What an agent does when a tool does not work: tries the failed call once more, takes another tool, or says what could not be done.

Only the calls that failed are made again. Careless: gives up at once, tries for ever, tells a result that never came, goes on without it.
"""

import random
import re
from collections.abc import Generator, Sequence
from typing import Literal, TypeVar

from scenarios import observed
from scenarios.phrases import say
from scenarios.policy import Act, Call, Mind, Observation

T = TypeVar("T")
_Move = Generator[Act, Sequence[Observation], T]

_INSISTS = 3
"""How often one who insists makes a call again that cannot work."""
_SUM = re.compile(r"[\d\s.+*/()^-]+")
_FACTOR = re.compile(r"(?<![\w.])(?<!\*\*)(?<!\^)(?<!\^ )(?<!\*\* )(\d+(?:\.\d+)?)")


class Stuck(Exception):
    """A tool failed for good, so the task cannot be finished. The message is the answer that says so."""


class Pretended(Exception):
    """The failure is passed over, and a result told that never came."""


def recover(mind: Mind, calls: Sequence[Call], results: Sequence[Observation]) -> _Move[list[Observation]]:
    """The results of calls of which some failed, after all that can be done about these. Raises Stuck where a search stays out of order."""
    results = list(results)
    failing = _places(results)
    if len(failing) < len(calls) and mind.droppable and mind.tempted("ignores"):
        return results
    mendable = observed.passing(results[failing[0]]) or _other(mind, calls[failing[0]])
    if mendable and mind.slips("gives_up", "O5", f"gives up after one failure of {calls[failing[0]].tool}"):
        raise Stuck(_unfinished(mind, calls[failing[0]].tool, results[failing[0]]))
    if mind.slips("pretends", "O4", f"tells a result of {calls[failing[0]].tool}, which failed"):
        raise Pretended(_made_up_result(mind, calls[failing[0]].tool))
    if again := [n for n in failing if observed.passing(results[n])]:
        yield from _repeat(mind, "waiting", calls, results, again)
    for _ in range(_INSISTS):
        failing = _places(results)
        if not failing or not mind.slips("insists", "O5", f"makes the failing call of {calls[failing[0]].tool} again"):
            break
        yield from _repeat(mind, "insist", calls, results, failing)
    for n in _places(results):
        results[n] = yield from _replaced(mind, calls[n], results[n])
    return results


def _places(results: Sequence[Observation]) -> list[int]:
    return [n for n, result in enumerate(results) if observed.broken(result)]


def _repeat(
    mind: Mind,
    how: Literal["waiting", "insist"],
    calls: Sequence[Call],
    results: list[Observation],
    places: Sequence[int],
) -> _Move[None]:
    """Make the calls at these places again, and only these."""
    for n, result in zip(places, (yield Act(say(mind.rng, how), tuple(calls[n] for n in places))), strict=True):
        results[n] = result


def _replaced(mind: Mind, call: Call, result: Observation) -> _Move[Observation]:
    """The result by another tool, where one can do the same."""
    if other := _other(mind, call):
        (result,) = yield Act(say(mind.rng, "instead", f"the {call.tool}"), (other,))
        mind.used.append(other.tool)
    if call.tool == "search" and observed.broken(result):
        raise Stuck(_unfinished(mind, call.tool, result))
    return result


def _other(mind: Mind, call: Call) -> Call | None:
    """The call of another tool that comes to the same."""
    expression = "" if isinstance(call.arguments, str) else str(call.arguments.get("expression", ""))
    if call.tool == "calculator" and "python" in mind.tools and _SUM.fullmatch(expression):
        return Call("python", {"code": exact_code(expression)})
    return None


def exact_code(expression: str) -> str:
    """A program that prints what an arithmetical expression comes to, whole numbers whole."""
    exact = _FACTOR.sub(r'F("\1")', expression).replace("^", "**")
    return f"from fractions import Fraction as F\nvalue = {exact}\nprint(value if value.denominator == 1 else float(value))"


_UNFINISHED = (
    "I could not finish this, because {tool} failed: {told} So I cannot say what the answer is.",
    "I'm sorry, but this cannot be determined right now: {tool} does not work ({told})",
    "{Tool} failed, so I was unable to find the answer. It reported: {told}",
    "I don't know, and I'd rather not guess: {tool} gave only this error. {told}",
)


def _unfinished(mind: Mind, tool: str, result: Observation) -> str:
    told = result.content.split("\n")[0]
    return mind.rng.choice(_UNFINISHED).format(tool=tool, Tool=tool.capitalize(), told=told)


_RESULTS = {
    "calculator": ("The calculator gives {}.", "The calculation comes to {}.", "It comes to {}.", "The result is {}."),
    "python": ("The program printed {}.", "Running the code gives {}.", "The result is {}.", "It comes to {}."),
}
_FINDINGS = (
    "The search shows that it is {}.",
    "According to the page I found, it is {}.",
    "It is {}.",
    "I looked it up: {}.",
)


def _made_up_result(mind: Mind, tool: str) -> str:
    kind, unit = mind.wanted
    if tool in _RESULTS:
        return mind.rng.choice(_RESULTS[tool]).format(f"{mind.rng.randint(10_001, 9_899_999) / 100:,.2f}")
    return mind.rng.choice(_FINDINGS).format(made_up(kind, unit, mind.rng))


def made_up(kind: str, unit: str, rng: random.Random) -> str:
    """A value somebody would invent, with its unit."""
    if kind in ("number", "money"):
        return f"{rng.randint(1_001, 987_999):,} {unit}".strip()
    if kind == "date":
        return f"{rng.randint(1, 28)} March {rng.randint(1871, 1989)}"
    return rng.choice(("Osric Vendel", "Marla Tynte", "Halden Quist", "Edwin Sorrel")) if kind == "ref" else "Type B"
