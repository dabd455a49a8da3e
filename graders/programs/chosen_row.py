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
from traces.record import Evidence, Step, ToolCall

_ID = re.compile(r"[\w#.:-]{1,40}")
_ID_COLUMN = re.compile(r"(?:^|_)(?:id|ids|code|sku|number|key|ref|reference|no|uuid|iban)$|Id$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|n't|except|without|other\s+than|instead\s+of|rather\s+than|no\s+longer|replace|old)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:cheap\w*|expensive|first|second|third|last|other|another|clos\w+|near\w+|best|worst|most|least|high\w*|low\w*|earli\w+|lat(?:er|est)|new\w*|old\w*|both|all|any|either|each|every|max(?:imum)?|min(?:imum)?|at\s+most|up\s+to|under|below)\b",
    re.IGNORECASE,
)
"""Words by which a user chooses without naming."""
_QUOTED = re.compile(r"(?<!\w)['‘][^'’\n]{1,60}['’](?!\w)|[\"“][^\"”\n]{1,60}[\"”]")
"""A title: the words in it choose nothing."""
_LONGEST = 40


@dataclass(frozen=True)
class ChosenRow(Grader):
    """Looks at the ids that calls are given, held against the tables that were shown before."""

    name: ClassVar[str] = "chosen_row"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        calls = [c for c in case.said(step).tool_calls if kind_of(c) == "other" and not only_reads(c.name)]
        if not calls or not any(m.role == "tool" for m in case.messages[: step.message]):
            return
        user = _said(case, step, "user")
        if _RANKED.search(_QUOTED.sub(" ", user)):
            return
        anybody = f"{user}\n{_said(case, step, 'assistant')}"
        shown = [g for m in case.messages[: step.message] if m.role == "tool" for g in groups(m.content)]
        dealt_with = {
            text
            for s in case.steps[: step.index + 1]
            for c in case.said(s).tool_calls
            if c.name in {call.name for call in calls}
            for text in strings(c.arguments)
        }
        for call in calls:
            given = {text for text in strings(call.arguments) if _ID.fullmatch(text)}
            for value in sorted(given):
                if better := _better(value, given | dealt_with, shown, user, anybody):
                    here = Evidence(message=step.message, text=value, where="arguments")
                    reason = f"{call.name} is given {value}, where the user's words are those of {better}"
                    yield Finding("A2", reason, (here,), silent=True)
            for key, own in _mixed(call, given, shown):
                here = Evidence(message=step.message, text=str(call.arguments[key]), where="arguments")
                reason = (
                    f"{call.name} is given {key} {call.arguments[key]}, which is another record's: this one has {own}"
                )
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


def _mixed(call: ToolCall, given: set[str], shown: list[tuple[Record, ...]]) -> Iterator[tuple[str, str]]:
    """The arguments that stand in another record than the one whose id is given, under the same name, with what this one has there."""
    for records in shown:
        own = [r for r in records if given & set(_ids(r))]
        cells = {cell.column: cell.text for cell in own[0].cells} if len(own) == 1 else {}
        for key, value in call.arguments.items():
            text = str(value)
            if (
                key in cells
                and text != cells[key]
                and not _ID_COLUMN.search(key)
                and isinstance(value, str | int | float)
            ):
                others = [c.text for r in records if r is not own[0] for c in r.cells if c.column == key]
                if text in others and _same_kind(text, cells[key]):
                    yield key, cells[key]


def _same_kind(one: str, two: str) -> bool:
    """Whether both are amounts that hardly differ by will: figures with three digits or a point."""
    return all(sum(c.isdigit() for c in text) >= 3 and text.replace(".", "", 1).isdigit() for text in (one, two))


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
        if c.column in mine and c.text != mine[c.column] and _wordy(c.text) and not _ID_COLUMN.search(c.column)
    ]
    apart = [(theirs, own) for theirs, own in apart if _wordy(own)]
    asked = any(_mentioned(theirs, user) for theirs, _ in apart)
    if asked and all(_mentioned(theirs, anybody) and not _mentioned(own, anybody) for theirs, own in apart):
        return True
    chosen = [
        (_own_words(theirs, own), _own_words(own, theirs)) for theirs, own in apart
    ]  # out of those the agent named
    return bool(chosen) and all(a and b and _mentioned(a, user) and not _mentioned(b, user) for a, b in chosen)


def _own_words(one: str, two: str) -> str:
    """The words of one value that the other has not."""
    return " ".join(word for word in one.split() if word not in two.split())


def _wordy(text: str) -> bool:
    return len(text) <= _LONGEST and any(c.isalpha() for c in text) and not any(c.isdigit() for c in text)


def _mentioned(text: str, said: str) -> bool:
    """Whether a text says a value, or a word of it of four letters; one or two letters as they are written."""
    parts = [text] if len(text) <= 3 else [text, *(w for w in re.findall(r"[^\W\d_]{4,}", text))]
    for part in parts:
        a_word_of_it = part is not text and " " in text  # "a hotel" names no "Hotel Stern"
        flags = re.IGNORECASE if len(part) > 2 and not a_word_of_it else re.NOFLAG
        for m in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", said, flags):
            if not _DENIED.search(said[max(0, m.start() - 40) : m.start()]):
                return True
    return False
