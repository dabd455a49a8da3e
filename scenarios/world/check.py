"""Checks a world's pages against its tables: every fact where it should be, nothing anywhere else.

The leak scan looks at every entity a page mentions and every fact of it that the page does not declare: if the value stands on the page
too (a number of five digits or more also without its unit), something the page does declare must account for it (then it is a coincidence,
and is counted), and the reader must not take it for the fact. Otherwise the fact has leaked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from scenarios.gates.language import is_in, language_of
from scenarios.world.facts import Attribute, Document, Entity, Value
from scenarios.world.generate import GeneratedWorld
from scenarios.world.mentions import Mentions, mentions
from scenarios.world.names import is_known
from scenarios.world.places import Places
from scenarios.world.reading import Reading, read_fact, read_facts
from scenarios.world.units import base_unit, in_base

Fact = tuple[str, str]
Check = Literal["names", "ids", "stated", "unstated", "contradiction", "leak", "pages", "altered", "language"]
MOST_PROBLEMS = 200
_SHOWN = 40
"""Characters shown of what is not as it should be."""
_CAPITALISED = re.compile(r"\b[A-Z]\w+\b(?!-\d)")
"""Words with a capital that do not begin a code such as BMW-48213."""


class Problem(NamedTuple):
    """What is wrong, and on which page (empty where no page is at fault)."""

    check: Check
    page: str
    detail: str


@dataclass
class Report:
    """What was looked at and what was found. `counts` says how much of each thing; `problems` is cut at `MOST_PROBLEMS`."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.counts["problems"]

    def add(self, check: Check, page: str, detail: str) -> None:
        self.counts["problems"] += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(check, page, detail))


def check_world(
    world: GeneratedWorld,
    documents: Iterable[Document] | None = None,
    tell: Callable[[int], None] = lambda _: None,
    report: Report | None = None,
) -> Report:
    """Check all documents (the world's own, or those given, in any order) against the tables, in one pass. `tell` is called with each
    count of pages done, and what is found is added to a report, if one is given.

    Kept on the way are the names, a byte a fact and a byte a page, and what is wrong: less than 0.5 GB for a million pages."""
    report = report or Report()
    _check_names(world, report)
    places, seen = Places(world), _Seen(world.size)
    report.counts["facts"] = places.facts
    for document in documents if documents is not None else world.documents():
        if not seen.add(document.id):
            report.add("ids", document.id, "two documents have this id")
        _check_page(world, document, report)
        if document.trust == "high":
            places.add(document)
        report.counts["documents"] += 1
        tell(report.counts["documents"])
    if len(seen) != world.size:
        report.add("ids", "", f"{len(seen)} documents where {world.size} were asked for")
    for row, name, found, promised in places.misplaced():
        page = next(iter(sorted(set(found) ^ set(promised))), "")
        told = f"{', '.join(found) or 'no page'}, promised on {', '.join(promised) or 'none'}"
        report.add("pages", page, f"{row.name}: {name} stands on {told}")
    for id, name, page in places.untrue():
        report.add("pages", page, f"{id}: {name} is stated but not in the tables")
    return report


class _Seen:
    """The ids of the documents so far. Those that a world of this size has take a byte each."""

    def __init__(self, size: int) -> None:
        self._ours = bytearray(size)
        self._others: set[str] = set()
        self._count = 0

    def __len__(self) -> int:
        return self._count + len(self._others)

    def add(self, id: str) -> bool:
        """Whether the id is new."""
        number = int(id[1:]) if id[1:].isdecimal() else -1
        if not (0 <= number < len(self._ours)) or id != f"d{number:07d}":
            before = len(self._others)
            self._others.add(id)
            return len(self._others) > before
        new = not self._ours[number]
        self._ours[number] = 1
        self._count += new
        return new


def altered(world: GeneratedWorld, documents: Iterable[Document], report: Report) -> Iterator[Document]:
    """The documents as they are. One that is not, field by field, what its world writes under this id is reported on the way."""
    for document in documents:
        try:
            written = world.document(document.id)
        except KeyError:
            report.add("altered", document.id, "the world has no page of this id")
            continue
        if document != written:
            pairs = [(name, getattr(document, name), getattr(written, name)) for name in Document._fields]
            told = "; ".join(_difference(*pair) for pair in pairs if pair[1] != pair[2])
            report.add("altered", document.id, f"not as the world writes it: {told}")
        yield document


