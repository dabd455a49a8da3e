"""Dates: the days between two events, the weekday of one, or which of two came first. The days stand on pages.

Truth paths: Python's calendar over the entity table, against SQLite's. `difficulty` is 2 for a weekday, 3 for which came first, 4 for days.
"""

import random
import sqlite3
from datetime import date

from scenarios.asking import LABEL, THING, column, with_article
from scenarios.exact import grouped
from scenarios.families._common import OFFERS, brief_for, refusal, worded
from scenarios.families._world import draw_entity, failed_hunt, lookup_node, on_a_page, proof
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import Hunt, find, find_all, misread
from scenarios.moves import Move, finish, guarded, make
from scenarios.observed import first_line, number
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.wording import Form, Wordings
from scenarios.world import Attribute, Entity, Value, World
from scenarios.world.kinds import KINDS
from traces.task import Answer, Brief, Oracle, PlanNode, Task

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATED = tuple(kind for kind in KINDS if any(c.kind == "date" for c in KINDS[kind].columns))
_TWO = {"label": LABEL, "first": THING, "second": THING}

DAYS = Form(
    "days",
    _TWO,
    {
        "plain": (
            "How many days lie between the {label} of {first} and that of {second}?",
            "Count the days from one {label} to the other: {first} and {second}.",
        ),
        "terse": (
            "Days between the {label} of {first} and of {second}?",
            "{label}, {first} to {second}: how many days?",
        ),
        "chatty": ("{first} and {second}, how many days apart are they by {label}?",),
        "formal": ("Kindly state the number of days that separate the {label} of {first} from that of {second}.",),
        "indirect": ("I'd like to know how many days there are between {first} and {second}, going by {label}.",),
        "context": (
            "My timeline shows {first} and {second}. Each stands at its {label}. How many days are in between?",
        ),
    },
)
FIRST = Form(
    "first",
    _TWO,
    {
        "plain": (
            "Which has the earlier {label}, {first} or {second}?",
            "Going by {label}, which came first: {first} or {second}?",
        ),
        "terse": ("Earlier {label}: {first} or {second}?",),
        "chatty": ("who was first by {label}, {first} or {second}? we have a bet on it!",),
        "formal": ("Please establish whether {first} or {second} has the earlier {label}.",),
        "indirect": ("I wonder which of the two, {first} or {second}, precedes the other in {label}.",),
        "context": (
            "I'm putting {first} and {second} in order of time. What counts is the {label}. Which one goes first?",
        ),
    },
)
WEEKDAY = Form(
    "weekday",
    {"label": LABEL, "name": THING},
    {
        "plain": (
            "On which weekday does the {label} of {name} fall?",
            "What day of the week was the {label} of {name}?",
        ),
        "terse": ("Weekday of the {label} of {name}?",),
        "chatty": ("was the {label} of {name} a Monday or what? Which weekday?",),
        "formal": ("Kindly determine the weekday on which the {label} of {name} fell.",),
        "indirect": ("I'd like to know the day of the week of the {label} of {name}.",),
        "context": (
            "Our calendar marks the {label} of {name}. The weekday is missing. Which day of the week belongs there?",
        ),
    },
)


class Dates(Family):
    """Days and weekdays."""

    name = "dates"
    summary = "days between two events, a weekday, or which came first"
    harder = "2 for a weekday, 3 for which came first, 4 for the days between"

    wordings = Wordings((DAYS, FIRST, WEEKDAY))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        kind = rng.choice(("days", "days", "first", "weekday"))
        things, about = _draw(world, rng, 1 if kind == "weekday" else 2)
        days = [_day(thing, about) for thing in things]
        value = _truth(kind, things, days)
        if value != _by_sql(kind, things, days):
            raise TruthError(f"{kind} of {days}: {value} by one calendar, {_by_sql(kind, things, days)} by the other")
        ask: Ask = {"kind": kind, "label": about.label, "first": things[0].name, "second": things[-1].name}
        if kind == "weekday":
            ask = {"kind": kind, "label": about.label, "name": things[0].name}
        brief = brief_for(self.name, ask, rng)
        unit = "days" if kind == "days" else ""
        nodes = tuple(lookup_node(world, f"n{at}", thing, about) for at, thing in enumerate(things))
        last = PlanNode(
            id=f"n{len(nodes)}",
            op=kind,
            args={"what": kind, "expression": _expression(kind, days)},
            needs=tuple(n.id for n in nodes),
            tool="none" if kind == "first" else "calculator",
            value=value,
            unit=unit,
        )
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search" if kind == "first" else "search and calculator"]),
            oracle=Oracle(
                answer=Answer(kind="number" if kind == "days" else "text", value=value, unit=unit),
                plan=(*nodes, last),
                proof=proof(len(nodes)),
            ),
            difficulty={"weekday": 2, "first": 3, "days": 4}[kind],
            knobs={"question": kind},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        ask = self.wordings.read(query)
        if ask is None:
            return None
        names = [ask["name"]] if ask["kind"] == "weekday" else [ask["first"], ask["second"]]
        try:
            return ask if all(column(name, ask["label"]).kind == "date" for name in names) else None
        except KeyError:
            return None

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve_weekday(ask, mind) if ask["kind"] == "weekday" else _solve_two(ask, mind))


def _draw(world: World, rng: random.Random, count: int) -> tuple[list[Entity], Attribute]:
    kind = rng.choice(_DATED)
    about = rng.choice([a for a in world.schema(kind) if a.kind == "date"])
    things: list[Entity] = []
    for _ in range(count):
        taken = {thing.facts[about.name] for thing in things}

        def fits(e: Entity, taken: set[Value] = taken) -> bool:
            return on_a_page(world, e, about.name) and e.facts[about.name] not in taken

        things.append(draw_entity(world, rng, kind, fits))
    return things, about


