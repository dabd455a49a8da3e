"""Pages that show a table: registers of a kind's entities, and data tables. As CSV, between pipes, or in aligned columns."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from scenarios.world.draws import Draw
from scenarios.world.facts import Attribute, Table, Value
from scenarios.world.forms import write_date, write_number
from scenarios.world.kinds import KINDS, column
from scenarios.world.layout import Slot

if TYPE_CHECKING:
    from scenarios.world.generate import GeneratedWorld

_INTROS = (
    "The table below is copied from the official books. Empty lines were left out and nothing was rounded. Amounts are in crowns.",
    "What follows is an extract, line by line, as the clerk entered it. Amounts are in crowns and no entry was left out.",
    "This sheet was drawn up for the yearly audit. Each line is one entry. Amounts of money are given in crowns throughout.",
    "The figures were taken down as reported, without correction. Read each line from left to right. Money is in crowns.",
)
_OUTROS = (
    "The sheet was compared with the original and found correct by two clerks. Copies may be made freely with this note.",
    "Errors that come to light later will be marked in the next sheet; this one stays as it was signed on the day of issue.",
    "Whoever uses these entries should name the sheet and its title, so that others can look the entries up in the same place.",
)


_OUTRO_UP_TO = 26
"""Rows: longer tables end the page."""


def header(attribute: Attribute) -> str:
    """A column's heading: its label, and its unit in brackets."""
    unit = attribute.unit and attribute.unit != attribute.label
    return f"{attribute.label} ({attribute.unit})" if unit else attribute.label


def cell(value: Value, grouped: bool) -> str:
    """A value as a table shows it. Years and codes are not grouped."""
    if isinstance(value, date):
        return value.isoformat() if not grouped else write_date(value)
    if isinstance(value, (int, Decimal)):
        return write_number(value, "commas" if grouped and value >= 10_000 else "plain")
    return value


def csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(",".join(cells) for cells in (heads, *rows))


def pipes(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---"] * len(heads)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def aligned(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, cells)) for cells in zip(heads, *rows, strict=True)]
    lines = (
        "   ".join(f"{text:<{width}}" for text, width in zip(cells, widths, strict=True)) for cells in (heads, *rows)
    )
    return "\n".join(line.rstrip() for line in lines)


_SHAPES = (("csv", csv), ("table", pipes), ("ledger", aligned))
_PIPES_UP_TO = 16
"""Rows: a longer table between pipes would make a page of more than 250 words."""


def _page(title: str, heads: list[str], rows: list[list[Value]], draw: Draw) -> tuple[str, str, str]:
    style, shape = draw.pick(_SHAPES if len(rows) <= _PIPES_UP_TO else (_SHAPES[0], _SHAPES[2]))
    body = shape(heads, [[cell(value, grouped=style == "table") for value in row] for row in rows])
    outro = f"\n\n{draw.pick(_OUTROS)}" if len(rows) <= _OUTRO_UP_TO else ""
    return title, f"{title}\n\n{draw.pick(_INTROS)}\n\n{body}{outro}", style


def register(world: "GeneratedWorld", slot: Slot) -> tuple[str, str, str]:
    """Title, text and style of a register: one line for each entity, a few columns."""
    kind = KINDS[slot.section.removeprefix("register ")]
    attributes = [column(kind.name, name).attribute for name in kind.register]
    rows: list[list[Value]] = []
    for number in world.layout.listed(slot):
        entity = world.at(kind.name, number)
        rows.append([entity.name, *(world.label_of(entity.facts[a.name], a) for a in attributes)])
    draw = Draw(world.seed, slot.section, slot.number)
    title = f"Register of {kind.plural}, sheet {slot.number + 1}"
    return _page(title, ["name", *map(header, attributes)], rows, draw)


def data_table(world: "GeneratedWorld", table: Table) -> tuple[str, str, str]:
    """Title, text and style of the page that shows a data table."""
    draw = Draw(world.seed, "page", table.id)
    return _page(table.title, [header(a) for a in table.columns], [list(row) for row in table.rows], draw)
