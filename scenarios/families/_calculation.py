"""Families whose tasks are a calculation from numbers in the query: each kind of problem is one `Problem`.

Truth paths: the lines of the calculation on exact fractions, against `Problem.check`, another method (step-by-step decimals, a
simulation, an inverse). `difficulty` is the number of lines of calculation.
"""

import random
import re
from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, NamedTuple

from scenarios.exact import evaluate, fixed, grouped, plain, rounded
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import Move, calculate, exact_text, finish, guarded, make, near_miss, unheeding, working
from scenarios.observed import number
from scenarios.phrases import listed, say
from scenarios.policy import Call, Mind, Policy
from scenarios.wording import Form, Slot, Style, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task


class Line(NamedTuple):
    """One line of a calculation: what it is, and an expression in which `[0]` stands for the value of the first line."""

    what: str
    expression: str


class WrongWay(NamedTuple):
    """A calculation a careless agent would make: the slip it is, its error code, and the lines instead of the right ones."""

    kind: str
    code: str
    detail: str
    lines: tuple[Line, ...]
    late: bool = False
    """Every call is as it should be; only the answer that is made of them is wrong."""


@dataclass(frozen=True)
class Problem:
    """One kind of problem. `places`: decimals of the answer, None for exact. `answers` say it, with `{value}`."""

    kind: str
    slots: Mapping[str, Slot]
    wordings: Mapping[Style, Sequence[str]]
    draw: Callable[[random.Random, int], Ask]
    """Draws the values for a level of 1 to 3."""
    lines: Callable[[Ask], tuple[Line, ...]]
    check: Callable[[Ask], Fraction]
    unit: str
    answers: tuple[str, ...]
    places: int | None = 2
    wrong: Callable[[Ask], Sequence[WrongWay]] = lambda ask: ()

    @property
    def form(self) -> Form:
        return Form(self.kind, self.slots, self.wordings)

    def value(self, lines: Sequence[Line]) -> Fraction:
        """What the lines come to, rounded as the answer is."""
        return self.final(values_of(lines)[-1])

    def final(self, value: Fraction) -> Fraction:
        return value if self.places is None else rounded(value, self.places)

    def shown(self, value: Fraction) -> str:
        return grouped(value) if self.places is None else fixed(value, self.places, ",")

    @property
    def tolerance(self) -> Fraction:
        return Fraction(0) if self.places is None else Fraction(1, 10**self.places)

    def differs(self, lines: Sequence[Line], truth: Fraction) -> bool:
        """Whether lines come to something nobody would accept."""
        return abs(self.value(lines) - truth) > 2 * self.tolerance


def values_of(lines: Sequence[Line]) -> list[Fraction]:
    """The value of every line."""
    values: list[Fraction] = []
    for line in lines:
        values.append(evaluate(filled(line.expression, values)))
    return values


def filled(expression: str, values: Sequence[Fraction] | Mapping[int, Fraction]) -> str:
    """The expression with earlier values in place of their marks."""
    return re.sub(r"\[(\d+)\]", lambda m: exact_text(values[int(m[1])]), expression)


def joined(lines: Sequence[Line]) -> str:
    """All lines as one expression."""
    whole: list[str] = []
    for line in lines:
        whole.append(re.sub(r"\[(\d+)\]", lambda m: f"({whole[int(m[1])]})", line.expression))
    return whole[-1]


class Calculation(Family, ABC):
    """A family of problems."""

    problems: ClassVar[tuple[Problem, ...]]
    harder = "lines of calculation"

    @cached_property
    def wordings(self) -> Wordings:
        return Wordings(tuple(problem.form for problem in self.problems))

    def problem(self, ask: Ask) -> Problem:
        return next(p for p in self.problems if p.kind == ask["kind"])

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        problem, level = rng.choice(self.problems), rng.randint(1, 3)
        ask: Ask = {"kind": problem.kind, **problem.draw(rng, level)}
        lines = problem.lines(ask)
        truth, second = problem.value(lines), problem.final(problem.check(ask))
        if truth != second:
            raise TruthError(
                f"{self.name}/{problem.kind}: {plain(truth)} by formula, {plain(second)} step by step, for {ask}"
            )
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["calculator"]),
            oracle=_oracle(problem, lines, truth),
            difficulty=min(9, len(lines)),
            knobs={"kind": problem.kind, "level": level, "lines": len(lines)},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(self._solve(ask, mind))

    def _solve(self, ask: Ask, mind: Mind) -> Policy:
        problem = self.problem(ask)
        lines = problem.lines(ask)
        truth = problem.value(lines)
        if mind.slips("refuses", "G5", "declines a problem it has the tools for"):
            return refusal(mind)
        if mind.slips("skips_tool", "D2", "answers without a calculation"):
            return finish(mind, self.answer(problem, truth, mind))
        way = self._way(problem, ask, truth, mind)
        value = yield from _work(mind, way.lines if way else lines, way if way and not way.late else None, lines)
        if not way and "python" in mind.tools and "calculator" in mind.used and mind.rng.random() < 0.15:
            yield from _confirm(mind, lines)
        if way and way.late:
            _admit(mind, way)
        elif not way and mind.slips("misreports", "G2", "writes down another number than the calculation gave"):
            value = near_miss(value, mind.rng)
        elif not way and problem.final(value) == truth:
            guess = unheeding(mind, truth, lambda value: self.answer(problem, value, mind))
            if guess:
                return guess
        return finish(mind, self.answer(problem, value, mind))

    def _way(self, problem: Problem, ask: Ask, truth: Fraction, mind: Mind) -> WrongWay | None:
        """The wrong way the careless take, if any; none that comes out right."""
        lines = problem.lines(ask)
        ways = list(problem.wrong(ask))
        if len(lines) > 1:
            ways.append(WrongWay("stops_early", "D5", f"stops at {lines[-2].what}", lines[:-1], late=True))
        wrong = [way for way in ways if problem.differs(way.lines, truth)]
        for kind in dict.fromkeys(way.kind for way in wrong):
            if any(mind.tempted(kind) for _ in lines):  # each line is a place to go wrong
                return mind.rng.choice([way for way in wrong if way.kind == kind])
        return None

    def answer(self, problem: Problem, value: Fraction, mind: Mind) -> str:
        return mind.rng.choice(problem.answers).format(value=problem.shown(value))