def _day(thing: Entity, about: Attribute) -> date:
    value = thing.facts[about.name]
    assert isinstance(value, date)
    return value


def _truth(kind: str, things: list[Entity], days: list[date]) -> str:
    if kind == "weekday":
        return WEEKDAYS[days[0].weekday()]
    return str(abs((days[0] - days[1]).days)) if kind == "days" else things[days.index(min(days))].name


def _expression(kind: str, days: list[date]) -> str:
    late, early = max(days).isoformat(), min(days).isoformat()
    return {"days": f"{late} - {early}", "first": f"{early} < {late}", "weekday": f"weekday({late})"}[kind]


def _by_sql(kind: str, things: list[Entity], days: list[date]) -> str:
    """The second truth: SQLite counts days by the Julian period, and names weekdays from Sunday."""
    db = sqlite3.connect(":memory:")
    if kind == "weekday":
        number = db.execute("select strftime('%w', ?)", (days[0].isoformat(),)).fetchone()[0]
        value = WEEKDAYS[(int(number) - 1) % 7]
    elif kind == "days":
        found = db.execute("select abs(julianday(?) - julianday(?))", [d.isoformat() for d in days]).fetchone()[0]
        value = str(round(found))
    else:
        earlier = db.execute("select ? < ?", [d.isoformat() for d in days]).fetchone()[0]
        value = things[0 if earlier else 1].name
    db.close()
    return value


def _solve_weekday(ask: Ask, mind: Mind) -> Policy:
    hunt = Hunt(ask["name"], ask["label"])
    if "search" not in mind.tools:
        return failed_hunt(hunt, mind, "date", "")
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)
    hunt = yield from find(mind, ask["name"], ask["label"])
    if hunt.reading is None:
        return failed_hunt(hunt, mind, "date", "")
    day = _read_day(hunt)
    found = yield from _weekday(mind, day)
    if mind.slips("off_by_one", "C4", "takes the day after"):
        found = WEEKDAYS[(WEEKDAYS.index(found) + 1) % 7]
    return finish(
        mind,
        mind.rng.choice(
            (
                f"It is a {found}.",
                f"{hunt.reading.written} is a {found}.",
                f"{hunt.what[:1].upper()}{hunt.what[1:]} fell on a {found}.",
            )
        ),
    )


def _weekday(mind: Mind, day: date) -> Move[str]:
    if "calculator" in mind.tools and (mind.rng.random() < 0.6 or "python" not in mind.tools):
        call = Call("calculator", {"expression": f"weekday({day.isoformat()})"})
    else:
        code = f"from datetime import date\nprint(date({day.year}, {day.month}, {day.day}).strftime('%A'))"
        call = Call("python", {"code": code})
    (result,) = yield from make(
        mind, say(mind.rng, "calculate" if call.tool == "calculator" else "code", "the weekday"), call
    )
    return next((name for name in WEEKDAYS if name in result.content), first_line(result))


def _solve_two(ask: Ask, mind: Mind) -> Policy:
    label, names = ask["label"], [ask["first"], ask["second"]]
    if "search" not in mind.tools:
        return failed_hunt(Hunt(names[0], label), mind, "date", "")
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)
    hunts = yield from find_all(mind, [(name, label) for name in names])
    missing = next((hunt for hunt in hunts if hunt.reading is None), None)
    if missing:
        return failed_hunt(missing, mind, "date", "")
    if ask["kind"] == "first":
        return _first(hunts, mind)
    right = _apart(hunts)
    misread(mind, hunts[0], lambda value: isinstance(value, date) and abs((value - _read_day(hunts[1])).days) != right)
    days = yield from _days(mind, *sorted(_read_day(hunt) for hunt in hunts))
    if days == right and mind.slips("off_by_one", "C4", "counts both ends"):
        days += 1
    first, second = (hunt.reading.written for hunt in hunts if hunt.reading)
    return finish(
        mind,
        mind.rng.choice(
            (
                f"There are {grouped(days)} days in between.",
                f"From {first} to {second} it is {grouped(days)} days.",
                f"{grouped(days)} days.",
            )
        ),
    )


def _read_day(hunt: Hunt) -> date:
    assert hunt.reading
    assert isinstance(hunt.reading.value, date)
    return hunt.reading.value


def _apart(hunts: list[Hunt]) -> int:
    return abs((_read_day(hunts[0]) - _read_day(hunts[1])).days)


def _days(mind: Mind, early: date, late: date) -> Move[int]:
    if "calculator" in mind.tools and (mind.rng.random() < 0.6 or "python" not in mind.tools):
        call = Call("calculator", {"expression": f"{late.isoformat()} - {early.isoformat()}"})
    else:
        ends = [f"date({d.year}, {d.month}, {d.day})" for d in (late, early)]
        call = Call("python", {"code": f"from datetime import date\nprint(({ends[0]} - {ends[1]}).days)"})
    moment = say(mind.rng, "calculate" if call.tool == "calculator" else "code", "the days in between")
    (result,) = yield from make(mind, moment, call)
    return int(number(result))


def _first(hunts: list[Hunt], mind: Mind) -> str:
    early, late = sorted(hunts, key=_read_day)
    if mind.slips("misreports", "G2", f"names {late.name} instead of {early.name}"):
        return finish(mind, f"It is {with_article(late.name)}.")
    name = with_article(early.name)
    assert early.reading
    assert late.reading
    return finish(
        mind,
        mind.rng.choice(
            (
                f"{name[:1].upper()}{name[1:]} came first, on {early.reading.written}.",
                f"{name[:1].upper()}{name[1:]} has the earlier {early.label}: {early.reading.written} against {late.reading.written}.",
                f"It is {name}.",
            )
        ),
    )
