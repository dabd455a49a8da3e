"""Problems turned round that no operation undoes: which of the numbers in a range gives the answer that is told, found by trying all.

Remainders, common multiples, counts of multiples and choices have no inverse; within a range there is exactly one number that fits, which
is proven by trying every one. Truth paths: the number that was hidden, and a program that tries the parent's program on each number of
the range. `difficulty` is the number of the parent's lines.
"""

import random
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any, NamedTuple

from scenarios.exact import evaluate, plain
from scenarios.families._calculation import Problem, joined
from scenarios.families._common import ALL, CALCULATOR, PYTHON, brief_for, refusal, worded
from scenarios.families._evolved import SENTINEL, SIGN, Evolved, core_of, free_sign, parents, read_hiding
from scenarios.families._mathematics import Work
from scenarios.family import Ask, TruthError
from scenarios.moves import Move, finish, guarded, make, run
from scenarios.observed import number
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import COUNT
from traces.task import Answer, Oracle, PlanNode, Task

OFFER = ((CALCULATOR, PYTHON), (PYTHON,), ALL)
_LEAST, _MOST = 8, 60
"""Numbers in a range: fewer are no search, more take a program too long."""
_LARGEST = 400
"""A hidden number beyond which programs that count up to it would take long."""
_STEPS = 30
"""Steps of a digit that trying one number takes by hand, at the very least."""
_SEARCH = """def answer({hidden}):
{body}


for {sign} in range({low}, {high} + 1):
    if answer({sign}) == {given}:
        print({sign})"""
_CALL = re.compile(r"\b([a-z]+)\(")
_WHOLE = frozenset(("gcd", "lcm", "comb", "perm", "factorial"))
"""Functions that a calculator and Python's `math` know alike, of whole numbers."""


class _Range(NamedTuple):
    low: int
    high: int


