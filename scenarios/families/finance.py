"""Finance: loan instalments, compound interest, the present value of payments to come. Amounts to the cent.

`difficulty` is the number of lines of calculation, plus one for large operands.
"""

import random
from fractions import Fraction

from scenarios.exact import plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay
from scenarios.family import Ask
from scenarios.slots import COUNT, MONEY, PERCENT


def _amount(rng: random.Random, level: int) -> str:
    return plain(Fraction(rng.randint(110_000, 990_000) * 10 ** (level - 1) | 1, 100))


def _rate(rng: random.Random) -> str:
    return plain(Fraction(rng.randint(6, 38), 4))


def _draw_interest(rng: random.Random, level: int) -> Ask:
    return {"amount": _amount(rng, level), "rate": _rate(rng), "years": rng.randint(3, 9 + 3 * level)}


def _interest(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the growth over all years", f"(1 + {ask['rate']} / 100)**{ask['years']}"),
        Line("the final balance", f"{ask['amount']} * [0]"),
    )


def _interest_by_years(ask: Ask) -> Fraction:
    balance = Fraction(ask["amount"])
    for _ in range(ask["years"]):
        balance += balance * Fraction(ask["rate"]) / 100
    return balance


def _interest_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    simple = Line("the growth over all years", f"1 + {ask['rate']} / 100 * {ask['years']}")
    return (
        WrongWay("wrong_formula", "C5", "takes simple interest for compound interest", (simple, _interest(ask)[1])),
    )


INTEREST = Problem(
    kind="interest",
    slots={"amount": MONEY, "rate": PERCENT, "years": COUNT},
    wordings={
        "plain": (
            "What do {amount} grow to in {years} years at {rate} a year, compounded yearly?",
            "[I deposit|We put aside] {amount} at {rate} compound interest a year. What is the balance after "
            "{years} years?",
        ),
        "terse": ("{amount}, {rate} p.a. compounded, {years} years: final balance?",),
        "chatty": (
            "gran left me {amount}, it earns {rate} a year with compounding. what's in the pot after {years} years?",
        ),
        "formal": (
            "Kindly determine the value of {amount} after {years} years of interest at {rate} per annum, "
            "compounded annually.",
        ),
        "indirect": ("I'd like to know what {amount} become in {years} years if {rate} interest is added every year.",),
        "context": (
            "The savings plan takes a single deposit of {amount}. It pays {rate} a year on all that is in it. "
            "What is paid out after {years} years?",
        ),
    },
    draw=_draw_interest,
    lines=_interest,
    check=_interest_by_years,
    unit="dollars",
    answers=("The balance will be ${value}.", "That grows to ${value}.", "With compounding, it comes to ${value}."),
    wrong=_interest_wrong,
)


def _draw_loan(rng: random.Random, level: int) -> Ask:
    return {"amount": _amount(rng, level), "rate": _rate(rng), "months": rng.choice((12, 18, 24, 30, 36, 48, 60))}


def _loan(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the interest rate of a month", f"{ask['rate']} / 1200"),
        Line("the growth over all months", f"(1 + [0])**{ask['months']}"),
        Line("the monthly instalment", f"{ask['amount']} * [0] * [1] / ([1] - 1)"),
    )


def _loan_by_discounting(ask: Ask) -> Fraction:
    """The second truth: the instalments, each discounted to today, are worth the loan."""
    month = 1 + Fraction(ask["rate"]) / 1200
    worth, factor = Fraction(0), Fraction(1)
    for _ in range(ask["months"]):
        factor /= month
        worth += factor
    return Fraction(ask["amount"]) / worth


def _loan_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    flat = Line(
        "the monthly instalment", f"{ask['amount']} * (1 + {ask['rate']} / 1200 * {ask['months']}) / {ask['months']}"
    )
    return (WrongWay("wrong_formula", "C5", "charges interest on the whole loan to the end", (*_loan(ask)[:2], flat)),)


