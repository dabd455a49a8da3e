"""Simulation and counting by code: a stock under rules, a savings plan, a walk of digits, numbers with properties.

Truth paths: the program as it would be run, against another algorithm (closed form, bisection, cycle finding, inclusion and
exclusion). `difficulty` is the number of rules that the program has to keep, plus one.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scenarios.exact import plain
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, guarded, make, run
from scenarios.observed import number
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import COUNT, MONEY, PERCENT
from scenarios.wording import Form, Slot, Style, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task


@dataclass(frozen=True)
class Program:
    """One kind of problem. `code` prints the answer; `bugs` are programs with a mistake; `count` and `check` are the two truths."""

    kind: str
    slots: Mapping[str, Slot]
    wordings: Mapping[Style, Sequence[str]]
    draw: Callable[[random.Random, int], Ask]
    code: Callable[[Ask], str]
    bugs: Callable[[Ask], Sequence[tuple[str, str, int]]]
    """Mistaken programs: what is wrong, the code, what it prints."""
    count: Callable[[Ask], int]
    check: Callable[[Ask], int]
    unit: str
    what: str
    answers: tuple[str, ...]
    steps: Callable[[Ask], int]
    """Steps of a single digit by the shortest way of doing it by hand."""
    rules: int = 2
    """What the program has to get right: the order of two events, where to begin, what to leave out."""


def _draw_fish(rng: random.Random, level: int) -> Ask:
    start = rng.randint(300, 900) * 10 ** (level - 1)
    return {
        "start": start,
        "growth": str(rng.randint(11, 24)),
        "taken": start * rng.randint(3, 7) // 100,
        "target": start * rng.randint(3, 9),
    }


def _fish_years(ask: Ask, *, inclusive: bool = True, harvest_first: bool = False) -> int:
    stock, years = int(ask["start"]), 0
    while (stock < ask["target"] if inclusive else stock <= ask["target"]) and years < 10_000:
        if harvest_first:
            stock -= ask["taken"]
        stock = stock * (100 + int(ask["growth"])) // 100
        if not harvest_first:
            stock -= ask["taken"]
        years += 1
    return years


def _fish_code(ask: Ask, first: bool = False) -> str:
    grow = f"    stock = stock * {100 + int(ask['growth'])} // 100\n"
    take = f"    stock -= {ask['taken']}\n"
    body = take + grow if first else grow + take
    return f"stock, years = {ask['start']}, 0\nwhile stock < {ask['target']}:\n{body}    years += 1\nprint(years)"


def _fish_by_search(ask: Ask) -> int:
    """The year by doubling and bisection over the stock after n years: it only grows, so the first year can be bisected."""

    def after(years: int) -> int:
        stock = int(ask["start"])
        for _ in range(years):
            stock += stock * int(ask["growth"]) // 100 - ask["taken"]
        return stock

    high = 1
    while after(high) < ask["target"]:
        high *= 2
    low = 0
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if after(middle) < ask["target"] else (low, middle)
    return low


FISH = Program(
    kind="fish",
    slots={"start": COUNT, "growth": PERCENT, "taken": COUNT, "target": COUNT},
    wordings={
        "plain": (
            "A pond holds {start} fish. Each year the stock grows by {growth} (rounded down to whole "
            "fish), then {taken} are caught. "
            "After how many years are there at least {target}?",
            "Starting with {start} fish, growing {growth} a year (fractions of a fish dropped) and "
            "losing {taken} to fishing after each "
            "growth, how many years until the pond has {target} or more?",
        ),
        "terse": ("{start} fish, +{growth} a year rounded down, then -{taken}. Years until at least {target}?",),
        "chatty": (
            "so my uncle's pond has {start} fish! They multiply by {growth} every year, whole fish only, "
            "rounded down, and then he "
            "takes out {taken}. How many years till he has at least {target}?",
        ),
        "formal": (
            "A stock of {start} animals increases annually by {growth}, rounded down to an integer, "
            "whereupon {taken} are removed. "
            "Please determine the number of years until it first reaches {target}.",
        ),
        "indirect": (
            "I'd like to know how many years pass until {start} fish have become {target} or more, if "
            "every year they grow by {growth} "
            "(rounded down) and {taken} are caught afterwards.",
        ),
        "context": (
            "We run a fish farm with {start} animals. The yearly increase is {growth}, which we round "
            "down. At the end of each year "
            "we sell {taken}. The bank wants to know in how many years we have at least {target}.",
        ),
    },
    draw=_draw_fish,
    code=_fish_code,
    bugs=lambda ask: (
        ("catches before the growth", _fish_code(ask, first=True), _fish_years(ask, harvest_first=True)),
        ("starts counting at one", _fish_code(ask).replace(", 0\n", ", 1\n"), _fish_years(ask) + 1),
    ),
    count=_fish_years,
    check=_fish_by_search,
    unit="years",
    what="the years until the stock is large enough",
    answers=(
        "It takes {value} years.",
        "After {value} years the stock is large enough.",
        "The answer is {value} years.",
    ),
    steps=lambda ask: _fish_years(ask) * len(str(ask["start"])),
)


def _draw_saving(rng: random.Random, level: int) -> Ask:
    return {
        "goal": str(rng.randint(20, 90) * 1000 * level),
        "monthly": str(rng.randint(150, 600)),
        "rate": plain(Fraction(rng.randint(1, 6), 10)),
    }


def _saving_months(ask: Ask, *, pay_first: bool = True) -> int:
    balance, months = Fraction(0), 0
    factor = 1 + Fraction(ask["rate"]) / 100
    while balance < int(ask["goal"]):
        balance = (balance + int(ask["monthly"])) * factor if pay_first else balance * factor + int(ask["monthly"])
        months += 1
    return months


def _saving_by_formula(ask: Ask) -> int:
    """The first n with monthly * q * (q^n - 1) / (q - 1) >= goal, by growing n in powers."""
    q = 1 + Fraction(ask["rate"]) / 100
    needed = Fraction(ask["goal"]) * (q - 1) / (Fraction(ask["monthly"]) * q) + 1
    months, power = 0, Fraction(1)
    while power < needed:
        months, power = months + 1, power * q
    return months


def _saving_code(ask: Ask, step: str = "balance = (balance + monthly) * (1 + rate)") -> str:
    return (
        "from fractions import Fraction\n"
        f"balance, months, monthly, rate = Fraction(0), 0, {ask['monthly']}, Fraction('{ask['rate']}') / 100\n"
        f"while balance < {ask['goal']}:\n    {step}\n    months += 1\nprint(months)"
    )


SAVING = Program(
    kind="saving",
    slots={"goal": MONEY, "monthly": MONEY, "rate": PERCENT},
    wordings={
        "plain": (
            "I put {monthly} into an account at the start of every month, and it pays {rate} interest at "
            "the end of every month. "
            "After how many months do I have {goal}?",
            "Saving {monthly} at the beginning of each month with {rate} monthly interest added at its "
            "end, how many months does it "
            "take to reach {goal}?",
        ),
        "terse": ("Deposit {monthly} at each month's start, {rate} monthly interest at its end. Months to {goal}?",),
        "chatty": (
            "I stash away {monthly} on the first of every month and get {rate} interest on the lot each "
            "month's end. How many months till I hit {goal}?",
        ),
        "formal": (
            "Deposits of {monthly} are made at the beginning of each month and bear {rate} per month, "
            "credited at its end. Please state after how many months the balance attains {goal}.",
        ),
        "indirect": (
            "I wonder how many months I need to get to {goal} by paying in {monthly} at the start of "
            "each month at {rate} interest a month, credited at the end.",
        ),
        "context": (
            "We want to buy a boat for {goal}. On the first day of each month we pay {monthly} into a "
            "plan. On the last day it adds {rate} to the whole balance. How many months must we wait?",
        ),
    },
    draw=_draw_saving,
    code=_saving_code,
    bugs=lambda ask: (
        (
            "adds the interest before the deposit",
            _saving_code(ask, "balance = balance * (1 + rate) + monthly"),
            _saving_months(ask, pay_first=False),
        ),
        (
            "starts counting at one",
            _saving_code(ask).replace("Fraction(0), 0,", "Fraction(0), 1,"),
            _saving_months(ask) + 1,
        ),
    ),
    count=_saving_months,
    check=_saving_by_formula,
    unit="months",
    what="the months until the goal is reached",
    answers=("It takes {value} months.", "The goal is reached after {value} months.", "You need {value} months."),
    steps=lambda ask: _saving_by_formula(ask) * len(ask["monthly"]),
)


def _draw_multiples(rng: random.Random, level: int) -> Ask:
    first, second = rng.sample((6, 7, 9, 11, 12, 14, 15, 21, 22, 26), 2)
    return {"limit": rng.randint(2_000, 9_900) * 5 * level + rng.randint(1, 9), "first": first, "second": second}


def _multiples_code(ask: Ask, test: str = "(n % {first} == 0) != (n % {second} == 0)", stop: str = " + 1") -> str:
    return f"print(sum(1 for n in range(1, {ask['limit']}{stop}) if {test.format(**ask)}))"


def _multiples(ask: Ask) -> int:
    return sum((n % ask["first"] == 0) != (n % ask["second"] == 0) for n in range(1, ask["limit"] + 1))


def _multiples_by_exclusion(ask: Ask) -> int:
    both = ask["limit"] // lcm(ask["first"], ask["second"])
    return int(ask["limit"] // ask["first"] + ask["limit"] // ask["second"] - 2 * both)


def _multiples_either(ask: Ask) -> int:
    return _multiples_by_exclusion(ask) + int(ask["limit"] // lcm(ask["first"], ask["second"]))


MULTIPLES = Program(
    kind="multiples",
    slots={"limit": COUNT, "first": COUNT, "second": COUNT},
    wordings={
        "plain": (
            "How many whole numbers from 1 to {limit} are divisible by {first} or by {second}, but not by both?",
            "[Count the numbers|How many numbers are there] up to {limit} that are multiples of exactly "
            "one of {first} and {second}?",
        ),
        "terse": ("1..{limit}: multiples of exactly one of {first}, {second}. How many?",),
        "chatty": (
            "locker puzzle: lockers 1 to {limit}, I paint each {first}th and each {second}th, except "
            "where both fall together. How many get painted?",
        ),
        "formal": (
            "Please determine the number of integers in the range 1 to {limit} divisible by precisely "
            "one of {first} and {second}.",
        ),
        "indirect": (
            "I'd like to know how many of the numbers 1 to {limit} can be divided by either {first} or "
            "{second} without remainder, leaving out those that both divide.",
        ),
        "context": (
            "Our raffle sold tickets numbered 1 to {limit}. Multiples of {first} win a mug and multiples "
            "of {second} win a pen. Tickets that would win both are void. How many prizes are handed "
            "out?",
        ),
    },
    draw=_draw_multiples,
    code=_multiples_code,
    bugs=lambda ask: (
        (
            "also counts the multiples of both",
            _multiples_code(ask, "n % {first} == 0 or n % {second} == 0"),
            _multiples_either(ask),
        ),
        (
            "counts the multiples of both twice over",
            f"print({ask['limit']} // {ask['first']} + {ask['limit']} // {ask['second']})",
            ask["limit"] // ask["first"] + ask["limit"] // ask["second"],
        ),
    ),
    count=_multiples,
    check=_multiples_by_exclusion,
    unit="",
    what="the count",
    answers=("There are {value}.", "The count is {value}.", "{value} numbers fit."),
    steps=lambda ask: len(str(ask["limit"])) * len(f"{ask['first']}{ask['second']}{ask['first'] * ask['second']}"),
)


def _draw_digits(rng: random.Random, level: int) -> Ask:
    return {"limit": rng.randint(2_000, 9_000) * 4 * level + rng.randint(1, 999), "total": rng.randint(9, 24)}


def _digits(ask: Ask) -> int:
    return sum(sum(map(int, str(n))) == ask["total"] for n in range(1, ask["limit"] + 1))


def _digits_by_places(ask: Ask) -> int:
    """Digit by digit: ways to fill the places after a common beginning with the limit."""
    digits = [int(d) for d in str(ask["limit"])]
    tight = 0
    free: dict[int, int] = {}
    for digit in digits:
        following: dict[int, int] = {}
        for total, ways in free.items():
            for d in range(10):
                following[total + d] = following.get(total + d, 0) + ways
        for d in range(digit):
            following[tight + d] = following.get(tight + d, 0) + 1
        tight, free = tight + digit, following
    wanted: int = ask["total"]
    return free.get(wanted, 0) + (tight == wanted)


def _digits_code(ask: Ask, start: str = "1", stop: str = " + 1", test: str = "==") -> str:
    return f"print(sum(1 for n in range({start}, {ask['limit']}{stop}) if sum(int(d) for d in str(n)) {test} {ask['total']}))"


def _digits_at_most(ask: Ask) -> int:
    return sum(_digits_by_places({**ask, "total": t}) for t in range(1, ask["total"] + 1))


DIGITS = Program(
    kind="digits",
    slots={"limit": COUNT, "total": COUNT},
    wordings={
        "plain": (
            "How many whole numbers from 1 to {limit} have digits that add up to {total}?",
            "[Count|Please count] the numbers between 1 and {limit}, both included, whose digit sum is "
            "exactly {total}.",
        ),
        "terse": ("Digit sum {total}, numbers 1..{limit}: how many?",),
        "chatty": (
            "I collect tickets whose digits sum to {total}. If the roll runs from 1 to {limit}, how many "
            "could I ever get?",
        ),
        "formal": ("Please determine how many integers of the range 1 to {limit} possess the digit sum {total}.",),
        "indirect": ("I wonder how many numbers not above {limit} have {total} as the sum of their digits.",),
        "context": (
            "House numbers in our game run from 1 to {limit}. A house is lucky if its digits total "
            "{total}. How many lucky houses are there?",
        ),
    },
    draw=_draw_digits,
    code=_digits_code,
    bugs=lambda ask: (("tests for at most the sum", _digits_code(ask, test="<="), _digits_at_most(ask)),),
    count=_digits,
    check=_digits_by_places,
    unit="",
    what="the count",
    answers=("There are {value} such numbers.", "The count is {value}.", "{value} numbers qualify."),
    steps=lambda ask: len(str(ask["limit"])) * int(ask["total"]),
    rules=1,
)

PROGRAMS = (FISH, SAVING, MULTIPLES, DIGITS)


class Simulation(Family):
    """Problems that want a program."""

    name = "simulation"
    summary = "a stock under rules, a savings plan, counting numbers with a property: by running code"
    harder = "rules that the program has to keep, plus 1; not how often it goes round"

    wordings = Wordings(tuple(Form(p.kind, p.slots, p.wordings) for p in PROGRAMS))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        program, level = rng.choice(PROGRAMS), rng.choice((1, 1, 2))
        ask: Ask = {"kind": program.kind, **program.draw(rng, level)}
        truth, second = program.count(ask), program.check(ask)
        if truth != second:
            raise TruthError(f"simulation/{program.kind}: {truth} by running, {second} by reasoning, for {ask}")
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(
            id="n0", op="run", args={"kind": program.kind}, tool="python", value=str(truth), unit=program.unit
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["python"]),
            oracle=Oracle(
                answer=Answer(kind="number", value=str(truth), unit=program.unit),
                plan=(node,),
                calls="required",
                proof=_PROOF,
            ),
            difficulty=1 + program.rules,
            knobs={"kind": program.kind, "level": level},
            seed=seed,
            index=index,
        )

    def steps(self, ask: Ask) -> int:
        return next(p for p in PROGRAMS if p.kind == ask["kind"]).steps(ask)

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(self._solve(ask, mind))

    def _solve(self, ask: Ask, mind: Mind) -> Policy:
        program = next(p for p in PROGRAMS if p.kind == ask["kind"])
        if mind.slips("refuses", "G5", "declines a problem it has the tools for"):
            return refusal(mind)
        if mind.slips("skips_tool", "D2", "answers without running anything"):
            return finish(mind, _answer(program, program.check(ask), mind))
        code = program.code(ask)
        right = program.check(ask)
        for what, mistaken, printed in program.bugs(ask):
            if printed != right and mind.slips("code_bug", "C6", what):
                code = mistaken
                break
        result = yield from run(mind, code, program.what)
        value = int(number(result))
        if mind.slips("misreports", "G2", "writes down another number than the program printed"):
            return finish(mind, _answer(program, value + mind.rng.choice((1, 2, 10)), mind))
        if mind.rng.random() < 0.2:
            yield from make(
                mind, say(mind.rng, "check", "the result with a second run"), Call("python", {"code": _again(code)})
            )
        return finish(mind, _answer(program, value, mind))


_PROOF = {
    "operands": "The answer takes dozens to thousands of steps, too many for the head.",
    "counterfactual": "Without an interpreter only a guess is left.",
}


def _again(code: str) -> str:
    """The same program as a function, called for the result."""
    body = "\n".join("    " + line for line in code.replace("print(", "return (").splitlines())
    return f"def solve():\n{body}\n\nprint(solve())"


def _answer(program: Program, value: int, mind: Mind) -> str:
    return mind.rng.choice(program.answers).format(value=f"{value:,}" if mind.rng.random() < 0.5 else value)
