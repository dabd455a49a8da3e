"""Reads facts back out of page text, as a reader would: by the wording alone, never by the tables.

`read_fact(text, name, attribute)` gives every value the text states for that entity and attribute, in order, without
repeats; `read_facts` does so for all its attributes at once; `read_table(text)` gives the first table. All know how pages are worded (see
`scenarios/world/wordings.py`) and nothing else, so they work on whole pages and on excerpts of them. An empty list means that the text
does not say.
"""

import re
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from scenarios.world.forms import Reading, parse_date, parse_number, parsed
from scenarios.world.kinds import KINDS
from scenarios.world.languages import LANGUAGES, Language
from scenarios.world.pages.traps import LOW_TRUST_NOTES
from scenarios.world.pages.voice import OPENERS
from scenarios.world.wordings import ANY_NAMED, ANY_SHORT, Wording, worded_by, wordings

__all__ = ["Reading", "TableText", "read_edition", "read_fact", "read_facts", "read_table", "vouched_for"]


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
    return _taken_apart(text).says(name, wordings(attribute, kind)) if name in text else []


def read_facts(text: str, name: str, kind: str) -> dict[str, list[Reading]]:
    """What a text says about an entity of this name and kind: `read_fact` for each attribute that it tells, by the attribute's name."""
    return _taken_apart(text).tells(name, kind) if name in text else {}


class _Page:
    """A text taken apart once. What it says of an attribute, of whomever, is found once too: then each entity is a look-up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks = [_Block(block) for block in text.split("\n\n")]
        self._asks = any(block.asks for block in self._blocks)
        self._records = tuple(_records(text))
        self._small = text.lower() if self._records else ""
        table = read_table(text)
        self._table = table if table and table.header[0] == "name" else None
        self._rows: dict[str, list[tuple[str, ...]]] = {}
        for row in self._table.rows if self._table else ():
            self._rows.setdefault(row[0], []).append(row)
        self._foreign: dict[str, list[tuple[Language, str, str]]] = {}
        self._worded: dict[str, list[tuple[str, tuple[Wording, ...]]]] = {}

    def tells(self, name: str, kind: str) -> dict[str, list[Reading]]:
        worded = self._worded.get(kind)
        if worded is None:
            worded = [(attribute, some) for attribute, some in worded_by(kind) if any(map(self._may_tell, some))]
            self._worded[kind] = worded
        told = ((attribute, self.says(name, some)) for attribute, some in worded)
        return {attribute: readings for attribute, readings in told if readings}

    def _may_tell(self, wording: Wording) -> bool:
        """Whether the text has the words that any way of telling the attribute needs."""
        if self._asks or wording.occurs(self._text) or wording.label in self._small:
            return True
        return any(words in self._text for _, words in _foreign_labels(wording.label))

    def says(self, name: str, some: tuple[Wording, ...]) -> list[Reading]:
        found: list[Reading] = []
        for wording in some:
            if name in self._rows:
                found += self._cells(name, wording)
            for block in self._blocks:
                if name in block.text:
                    found += block.says(name, wording)
            if self._records:
                found += self._recorded(name, wording)
            for language, owner, written in self._in_other_languages(wording.label):
                reading = language.parse(written, wording.kind, wording.unit) if owner == name else None
                found += (reading,) if reading else ()
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _cells(self, name: str, wording: Wording) -> list[Reading]:
        """The cells in the lines of the entity and under the heading of the attribute."""
        found = []
        for place, heading in enumerate(self._table.header if self._table else ()):
            label, unit = split_heading(heading) if heading.startswith(wording.label) else ("", "")
            if label == wording.label and (unit == wording.unit or not unit):
                found += [_cell(row[place], wording, unit or wording.unit) for row in self._rows[name]]
        return found

    def _recorded(self, name: str, wording: Wording) -> Iterator[Reading]:
        for owner, line, small in self._records:
            match = wording.line.fullmatch(line) if wording.label in small and owner == name else None
            reading = parsed(match, wording.kind) if match else None
            if reading:
                yield reading

    def _in_other_languages(self, label: str) -> list[tuple[Language, str, str]]:
        found = self._foreign.get(label)
        if found is None:
            found = self._foreign[label] = []
            for language, words in _foreign_labels(label):
                if words in self._text:
                    found += [(language, *value) for value in language.values(self._text, label)]
        return found


@cache
def _foreign_labels(label: str) -> tuple[tuple[Language, str], ...]:
    """What a line that tells the attribute has in each language; a label's first letter may be a capital."""
    return tuple((language, language.label(label)[1:]) for language in LANGUAGES.values())


@lru_cache(maxsize=64)
def _taken_apart(text: str) -> _Page:
    return _Page(text)


_RECORD_HEAD = re.compile(r"^(?:Record|Re|Subject): (.*)", re.MULTILINE)


