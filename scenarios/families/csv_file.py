"""Analysis of a CSV file placed in the interpreter's folder: look at its columns, then compute over all rows with code.

Truth paths: Python over the rows as drawn, against SQL over the file read back. `difficulty` is the number of
operations on the rows, plus one for reading the file.
"""

import csv
import io
import random
import sqlite3
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scenarios.exact import grouped, plain
from scenarios.families._common import ALL, CALCULATOR, PYTHON, brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, guarded, make, run
from scenarios.observed import first_line
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import COUNT, choice, text
from scenarios.wording import Form, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task, TaskFile


class Sheet(NamedTuple):
    """A kind of file: its names, and its columns with the values of the first two."""

    files: tuple[str, ...]
    group: str
    groups: tuple[str, ...]
    item: str
    items: tuple[str, ...]
    amount: str
    price: str


SHEETS = (
    Sheet(
        ("orders.csv", "orders_2023.csv", "shop-orders.csv"),
        "region", ("north", "south", "east", "west", "coast"),
        "product", ("lamp", "kettle", "rug", "clock", "stool"),
        "units", "unit_price",
    ),
    Sheet(
        ("tickets.csv", "ticket_sales.csv", "tickets-spring.csv"),
        "site", ("tower", "garden", "museum", "cellar"),
        "tariff", ("adult", "child", "senior", "group"),
        "visitors", "entry_fee",
    ),
    Sheet(
        ("deliveries.csv", "deliveries_q3.csv", "van-log.csv"),
        "depot", ("harbour", "station", "mill", "airport"),
        "load", ("letters", "parcels", "pallets", "crates"),
        "pieces", "fee_each",
    ),
)  # fmt: skip
_GROUPS = choice({value: (value,) for sheet in SHEETS for value in sheet.groups})
_ITEMS = choice({value: (value,) for sheet in SHEETS for value in sheet.items})
_GROUP = choice({sheet.group: (sheet.group,) for sheet in SHEETS})
_ITEM = choice({sheet.item: (sheet.item,) for sheet in SHEETS})
_AMOUNT = choice({sheet.amount: (sheet.amount,) for sheet in SHEETS})
_SLOTS = {
    "file": text(r"[\w-]+\.csv"), "group": _GROUP, "value": _GROUPS, "item": _ITEM, "thing": _ITEMS, "amount": _AMOUNT, "bound": COUNT,
}  # fmt: skip

FORMS = (
    Form(
        "sum",
        _SLOTS,
        {
            "plain": (
                "The file {file} lies in the work folder. How many {amount} does it list in all for the "
                "{group} {value}?",
                "In {file}, what do the {amount} of all rows with {group} {value} add up to?",
            ),
            "terse": ("File {file}: total {amount}, {group} {value}?",),
            "chatty": ("I dumped everything into {file}. How many {amount} did the {group} {value} get overall?",),
            "formal": ("Kindly determine from {file} the total {amount} recorded for the {group} {value}.",),
            "indirect": (
                "I'd like to know how many {amount} there are in total for the {group} {value} according to {file}.",
            ),
            "context": (
                "We exported our books to {file}. The report has a line for the {group} {value}. How "
                "many {amount} belong there?",
            ),
        },
    ),
    Form(
        "revenue",
        _SLOTS,
        {
            "plain": (
                "The file {file} lists {amount} and a price per row. What is the total revenue, amount "
                "times price, for the {item} {thing}?",
                "Going by {file}, how much money came in for the {item} {thing}, counting {amount} times price?",
            ),
            "terse": ("File {file}: revenue ({amount} x price) of {item} {thing}?",),
            "chatty": (
                "so {file} has all our rows, {amount} and price each. What did the {item} {thing} earn us in the end?",
            ),
            "formal": (
                "Please compute from {file} the turnover, being {amount} multiplied by price, "
                "attributable to the {item} {thing}.",
            ),
            "indirect": (
                "I was wondering what the {item} {thing} earned according to {file}, if one multiplies "
                "{amount} and price in each row.",
            ),
            "context": (
                "Our cashier keeps {file}. Each row has {amount} and a price. The tax office asks for "
                "the takings with the {item} {thing}. How much is it?",
            ),
        },
    ),
    Form(
        "best",
        _SLOTS,
        {
            "plain": (
                "Which {group} has the most {amount} in total in {file}?",
                "Sum the {amount} in {file} by {group}. Which {group2} comes out on top?".replace("{group2}", "one"),
            ),
            "terse": ("File {file}: {group} with the highest total of {amount}?",),
            "chatty": ("who's the champion in {file}? I mean the {group} with the most {amount} over all rows.",),
            "formal": ("Please identify, on the basis of {file}, the {group} whose {amount} are highest in total.",),
            "indirect": ("I'm curious which {group} leads in total {amount} according to {file}.",),
            "context": (
                "A prize goes to the {group} with the most {amount} over the whole season. All rows are "
                "in {file}. Who gets it?",
            ),
        },
    ),
    Form(
        "count",
        _SLOTS,
        {
            "plain": ("How many rows of {file} have more than {bound} {amount}?",),
            "terse": ("File {file}: rows with {amount} > {bound}?",),
            "chatty": ("can you count the lines in {file} that have more than {bound} {amount} in them?",),
            "formal": ("Please state the number of records in {file} exceeding {bound} {amount}.",),
            "indirect": ("I'd like to know how many entries of {file} list more than {bound} {amount}.",),
            "context": (
                "Rows with more than {bound} {amount} need a second signature. All rows are in {file}. "
                "How many signatures is that?",
            ),
        },
    ),
)


