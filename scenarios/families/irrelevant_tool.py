"""Tools are offered, and none is of use: what is asked stands in the query, or cannot be known. Calling one is the mistake.

The query quotes an agreement with the very days, rates and sums that the tools take. Truth paths: the value drawn before the query was put
together, against the value read back from the query; what is not in the agreement is in no slot of it. `difficulty` is 1, 2 if unknowable.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from scenarios.exact import fixed, plain
from scenarios.families._common import CALCULATOR, brief_for, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, make
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import DAY, MONEY, NAME, PERCENT, choice
from scenarios.wording import Form, Wordings
from scenarios.world import World
from traces.task import Answer, AnswerKind, Brief, Oracle, PlanNode, Task

_TOOLS = ("count_days", "count_working_days", "simple_interest", "compound_interest")


class Term(NamedTuple):
    """Something one could ask of the agreement: how it is asked, and where it stands in the ask; nowhere if it does not tell."""

    phrases: tuple[str, ...]
    slot: str = ""
    kind: AnswerKind = "unknown"
    unit: str = ""


TERMS: dict[str, Term] = {
    "begin": Term(("on which day does it begin", "when does it start"), "first", "date"),
    "end": Term(("on which day does it end", "when does it run out"), "last", "date"),
    "rate": Term(("what yearly rate is agreed", "which rate does it name"), "rate", "number", "%"),
    "amount": Term(("how much is lent", "what sum is lent"), "amount", "number", "dollars"),
    "lender": Term(("who is the lender", "who lends the money"), "who", "text"),
    "borrower": Term(("who is the borrower", "who gets the money")),
    "number": Term(("what is its file number", "under which file number is it kept")),
    "place": Term(("in which town was it signed", "where was it signed")),
}
_AGREEMENT = '"{who} lends {amount} from {first} to {last} at {rate} a year."'
FORM = Form(
    "terms",
    {
        "who": NAME,
        "amount": MONEY,
        "first": DAY,
        "last": DAY,
        "rate": PERCENT,
        "wanted": choice({key: term.phrases for key, term in TERMS.items()}),
    },
    {
        "plain": (
            f"This is the agreement: {_AGREEMENT} Going by it, {{wanted}}?",
            f"Read this loan agreement, {_AGREEMENT} and tell me: {{wanted}}?",
        ),
        "terse": (f"{_AGREEMENT} So {{wanted}}?", f"Loan: {_AGREEMENT} Question: {{wanted}}?"),
        "chatty": (
            f"my eyes are tired, the paper says {_AGREEMENT} and I just need to know, {{wanted}}?",
            f"ok here's the slip my aunt sent: {_AGREEMENT} soo {{wanted}}?",
        ),
        "formal": (
            f"The agreement reads as follows. {_AGREEMENT} Kindly state: {{wanted}}?",
            f"With reference to the clause {_AGREEMENT} please inform me, {{wanted}}?",
        ),
        "indirect": (
            f"Could you tell me from {_AGREEMENT} the following: {{wanted}}?",
            f"I'd like to know about the loan {_AGREEMENT} one thing: {{wanted}}?",
        ),
        "context": (
            f"I'm filing a loan. All I was given is {_AGREEMENT} One field of the form is still empty: {{wanted}}?",
            f"We keep a list of loans. The newest entry is {_AGREEMENT} A colleague on the phone asks, {{wanted}}?",
        ),
    },
)
_LENDERS = (
    "Tamsin Orley",
    "Jory Blaket",
    "Petra Sundrow",
    "Milo Harnwick",
    "Ines Corvale",
    "Bram Tolleth",
    "Edda Quint",
)


class IrrelevantTool(Family):
    """Leave the tools alone."""

    name = "irrelevant_tool"
    summary = "tools are offered and none is of use: answer from the query, or say that it cannot be known"
    harder = "1 where the agreement says it, 2 where it does not"

    wordings = Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        ask = _draw(rng)
        term = TERMS[ask["wanted"]]
        brief = brief_for(self.name, ask, rng)
        query = worded(self, brief, rng)
        value, read = str(ask.get(term.slot, "")), (self.read(query) or {}).get(term.slot, "")
        if value != str(read):
            raise TruthError(f"irrelevant_tool: {ask['wanted']} was {value!r} when drawn, and is {read!r} in the query")
        tools = [*rng.sample(_TOOLS, rng.randint(2, 4)), *rng.choice(((), (CALCULATOR,)))]
        rng.shuffle(tools)
        return Task(
            family=self.name,
            query=query,
            brief=brief,
            tools=tuple(tools),
            oracle=_oracle(ask["wanted"], term, value),
            difficulty=1 if term.slot else 2,
            knobs={"wanted": ask["wanted"], "told": bool(term.slot)},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return _solve(ask, TERMS[ask["wanted"]], mind)


def _draw(rng: random.Random) -> Ask:
    first = date(2027, 1, 1) + timedelta(rng.randrange(3000))
    return {
        "kind": "terms",
        "who": rng.choice(_LENDERS),
        "amount": plain(Fraction(rng.randint(11, 989) * 50)),
        "first": first.isoformat(),
        "last": (first + timedelta(rng.randint(400, 3000))).isoformat(),
        "rate": plain(Fraction(rng.randint(5, 39), 4)),
        "wanted": rng.choice(list(TERMS)),
    }


def _oracle(wanted: str, term: Term, value: str) -> Oracle:
    told = bool(term.slot)
    why = (
        "What is asked stands in the query."
        if told
        else "The agreement does not tell it, and no tool offered can look it up."
    )
    return Oracle(
        answer=Answer(kind=term.kind, value=value, unit=term.unit),
        plan=(PlanNode(id="n0", op="read", args={"wanted": wanted}, value=value or "unknown", unit=term.unit),),
        answerable=told,
        calls="forbidden",
        proof={"no need": f"{why} The tools offered compute other things."},
    )


_UNTOLD = (
    "The agreement does not say, so that cannot be known from it: {wanted}?",
    "I cannot tell: that is not stated in the agreement, and none of my tools could find it out.",
    "That is not given in the text, so I don't know it.",
    "I'm sorry, but this cannot be determined from the agreement you quote.",
)
_MADE_UP = {
    "borrower": "It is Halden Quist.",
    "number": "Its file number is KR-40718.",
    "place": "It was signed in Osterwick.",
}


def _solve(ask: Ask, term: Term, mind: Mind) -> Policy:
    calls = [call for call in _tempting(ask) if call.tool in mind.tools]
    if calls and mind.slips("needless_call", "D1", "calls a tool that is of no use here"):
        yield from make(
            mind, mind.rng.choice(("", "Let me use a tool for this.", "I'll compute it.")), mind.rng.choice(calls)
        )
    if not term.slot:
        if mind.slips("overclaims", "G4", "makes up what the agreement does not tell"):
            return finish(mind, _MADE_UP[ask["wanted"]])
        return finish(mind, mind.rng.choice(_UNTOLD).format(wanted=term.phrases[0]))
    if mind.slips("refuses", "G5", "declines what stands in the query"):
        return "I'm sorry, I can't help with that."
    value = ask[term.slot]
    if mind.slips("misreports", "G2", "writes down something else than the agreement says"):
        value = _OTHERS[term.slot](ask)
    said = _written(term, value, mind)
    return finish(
        mind, mind.rng.choice(("It says {}.", "{}.", "According to the agreement: {}.", "That is {}.")).format(said)
    )


_OTHERS: dict[str, Callable[[Ask], str]] = {
    "first": lambda ask: str(ask["last"]),
    "last": lambda ask: str(ask["first"]),
    "rate": lambda ask: plain(Fraction(ask["rate"]) + 3),
    "amount": lambda ask: plain(Fraction(ask["amount"]) * 10),
    "who": lambda ask: next(name for name in _LENDERS if name != ask["who"]),
}


def _written(term: Term, value: str, mind: Mind) -> str:
    if term.kind == "date":
        return DAY.write(value, mind.rng)
    if term.unit == "dollars":
        return f"${fixed(Fraction(value), 2, ',')}"
    return f"{value} %" if term.unit == "%" else value


def _tempting(ask: Ask) -> list[Call]:
    """Calls that the agreement's figures fit."""
    period = {"first": ask["first"], "last": ask["last"]}
    years = max(1, int(ask["last"][:4]) - int(ask["first"][:4]))
    saved: dict[str, Any] = {"amount": float(ask["amount"]), "rate": float(ask["rate"]), "years": years}
    return [
        *(Call(tool, period) for tool in _TOOLS[:2]),
        *(Call(tool, saved) for tool in _TOOLS[2:]),
        Call("calculator", {"expression": f"{ask['amount']} * {ask['rate']} / 100"}),
    ]
