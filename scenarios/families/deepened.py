"""Problems made deeper: a problem of mathematics, and one or two operations more on its answer.

Truth paths: the parent's lines with those added, and the parent's program with the same done step by step. `difficulty` is the number
of lines.
"""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scenarios.families._calculation import Line
from scenarios.families._evolved import Evolved, core_of, parents, read_core
from scenarios.families._mathematics import Work, printed, proven
from scenarios.family import Ask
from scenarios.slots import COUNT, PERCENT

_KINDS: Mapping[str, tuple[str, ...]] = {
    "scale": ("factor", "more"),
    "part": ("share",),
    "square": ("less",),
    "halve": ("other",),
}
_PROGRAMS: Mapping[str, str] = {
    "scale": "print(sum(value for _ in range({factor})) + {more})",
    "part": "print(value / 100 * Fraction('{share}'))",
    "square": "print(value * value - {less})",
    "halve": "print(value / 2 + Fraction({other}, 2))",
}


def _added(ask: Ask, last: int) -> tuple[Line, ...]:
    match ask["kind"]:
        case "scale":
            times = Line(f"{ask['factor']} times that", f"[{last}] * {ask['factor']}")
            return (times, Line("the final result", f"[{last + 1}] + {ask['more']}"))
        case "part":
            return (Line(f"{ask['share']} percent of that", f"[{last}] * {ask['share']} / 100"),)
        case "square":
            square = Line("the square of that", f"[{last}]**2")
            return (square, Line("the final result", f"[{last + 1}] - {ask['less']}"))
    both = Line(f"that and {ask['other']} together", f"[{last}] + {ask['other']}")
    return (both, Line("the mean of the two", f"[{last + 1}] / 2"))


class Deepened(Evolved):
    """More operations behind the parent's."""

    name = "deepened"
    summary = "problems of mathematics with further operations on their answer"
    slots = {"factor": COUNT, "more": COUNT, "share": PERCENT, "less": COUNT, "other": COUNT}
    tails = {
        "scale": {
            "plain": (
                "{core} Multiply that by {factor} and add {more}. What is the result?",
                "{core} What do you get if you take {factor} times this number and {more} on top?",
            ),
            "terse": ("{core} Then times {factor}, plus {more}: result?",),
            "chatty": ("{core} And once you have it, take it {factor} times, throw in {more} more, what's that then?",),
            "formal": (
                "{core} Kindly multiply the outcome by {factor}, increase it by {more} and state the result only.",
            ),
            "context": (
                "{core} Its {factor} fold goes on a list where {more} stands already. What is the sum on the list?",
            ),
        },
        "part": {
            "plain": (
                "{core} How much is {share} of that?",
                "{core} Then work out {share} of this number and give only that.",
            ),
            "terse": ("{core} And {share} of it?",),
            "chatty": ("{core} I actually only need {share} of whatever that is, how much would it be?",),
            "formal": ("{core} Please state which amount corresponds to {share} of the outcome.",),
            "indirect": ("{core} What I'd like to know in the end is what {share} of that number comes to.",),
        },
        "square": {
            "plain": ("{core} Square that number and subtract {less}. What is left?",),
            "terse": ("{core} Squared, minus {less}?",),
            "formal": ("{core} Please square the outcome, diminish it by {less} and give the final value.",),
            "indirect": ("{core} What I am after is the square of this with {less} taken off.",),
        },
        "halve": {
            "plain": ("{core} What is the mean of that number and {other}?",),
            "chatty": ("{core} My friend got {other} for hers, so what's the average of the two?",),
            "formal": ("{core} Kindly give the arithmetic mean of the outcome and {other}.",),
            "context": ("{core} A second exercise has the answer {other}. What is halfway between the two answers?",),
        },
    }

    def evolve(self, family: str, ask: Ask, rng: random.Random) -> Ask:
        drawn: dict[str, Any] = {
            "factor": rng.randint(3, 19),
            "more": rng.randint(13, 480),
            "share": str(rng.choice((5, 12, 15, 35, 40, 65, 85))),
            "less": rng.randint(3, 60),
            "other": rng.randint(21, 900),
        }
        kind = rng.choice(list(_KINDS))
        return {"kind": kind, "family": family, "ask": ask, **{name: drawn[name] for name in _KINDS[kind]}}

    def work(self, ask: Ask) -> Work:
        parent = parents()[ask["family"]].work(ask["ask"])
        lines = (*parent.lines, *_added(ask, len(parent.lines) - 1))
        ways = tuple(
            way._replace(lines=(*way.lines, *_added(ask, len(way.lines) - 1))) for way in parent.ways if not way.late
        )
        program = parent.program.replace("print(", "value = Fraction(") + "\n" + _PROGRAMS[ask["kind"]].format(**ask)
        answers = ("The final result is {value}.", "That comes to {value}.", "In the end it is {value}.")
        return Work(lines, ways, f"from fractions import Fraction\n{program}", "", answers)

    def proof(self, ask: Ask, work: Work) -> Mapping[str, str]:
        proven(self.name, work.truth, Fraction(printed(work.program)), ask)
        return {"depth": f"{len(_added(ask, 0))} operations more than the parent, whose answer is a value on the way."}

    def core(self, ask: Ask, style: str, rng: random.Random) -> str:
        return core_of(ask["family"], ask["ask"], style, rng)

    def read_tail(self, kind: str, values: Mapping[str, Any]) -> Ask | None:
        found = read_core(values["core"])
        if found is None:
            return None
        return {"kind": kind, "family": found[0], "ask": found[1], **{n: values[n] for n in _KINDS[kind]}}