class Row(NamedTuple):
    """One row of the file."""

    day: str
    group: str
    item: str
    amount: int
    price: Decimal


class CsvFile(Family):
    """A file, by code."""

    name = "csv_file"
    summary = "a filtered sum, revenue, best group or count over a CSV file: look, then code"
    harder = "operations on the rows (filter, group, multiply, add up, count, largest), plus 1 for reading the file"

    wordings = Wordings(FORMS)

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        sheet, count = rng.choice(SHEETS), rng.choice((30, 60, 120, 240))
        rows = _rows(sheet, count, rng)
        ask = _ask(sheet, rows, rng)
        content = _content(sheet, rows)
        truth, by_sql = _count(ask, rows), _by_sql(ask, content)
        if truth != by_sql:
            raise TruthError(f"csv_file/{ask['kind']}: {truth} or {by_sql}")
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(id="n0", op=ask["kind"], args={"file": ask["file"]}, tool="python", value=truth)
        answer = Answer(kind="text" if ask["kind"] == "best" else "number", value=truth)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice((ALL, (PYTHON,), (CALCULATOR, PYTHON))),
            oracle=Oracle(answer=answer, plan=(node,), calls="required", proof=_PROOF),
            difficulty=1 + _OPERATIONS[ask["kind"]],
            knobs={"rows": count, "op": ask["kind"]},
            files=(TaskFile(name=ask["file"], content=content),),
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


_PROOF = {
    "counterfactual": "The file is not in the query: without an interpreter it cannot be read.",
    "operands": "Dozens to hundreds of rows are too many for the head.",
}


def _rows(sheet: Sheet, count: int, rng: random.Random) -> list[Row]:
    return [
        Row(
            f"2023-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            rng.choice(sheet.groups) if at >= len(sheet.groups) else sheet.groups[at],
            rng.choice(sheet.items) if at >= len(sheet.items) else sheet.items[at],
            rng.randint(1, 480),
            Decimal(rng.randint(150, 9_900)).scaleb(-2),
        )
        for at in range(count)
    ]


def _content(sheet: Sheet, rows: list[Row]) -> str:
    lines = [f"day,{sheet.group},{sheet.item},{sheet.amount},{sheet.price}"]
    return "\n".join([*lines, *(",".join(map(str, row)) for row in sorted(rows, key=lambda r: r.day))]) + "\n"


def _ask(sheet: Sheet, rows: list[Row], rng: random.Random) -> Ask:
    ask: Ask = {
        "kind": rng.choice([form.kind for form in FORMS]),
        "file": rng.choice(sheet.files),
        "amount": sheet.amount,
    }
    match ask["kind"]:
        case "sum":
            return {**ask, "group": sheet.group, "value": rng.choice(sheet.groups)}
        case "revenue":
            return {**ask, "item": sheet.item, "thing": rng.choice(sheet.items)}
        case "best":
            return {**ask, "group": sheet.group}
        case _:
            return {**ask, "bound": rng.randint(20, 45) * 10}


def _count(ask: Ask, rows: list[Row]) -> str:
    match ask["kind"]:
        case "sum":
            return str(sum(row.amount for row in rows if row.group == ask["value"]))
        case "revenue":
            return plain(sum((row.amount * row.price for row in rows if row.item == ask["thing"]), Decimal(0)))
        case "count":
            return str(sum(row.amount > ask["bound"] for row in rows))
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.group] = totals.get(row.group, 0) + row.amount
    return max(totals, key=lambda group: totals[group])


