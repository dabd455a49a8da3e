"""Families of mathematics: step by step with the calculator and code, answers exact, often checked before they are given.

Truth paths: the lines of the solution on exact fractions, and the problem's `program`, Python that comes to the answer another way (by
counting, by stepping, by symbols). `difficulty` is the number of lines. Which wrong way is taken is
decided at the line where it parts from the right one, so that any beginning of a solution can be gone on with rightly or wrongly.
"""

import random
import re
from abc import ABC
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from scenarios.exact import evaluate, grouped, plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay, _oracle, filled, joined, values_of
from scenarios.families._common import ALL, CALCULATOR, PYTHON, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import Move, calculate, exact_text, finish, guarded, make, near_miss, run, unheeding
from scenarios.need import HEAD, work_of
from scenarios.observed import number
from scenarios.phrases import listed, say
from scenarios.policy import Call, Mind, Policy
from scenarios.wording import Slot, Style
from scenarios.world import World
from traces.task import Oracle, Task

OFFER = ((CALCULATOR, PYTHON), (CALCULATOR, PYTHON), ALL, (CALCULATOR,))
_MARK = "[=]"
_TRIES = 40
_CALL = re.compile(r"(gcd|lcm|comb|perm|factorial)\(([^()]*)\)")
_READABLE = 10_000
"""A fraction with a larger denominator is told as a decimal."""


@dataclass(frozen=True)
class MathProblem(Problem):
    """A kind of problem with an exact answer. `program` prints the answer, with `{slot}` where values go; `back` has `[=]` for the answer
    and gives back a number of the query, where putting it in proves it."""

    program: str = ""
    back: Callable[[Ask], str] | None = None

    def shown(self, value: Fraction) -> str:
        return shown(value)


def problem(
    kind: str,
    slots: Mapping[str, Slot],
    wordings: Mapping[Style, Sequence[str]],
    draw: Callable[[random.Random, int], Ask],
    lines: Callable[[Ask], tuple[Line, ...]],
    program: str,
    answers: tuple[str, ...],
    *,
    wrong: Callable[[Ask], Sequence[WrongWay]] = lambda ask: (),
    back: Callable[[Ask], str] | None = None,
    unit: str = "",
) -> MathProblem:
    """A problem whose second truth is what its program prints."""
    return MathProblem(
        kind=kind,
        slots=slots,
        wordings=wordings,
        draw=draw,
        lines=lines,
        check=lambda ask: printed(program.format(**ask)),
        unit=unit,
        answers=answers,
        places=None,
        wrong=wrong,
        program=program,
        back=back,
    )


def printed(program: str) -> Fraction:
    """What a program of ours prints last, run right here: it is made of our own text and drawn numbers."""
    said: list[object] = []
    exec(program, {"print": said.append})
    return Fraction(str(said[-1]))


def shown(value: Fraction) -> str:
    """An exact number for a reader: as a fraction where no decimal is exact."""
    return plain(value) if value.denominator < _READABLE and "/" in plain(value) else grouped(value)


class Work(NamedTuple):
    """All that a solution needs: the right lines, the wrong ways, a program (empty for none) and the check by putting in."""

    lines: tuple[Line, ...]
    ways: tuple[WrongWay, ...]
    program: str
    back: str
    answers: tuple[str, ...]

    @property
    def truth(self) -> Fraction:
        return values_of(self.lines)[-1]


class Mathematics(Calculation, ABC):
    """A family of problems of mathematics."""

    problems: ClassVar[tuple[Problem, ...]]

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        drawn = (self._drawn(rng, seed, index) for _ in range(_TRIES))
        return hard_enough(self, drawn)

    def _drawn(self, rng: random.Random, seed: int, index: int) -> Task:
        found, level = rng.choice(self.problems), rng.randint(1, 3)
        ask: Ask = {"kind": found.kind, **found.draw(rng, level)}
        lines = found.lines(ask)
        truth = proven(f"{self.name}/{found.kind}", found.value(lines), found.check(ask), ask)
        return task_of(self, ask, lines, truth, found.unit, rng, level=level, seed=seed, index=index)

    def steps(self, ask: Ask) -> int:
        return steps_of(self.work(ask).lines)

    def work(self, ask: Ask) -> Work:
        """What solving an ask takes."""
        found = self.problem(ask)
        assert isinstance(found, MathProblem), "problems of mathematics are made by `problem`"
        return Work(
            found.lines(ask),
            tuple(found.wrong(ask)),
            found.program.format(**ask),
            found.back(ask) if found.back else "",
            found.answers,
        )

    def _solve(self, ask: Ask, mind: Mind) -> Policy:
        return solved(self.work(ask), mind)


