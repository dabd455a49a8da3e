"""Analysis of a table on a page: find the page by search, open it, and compute over its rows with code.

Truth paths: Python over the world's rows, against SQL over the same rows. `difficulty` is the number of
operations on the rows, plus two for finding the table and opening it.
"""

import random
import sqlite3
from fractions import Fraction

from scenarios.asking import THING, with_article
from scenarios.exact import grouped, plain, rounded
from scenarios.families._common import OFFERS, brief_for, no_search, not_found, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.finding import hits
from scenarios.moves import Move, finish, guarded, make, mistyped, near_miss, run
from scenarios.observed import first_line
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import NUMBER, choice
from scenarios.tabling import OPS, compute, ending, literal, mistaken, mistaken_value, word
from scenarios.truth import SCALE, text_of
from scenarios.wording import Form, Slot, Style, Wordings
from scenarios.world import Table, World
from scenarios.world.figures import TOPICS
from scenarios.world.reading import TableText, read_table
from traces.task import Answer, Brief, Oracle, PlanNode, Task

_TITLES = {name: topic.title for name, topic in TOPICS.items()}
_NAMED: dict[str, tuple[str, ...]] = {
    "spare parts": ("spare parts list of",),
    "barge arrivals": ("barge arrivals logged by", "log of barge arrivals kept by"),
    "monthly accounts": ("monthly accounts of",),
    "yearly figures": ("yearly figures of",),
    "daily readings": ("daily readings of",),
}
TOPIC = choice(_NAMED)
_PLACE = 20
"""Figures that are copied without a pause: each such lot is a place to go wrong, and so is what is left over."""
_SLOTS: dict[str, Slot] = {"topic": TOPIC, "name": THING, "column": word(), "bound": NUMBER, "key": word()}


def _form(op: str, styles: dict[Style, tuple[str, ...]]) -> Form:
    return Form(op, _SLOTS, styles)


FORMS = (
    _form(
        "total",
        {
            "plain": (
                "In the {topic} {name}, what does the column {column} add up to?",
                "[What is|What's] the sum of the {column} column in the {topic} {name}?",
            ),
            "terse": ("{topic} {name}: sum of column {column}?",),
            "chatty": ("can you tot up the {column} figures in the {topic} {name}?",),
            "formal": ("Please total the entries under {column} in the {topic} {name}.",),
            "indirect": ("I'd like to know what all entries under {column} in the {topic} {name} come to.",),
            "context": (
                "I'm auditing the {topic} {name}. The control sum of the column {column} is missing. "
                "What should it be?",
            ),
        },
    ),
    _form(
        "mean",
        {
            "plain": (
                "In the {topic} {name}, what is the average of the column {column}?",
                "[What is|What's] the mean {column} per row in the {topic} {name}, to two decimals?",
            ),
            "terse": ("{topic} {name}: mean of column {column}?",),
            "chatty": ("what's the typical value, I mean the average, of {column} in the {topic} {name}?",),
            "formal": ("Please average the entries under {column} in the {topic} {name}.",),
            "indirect": ("I'd like to know the average entry under {column} in the {topic} {name}.",),
            "context": (
                "I'm drawing a chart of the {topic} {name}. It needs a line at the mean of the column "
                "{column}. Where does that line go?",
            ),
        },
    ),
    _form(
        "count",
        {
            "plain": (
                "How many rows of the {topic} {name} have a value above {bound} in the column {column}?",
                "In the {topic} {name}, how many entries under {column} exceed {bound}?",
            ),
            "terse": ("{topic} {name}: rows with {column} over {bound}?",),
            "chatty": ("count me the lines with {column} above {bound} in the {topic} {name}, please?",),
            "formal": ("Please state how many entries of the {topic} {name} surpass {bound} with regard to {column}.",),
            "indirect": ("I'd like to know how often {column} lies above {bound} in the {topic} {name}.",),
            "context": (
                "We flag every line of the {topic} {name} in which {column} is above {bound}. How many "
                "flags will there be?",
            ),
        },
    ),
    _form(
        "top",
        {
            "plain": (
                "In the {topic} {name}, which {key} has the highest value in the column {column}?",
                "Which {key} stands in the row with the largest {column} in the {topic} {name}?",
            ),
            "terse": ("{topic} {name}: {key} with the highest {column}?",),
            "chatty": ("who wins on {column} in the {topic} {name}? Give me the {key}!",),
            "formal": ("Please name the {key} for which the {topic} {name} shows the maximum under {column}.",),
            "indirect": ("I'd like to know the {key} for which {column} peaks in the {topic} {name}.",),
            "context": (
                "I'm looking through the {topic} {name}. One row must have the maximum under {column}. "
                "What is the {key} in that row?",
            ),
        },
    ),
)


