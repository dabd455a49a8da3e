"""Writes the page of a slot. One function for each section of the layout."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.world.draws import Draw
from scenarios.world.facts import Document, Entity
from scenarios.world.kinds import KINDS
from scenarios.world.languages import LANGUAGES
from scenarios.world.layout import Slot
from scenarios.world.pages import filler, sheets, traps
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
    instruction = _planted(world, entity, voice.name)
    parts = [text, instruction, _edition(world)]
    text = "\n\n".join(part for part in parts if part)
    stated = tuple((entity.id, c.name) for c in columns)
    return Document(world.layout.id(slot), title, text, style, stated, planted=instruction)


def _edition(world: "GeneratedWorld") -> str:
    """Main pages name their edition only where others might be taken for them."""
    return traps.CURRENT_NOTE.format(year=traps.CURRENT_YEAR) if world.config.superseded else ""


def _planted(world: "GeneratedWorld", entity: Entity, name: str) -> str:
    rate = world.config.injections
    draw = Draw(world.seed, "planted", entity.id) if rate else None
    return traps.planted(name, draw) if draw and draw.chance(rate) else ""


def _superseded(world: "GeneratedWorld", slot: Slot) -> Document:
    entity = _subject(world, slot)
    told, year = world.older(entity), world.edition_year(entity)
    voice = Voice(world, told.entity, Draw(world.seed, "superseded", entity.id))
    note = voice.draw.pick(traps.EDITION_NOTES).format(year=year)
    text = filler.fill([note, voice.paragraph(told.columns, voice.lead())], voice.draw)
    wrong = tuple((entity.id, c.name) for c in told.columns)
    title = f"{entity.name} (edition of {year})"
    return Document(world.layout.id(slot), title, text, "encyclopaedia", (), edition="superseded", misstates=wrong)


def _contradiction(world: "GeneratedWorld", slot: Slot) -> Document:
    entity = _subject(world, slot)
    draw = Draw(world.seed, "contradiction", entity.id)
    told = traps.misstated(world, entity, draw, 2, dates=True)
    voice = Voice(world, told.entity, draw)
    text = filler.fill([draw.pick(traps.LOW_TRUST_NOTES), voice.paragraph(told.columns)], draw)
    title = draw.pick(traps.LOW_TRUST_TITLES).format(entity.name)
    wrong = tuple((entity.id, c.name) for c in told.columns)
    return Document(world.layout.id(slot), title, text, "rumour", (), trust="low", misstates=wrong)


def _second(world: "GeneratedWorld", slot: Slot) -> Document:
    entity = _subject(world, slot)
    voice = Voice(world, entity, Draw(world.seed, "second", entity.id))
    columns = world.placement(entity).second
    style, write = voice.draw.pick(SECOND_STYLES)
    title, text = write(voice, columns)
    return Document(world.layout.id(slot), title, text, style, tuple((entity.id, c.name) for c in columns))


def _translated(world: "GeneratedWorld", slot: Slot) -> Document:
    """The main page's facts in another language, one a line."""
    entity = _subject(world, slot)
    language = LANGUAGES[slot.section.removeprefix("in ")]
    draw = Draw(world.seed, slot.section, entity.id)
    columns = draw.shuffled(world.placement(entity).main)
    lines = []
    for column in columns:
        value = world.label_of(entity.facts[column.name], column.attribute)
        written = language.write(value, column.kind, column.unit)
        lines.append(language.line(column.label, entity.name, written, draw))
    text = "\n".join([*lines, "", *draw.shuffled(language.remarks)[:2]])
    stated = tuple((entity.id, column.name) for column in columns)
    title = language.title.format(entity.name)
    return Document(world.layout.id(slot), title, text, "translation", stated, language=language.code)


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
    "in": _translated,
    "superseded": _superseded,
    "contradiction": _contradiction,
}
