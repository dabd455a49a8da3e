"""Reads facts back out of page text, as a reader would: by the wording alone, never by the tables.

`read_fact(text, name, attribute)` gives every value the text states for that entity and attribute, in order, without
repeats; `read_table(text)` gives the first table. Both know how pages are worded (see `scenarios/world/pages/`) and
nothing else, so they work on whole pages and on excerpts of them. An empty list means that the text does not say.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from scenarios.world.facts import ValueKind
from scenarios.world.forms import NAME, Reading, parse_date, parse_number, parsed, value_pattern
from scenarios.world.kinds import KINDS, Column, columns_called
from scenarios.world.languages import LANGUAGES
from scenarios.world.pages.traps import LOW_TRUST_NOTES
from scenarios.world.pages.voice import NAMED_FORMS, OPENERS, SHORT_FORMS

__all__ = ["Reading", "TableText", "read_edition", "read_fact", "read_table", "vouched_for"]


def read_edition(text: str) -> int | None:
    """The year of the edition a page says it is; None where it names none."""
    found = re.search(r"\b[Ee]dition of (\d{4})\b", text)
    return int(found[1]) if found else None


def vouched_for(text: str) -> bool:
    """Whether a page is one whose writer stands by it: false where it says of itself that nobody checked it."""
    return not any(note in text for note in LOW_TRUST_NOTES)


class TableText(NamedTuple):
    """A table as written: headings and cells as text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, label: str) -> int:
        """The position of the column of this heading or label (the heading without its unit). Raises KeyError."""
        wanted = label.lower()
        for place, head in enumerate(self.header):
            if wanted in (head.lower(), split_heading(head)[0].lower()):
                return place
        raise KeyError(f"no column {label!r}; there are {', '.join(self.header)}")


def split_heading(heading: str) -> tuple[str, str]:
    """A heading's label and unit: "area (km²)" gives ("area", "km²")."""
    found = re.fullmatch(r"(.*?) \(([^()]*)\)", heading)
    return (found[1], found[2]) if found else (heading, "")


def read_fact(text: str, name: str, attribute: str, kind: str = "") -> list[Reading]:
    """What a text says about one attribute (its name or label) of the entity of this name; `kind` narrows what the label may mean."""
    found: dict[Reading, None] = {}
    for column in columns_called(attribute, kind):
        for reading in _readings(text, name, column):
            found.setdefault(reading)
    return list(found)


def _readings(text: str, name: str, column: Column) -> Iterator[Reading]:
    if name not in text:
        return
    yield from _in_table(text, name, column)
    for block in text.split("\n\n"):
        yield from _in_block(block, name, column)
    yield from _in_record(text, name, column)
    yield from _in_other_languages(text, name, column)


def _in_block(block: str, name: str, column: Column) -> Iterator[Reading]:
    if block.startswith("Q: "):
        yield from _in_answer(block, name, column)
        return
    for sentence, about in _spoken(block, name) if name in block else ():
        yield from _in_sentence(sentence, name, column, about)


@lru_cache(maxsize=512)
def _spoken(block: str, name: str) -> tuple[tuple[str, bool], ...]:
    """The sentences of a paragraph, and whether each is about the entity: one that names nobody is about whom the last one was."""
    spoken, about = [], False
    for sentence in _sentences(block):
        subject = _subject(sentence, name)
        about = about if subject is None else subject
        spoken.append((sentence, about))
    return tuple(spoken)