class TablePage(Family):
    """A table on a page, by code."""

    name = "table_page"
    summary = "a sum, mean, count or maximum over a table on a page: search, open, code"
    harder = "operations on the rows (add up, divide, compare, count, take the largest), plus 2 for finding and opening the table"

    wordings = Wordings(FORMS)

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index} {world.hash}")
        table = rng.choice(world.tables())
        op, key = rng.choice(OPS), table.columns[0]
        about = rng.choice([c for c in table.columns[1:] if c.kind in ("number", "money")])
        place = table.columns.index(about)
        values = [Fraction(str(row[place])) for row in table.rows]
        bound = _bound(values, rng)
        truth = _truth(op, table, place, values, bound)
        ask: Ask = {"kind": op, "topic": table.topic, "name": world.entity(table.entity).name, "column": about.label}
        ask |= {"bound": bound} if op == "count" else {"key": key.label} if op == "top" else {}
        brief = brief_for(self.name, ask, rng)
        kind = (
            "number" if op != "top" else "date" if key.kind == "date" else "number" if key.kind == "number" else "text"
        )
        unit = about.unit if op in ("total", "mean") else ""
        nodes = (
            PlanNode(
                id="n0",
                op="open",
                args={"title": table.title},
                tool="search",
                value=table.title,
                evidence=(table.page,),
            ),
            PlanNode(
                id="n1", op=op, args={"column": about.label}, needs=("n0",), tool="python", value=truth, unit=unit
            ),
        )
        answer = Answer(kind=kind, value=truth, unit=unit, tolerance="0.01" if op == "mean" else "0")
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice(OFFERS["search and python"]),
            oracle=Oracle(answer=answer, plan=nodes, proof=_PROOF),
            difficulty=2 + _OPERATIONS[op],
            knobs={"rows": len(table.rows), "op": op, "topic": table.topic},
            world=world.hash,
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


_OPERATIONS = {"total": 1, "top": 1, "mean": 2, "count": 2}
"""What is done to the rows: add up, divide, compare, count, take the largest."""
_PROOF = {
    "fictional": "The table is invented, so no model can know it.",
    "counterfactual": "Without the page the answer can no longer be known.",
    "operands": "The rows are too many for the head.",
}