class Searched(Evolved):
    """The answer is given and a range, an input is asked for."""

    name = "searched"
    summary = (
        "problems of number theory and combinatorics turned round: the one number of a range that gives the answer"
    )
    slots = {"given": COUNT, "low": COUNT, "high": COUNT, "sign": SIGN, "again": SIGN}
    tails = {
        "reverse": {
            "plain": (
                "{core} The answer to this is {given}. What is {sign}, a whole number from {low} to {high}?",
                "In the following, {again} stands for a whole number from {low} to {high}. {core} The right answer is {given}. "
                "Which number is {sign}?",
                "{core} This comes to {given} for one whole number {sign} between {low} and {high}, both included. For which?",
            ),
            "terse": ("{core} Answer: {given}. {sign} from {low} to {high}: which?",),
            "chatty": (
                "someone spilt coffee on a number, so I call it {again}, all I know is that it's from {low} to {high}. {core} "
                "The key says {given}. So what was {sign}?",
            ),
            "formal": (
                "Consider this problem, in which {again} is an unknown integer from {low} to {high}. {core} Given that its "
                "solution is {given}, please find {sign}.",
            ),
            "indirect": (
                "{core} I know that this has the answer {given} and that {sign} is a whole number from {low} to {high}, and "
                "would like to find {again}.",
            ),
            "context": (
                "One number of an old exercise cannot be read and is called {again} here. {core} In the back of the book stands "
                "{given}, and the number is said to lie from {low} to {high}. What must {sign} have been?",
            ),
        }
    }

    def evolve(self, family: str, ask: Ask, rng: random.Random) -> Ask:
        owner = parents()[family]
        found = owner.problem(ask)
        given = plain(found.value(found.lines(ask)))
        if not given.isdigit() or len(given) > 12:
            raise TruthError(f"the answer {given} is no number to start from")
        names = [name for name in found.slots if isinstance(ask[name], int) and 1 < ask[name] <= _LARGEST]
        rng.shuffle(names)
        for hidden in names:
            rest = {name: value for name, value in ask.items() if name != hidden}
            around = _unique(found, ask, hidden, int(given), rng)
            if around is None:
                continue
            child: Ask = {"kind": "reverse", "family": family, "ask": rest, "hidden": hidden, "given": int(given)}
            child |= {**around._asdict(), "sign": "x"}
            child["sign"] = free_sign(self.core({**child, "sign": "_"}, "plain", rng))
            with suppress(TruthError):
                if found_by(program_of(found, child)) == ask[hidden]:
                    return child
        raise TruthError(f"no number of {family}/{ask['kind']} is the only one of a range")

    def child(self, parent: Task, rng: random.Random, *, seed: int, index: int) -> Task:
        """The child of a task of a parent's family. Raises TruthError where it has none of this kind."""
        if parent.brief is None or parent.family not in parents():
            raise TruthError(f"{self.name}: {parent.family} has no children of this kind")
        ask = self.evolve(parent.family, parent.brief.ask, rng)
        work = self.work(ask)
        truth, lines = found_by(work.program), len(work.lines)
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(id="n0", op="run", args={"kind": "reverse"}, tool=PYTHON, value=str(truth))
        oracle = Oracle(
            answer=Answer(kind="number", value=str(truth)), plan=(node,), calls="required", proof=self.proof(ask, work)
        )
        knobs = {"kind": "reverse", "level": 1, "lines": lines, "parent": parent.id, "topic": parent.family}
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFER),
            oracle=oracle,
            difficulty=min(9, lines + 1),
            knobs=knobs,
            seed=seed,
            index=index,
        )

    def steps(self, ask: Ask) -> int:
        return _STEPS * (int(ask["high"]) - int(ask["low"]) + 1)

    def work(self, ask: Ask) -> Work:
        """The parent's lines with a sign for the hidden number, the program that tries all, and the lines as what is put back."""
        owner = parents()[ask["family"]]
        whole = {**ask["ask"], ask["hidden"]: int(SENTINEL)}
        found = owner.problem(whole)
        back = joined(found.lines(whole)).replace(SENTINEL, "[=]")
        sign = ask["sign"]
        answers = (f"{sign} is {{value}}.", "The missing number is {value}.", f"So {sign} must be {{value}}.")
        return Work(found.lines(whole), (), program_of(found, ask), back, answers)

    def proof(self, ask: Ask, work: Work) -> Mapping[str, str]:
        truth = found_by(work.program)
        put_in = evaluate(work.back.replace("[=]", f"({truth})"))
        if put_in != Fraction(ask["given"]):
            raise TruthError(f"putting {truth} in gives {plain(put_in)}, not {ask['given']}")
        return {
            "two ways": "The number that was hidden, and the only one that a program finds among all of the range, are the same.",
            "substitution": f"{ask['hidden']} = {truth} put into the parent gives {ask['given']}.",
            "uniqueness": f"Each whole number from {ask['low']} to {ask['high']} was put in; no other gives {ask['given']}.",
        }

    def core(self, ask: Ask, style: str, rng: random.Random) -> str:
        return core_of(ask["family"], {**ask["ask"], ask["hidden"]: int(SENTINEL)}, style, rng, ask["sign"])

    def read_tail(self, kind: str, values: Mapping[str, Any]) -> Ask | None:
        found = read_hiding(values)
        if found is None:
            return None
        told = {name: values[name] for name in ("given", "low", "high", "sign")}
        return {"kind": kind, "family": found.family, "ask": found.ask, "hidden": found.hidden, **told}

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(self._solve(ask, mind))

    def _solve(self, ask: Ask, mind: Mind) -> Policy:
        if mind.slips("refuses", "G5", "declines a problem it has the tools for"):
            return refusal(mind)
        work = self.work(ask)
        if mind.slips("skips_tool", "D2", "answers without trying anything"):
            return _told(work, found_by(work.program), mind)
        return (yield from self._by_trying(ask, work, mind))

    def _by_trying(self, ask: Ask, work: Work, mind: Mind) -> Policy:
        program, truth = work.program, found_by(work.program)
        hasty = _hasty(ask, program)
        if _first(hasty) != truth and mind.slips(
            "code_bug", "C6", "takes the first number that gives the answer or more"
        ):
            program = hasty
        value = int(number((yield from run(mind, program, f"which {ask['sign']} gives {ask['given']}"))))
        if value == truth and CALCULATOR in mind.tools and mind.rng.random() < 0.5:
            yield from _put_back(work, value, mind)
        if value == truth and mind.slips("misreports", "G2", "writes down another number than was found"):
            value += mind.rng.choice((1, 2, 10))
        return _told(work, value, mind)