def _sentences(block: str) -> tuple[str, ...]:
    return tuple(re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", block.strip()))


_OPENING = re.compile("|".join(map(re.escape, OPENERS)))
_ANAPHOR = re.compile(rf"(?:It|Its|The (?:{'|'.join(KINDS)}))\b", re.IGNORECASE)


def _subject(sentence: str, name: str) -> bool | None:
    """Whether a sentence is about the entity: yes where it starts with its name, unknown where it starts with "it", no otherwise."""
    sentence = _OPENING.sub("", sentence, count=1)
    for form in _generic(NAMED_FORMS):
        owned = form.match(sentence)
        if owned:
            return owned["owner"] == name
    if any(form.match(sentence) for form in _generic(SHORT_FORMS)):
        return None
    if _starts_with(sentence, name):
        return True
    if _ANAPHOR.match(sentence) or sentence.startswith(f"{name.rpartition(' ')[2]} "):
        return None
    return False


def _starts_with(sentence: str, name: str) -> bool:
    """Whether the sentence begins with this name, whole: "Velmora" does not begin "Velmora Minor is a town"."""
    rest = sentence.removeprefix("The ").removeprefix("the ")
    after = rest.removeprefix(name)
    longer = after[:1].isalnum() or (after[:1] == " " and after[1:2].isupper())
    return rest.startswith(name) and not longer


def _in_sentence(sentence: str, name: str, column: Column, about: bool) -> Iterator[Reading]:
    labelled = column.label in sentence
    for pattern in _named_forms(column) if labelled else ():
        yield from _found(pattern, sentence, column, name)
    for pattern in _spoken_of(sentence, column, labelled) if about else ():
        yield from _found(pattern, sentence, column)


def _found(pattern: re.Pattern[str], sentence: str, column: Column, owner: str = "") -> Iterator[Reading]:
    for match in pattern.finditer(sentence):
        others = owner and match["owner"] != owner
        reading = parsed(match, column.kind) if not others and _whole(match, column) else None
        if reading:
            yield reading


def _whole(match: re.Match[str], column: Column) -> bool:
    """Whether a value is there to its end: a name or phrase just before an ellipsis may have been cut."""
    return column.kind not in ("ref", "text") or not match.string[match.end() :].lstrip().startswith(("…", "..."))


def _spoken_of(sentence: str, column: Column, labelled: bool) -> Iterator[re.Pattern[str]]:
    """The patterns worth trying on a sentence about the entity; most wordings are ruled out by their first words."""
    for says in column.says:
        if says.partition("{v}")[0] in sentence:
            yield _predicate(says, column.kind, column.unit)
    if labelled:
        yield from _short_forms(column)


_END = r"(?=[.;,]?(?:\s|$))"
_OWNER = f"(?:the )?(?P<owner>{NAME})"


def _form(form: str, label: str, value: str) -> re.Pattern[str]:
    """A wording as a pattern; its first letter may be a capital."""
    parts = {"label": label, "name": _OWNER, "v": value}
    pattern = re.sub(r"\\{(\w+)\\}", lambda m: parts[m[1]], re.escape(form))
    return re.compile(rf"\b(?i:{pattern[0]}){pattern[1:]}{_END}")


@cache
def _generic(forms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The forms for any label and value."""
    return tuple(_form(form, "[a-z -]+", ".+?") for form in forms)


@lru_cache(maxsize=1024)
def _named_forms(column: Column) -> tuple[re.Pattern[str], ...]:
    value = value_pattern(column.kind, column.unit)
    return tuple(_form(form, re.escape(column.label), value) for form in reversed(NAMED_FORMS))


@lru_cache(maxsize=1024)
def _short_forms(column: Column) -> tuple[re.Pattern[str], ...]:
    value = value_pattern(column.kind, column.unit)
    return tuple(_form(form, re.escape(column.label), value) for form in reversed(SHORT_FORMS))


@cache
def _predicate(says: str, kind: ValueKind, unit: str) -> re.Pattern[str]:
    value = value_pattern(kind, unit)
    return re.compile(rf"\b{re.escape(says).replace(re.escape('{v}'), value)}{_END}")


def _in_answer(block: str, name: str, column: Column) -> Iterator[Reading]:
    """Questions and answers: the answer is a bare value or a sentence with the entity as its subject."""
    question, _, answer = block.partition("\nA: ")
    asked = question.removeprefix("Q: ")
    wordings = (*column.asks, f"What is the {column.label} of {{name}}?")
    if not any(asked == wording.format(name=n) for wording in wordings for n in (name, f"the {name}")):
        return
    bare = re.fullmatch(f"{value_pattern(column.kind, column.unit)}\\.", answer)
    if bare and not (column.kind in ("text", "ref") and _subject(answer, name)):
        reading = parsed(bare, column.kind)
        if reading:
            yield reading
        return
    yield from _in_sentence(answer, name, column, bool(_subject(answer, name)))


_RECORD_HEAD = re.compile(r"^(?:Record|Re|Subject): (.*)", re.MULTILINE)


def _in_record(text: str, name: str, column: Column) -> Iterator[Reading]:
    """Lines "label: value" under a line that says whom they are about."""
    about = False
    for line in text.split("\n") if _RECORD_HEAD.search(text) else ():
        head = _RECORD_HEAD.match(line)
        if head:
            about = head[1] == name
        match = _record_line(column).fullmatch(line) if about and column.label in line.lower() else None
        reading = parsed(match, column.kind) if match else None
        if reading:
            yield reading


@lru_cache(maxsize=1024)
def _record_line(column: Column) -> re.Pattern[str]:
    value = value_pattern(column.kind, column.unit)
    return re.compile(rf"(?:- )?(?i:{re.escape(column.label)})(?:: | = | \.+ ){value}")


def _in_other_languages(text: str, name: str, column: Column) -> Iterator[Reading]:
    for language in LANGUAGES.values():
        for owner, written in language.values(text, column.label):
            reading = language.parse(written, column.kind, column.unit) if owner == name else None
            if reading:
                yield reading


def _in_table(text: str, name: str, column: Column) -> Iterator[Reading]:
    """The cell in the line of the entity and under the heading of the attribute."""
    table = read_table(text)
    if table is None or table.header[0] != "name":
        return
    for place, heading in enumerate(table.header):
        label, unit = split_heading(heading)
        if label == column.label and (unit == column.unit or not unit):
            for row in table.rows:
                if row[0] == name:
                    yield _cell(row[place], column, unit or column.unit)


def _cell(written: str, column: Column, unit: str) -> Reading:
    if column.kind in ("number", "money"):
        number = parse_number(written)
        if number is not None:
            return Reading(f"{written} {unit}", column.kind, number, unit)
    day = parse_date(written) if column.kind == "date" else None
    return Reading(written, column.kind, day or written)


@lru_cache(maxsize=64)
def read_table(text: str) -> TableText | None:
    """The first table of a page, in any of the shapes pages show them, or None."""
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        if len(lines) < 3:
            continue
        for cells in (_pipes(lines), _aligned(lines), _csv(lines)):
            if cells and len(cells[0]) > 1 and all(len(row) == len(cells[0]) for row in cells):
                return TableText(cells[0], tuple(cells[1:]))
    return None


def _pipes(lines: list[str]) -> list[tuple[str, ...]]:
    if not all(line.startswith("| ") and line.endswith(" |") for line in lines):
        return []
    rows = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines]
    return [row for row in rows if set("".join(row)) != {"-"}]


def _aligned(lines: list[str]) -> list[tuple[str, ...]]:
    return [tuple(re.split(r" {3,}", line.strip())) for line in lines] if all("   " in line for line in lines) else []


def _csv(lines: list[str]) -> list[tuple[str, ...]]:
    return [tuple(line.split(",")) for line in lines] if all("," in line for line in lines) else []