def _bound(values: list[Fraction], rng: random.Random) -> str:
    """A round number that some rows exceed and others do not reach."""
    ordered = sorted(values)
    middle = ordered[len(ordered) // 4 + rng.randrange(max(1, len(ordered) // 2))]
    step = Fraction(10) ** max(0, len(str(int(abs(middle)))) - 2)
    return plain(abs(Fraction(int(middle / step)) * step))


def _truth(op: str, table: Table, place: int, values: list[Fraction], bound: str) -> str:
    keys = [text_of(row[0]) for row in table.rows]
    truth = compute(op, values, keys, Fraction(bound))
    by_sql = _by_sql(op, list(zip(keys, values, strict=True)), Fraction(bound))
    if truth != by_sql or (op == "top" and values.count(max(values)) > 1) or (op == "count" and truth == "0"):
        raise TruthError(f"{op} over column {place} of {table.title}: {truth} or {by_sql}")
    if op == "top" and keys.count(truth) > 1:
        raise TruthError(f"{truth} stands in several rows of {table.title}")
    return truth


def _by_sql(op: str, rows: list[tuple[str, Fraction]], bound: Fraction) -> str:
    db = sqlite3.connect(":memory:")
    db.execute("create table t (key text, value integer)")
    db.executemany("insert into t values (?, ?)", [(key, int(value * SCALE)) for key, value in rows])
    limit = int(bound * SCALE)
    (total, count, above), (top,) = (
        db.execute("select sum(value), count(*), sum(value > ?) from t", (limit,)).fetchone(),
        db.execute("select key from t order by value desc limit 1").fetchone(),
    )
    db.close()
    results = {
        "total": Fraction(total, SCALE),
        "mean": rounded(Fraction(total, SCALE * count), 2),
        "count": Fraction(above),
    }
    return str(top) if op == "top" else plain(results[op])


def _solve(ask: Ask, mind: Mind) -> Policy:
    what = _TITLES[ask["topic"]].format(with_article(ask["name"]))
    if "search" not in mind.tools:
        return no_search(mind, f"the {what[:1].lower()}{what[1:]}")
    if mind.slips("refuses", "G5", "declines without a search"):
        return refusal(mind)
    table = yield from _find_table(ask["topic"], ask["name"], what, mind)
    if table is None:
        return not_found(mind, f"the {what[:1].lower()}{what[1:]}")
    try:
        column, key = table.column(ask["column"]), table.column(ask["key"]) if "key" in ask else 0
    except KeyError:
        return not_found(mind, f"a column {ask['column']} in the {what}")
    code = _code(ask, table, column, key, mind)
    result = yield from run(mind, code, _aim(ask))
    if ask["kind"] in ("total", "count") and mind.slips(
        "misreports", "G2", "writes down another number than the program printed"
    ):
        wrong = plain(near_miss(Fraction(first_line(result)), mind.rng))
        return finish(mind, _said(ask, wrong, _unit(table.header[column]), mind))
    return finish(mind, _said(ask, first_line(result), _unit(table.header[column]), mind))


def _find_table(topic: str, name: str, what: str, mind: Mind) -> Move[TableText | None]:
    queries = [what, f"{topic} {name}", f"{name} {topic} table"]
    mind.rng.shuffle(queries)
    opened: set[str] = set()
    for turn, query in enumerate(queries):
        says = say(mind.rng, "again" if turn else "search", f"the {what[:1].lower()}{what[1:]}")
        (result,) = yield from make(mind, says, Call("search", {"query": query}))
        for hit in hits(result.content):
            if hit.title.casefold() == what.casefold() and hit.id not in opened:
                opened.add(hit.id)
                call = Call("open_page", {"id": hit.id})
                (page,) = yield from make(mind, say(mind.rng, "open", f"“{hit.title}”"), call)
                table = read_table(page.content)
                if table:
                    return table
    return None


def _code(ask: Ask, table: TableText, column: int, key: int, mind: Mind) -> str:
    """The program over the rows as read; careless: a program with a mistake, or over the wrong column."""
    op, bound = ask["kind"], ask.get("bound", "0")
    keys = [row[key] for row in table.rows]
    values = [_number(row[column]) for row in table.rows]
    right = compute(op, values, keys, Fraction(bound))
    other = next((c for c in range(1, len(table.header)) if c != column and _numeric(table, c)), column)
    others = [_number(row[other]) for row in table.rows] if other != column else values
    line = ending(op, bound)
    what, bug = mistaken(op, bound)
    bad = mistaken_value(op, values, keys, Fraction(bound)) != right
    if bad and any(mind.tempted("code_bug") for _ in range(_OPERATIONS[op])):  # each is a place to go wrong
        mind.admit("code_bug", "C6", what)
        line = bug
    elif compute(op, others, keys, Fraction(bound)) != right and mind.slips(
        "misreads", "O2", f"takes the column {table.header[other]}"
    ):
        column = other
    cells = [row[column] for row in table.rows]
    if line != bug and column != other:
        cells = _copied(op, cells, keys, Fraction(bound), mind)
    lines = ["from decimal import Decimal as D", f"values = {literal(cells)}"]
    if op == "top":
        lines.append(f"keys = {keys!r}")
    return "\n".join([*lines, line])


def _copied(op: str, cells: list[str], keys: list[str], bound: Fraction, mind: Mind) -> list[str]:
    """The figures as typed into the program; careless: one with two digits swapped, likelier the more there are."""
    place = mind.rng.randrange(len(cells))
    typed = [*cells[:place], mistyped(cells[place], mind), *cells[place + 1 :]]
    right, wrong = (compute(op, [_number(c) for c in some], keys, bound) for some in (cells, typed))
    if wrong == right or not any(mind.tempted("mistypes") for _ in range(0, len(cells), _PLACE)):
        return cells
    mind.admit("mistypes", "A1", f"types {typed[place]} for {cells[place]}")
    return typed


def _number(cell: str) -> Fraction:
    return Fraction(cell.replace(",", ""))


def _numeric(table: TableText, column: int) -> bool:
    try:
        return all(_number(row[column]) is not None for row in table.rows)
    except ValueError:
        return False


def _aim(ask: Ask) -> str:
    aims = {
        "total": "the sum of {column}",
        "mean": "the mean of {column}",
        "count": "the count of rows",
        "top": "the row with the highest {column}",
    }
    return aims[ask["kind"]].format(column=ask["column"])


def _unit(heading: str) -> str:
    return heading.rpartition(" (")[2].rstrip(")") if heading.endswith(")") else ""


def _said(ask: Ask, printed: str, unit: str, mind: Mind) -> str:
    op, column = ask["kind"], ask["column"]
    if op == "top":
        return mind.rng.choice(
            (
                f"The {ask['key']} with the highest {column} is {printed}.",
                f"It is {printed}: the largest {column} stands in that row.",
            )
        )
    if op == "count":
        bound = grouped(ask["bound"])
        return mind.rng.choice(
            (
                f"{printed} rows have a value above {bound} under {column}.",
                f"The count of entries under {column} above {bound} is {printed}.",
            )
        )
    value = grouped(rounded(Fraction(printed), 2) if op == "mean" else Fraction(printed))
    name = "sum" if op == "total" else "average"
    return mind.rng.choice(
        (
            f"The {name} of {column} is {value} {unit}.",
            f"The column {column} has {'a' if op == 'total' else 'an'} {name} of {value} {unit}.",
        )
    ).replace(" .", ".")