def _oracle(problem: Problem, lines: Sequence[Line], truth: Fraction) -> Oracle:
    values = values_of(lines)
    nodes = tuple(
        PlanNode(
            id=f"n{place}",
            op="calculate",
            args={"what": line.what, "expression": filled(line.expression, values)},
            needs=tuple(f"n{int(n)}" for n in sorted(set(re.findall(r"\[(\d+)\]", line.expression)))),
            tool="calculator",
            value=plain(values[place]),
            unit=problem.unit if place == len(lines) - 1 else "",
        )
        for place, line in enumerate(lines)
    )
    answer = Answer(kind="number", value=plain(truth), unit=problem.unit, tolerance=plain(problem.tolerance))
    return Oracle(answer=answer, plan=nodes, calls="required", proof=_proof(joined(lines)))


def _proof(expression: str) -> dict[str, str]:
    digits = sorted((len(re.sub(r"\D", "", n)) for n in re.findall(r"[\d.]+", expression)), reverse=True)
    return {
        "operands": f"The operands have {digits[0]} and {digits[1] if len(digits) > 1 else 1} significant digits, too "
        f"many for the head.",
        "counterfactual": "Without a tool that calculates, only a guess is left.",
    }


def _work(mind: Mind, lines: Sequence[Line], way: WrongWay | None = None, right: Sequence[Line] = ()) -> Move[Fraction]:
    """The value by one expression, or line by line, independent lines side by side. A wrong way is logged with its first wrong line."""
    if len(lines) == 1 or mind.rng.random() < 0.25:
        _admit(mind, way)
        return (yield from calculate(mind, joined(lines), lines[-1].what))
    values: dict[int, Fraction] = {}
    for group in _groups(lines):
        if way and any(n >= len(right) or lines[n] != right[n] for n in group):
            _admit(mind, way)
            way = None
        if len(group) > 1 and "calculator" in mind.tools:
            values |= yield from _together(mind, lines, group, values)
            continue
        for place in group:
            values[place] = yield from calculate(mind, filled(lines[place].expression, values), lines[place].what)
    return values[len(lines) - 1]


def _admit(mind: Mind, way: WrongWay | None) -> None:
    if way:
        mind.admit(way.kind, way.code, way.detail)


def _groups(lines: Sequence[Line]) -> list[list[int]]:
    """Lines in order, those that do not need each other side by side."""
    groups: list[list[int]] = []
    for place, line in enumerate(lines):
        needs = {int(n) for n in re.findall(r"\[(\d+)\]", line.expression)}
        if groups and not needs & set(groups[-1]) and not any(n in groups[-1] for n in needs):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _together(
    mind: Mind, lines: Sequence[Line], group: Sequence[int], values: Mapping[int, Fraction]
) -> Move[dict[int, Fraction]]:
    calls = [Call("calculator", {"expression": filled(lines[n].expression, values)}) for n in group]
    says = say(mind.rng, "calculate", listed([lines[n].what for n in group]))
    results = yield from make(mind, says, *calls)
    return {place: number(working(result)) for place, result in zip(group, results, strict=True)}


def _confirm(mind: Mind, lines: Sequence[Line]) -> Move[None]:
    exact = re.sub(r"(?<![\w.])(\d+\.\d+)", r'F("\1")', joined(lines))
    code = f"from fractions import Fraction as F\nvalue = {exact}\nprint(float(value))"
    yield from make(mind, say(mind.rng, "check", f"{lines[-1].what} in Python"), Call("python", {"code": code}))