def _records(text: str) -> Iterator[tuple[str, str, str]]:
    """Lines under a line that says whom they are about: that name, the line, and the line in small letters."""
    owner = None
    for line in text.split("\n") if ": " in text and _RECORD_HEAD.search(text) else ():
        head = _RECORD_HEAD.match(line)
        owner = head[1] if head else owner
        if owner is not None:
            yield owner, line, line.lower()


class _Statement(NamedTuple):
    """What a sentence says of an attribute. `owner` is empty where it does not say of whom: then it is of whom the sentence is about."""

    sentence: int
    owner: str
    reading: Reading


class _Block:
    """A paragraph, or a question with its answer."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asks = text.startswith("Q: ")
        question, _, self._answer = text.partition("\nA: ")
        self._question = question.removeprefix("Q: ")
        self._statements: dict[Wording, list[_Statement]] = {}
        self._about: dict[str, list[bool]] = {}
        self._parts: dict[str, tuple[tuple[str, str], ...]] = {}

    def says(self, name: str, wording: Wording) -> Iterator[Reading]:
        if self.asks:
            if not wording.questions.isdisjoint(self._asked(name)):
                yield from _answered(self._answer, name, wording)
            return
        for sentence, owner, reading in self._of(wording):
            if owner == name or (not owner and self._subjects(name)[sentence]):
                yield reading

    def _asked(self, name: str) -> tuple[tuple[str, str], ...]:
        """What stands before and behind the name in the question."""
        found = self._parts.get(name)
        if found is None:
            parts = (self._question.partition(called) for called in (name, f"the {name}"))
            found = self._parts[name] = tuple((before, behind) for before, _, behind in parts)
        return found

    def _of(self, wording: Wording) -> list[_Statement]:
        """All that the sentences say of this attribute."""
        found = self._statements.get(wording)
        if found is None:
            found = self._statements[wording] = []
            for number, sentence in enumerate(self._sentences if wording.occurs(self.text) else ()):
                if wording.occurs(sentence):
                    found += _statements(number, sentence, wording)
        return found

    @cached_property
    def _sentences(self) -> list[str]:
        """A line ends a sentence too."""
        return re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", self.text.strip())

    def _subjects(self, name: str) -> list[bool]:
        """Whether each sentence is about the entity: one that names nobody is about whom the last one was."""
        subjects = self._about.get(name)
        if subjects is None:
            subjects, about = self._about.setdefault(name, []), False
            for sentence in self._sentences:
                subject = _subject(sentence, name)
                about = about if subject is None else subject
                subjects.append(about)
        return subjects


_OPENING = re.compile("|".join(map(re.escape, OPENERS)))
_ANAPHOR = re.compile(rf"(?:It|Its|The (?:{'|'.join(KINDS)}))\b", re.IGNORECASE)


def _subject(sentence: str, name: str) -> bool | None:
    """Whether a sentence is about the entity: yes where it starts with its name, unknown where it starts with "it", no otherwise."""
    sentence = _OPENING.sub("", sentence, count=1)
    for form in ANY_NAMED:
        owned = form.match(sentence)
        if owned:
            return owned["owner"] == name
    if any(form.match(sentence) for form in ANY_SHORT):
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


def _statements(number: int, sentence: str, wording: Wording) -> Iterator[_Statement]:
    for form in wording.named if wording.label in sentence else ():
        for match in form.matches(sentence):
            yield from _stated(number, match["owner"], match, wording)
    for form in wording.spoken:
        for match in form.matches(sentence):
            yield from _stated(number, "", match, wording)


def _stated(number: int, owner: str, match: re.Match[str], wording: Wording) -> Iterator[_Statement]:
    reading = parsed(match, wording.kind) if _whole(match, wording) else None
    if reading:
        yield _Statement(number, owner, reading)


def _whole(match: re.Match[str], wording: Wording) -> bool:
    """Whether a value is there to its end: a name or phrase just before an ellipsis may have been cut."""
    return wording.kind not in ("ref", "text") or not match.string[match.end() :].lstrip().startswith(("…", "..."))


def _answered(answer: str, name: str, wording: Wording) -> Iterator[Reading]:
    """An answer is a bare value or a sentence with the entity as its subject."""
    bare = wording.bare.fullmatch(answer)
    if bare and not (wording.kind in ("text", "ref") and _subject(answer, name)):
        reading = parsed(bare, wording.kind)
        if reading:
            yield reading
        return
    about = bool(_subject(answer, name))
    for _, owner, reading in _statements(0, answer, wording):
        if owner == name or (about and not owner):
            yield reading


def _cell(written: str, wording: Wording, unit: str) -> Reading:
    if wording.kind in ("number", "money"):
        number = parse_number(written)
        if number is not None:
            return Reading(f"{written} {unit}", wording.kind, number, unit)
    day = parse_date(written) if wording.kind == "date" else None
    return Reading(written, wording.kind, day or written)


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