def _by_sql(ask: Ask, content: str) -> str:
    """The answer from the file's own text. Raises TruthError for a tie."""
    _, *rows = csv.reader(io.StringIO(content))
    db = sqlite3.connect(":memory:")
    db.execute("create table t (grp text, item text, amount integer, cents integer)")
    db.executemany(
        "insert into t values (?, ?, ?, ?)", [(g, i, int(a), int(Fraction(p) * 100)) for _, g, i, a, p in rows]
    )
    match ask["kind"]:
        case "sum":
            found = db.execute("select sum(amount) from t where grp = ?", (ask["value"],)).fetchone()[0]
        case "revenue":
            found = Fraction(
                db.execute("select sum(amount * cents) from t where item = ?", (ask["thing"],)).fetchone()[0], 100
            )
        case "count":
            found = db.execute("select count(*) from t where amount > ?", (ask["bound"],)).fetchone()[0]
        case _:
            first, second = db.execute(
                "select grp, sum(amount) s from t group by grp order by s desc limit 2"
            ).fetchall()
            if first[1] == second[1]:
                raise TruthError(f"{first} and {second} tie")
            found = first[0]
    db.close()
    return found if isinstance(found, str) else plain(found)


_LOADS = """import csv
from decimal import Decimal
with open({file!r}) as f:
    rows = list(csv.DictReader(f))
"""
_PRINTS = {
    "sum": "print(sum(int(r[{amount!r}]) for r in rows if r[{group!r}] == {value!r}))",
    "revenue": "print(sum(int(r[{amount!r}]) * Decimal(r[{price!r}]) for r in rows if r[{item!r}] == {thing!r}))",
    "best": (
        "totals = {{}}\nfor r in rows:\n    totals[r[{group!r}]] = totals.get(r[{group!r}], 0) + int(r[{amount!r}])\n"
        "print(max(totals, key=totals.get))"
    ),
    "count": "print(sum(1 for r in rows if int(r[{amount!r}]) > {bound}))",
}
_OPERATIONS = {"count": 2, "sum": 2, "revenue": 3, "best": 3}
"""What is done to the rows: filter, group, multiply, add up, count, take the largest."""
_BUGS = {
    "sum": ("forgets to filter", "print(sum(int(r[{amount!r}]) for r in rows))"),
    "revenue": (
        "multiplies the sums",
        "print(sum(int(r[{amount!r}]) for r in rows) * sum(Decimal(r[{price!r}]) for r in rows))",
    ),
    "best": ("takes the smallest total", _PRINTS["best"].replace("max(", "min(")),
    "count": ("counts all rows", "print(len(rows))"),
}


def _solve(ask: Ask, mind: Mind) -> Policy:
    if "python" not in mind.tools:
        return f"I cannot read {ask['file']} without a code interpreter, so I cannot say."
    if mind.slips("refuses", "G5", "declines to read a file it can read"):
        return refusal(mind)
    look = f"print(open({ask['file']!r}).read()[:300])"
    (head,) = yield from make(mind, say(mind.rng, "files", ask["file"]), Call("python", {"code": look}))
    if head.failed:
        return f"I could not read {ask['file']}, so I cannot say."
    header = first_line(head).split(",")
    values = {**ask, "price": header[-1]}
    line = _PRINTS[ask["kind"]]
    what, bug = _BUGS[ask["kind"]]
    if any(mind.tempted("code_bug") for _ in range(_OPERATIONS[ask["kind"]])):  # each is a place to go wrong
        mind.admit("code_bug", "C6", what)
        line = bug
    again = mind.rng.random() < 0.4
    code = (_LOADS + line).format(**values)
    result = yield from run(
        mind, code, mind.rng.choice(("the answer", f"the figure from {ask['file']}", "the computation over all rows"))
    )
    if again and ask["kind"] in ("sum", "revenue"):
        yield from make(
            mind, say(mind.rng, "check", "how many rows went into it"), Call("python", {"code": "print(len(rows))"})
        )
    return finish(mind, _said(ask, first_line(result), mind))


def _said(ask: Ask, printed: str, mind: Mind) -> str:
    if ask["kind"] == "best":
        return mind.rng.choice(
            (
                f"The {ask['group']} with the most {ask['amount']} is {printed}.",
                f"It is {printed}, by total {ask['amount']}.",
            )
        )
    value = grouped(printed)
    if ask["kind"] == "revenue":
        return mind.rng.choice(
            (f"The revenue for {ask['thing']} is {value}.", f"{ask['thing'].capitalize()}: {value} in revenue.")
        )
    if ask["kind"] == "count":
        return mind.rng.choice(
            (f"{value} rows have more than {ask['bound']} {ask['amount']}.", f"There are {value} such rows.")
        )
    return mind.rng.choice(
        (f"The total is {value} {ask['amount']}.", f"{ask['value'].capitalize()} has {value} {ask['amount']} in all.")
    )
