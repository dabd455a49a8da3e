"""O2 by structure: a figure or day told of one row of a table, or of one object of a list, that stands only in another row.

Only where a sentence names exactly one record, the value stands in the same column of another, that record has another value there, and
nothing else that was said has it. Sentences that compare are left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from graders.claims import brief, claimed_dates, claimed_numbers, small
from graders.dates import DateMention, dates
from graders.numbers import Mention, numbers
from graders.provenance import trailing
from graders.records import Cell, Record, Table, table_of, tables
from graders.sentences import sentences
from traces.record import Evidence, Step

_COMPARES = re.compile(
    r"\b(?:than|compar\w+|versus|vs|whereas|while|behind|ahead|follow\w*|instead|rather|next|other|others|another|total|overall|"
    r"between|both|differ\w*|gap|combined|sum|together|from|up\s+to|respectively|not|but|second|third)\b",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """A value that a sentence tells of a record."""

    claim: Mention | DateMention
    table: Table
    record: Record
    beside: bool = False
    """Whether it stands right behind the whole of a name of several words."""


@dataclass(frozen=True)
class Neighbour(Grader):
    """Judges the answers, sentence by sentence."""

    name: ClassVar[str] = "neighbour"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers or (case.outcome is not None and case.outcome.status == "right"):
            return
        seen: set[int] = set()
        for index, table in _tables(case, step):
            for told in _told(case.text(step), table):
                if not (told.beside or brief(case.text(step))):
                    continue
                if told.claim.start not in seen and (found := _misplaced(told)) and not _elsewhere(case, step, told):
                    seen.add(told.claim.start)
                    yield _finding(case, step, told, index, *found)


def _finding(case: Case, step: Step, told: Told, index: int, own: Cell, other: Record) -> Finding:
    here = case.here(step, told.claim.text, told.claim.start, told.claim.end)
    there = Evidence(message=index, text=own.text)
    name, neighbour = (min(sorted(r.names), key=len) for r in (told.record, other))
    reason = f"says {told.claim.text.strip()} of {name}, which has {own.text}; it stands with {neighbour}"
    return Finding("O2", reason, (here, there), silent=True)


def _tables(case: Case, step: Step) -> Iterator[tuple[int, Table]]:
    """The tables shown before a step, and those that calls of one tool make together, each with a message of it."""
    by_tool: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for earlier in case.steps[: step.index]:
        for index in earlier.observations:
            yield from ((index, table) for table in tables(case.messages[index].content))
        for call in case.said(earlier).tool_calls:
            answer = case.answer_to(earlier, call)
            if answer is not None and answer.content.lstrip().startswith("{"):
                by_tool[call.name].append((earlier.observations[-1], (answer.content, *strings(call.arguments))))
    for answers in by_tool.values():
        if 2 <= len(answers) <= 12 and (table := table_of([given for _, given in answers])):
            yield answers[-1][0], table


def _told(text: str, table: Table) -> Iterator[Told]:
    """The claims of the sentences that name one record and compare nothing."""
    claims: list[Mention | DateMention] = [*claimed_numbers(text), *claimed_dates(text)]
    for sentence in sentences(text, semicolons=True):
        inside = [c for c in claims if sentence.start <= c.start < sentence.end]
        if not inside or _COMPARES.search(sentence.text):
            continue
        if (record := _named(sentence.text, table)) is not None:
            yield from (Told(c, table, record) for c in inside if isinstance(c, DateMention) or not small(c))
    yield from _beside(text, table, claims)


def _beside(text: str, table: Table, claims: list[Mention | DateMention]) -> Iterator[Told]:
    """The claims right behind the name of a record: "York (41)", "**York**: 41", "| York | 41"."""
    low = text.casefold()
    for claim in claims if len(low) == len(text) else ():
        start = (
            claim.start + len(claim.text) - len(claim.text.lstrip("-–−+ $€£¥"))
        )  # a dash before money reads as its sign
        behind = _SETS_APART.search(low[max(0, start - 10) : start])
        end = start - len(behind[0]) if behind else 0
        for record in table.records if behind else ():
            if any(
                low.endswith(name, 0, end) and _whole(name, low[max(0, end - len(name) - 1) : end])
                for name in record.names
            ):
                yield Told(claim, table, record, any(" " in n and low.endswith(n, 0, end) for n in record.names))


_SETS_APART = re.compile(r"[*_`\"]*\s?(?:\(|:|–|—|\||\s-\s)\s?[*_`]*(?:[$€£¥]\s?)?$")


def _named(sentence: str, table: Table) -> Record | None:
    """The one record that a sentence names; the longest of the names that hold each other counts."""
    low = sentence.casefold()
    found = [(n, r) for r in table.records for n in r.names if n in low and _whole(n, low)]
    longest = [(n, r) for n, r in found if not any(n != other and n in other for other, _ in found)]
    return longest[0][1] if longest and all(r is longest[0][1] for _, r in longest) else None


def _whole(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _misplaced(told: Told) -> tuple[Cell, Record] | None:
    """The record's own cell and the neighbour that has the claim in that column, where the record itself has it nowhere."""
    if any(_is(told.claim, cell) for cell in told.record.cells):
        return None
    own = {cell.column: cell for cell in told.record.cells if cell.text.strip()}
    for other in told.table.records:
        for cell in other.cells if other is not told.record else ():
            if cell.column in own and _is(told.claim, cell):
                return own[cell.column], other
    return None


def _is(claim: Mention | DateMention, cell: Cell) -> bool:
    """Whether a cell has a claim: as a day, or as a number, rounded, in thousands or as a percentage."""
    if isinstance(claim, DateMention):
        return any(d.agrees(r) for mention in dates(cell.text) for d in mention.readings for r in claim.readings)
    shown = [
        r.value for m in numbers(cell.text) if not (m.unit and claim.unit and m.unit != claim.unit) for r in m.readings
    ]
    scales = (1, 100) if claim.percent else (1, 1000, 10**6, 10**9) if claim.value >= 1000 or not claim.ulp else (1,)
    return any(
        abs(abs(value) * scale - abs(reading.value)) <= trailing(reading.value, reading.ulp) * 501 / 1000
        for value in shown
        for scale in scales
        for reading in claim.readings
    )


def _elsewhere(case: Case, step: Step, told: Told) -> bool:
    """Whether anything else that was said has the claim: the user, or a text that is none of the table's cells."""
    cells = {cell.text for record in told.table.records for cell in record.cells}
    if isinstance(told.claim, Mention) and _scaled(case, step, told.claim, told.record):
        return True
    for message in case.messages[: step.message]:
        if message.role == "assistant":
            continue
        text = message.content
        for cell in cells if message.role == "tool" else ():
            text = text.replace(cell, " ")
        if _is(told.claim, Cell("", text)):
            return True
    return False


def _scaled(case: Case, step: Step, claim: Mention, record: Record) -> bool:
    """Whether a claim is one of the record's own figures by a factor that the user's figures have: six servings of a recipe for four."""
    asked = {
        abs(n.value) for m in case.messages[: step.message] if m.role == "user" for n in numbers(m.content) if n.value
    }
    own = {abs(n.value) for cell in record.cells for n in numbers(cell.text) if n.value}
    factors = {a / b for a in asked | own | {Fraction(1)} for b in asked | own | {Fraction(1)}} - {Fraction(1)}
    return any(value * factor == abs(claim.value) for value in own for factor in factors)