def hard_enough(family: Family, drawn: Iterator[Task]) -> Task:
    """The first task that nobody does in the head. Raises TruthError where none is."""
    task = next((task for task in drawn if work_of(family, task) > HEAD), None)
    if task is None:
        raise TruthError(f"{family.name}: none of {_TRIES} drawn takes more than a head does")
    return task


def steps_of(lines: Sequence[Line]) -> int:
    """Steps of a single digit, at least, that functions of whole numbers take: what the operators of the lines do not tell."""
    values = values_of(lines)
    calls = (found for line in lines for found in _CALL.finditer(filled(line.expression, values)))
    return sum(_steps(found[1], [int(evaluate(one.strip())) for one in found[2].split(",")]) for found in calls)


def _steps(name: str, given: Sequence[int]) -> int:
    match name:
        case "factorial":
            return max(given) - 1
        case "comb" | "perm":
            return (given[1] - 1) * (2 if name == "comb" else 1)
    return 2 * len(str(max(given)))  # at least two divisions with remainder, a digit at a time


def proven(what: str, first: Fraction, second: Fraction, ask: Ask) -> Fraction:
    """The truth, which two ways agree on. Raises TruthError where they do not."""
    if first != second:
        raise TruthError(f"{what}: {plain(first)} by its lines, {plain(second)} the other way, for {ask}")
    return first


def task_of(
    family: Family,
    ask: Ask,
    lines: Sequence[Line],
    truth: Fraction,
    unit: str,
    rng: random.Random,
    *,
    level: int,
    seed: int,
    index: int,
    proof: Mapping[str, str] | None = None,
) -> Task:
    """The task of an ask, worded by its family."""
    brief = brief_for(family.name, ask, rng)
    return Task(
        family=family.name,
        query=worded(family, brief, rng),
        brief=brief,
        tools=rng.choice(OFFER),
        oracle=oracle_of(lines, truth, unit, proof or {}),
        difficulty=min(9, len(lines)),
        knobs={"kind": str(ask["kind"]), "level": level, "lines": len(lines)},
        seed=seed,
        index=index,
    )


def oracle_of(lines: Sequence[Line], truth: Fraction, unit: str, proof: Mapping[str, str]) -> Oracle:
    """What is true: the lines as plan, the exact answer, and why."""
    exact = Problem("", {}, {}, lambda rng, level: {}, lambda ask: (), lambda ask: truth, unit, (), places=None)
    oracle = _oracle(exact, lines, truth)
    two_ways = {"two ways": "The lines of the plan and a program of another method give the same exact value."}
    return oracle.model_copy(update={"proof": {**oracle.proof, **two_ways, **proof}})


def solved(work: Work, mind: Mind) -> Policy:
    """The policy: lines or code, then perhaps a check, then the answer."""
    return guarded(_solved(work, mind))


def _solved(work: Work, mind: Mind) -> Policy:
    truth = work.truth
    if mind.slips("refuses", "G5", "declines a problem it has the tools for"):
        return refusal(mind)
    if mind.slips("skips_tool", "D2", "answers without a calculation"):
        return _told(work, truth, mind)
    coded = bool(work.program) and PYTHON in mind.tools and mind.rng.random() < 0.25
    value = (yield from _by_code(work, mind)) if coded else (yield from _in_steps(work, mind, truth))
    if value == truth and mind.rng.random() < 0.5:
        yield from _checked(work, mind, value, coded=coded)
    if value == truth and mind.slips("misreports", "G2", "writes down another number than was found"):
        value = near_miss(value, mind.rng)
    elif value == truth and (guess := unheeding(mind, truth, lambda value: _answer(work, value, mind))):
        return guess
    return _told(work, value, mind)


