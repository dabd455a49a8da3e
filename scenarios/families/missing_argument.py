"""A number is missing: a calculation that lacks one of its figures. The right thing is to ask for it, not to assume one.

The queries are those of `money` and `rates` with a part left out. Truth paths: the missing figure is in no slot of the wording,
and different values for it give different answers. `difficulty` is always 1.
"""

import random
from collections.abc import Mapping
from typing import NamedTuple

from scenarios.families._common import OFFERS, brief_for, worded
from scenarios.families.money import EXCHANGE, INVOICE, SPLIT
from scenarios.families.rates import FUEL, TANK
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import calculate, finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.slots import COUNT, MONEY, NUMBER, PERCENT
from scenarios.wording import Form, Style, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task


class Gap(NamedTuple):
    """A problem with one value left out: its key, what it is called, a value somebody might assume."""

    problem: object
    key: str
    called: str
    assumed: tuple[str, ...]


_PROBLEMS = {p.kind: p for p in (EXCHANGE, INVOICE, SPLIT, FUEL, TANK)}
GAPS: dict[str, Gap] = {
    "exchange": Gap(EXCHANGE, "rate", "the exchange rate", ("7.5", "10", "1.12")),
    "invoice": Gap(INVOICE, "tax", "the tax rate", ("20", "19", "10")),
    "split": Gap(SPLIT, "people", "the number of people", ("4", "5", "6")),
    "fuel": Gap(FUEL, "use", "the fuel consumption", ("8", "10", "30")),
    "tank": Gap(TANK, "inflow", "the rate of inflow", ("100", "250", "500")),
}
_SLOTS = {
    "amount": MONEY, "fee": PERCENT, "quantity": COUNT, "price": MONEY, "discount": PERCENT, "bill": MONEY, "tip": PERCENT,
    "distance": NUMBER, "volume": NUMBER, "outflow": NUMBER,
}  # fmt: skip
_WORDINGS: dict[str, Mapping[Style, tuple[str, ...]]] = {
    "exchange": {
        "plain": ("How many crowns do I get for {amount} once the bank has kept its fee of {fee}?",),
        "terse": ("{amount} to crowns, fee {fee}. Crowns received?",),
        "chatty": ("swapping {amount} for crowns and they nick {fee}. What will I have in hand?",),
        "context": ("A client sends us {amount}. The bureau deducts {fee} and pays out crowns. What will arrive?",),
    },
    "invoice": {
        "plain": (
            "We order {quantity} pieces at {price} apiece with {discount} off. Sales tax comes on top. "
            "What do we pay altogether?",
        ),
        "formal": (
            "Kindly determine the amount payable, tax included, for {quantity} items at {price} each "
            "after a discount of {discount}.",
        ),
        "indirect": (
            "I'd like to know the total with tax for {quantity} units at {price} each and {discount} discount.",
        ),
    },
    "split": {
        "plain": ("What does each of us pay if we share a bill of {bill} equally and add a tip of {tip}?",),
        "chatty": ("the whole gang went out, the bill was {bill}, we tip {tip}. What do we each owe?",),
        "formal": (
            "Please state the contribution per participant for a bill of {bill} increased by a gratuity of {tip}.",
        ),
    },
    "fuel": {
        "plain": ("What will the fuel cost for {distance} km with petrol at {price} a litre?",),
        "terse": ("{distance} km, {price}/l, my car: fuel cost?",),
        "indirect": ("I was wondering what a trip of {distance} km costs in fuel at {price} a litre.",),
    },
    "tank": {
        "plain": (
            "A tank of {volume} litres loses {outflow} litres a minute while it is filled. How long until it is full?",
        ),
        "terse": ("Tank {volume} l, loss {outflow} l/min. Hours to fill?",),
        "context": (
            "The basin takes {volume} litres. Through a leak {outflow} litres a minute are lost during "
            "filling. When will it be full?",
        ),
    },
}
_ASKS = (
    "I cannot work this out yet, because {what} is not given. Could you tell me {what}?",
    "For this I also need {what}, which is not stated in your question. What is it?",
    "{What} is missing, so the answer cannot be determined. Which value should I use?",
    "Without {what} I cannot say. Could you give me that figure?",
)


class MissingArgument(Family):
    """Ask back."""

    name = "missing_argument"
    summary = "a calculation that lacks a figure: ask for it instead of assuming one"
    harder = "always 1"

    wordings = Wordings(
        tuple(Form(f"no {GAPS[kind].key}", _SLOTS, styles, {"about": kind}) for kind, styles in _WORDINGS.items())
    )

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        kind = rng.choice(sorted(GAPS))
        gap, problem = GAPS[kind], _PROBLEMS[kind]
        drawn = {"kind": kind, **problem.draw(rng, rng.randint(1, 2))}
        outcomes = {problem.value(problem.lines(_with(drawn, gap, value))) for value in gap.assumed}
        if len(outcomes) < len(gap.assumed):
            raise TruthError(f"missing_argument/{kind}: the answer does not depend on {gap.called}")
        used = set(self._slots(kind))
        ask: Ask = {"kind": f"no {gap.key}", "about": kind, **{k: v for k, v in drawn.items() if k in used}}
        if gap.key in ask:
            raise TruthError(f"missing_argument/{kind}: {gap.called} is not missing")
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(id="n0", op="ask", args={"for": gap.called}, value="unknown")
        proof = {"counterfactual": f"Different values of {gap.called} give different answers, and none is stated."}
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["calculator"]),
            oracle=Oracle(
                answer=Answer(kind="unknown"), plan=(node,), answerable=False, calls="forbidden", proof=proof
            ),
            difficulty=1,
            knobs={"missing": gap.key},
            seed=seed,
            index=index,
        )

    def _slots(self, kind: str) -> list[str]:
        form = next(f for f in self.wordings.forms if f.fixed["about"] == kind)
        return sorted({part.slot for part in form.all()[0].parts if part.slot})

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def _with(ask: Ask, gap: Gap, value: str) -> Ask:
    return {**ask, gap.key: int(value) if gap.key == "people" else value}


def _solve(ask: Ask, mind: Mind) -> Policy:
    gap, problem = GAPS[ask["about"]], _PROBLEMS[ask["about"]]
    if mind.slips("overclaims", "G4", f"assumes {gap.called}"):
        value = mind.rng.choice(gap.assumed)
        lines = problem.lines(_with({"kind": problem.kind, **ask}, gap, value))
        found = problem.value(lines)
        return finish(mind, mind.rng.choice(problem.answers).format(value=problem.shown(found)))
    if "calculator" in mind.tools and mind.slips("needless_call", "D1", "calculates although a figure is missing"):
        number = next(str(v) for k, v in ask.items() if k not in ("kind", "about"))
        yield from calculate(mind, f"{number} * 1", "what is there so far")
    text = mind.rng.choice(_ASKS)
    return finish(mind, text.format(what=gap.called, What=gap.called[:1].upper() + gap.called[1:]))