def _difference(part: str, found: str | tuple[Fact, ...], written: str | tuple[Fact, ...]) -> str:
    """Where a part of a page first differs from what its world writes, in words."""
    if isinstance(found, str) and isinstance(written, str):
        signs = enumerate(zip(found, written, strict=False))
        same = next((n for n, (sign, other) in signs if sign != other), min(len(found), len(written)))
        start = max(0, found.rfind(" ", 0, same) + 1)
        return f"{part} has {_excerpt(found, start)} instead of {_excerpt(written, start)}"
    added = [" ".join(fact) for fact in found if fact not in written]
    gone = [" ".join(fact) for fact in written if fact not in found]
    told = [f"{verb} {', '.join(facts)}" for verb, facts in (("adds", added), ("lacks", gone)) if facts]
    return f"{part} {' and '.join(told) or 'names the same in another order'}"


def _excerpt(text: str, start: int) -> str:
    """A few words of a text from a place on."""
    rest = text[start:]
    return repr(rest[:_SHOWN] + "..." * (len(rest) > _SHOWN)) if rest else "its end"


def _check_names(world: GeneratedWorld, report: Report) -> None:
    report.counts["names"] = len(world.ids)
    for name, ids in world.ids.items():
        if is_known(name):
            for id in ids:
                report.add("names", "", f"{name!r} ({id}) is a well-known real name")
        if len(ids) > 1 and not world.config.name_collisions:
            report.add("names", "", f"{name!r} is the name of {', '.join(ids)}")


def _check_page(world: GeneratedWorld, page: Document, report: Report) -> None:
    real = sorted(filter(is_known, set(_CAPITALISED.findall(f"{page.title} {page.text}"))))
    if real:
        report.add("names", page.id, f"{', '.join(real)}: a well-known real name")
    if page.language not in world.config.languages:
        report.add("language", page.id, f"is said to be in {page.language!r}, a language this world has no pages in")
        page = page._replace(language="en")
    elif len(world.config.languages) > 1 and not is_in(page.text, page.language):
        report.add("language", page.id, f"is in {language_of(page.text)!r}, and said to be in {page.language!r}")
    declared, wrong = set(page.states), set(page.misstates)
    for id in dict.fromkeys(id for id, _ in (*page.states, *page.misstates)):
        entity = _entity(world, id)
        if entity is None:
            continue
        told = read_facts(page.text, entity.name, entity.kind)
        for attribute in world.schema(entity.kind):
            fact, read = (id, attribute.name), told.get(attribute.name, [])
            if read or fact in declared or fact in wrong:
                _check_reading(world, page, entity, attribute, read, (fact in declared, fact in wrong), report)
    _scan_for_leaks(world, page, report)


def _entity(world: GeneratedWorld, id: str) -> Entity | None:
    try:
        return world.entity(id)
    except KeyError:
        return None


def _check_reading(
    world: GeneratedWorld,
    page: Document,
    entity: Entity,
    attribute: Attribute,
    read: list[Reading],
    declared: tuple[bool, bool],
    report: Report,
) -> None:
    """A declared fact must be read as the tables have it, a misstated one otherwise, any other not at all."""
    truly, wrongly = declared
    shared, value = len(world.ids[entity.name]) > 1, entity.facts.get(attribute.name)

    def add(check: Check, what: str) -> None:
        told = ", ".join(repr(r.written) for r in read)
        report.add(
            check, page.id, f"{entity.name}: {attribute.label} {f'reads {told}' if told else 'cannot be read'}, {what}"
        )

    report.counts["facts read"] += truly
    if not truly and not wrongly:
        if not shared:
            add("unstated", "which the page does not declare")
        return
    if shared:
        read = [r for r in read if same_value(r, value, attribute, world)] or read[:1]
    right = [same_value(r, value, attribute, world) for r in read]
    if truly and not (right and all(right)):
        known = "which nobody knows" if value is None else f"which is {_told(world, value, attribute)}"
        add("stated" if not read else "contradiction", known)
    if wrongly and (not right or any(right)):
        add("contradiction", "which was to be another value than the tables have")