def _told(work: Work, value: Fraction, mind: Mind) -> str:
    return finish(mind, _answer(work, value, mind))


def _answer(work: Work, value: Fraction, mind: Mind) -> str:
    return mind.rng.choice(work.answers).format(value=shown(value))


def _by_code(work: Work, mind: Mind) -> Move[Fraction]:
    return number((yield from run(mind, work.program, work.lines[-1].what)))


def _in_steps(work: Work, mind: Mind, truth: Fraction) -> Move[Fraction]:
    """Line by line, with what is thought of in between."""
    lines, strayed = work.lines, False
    values: dict[int, Fraction] = {}
    if len(lines) > 1 and mind.rng.random() < 0.5:
        mind.asides.append(f"In order I need {listed([line.what for line in lines])}.")
    while len(values) < len(lines):
        place = len(values)
        if place and place == len(lines) - 1 and not strayed and values[place - 1] != truth and _stops(mind, lines):
            break
        if not strayed and (way := _tempting(work, place, truth, mind)):
            mind.admit(way.kind, way.code, way.detail)
            lines, strayed = way.lines, True
        if not _computable(lines[place], values):  # an earlier slip has left nothing to go on with
            break
        values[place] = yield from calculate(mind, filled(lines[place].expression, values), lines[place].what)
        if place < len(lines) - 1 and mind.rng.random() < 0.4:
            mind.asides.append(f"So {lines[place].what} is {plain(values[place])}.")
    return values[len(values) - 1]


def _computable(line: Line, values: Mapping[int, Fraction]) -> bool:
    try:
        evaluate(filled(line.expression, values))
    except (ZeroDivisionError, ValueError):
        return False
    return True


def _stops(mind: Mind, lines: Sequence[Line]) -> bool:
    return mind.slips("stops_early", "D5", f"stops at {lines[-2].what}")


def _tempting(work: Work, place: int, truth: Fraction, mind: Mind) -> WrongWay | None:
    """The wrong way taken at this line, if any: one that parts here and comes out wrong."""
    parting = (way for way in work.ways if _parts_at(way.lines, work.lines) == place and _is_wrong(way.lines, truth))
    return next((way for way in parting if mind.tempted(way.kind)), None)


def _parts_at(lines: Sequence[Line], right: Sequence[Line]) -> int:
    return next(n for n, (one, other) in enumerate(zip_longest(lines, right)) if one != other)


def _is_wrong(lines: Sequence[Line], truth: Fraction) -> bool:
    try:
        return values_of(lines)[-1] != truth
    except (ZeroDivisionError, ValueError):
        return False


def _checked(work: Work, mind: Mind, value: Fraction, *, coded: bool) -> Move[None]:
    """Puts the answer back into what is given, or finds it again in another way."""
    ways = list(_checks(work, mind, coded=coded))
    if not ways:
        return
    match mind.rng.choice(ways):
        case "back":
            mind.asides.append(f"As a check, {shown(value)} goes back into what was given.")
            yield from _once(mind, work.back.replace(_MARK, exact_text(value)))
        case "code":
            mind.asides.append(say(mind.rng, "check", f"{work.lines[-1].what} in another way"))
            yield from run(mind, work.program, work.lines[-1].what)
        case "whole":
            mind.asides.append(say(mind.rng, "check", f"{work.lines[-1].what} by formula"))
            yield from _once(mind, joined(work.lines))


def _once(mind: Mind, expression: str) -> Move[None]:
    """A calculation that is really made: who checks does not work it out in the head."""
    yield from make(mind, "", Call(CALCULATOR, {"expression": expression}))


def _checks(work: Work, mind: Mind, *, coded: bool) -> Iterator[str]:
    if work.back:
        yield "back"
    if coded:
        yield "whole"
    elif work.program and PYTHON in mind.tools:
        yield "code"
