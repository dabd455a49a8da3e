"""A2 by structure: of several records that were shown, a call that changes something takes the id of one that nobody spoke of.

"From my savings" and the id of the checking account; "the blue one in L" and the id of a red one. Only where another record of the same
table has all that tells the two apart in the user's words, and the one taken has none of it in anybody's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import kind_of, only_reads, strings
from graders.records import Record, groups
from traces.record import Evidence, Step

_ID = re.compile(r"[\w#.:-]{1,40}")
_ID_COLUMN = re.compile(r"(?:^|_)(?:id|ids|code|sku|number|key|ref|reference|no|uuid|iban)$|Id$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|n't|except|without|other\s+than|instead\s+of|rather\s+than|no\s+longer|replace|old)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_LONGEST = 40


@dataclass(frozen=True)
class ChosenRow(Grader):
    """Looks at the ids that calls are given, held against the tables that were shown before."""

    name: ClassVar[str] = "chosen_row"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if kind_of(c) == "other" and not only_reads(c.name)]
        if not calls or not any(m.role == "tool" for m in case.messages[: step.message]):
            return
        user = _said(case, step, "user")
        anybody = f"{user}\n{_said(case, step, 'assistant')}"
        shown = [g for m in case.messages[: step.message] if m.role == "tool" for g in groups(m.content)]
        for call in calls:
            given = {text for text in strings(call.arguments) if _ID.fullmatch(text)}
            for value in sorted(given):
                if better := _better(value, given, shown, user, anybody):
                    here = Evidence(message=step.message, text=value, where="arguments")
                    reason = f"{call.name} is given {value}, where the user's words are those of {better}"
                    yield Finding("A2", reason, (here,), silent=True)


def _said(case: Case, step: Step, role: str) -> str:
    return "\n".join(m.content for m in case.messages[: step.message] if m.role == role)


def _better(value: str, given: set[str], shown: list[tuple[Record, ...]], user: str, anybody: str) -> str | None:
    """The id of the one record that the words are about, where the id given is another's of its table."""
    for records in shown:
        taken = [r for r in records if _id(r, value)]
        if len(taken) != 1 or _mentioned(value, anybody):
            continue
        others = [r for r in records if r is not taken[0] and _fits(r, taken[0], user, anybody)]
        ids = [i for r in others for i in _ids(r)]
        if len(others) == 1 and ids and not given & set(ids):
            return ids[0]
    return None


def _id(record: Record, value: str) -> bool:
    return value in _ids(record)


def _ids(record: Record) -> list[str]:
    return [cell.text for cell in record.cells if _ID_COLUMN.search(cell.column)]


def _fits(other: Record, taken: Record, user: str, anybody: str) -> bool:
    """Whether all words in which two records differ are the user's for the one, and nobody's for the other."""
    mine = {cell.column: cell.text for cell in taken.cells}
    apart = [
        (c.text, mine[c.column])
        for c in other.cells
        if c.column in mine and c.text != mine[c.column] and _wordy(c.text)
    ]
    apart = [(theirs, own) for theirs, own in apart if _wordy(own)]
    return bool(apart) and all(_mentioned(theirs, user) and not _mentioned(own, anybody) for theirs, own in apart)


def _wordy(text: str) -> bool:
    return len(text) <= _LONGEST and any(c.isalpha() for c in text) and not any(c.isdigit() for c in text)


def _mentioned(text: str, said: str) -> bool:
    """Whether a text says a value, or a word of it of four letters; one or two letters as they are written."""
    parts = [text] if len(text) <= 3 else [text, *(w for w in re.findall(r"[^\W\d_]{4,}", text))]
    for part in parts:
        flags = re.IGNORECASE if len(part) > 2 else re.NOFLAG
        for m in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", said, flags):
            if not _DENIED.search(said[max(0, m.start() - 40) : m.start()]):
                return True
    return False
