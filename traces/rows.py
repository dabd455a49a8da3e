"""What a list of trajectories shows of each, how it is filtered, and how a page is found quickly.

Trajectories alike in all that can be filtered share one row of the table `facet`, which also counts them. A filter is tried on
those few rows first; that gives the exact number of matches at once, and the pages by looking only at what matches.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from traces.packing import Plain
from traces.record import Trajectory, Verdict
from traces.task import Task

PLAIN_DIFFICULTY: int = Task.model_fields["difficulty"].default
"""The difficulty of a task that is plain values and names none."""
_SPARSE = 3000
"""Up to so many matches are sorted; more are met soon enough by walking."""
_STRIDE = 1_000, 20_000
"""The least and the most ids walked over before leaping."""
_COLUMNS = (
    "a.id, a.key, a.slot, a.attempt, a.repair, f.final, f.family, f.difficulty, f.decision, f.ending, a.first_bad_step,"
    " f.codes, f.steps, a.calls, f.tools, a.tokens, a.duration, a.strip, a.error,"
    " (SELECT query FROM slot s WHERE s.slot = a.slot)"
)


class Filters(NamedTuple):
    """Which trajectories; what is None does not matter. `final` leaves out those that were sent back for repair."""

    decision: str | None = None
    """`keep`, `reject`, `repair`, `error` or `none` (not judged)."""
    code: str | None = None
    family: str | None = None
    difficulty: int | None = None
    tool: str | None = None
    min_steps: int | None = None
    max_steps: int | None = None
    ending: str | None = None
    final: bool | None = None
    mended: bool | None = None
    """Whether it is itself a repair of an earlier trajectory."""


EVERYTHING = Filters()


class Row(NamedTuple):
    """One trajectory in a list.

    `strip` has one character a step: `.` passed, `x` failed, `?` undecided, `!` the grader broke, `-` not judged.
    """

    id: int
    key: str
    slot: str
    attempt: int
    repair: int
    final: bool
    family: str
    difficulty: int
    decision: str
    ending: str
    first_bad_step: int | None
    codes: tuple[str, ...]
    steps: int
    calls: int
    tools: tuple[str, ...]
    tokens: int
    duration: float
    strip: str
    error: str | None
    query: str


class Facet(NamedTuple):
    """All of a trajectory that can be filtered, and how many are alike with their sums."""

    final: bool
    mended: bool
    decision: str
    family: str
    difficulty: int
    ending: str
    steps: int
    tools: tuple[str, ...]
    codes: tuple[str, ...]
    n: int = 1
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


def facet_of(trace: Plain, *, final: bool, repair: int, failed: bool) -> Facet:
    """The facet of a trajectory; `failed` says that its attempt ended in an error."""
    record, messages = trace.record, trace.record["messages"]
    decision, usage = record.get("decision") or {}, record.get("usage") or {}
    called = [call["function"]["name"] for message in messages for call in message.get("tool_calls", ())]
    return Facet(
        final=final,
        mended=repair > 0,
        decision="error" if failed else decision.get("outcome", "none"),
        family=trace.task["family"],
        difficulty=trace.task.get("difficulty", PLAIN_DIFFICULTY),
        ending=record["ending"]["kind"],
        steps=sum(message["role"] == "assistant" for message in messages),
        tools=tuple(sorted({_word(name) for name in called})),
        codes=tuple(sorted(set(decision.get("codes", ())))),
        calls=len(called),
        input_tokens=usage.get("input_tokens", 0),
        output_tokens=usage.get("output_tokens", 0),
    )


def _word(name: str) -> str:
    """A name the model made up may hold anything; lists are stored with spaces between."""
    return "_".join(name.split()) or "_"


def strip_of(trace: Trajectory) -> str:
    """The steps as one character each."""
    return strip(sum(m.role == "assistant" for m in trace.messages), trace.verdicts)


def strip(steps: int, verdicts: Sequence[Verdict]) -> str:
    """So many steps as one character each."""
    if not verdicts:
        return "-" * steps
    said: list[set[str]] = [set() for _ in range(steps)]
    for verdict in verdicts:
        if 0 <= verdict.step < steps:
            said[verdict.step].add(verdict.status)
    return "".join(_mark(statuses) for statuses in said)


def _mark(statuses: set[str]) -> str:
    marks = {"fail": "x", "error": "!", "pass": ".", "unscored": "?"}
    return next((mark for status, mark in marks.items() if status in statuses), "-")


def listed(names: Sequence[str]) -> str:
    """Names as one text with a space around each, so that one of them is found by looking for ` name `."""
    return f" {' '.join(names)} " if names else ""


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def condition(filters: Filters) -> tuple[str, list[Any]]:
    """The filter as SQL over `facet`."""
    tests: list[tuple[str, Any]] = [
        ("decision = ?", filters.decision),
        ("instr(codes, ' ' || ? || ' ') > 0", filters.code),
        ("family = ?", filters.family),
        ("difficulty = ?", filters.difficulty),
        ("instr(tools, ' ' || ? || ' ') > 0", filters.tool),
        ("steps >= ?", filters.min_steps),
        ("steps <= ?", filters.max_steps),
        ("ending = ?", filters.ending),
        ("final = ?", filters.final),
        ("mended = ?", filters.mended),
    ]
    asked = [(sql, value) for sql, value in tests if value is not None]
    return " AND ".join(sql for sql, _ in asked) or "1", [value for _, value in asked]


def total(db: sqlite3.Connection, filters: Filters) -> int:
    """How many trajectories match."""
    where, values = condition(filters)
    n: int = db.execute(f"SELECT coalesce(sum(n), 0) FROM facet WHERE {where}", values).fetchone()[0]
    return n


def page(db: sqlite3.Connection, filters: Filters, after: int, limit: int) -> list[Row]:
    """Up to `limit` rows in the order they were committed, those with an id above `after`."""
    if filters == EVERYTHING:
        ids = [row[0] for row in db.execute("SELECT id FROM attempt WHERE id > ? ORDER BY id LIMIT ?", (after, limit))]
    elif (matches := total(db, filters)) <= _SPARSE:
        ids = _sparse(db, filters, after, limit)
    else:
        ids = _dense(db, filters, after, limit, matches)
    return rows_of(db, ids)


def rows_of(db: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """The rows of these ids, which ascend."""
    return [row for start in range(0, len(ids), 500) for row in _rows(db, ids[start : start + 500])]


def _sparse(db: sqlite3.Connection, filters: Filters, after: int, limit: int) -> list[int]:
    where, values = condition(filters)
    sql = (
        "SELECT id FROM attempt INDEXED BY attempt_facet"
        f" WHERE facet IN (SELECT id FROM facet WHERE {where}) AND id > ? ORDER BY id LIMIT ?"
    )
    return [row[0] for row in db.execute(sql, (*values, after, limit))]


def _dense(db: sqlite3.Connection, filters: Filters, after: int, limit: int, matches: int) -> list[int]:
    """Walk the narrow index a stretch at a time, leaping over stretches without a match."""
    last = db.execute("SELECT max(id) FROM attempt").fetchone()[0]
    stride = min(max(_STRIDE[0], 3 * limit * last // matches), _STRIDE[1])
    where, values = condition(filters)
    walk = (
        "SELECT id FROM attempt INDEXED BY attempt_scan WHERE id > ? AND id <= ?"
        f" AND facet IN (SELECT id FROM facet WHERE {where}) ORDER BY id LIMIT ?"
    )
    ids: list[int] = []
    while True:
        end = after + stride
        ids += [row[0] for row in db.execute(walk, (after, end, *values, limit - len(ids)))]
        first = _next(db, filters, end) if len(ids) < limit else None
        if first is None:
            return ids
        after = first - 1


def _next(db: sqlite3.Connection, filters: Filters, after: int) -> int | None:
    """The first match after `after`: one look into the index for each facet."""
    where, values = condition(filters)
    sql = (
        "SELECT min((SELECT a.id FROM attempt a INDEXED BY attempt_facet WHERE a.facet = f.id AND a.id > ?"
        f" ORDER BY a.id LIMIT 1)) FROM facet f WHERE {where}"
    )
    first: int | None = db.execute(sql, (after, *values)).fetchone()[0]
    return first


def _rows(db: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Row]:
    numbers = ",".join(map(str, ids))
    sql = f"SELECT {_COLUMNS} FROM attempt a JOIN facet f ON f.id = a.facet WHERE a.id IN ({numbers}) ORDER BY a.id"
    for raw in db.execute(sql):
        row = Row(*raw)
        yield row._replace(final=bool(row.final), codes=words(raw[11]), tools=words(raw[14]), query=row.query or "")
