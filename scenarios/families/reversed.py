"""Problems turned round: one number of a problem of mathematics is hidden, its answer given, and the number asked for.

Truth paths: the number that was hidden, and the parent's lines undone one by one. The solution is the only one, as each operation between
it and the answer can be undone in one way; putting it in gives the answer. `difficulty` is the number of lines.
"""

import random
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scenarios.exact import evaluate, plain
from scenarios.families._calculation import Line, WrongWay, joined
from scenarios.families._evolved import SENTINEL, SIGN, Evolved, core_of, free_sign, parents, read_hiding
from scenarios.families._inverting import Inverse, inverse
from scenarios.families._mathematics import Work, proven
from scenarios.family import Ask, TruthError
from scenarios.slots import NUMBER

_LONGEST = 12
"""Characters of an answer that a problem may start from."""


def _forward(ask: Ask, value: Any) -> tuple[Line, ...]:
    """The parent's lines with a value where the hidden one was."""
    family = parents()[ask["family"]]
    whole = {**ask["ask"], ask["hidden"]: value}
    return family.problem(whole).lines(whole)


def _inverse(ask: Ask) -> Inverse:
    mark = int(SENTINEL) if ask["whole"] else SENTINEL
    return inverse(_forward(ask, mark), SENTINEL, ask["given"], f"the value of {ask['sign']}")


class Reversed(Evolved):
    """The answer is given, an input is asked for."""

    name = "reversed"
    summary = "problems of mathematics turned round: the answer given, one of the numbers to be found"
    slots = {"given": NUMBER, "sign": SIGN, "again": SIGN}
    tails = {
        "reverse": {
            "plain": (
                "{core} The answer to this is {given}. What is {sign}?",
                "{core} If the answer is known to be {given}, [what is the value of|which number is] {sign}?",
                "In the following, {again} stands for a missing number. {core} The right answer is {given}. Which number is {sign}?",
            ),
            "terse": ("{core} Answer: {given}. {sign} is?", "{core} Result {given}, so {sign}?"),
            "chatty": (
                "someone spilt coffee on a number, so I call it {again}. {core} The key says {given}. So what was {sign}?",
                "{core} I already know it comes out as {given}, it's {sign} I don't have. Which is it?",
            ),
            "formal": (
                "Consider this problem, in which {again} is unknown. {core} Given that its solution is {given}, please find {sign}.",
            ),
            "indirect": ("{core} I know that this has the answer {given} and would like to find {sign} from it.",),
            "context": (
                "One number of an old exercise cannot be read and is called {again} here. {core} In the back of the book stands "
                "{given}. What must {sign} have been?",
            ),
        }
    }

    def evolve(self, family: str, ask: Ask, rng: random.Random) -> Ask:
        owner = parents()[family]
        answer = owner.problem(ask).value(owner.problem(ask).lines(ask))
        given = plain(answer)
        if answer <= 0 or "/" in given or len(given) > _LONGEST:
            raise TruthError(f"the answer {given} is no number to start from")
        numbers = [name for name in owner.problem(ask).slots if re.fullmatch(r"\d+(\.\d+)?", str(ask[name]))]
        rng.shuffle(numbers)
        for hidden in numbers:
            child: Ask = {
                "kind": "reverse",
                "family": family,
                "ask": {name: value for name, value in ask.items() if name != hidden},
                "hidden": hidden,
                "whole": isinstance(ask[hidden], int),
                "given": given,
                "sign": "x",
            }
            try:
                proven("reversed", self.work(child).truth, Fraction(ask[hidden]), child)
            except (TruthError, ZeroDivisionError, ValueError):
                continue
            return {**child, "sign": free_sign(self.core({**child, "sign": "_"}, "plain", rng))}
        raise TruthError(f"no number of {family}/{ask['kind']} follows from its answer alone")

    def work(self, ask: Ask) -> Work:
        found = _inverse(ask)
        mark = int(SENTINEL) if ask["whole"] else SENTINEL
        back = joined(_forward(ask, mark)).replace(SENTINEL, "[=]")
        sign = ask["sign"]
        answers = (f"{sign} is {{value}}.", "The missing number is {value}.", f"So {sign} must be {{value}}.")
        detail = "does the last operation again instead of undoing it"
        way = WrongWay("wrong_formula", "C5", detail, found.again)
        return Work(found.lines, (way,), "", back, answers)

    def proof(self, ask: Ask, work: Work) -> Mapping[str, str]:
        put_in = evaluate(work.back.replace("[=]", f"({plain(work.truth)})"))
        if put_in != Fraction(ask["given"]):
            raise TruthError(f"putting {plain(work.truth)} in gives {plain(put_in)}, not {ask['given']}")
        return {
            "two ways": "The number that was hidden, and the parent's lines undone one by one, are the same.",
            "substitution": f"{ask['hidden']} = {plain(work.truth)} put into the parent gives {ask['given']}.",
            "uniqueness": "Each operation between the hidden number and the answer can be undone in one way only.",
        }

    def core(self, ask: Ask, style: str, rng: random.Random) -> str:
        mark = int(SENTINEL) if ask["whole"] else SENTINEL
        return core_of(ask["family"], {**ask["ask"], ask["hidden"]: mark}, style, rng, ask["sign"])

    def read_tail(self, kind: str, values: Mapping[str, Any]) -> Ask | None:
        found = read_hiding(values)
        if found is None:
            return None
        told = {"whole": found.whole, "given": values["given"], "sign": values["sign"]}
        return {"kind": kind, "family": found.family, "ask": found.ask, "hidden": found.hidden, **told}