def _hasty(ask: Ask, program: str) -> str:
    """The program with a careless test: it stops at the first number that gives the answer or more."""
    test = f"answer({ask['sign']}) == {ask['given']}:"
    return program.replace(test, test.replace("==", ">=")) + "\n        break"


def _first(program: str) -> int | None:
    said: list[object] = []
    exec(program, {"print": said.append})
    return int(str(said[0])) if said else None


def _put_back(work: Work, value: int, mind: Mind) -> Move[None]:
    mind.asides.append(f"As a check, {value} goes back into what was given.")
    yield from make(mind, "", Call(CALCULATOR, {"expression": work.back.replace("[=]", str(value))}))


def _told(work: Work, value: int, mind: Mind) -> str:
    return finish(mind, mind.rng.choice(work.answers).format(value=value))


def program_of(found: Problem, ask: Ask) -> str:
    """A program that tries each number of the range on the parent's lines."""
    values = {name: ask[name] for name in ("sign", "low", "high", "given", "hidden")}
    return _SEARCH.format(body=_body(found, ask["ask"], ask["hidden"]), **values)


def _body(found: Problem, rest: Ask, hidden: str) -> str:
    """The parent's lines as a function of the hidden number. Raises TruthError where Python would not reckon them exactly."""
    lines = joined(found.lines({**rest, hidden: int(SENTINEL)})).replace(SENTINEL, hidden)
    named = sorted(set(_CALL.findall(lines)))
    if re.search(r"(?<!/)/(?!/)|\d\.\d", lines) or not _WHOLE.issuperset(named):
        raise TruthError("its lines are not of whole numbers throughout")
    return (f"    from math import {', '.join(named)}\n\n" if named else "") + f"    return {lines}"


def found_by(program: str) -> int:
    """The one number that a program of ours prints. Raises TruthError where it is not one alone."""
    said: list[object] = []
    try:
        exec(program, {"print": said.append})
    except (ArithmeticError, ValueError, TypeError) as error:
        raise TruthError(f"a number of the range cannot be tried: {error}") from error
    if len(said) != 1:
        raise TruthError(f"{len(said)} numbers of the range give the answer")
    return int(str(said[0]))


def _unique(found: Problem, ask: Ask, hidden: str, given: int, rng: random.Random) -> _Range | None:
    """A range about the hidden number in which no other gives the answer; None where it is short. Raises TruthError as `_body` does."""
    value, most = int(ask[hidden]), rng.randint(_LEAST * 2, _MOST)
    space: dict[str, Any] = {}
    exec(f"def answer({hidden}):\n{_body(found, ask, hidden)}", space)
    fits = [n for n in range(max(1, value - most), value + most + 1) if _gives(space["answer"], n, given)]
    below = max((n for n in fits if n < value), default=max(0, value - most - 1))
    above = min((n for n in fits if n > value), default=value + most + 1)
    spare = above - below - 1
    if spare < _LEAST:
        return None
    length = rng.randint(_LEAST, min(most, spare))
    low = rng.randint(max(below + 1, value - length + 1), min(value, above - length))
    return _Range(low, low + length - 1)


def _gives(answer: Callable[[int], int], number: int, given: int) -> bool:
    """Whether a number gives the answer, or nothing, as it may where the problem never has it."""
    try:
        return answer(number) == given
    except (ArithmeticError, ValueError):
        return True