def same_value(reading: Reading, value: Value | None, attribute: Attribute, world: GeneratedWorld) -> bool:
    """Whether what was read is the value of the tables, units and spelling aside."""
    if value is None:
        return False
    shown = world.label_of(value, attribute)
    if isinstance(shown, (int, Decimal)) and isinstance(reading.value, (int, Decimal)):
        if reading.unit == attribute.unit:
            return shown == reading.value
        return in_base(shown, attribute.unit) == in_base(reading.value, reading.unit)
    return shown == reading.value


def _scan_for_leaks(world: GeneratedWorld, page: Document, report: Report) -> None:
    text = page.text.replace(page.planted, "") if page.planted else page.text
    there = mentions(f"{page.title}\n{text}", world.ids, page.language)
    accounted: set[object] | None = None
    for entity, attribute, value in _occurring(world, page, there, text):
        if accounted is None:
            accounted = _accounted(world, {*page.states, *page.misstates}) | _misstated(world, page)
        shown = _comparable(world, value, attribute)
        told = f"{entity.name}: {attribute.label} ({_told(world, value, attribute)})"
        report.counts["coincidences"] += 1
        if shown not in accounted and not page.table:
            report.add("leak", page.id, f"{told} stands here and nothing accounts for it")
            continue
        read = read_fact(text, entity.name, attribute.name, entity.kind)
        if any(same_value(reading, value, attribute, world) for reading in read):
            report.add("leak", page.id, f"{told} can be read here")


def _occurring(
    world: GeneratedWorld, page: Document, there: Mentions, text: str
) -> Iterator[tuple[Entity, Attribute, Value]]:
    """Facts whose values are on the page, of the entities it mentions, that it declares neither of them nor of a namesake."""
    declared = {*page.states, *page.misstates}
    mentioned = {id for name in there.names for id in world.ids[name]}
    units = {unit for _, unit in there.quantities}
    for name in sorted(there.names):
        namesakes = world.ids[name]
        for entity in map(world.entity, namesakes):
            for attribute in world.schema(entity.kind):
                value = entity.facts.get(attribute.name)
                if isinstance(value, (int, Decimal)):
                    unit = attribute.unit
                    occurs = base_unit(unit) in units and in_base(value, unit) in there.quantities
                    occurs = occurs or value in there.bare
                elif isinstance(value, date):
                    occurs = value in there.days
                else:
                    occurs = value is not None and (value in mentioned if attribute.target else value in text)
                if occurs and not any((namesake, attribute.name) in declared for namesake in namesakes):
                    assert value is not None
                    yield entity, attribute, value


def _accounted(world: GeneratedWorld, declared: set[Fact]) -> set[object]:
    """The values a page declares, and the names of those it declares them of."""
    found: set[object] = set()
    for id, name in declared:
        entity = _entity(world, id)
        if entity:
            found.add(entity.name)
            attributes = (a for a in world.schema(entity.kind) if a.name == name and name in entity.facts)
            found |= {_comparable(world, entity.facts[name], attribute) for attribute in attributes}
    return found


def _misstated(world: GeneratedWorld, page: Document) -> set[object]:
    """The values a page gives wrongly on purpose."""
    found: set[object] = set()
    for id, name in page.misstates:
        entity = _entity(world, id)
        for reading in read_fact(page.text, entity.name, name, entity.kind) if entity else ():
            value = reading.value
            found.add(in_base(value, reading.unit) if isinstance(value, (int, Decimal)) else value)
    return found


def _told(world: GeneratedWorld, value: Value, attribute: Attribute) -> str:
    """A value in words."""
    shown = world.label_of(value, attribute)
    return f"{shown:,} {attribute.unit}" if isinstance(shown, (int, Decimal)) else str(shown)


def _comparable(world: GeneratedWorld, value: Value, attribute: Attribute) -> object:
    shown = world.label_of(value, attribute)
    return in_base(shown, attribute.unit) if isinstance(shown, (int, Decimal)) else shown
