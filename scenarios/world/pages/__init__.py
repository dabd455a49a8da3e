"""Writes the page of a slot. One function for each section of the layout."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.world.draws import Draw
from scenarios.world.facts import Document, Entity
from scenarios.world.kinds import KINDS
from scenarios.world.layout import Slot
from scenarios.world.pages import filler, sheets
from scenarios.world.pages.prose import MAIN_STYLES, SECOND_STYLES
from scenarios.world.pages.voice import Voice

if TYPE_CHECKING:
    from scenarios.world.generate import GeneratedWorld


def write_page(world: "GeneratedWorld", slot: Slot) -> Document:
    """The document of a slot."""
    section = slot.section.split(" ")[0]
    return _SECTIONS[section](world, slot)


def _subject(world: "GeneratedWorld", slot: Slot) -> Entity:
    return world.at(*world.layout.kind_of(world.layout.about(slot)))


def _main(world: "GeneratedWorld", slot: Slot) -> Document:
    entity = _subject(world, slot)
    voice = Voice(world, entity, Draw(world.seed, "main", entity.id))
    columns = world.placement(entity).main
    style, write = voice.draw.pick(MAIN_STYLES)
    title, text = write(voice, columns)
    return Document(world.layout.id(slot), title, text, style, tuple((entity.id, c.name) for c in columns))


def _second(world: "GeneratedWorld", slot: Slot) -> Document:
    entity = _subject(world, slot)
    voice = Voice(world, entity, Draw(world.seed, "second", entity.id))
    columns = world.placement(entity).second
    style, write = voice.draw.pick(SECOND_STYLES)
    title, text = write(voice, columns)
    return Document(world.layout.id(slot), title, text, style, tuple((entity.id, c.name) for c in columns))


def _register(world: "GeneratedWorld", slot: Slot) -> Document:
    title, text, style = sheets.register(world, slot)
    kind = KINDS[slot.section.removeprefix("register ")]
    states = tuple((f"{kind.name}-{n}", name) for n in world.layout.listed(slot) for name in kind.register)
    return Document(world.layout.id(slot), title, text, style, states)


def _table(world: "GeneratedWorld", slot: Slot) -> Document:
    table = world.table(f"table-{slot.number}")
    title, text, style = sheets.data_table(world, table)
    return Document(table.page, title, text, style, (), table=table.id)


def _distractor(world: "GeneratedWorld", slot: Slot) -> Document:
    draw = Draw(world.seed, "distractor", slot.number)
    kind = KINDS[draw.pick(tuple(KINDS))]
    entity = world.at(kind.name, draw.below(world.layout.counts[kind.name]))
    first, second = draw.shuffled(kind.columns)[:2]
    voice = Voice(world, entity, draw)
    words = {"name": voice.name, "plural": kind.plural, "label": first.label, "second": second.label}
    body = [draw.pick(filler.ESSAY_OPENINGS), *draw.shuffled(filler.ESSAY_BODIES)[: draw.between(4, 6)]]
    text = filler.fill([" ".join(body).format(**words)], draw)
    title = draw.pick(filler.ESSAY_TITLES).format(**words | {"name": entity.name})
    return Document(world.layout.id(slot), title, text, "essay", ())


_SECTIONS: dict[str, Callable[["GeneratedWorld", Slot], Document]] = {
    "main": _main,
    "second": _second,
    "register": _register,
    "table": _table,
    "distractor": _distractor,
}
