"""Checks a world's pages against its tables: every fact where it should be, nothing anywhere else.

The leak scan looks at every entity a page mentions and every fact of it that the page does not declare: if the
value stands on the page too, something the page does declare must account for it (then it is a coincidence, and
is counted), and the reader must not take it for the fact. Otherwise the fact has leaked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from scenarios.world.facts import Attribute, Document, Entity, Value
from scenarios.world.generate import GeneratedWorld
from scenarios.world.mentions import Mentions, mentions
from scenarios.world.names import is_known
from scenarios.world.reading import Reading, read_fact
from scenarios.world.units import in_base

Fact = tuple[str, str]
Names = dict[str, tuple[str, ...]]
"""Ids of the entities that bear each name."""
Check = Literal["names", "ids", "stated", "unstated", "contradiction", "leak", "pages", "altered"]
MOST_PROBLEMS = 200
_CAPITALISED = re.compile(r"\b[A-Z]\w+")


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
    """Check all documents (the world's own, or those given) against the tables. `tell` is called with each count of pages done, and
    what is found is added to a report, if one is given."""
    report = report or Report()
    names = _check_names(world, report)
    stated: dict[Fact, set[str]] = {}
    seen: set[str] = set()
    for document in documents if documents is not None else world.documents():
        if document.id in seen:
            report.add("ids", document.id, "two documents have this id")
        seen.add(document.id)
        _check_page(world, document, names, report)
        if document.trust == "high":
            for fact in document.states:
                stated.setdefault(fact, set()).add(document.id)
        report.counts["documents"] += 1
        tell(report.counts["documents"])
    if len(seen) != world.size:
        report.add("ids", "", f"{len(seen)} documents where {world.size} were asked for")
    _check_places(world, stated, report)
    return report


def altered(world: GeneratedWorld, documents: Iterable[Document], report: Report) -> Iterator[Document]:
    """The documents as they are. One that is not, field by field, what its world writes under this id is reported on the way."""
    for document in documents:
        try:
            written = world.document(document.id)
        except KeyError:
            report.add("altered", document.id, "the world has no page of this id")
            continue
        parts = [name for name in Document._fields if getattr(document, name) != getattr(written, name)]
        if parts:
            report.add("altered", document.id, f"{', '.join(parts)} not as the world writes it")
        yield document


def _check_names(world: GeneratedWorld, report: Report) -> Names:
    """All names with the ids that bear them."""
    names: Names = {}
    for kind in world.kinds():
        for row in world.entities(kind):
            names[row.name] = (*names.get(row.name, ()), row.id)
            if is_known(row.name):
                report.add("names", "", f"{row.name!r} ({row.id}) is a well-known real name")
    report.counts["names"] = len(names)
    for name, ids in names.items():
        if len(ids) > 1 and not world.config.name_collisions:
            report.add("names", "", f"{name!r} is the name of {', '.join(ids)}")
    return names


def _check_places(world: GeneratedWorld, stated: dict[Fact, set[str]], report: Report) -> None:
    for kind in world.kinds():
        for row in world.entities(kind):
            for name in row.facts:
                report.counts["facts"] += 1
                found, promised = stated.pop((row.id, name), set()), set(world.pages(row.id, name))
                if not found or found != promised:
                    report.add(
                        "pages", "", f"{row.name}: {name} stands on {sorted(found)}, promised on {sorted(promised)}"
                    )
    for (id, name), pages in stated.items():
        report.add("pages", min(pages), f"{id}: {name} is stated but not in the tables")


def _check_page(world: GeneratedWorld, page: Document, names: Names, report: Report) -> None:
    real = sorted({word for word in _CAPITALISED.findall(f"{page.title} {page.text}") if is_known(word)})
    if real:
        report.add("names", page.id, f"{', '.join(real)}: a well-known real name")
    declared = set(page.states)
    wrong = set(page.misstates)
    for id in dict.fromkeys(id for id, _ in (*page.states, *page.misstates)):
        entity = world.entity(id)
        for attribute in world.schema(entity.kind):
            fact = (id, attribute.name)
            read = read_fact(page.text, entity.name, attribute.name, entity.kind)
            _check_reading(world, page, entity, attribute, read, (fact in declared, fact in wrong), report)
    _scan_for_leaks(world, page, names, report)


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
    told = f"{entity.name}: {attribute.label} reads {[r.written for r in read]}"
    report.counts["facts read"] += truly
    if not truly and not wrongly:
        if read and not _shared_name(world, entity):
            report.add("unstated", page.id, f"{told}, which the page does not declare")
        return
    if _shared_name(world, entity):
        read = [r for r in read if same_value(r, entity.facts.get(attribute.name), attribute, world)] or read[:1]
    right = [same_value(r, entity.facts.get(attribute.name), attribute, world) for r in read]
    if truly and not (right and all(right)):
        report.add("stated" if not read else "contradiction", page.id, f"{told}, not {entity.facts[attribute.name]}")
    if wrongly and (not right or any(right)):
        report.add("contradiction", page.id, f"{told}, which was to be another value than the tables have")


def _shared_name(world: GeneratedWorld, entity: Entity) -> bool:
    return len(world.named(entity.name)) > 1


def same_value(reading: Reading, value: Value | None, attribute: Attribute, world: GeneratedWorld) -> bool:
    """Whether what was read is the value of the tables, units and spelling aside."""
    if value is None:
        return False
    shown = world.label_of(value, attribute)
    if isinstance(shown, (int, Decimal)) and isinstance(reading.value, (int, Decimal)):
        return in_base(shown, attribute.unit) == in_base(reading.value, reading.unit)
    return shown == reading.value


def _scan_for_leaks(world: GeneratedWorld, page: Document, names: Names, report: Report) -> None:
    text = page.text.replace(page.planted, "") if page.planted else page.text
    there = mentions(f"{page.title}\n{text}", names, page.language)
    accounted = _accounted(world, {*page.states, *page.misstates}) | _misstated(world, page)
    for entity, attribute, value in _undeclared(world, page, names, there.names):
        if not _occurs(world, value, attribute, there, text):
            continue
        shown = _comparable(world, value, attribute)
        told = f"{entity.name}: {attribute.label} ({shown})"
        report.counts["coincidences"] += 1
        if shown not in accounted and not page.table:
            report.add("leak", page.id, f"{told} stands here and nothing accounts for it")
            continue
        read = read_fact(text, entity.name, attribute.name, entity.kind)
        if any(same_value(reading, value, attribute, world) for reading in read):
            report.add("leak", page.id, f"{told} can be read here")


def _undeclared(
    world: GeneratedWorld, page: Document, names: Names, there: Iterable[str]
) -> Iterator[tuple[Entity, Attribute, Value]]:
    """Facts of the entities a page mentions that it declares neither of them nor of a namesake."""
    declared = {*page.states, *page.misstates}
    for name in sorted(there):
        for id in names[name]:
            entity = world.entity(id)
            for attribute in world.schema(entity.kind):
                hidden = not any((namesake, attribute.name) in declared for namesake in names[name])
                if hidden and attribute.name in entity.facts:
                    yield entity, attribute, entity.facts[attribute.name]


def _accounted(world: GeneratedWorld, declared: set[Fact]) -> set[object]:
    """The values a page declares, and the names of those it declares them of."""
    found: set[object] = set()
    for id, name in declared:
        entity = world.entity(id)
        found.add(entity.name)
        attribute = next(a for a in world.schema(entity.kind) if a.name == name)
        if name in entity.facts:
            found.add(_comparable(world, entity.facts[name], attribute))
    return found


def _misstated(world: GeneratedWorld, page: Document) -> set[object]:
    """The values a page gives wrongly on purpose."""
    found: set[object] = set()
    for id, name in page.misstates:
        entity = world.entity(id)
        for reading in read_fact(page.text, entity.name, name, entity.kind):
            value = reading.value
            found.add(in_base(value, reading.unit) if isinstance(value, (int, Decimal)) else value)
    return found


def _comparable(world: GeneratedWorld, value: Value, attribute: Attribute) -> object:
    shown = world.label_of(value, attribute)
    return in_base(shown, attribute.unit) if isinstance(shown, (int, Decimal)) else shown


def _occurs(world: GeneratedWorld, value: Value, attribute: Attribute, there: Mentions, text: str) -> bool:
    shown = world.label_of(value, attribute)
    if isinstance(shown, (int, Decimal)):
        return in_base(shown, attribute.unit) in there.quantities
    if isinstance(shown, date):
        return shown in there.days
    return shown in there.names if attribute.kind == "ref" else shown in text