LOAN = Problem(
    kind="loan",
    slots={"amount": MONEY, "rate": PERCENT, "months": COUNT},
    wordings={
        "plain": (
            "What is the monthly instalment of a loan of {amount} over {months} months at {rate} a year?",
            "I borrow {amount} at a yearly rate of {rate} and pay it back in {months} equal monthly "
            "instalments. How much is each?",
        ),
        "terse": ("Loan {amount}, {rate} p.a., {months} months: instalment?",),
        "chatty": (
            "the bank lends me {amount} for {months} months and wants {rate} a year. what do I pay them each month?",
        ),
        "formal": (
            "Kindly state the level monthly payment that redeems a loan of {amount} bearing {rate} per annum "
            "in {months} months.",
        ),
        "indirect": (
            "I'd like to know the equal monthly payment on {amount} borrowed at {rate} a year for {months} months.",
        ),
        "context": (
            "Our annuity loan is {amount}. The bank charges {rate} a year, a twelfth of it each month. It "
            "runs for {months} months. What is one instalment?",
        ),
    },
    draw=_draw_loan,
    lines=_loan,
    check=_loan_by_discounting,
    unit="dollars",
    answers=("Each instalment is ${value}.", "You pay ${value} a month.", "The monthly payment comes to ${value}."),
    wrong=_loan_wrong,
)


def _draw_present(rng: random.Random, level: int) -> Ask:
    cost = rng.randint(2_000, 9_000) * 10 ** (level - 1)
    flows = [str(round(cost * rng.uniform(0.25, 0.7)) | 1) for _ in range(3)]
    return {"cost": str(cost), "rate": _rate(rng), "one": flows[0], "two": flows[1], "three": flows[2]}


def _present(ask: Ask) -> tuple[Line, ...]:
    growth = f"(1 + {ask['rate']} / 100)"
    return (
        Line(
            "the worth of the payments today",
            f"{ask['one']} / {growth} + {ask['two']} / {growth}**2 + {ask['three']} / {growth}**3",
        ),
        Line("the net present value", f"[0] - {ask['cost']}"),
    )


def _present_backwards(ask: Ask) -> Fraction:
    worth = Fraction(0)
    for key in ("three", "two", "one"):
        worth = (worth + Fraction(ask[key])) / (1 + Fraction(ask["rate"]) / 100)
    return worth - Fraction(ask["cost"])


def _present_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    undiscounted = Line("the worth of the payments", f"{ask['one']} + {ask['two']} + {ask['three']}")
    return (WrongWay("wrong_formula", "C5", "does not discount the payments", (undiscounted, _present(ask)[1])),)


PRESENT = Problem(
    kind="present value",
    slots={"cost": MONEY, "rate": PERCENT, "one": MONEY, "two": MONEY, "three": MONEY},
    wordings={
        "plain": (
            "What is the net present value of an investment of {cost} that returns {one}, {two} and {three} "
            "after one, two and three years, at {rate}?",
            "A machine costs {cost} today and earns {one} in a year, {two} in two and {three} in three. "
            "Discounted at {rate}, what is its net present value?",
        ),
        "terse": ("NPV at {rate}: outlay {cost}, then {one}, {two}, {three} at year ends?",),
        "chatty": (
            "I'd sink {cost} into a van, get back {one}, then {two}, then {three} over three years. at "
            "{rate}, what's the NPV?",
        ),
        "formal": (
            "Kindly compute the net present value at {rate} of an outlay of {cost} followed by yearly "
            "receipts of {one}, {two} and {three}.",
        ),
        "indirect": (
            "I'd like to know the net present value at {rate} if {cost} now bring {one}, {two} and {three} at "
            "the ends of the next three years.",
        ),
        "context": (
            "The project needs {cost} at the start. We expect {one}, {two} and {three} at the ends of years "
            "one to three. Our discount rate is {rate}. What is the net present value?",
        ),
    },
    draw=_draw_present,
    lines=_present,
    check=_present_backwards,
    unit="dollars",
    answers=(
        "The net present value is {value} dollars.",
        "It comes to {value} dollars today.",
        "NPV: {value} dollars.",
    ),
    wrong=_present_wrong,
)


class Finance(Calculation):
    """Money over time."""

    name = "finance"
    summary = "compound interest, loan instalments, net present value"
    problems = (INTEREST, LOAN, PRESENT)
