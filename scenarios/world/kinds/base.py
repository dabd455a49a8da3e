"""What a kind of entity is: its columns, how each value is drawn and how English says it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from scenarios.world.draws import Draw
from scenarios.world.facts import Attribute, Value, ValueKind
from scenarios.world.names import stems

Maker = Callable[[Draw, Mapping[str, Value]], Value]
"""Draws a value; sees the facts drawn before it."""


class Column(NamedTuple):
    """One attribute. `says` are predicates that follow the entity's name; `asks` questions with `{name}`.

    A `side` fact stands on an entity's second page where it has one, not on its main page.
    """

    name: str
    label: str
    kind: ValueKind
    make: Maker
    says: tuple[str, ...]
    asks: tuple[str, ...]
    unit: str = ""
    target: str = ""
    optional: bool = False
    side: bool = False

    @property
    def attribute(self) -> Attribute:
        return Attribute(self.name, self.label, self.kind, self.unit, self.target, self.optional)


class Kind(NamedTuple):
    """A kind of entity. `share` is its part of all entities, in thousandths; `article` says that names take "the".

    `endings` follow the invented word in a name; `register` names the columns its registers list.
    """

    name: str
    plural: str
    share: int
    columns: tuple[Column, ...]
    leads: tuple[str, ...]
    register: tuple[str, ...]
    endings: tuple[str, ...] = ()
    article: bool = False


Says = tuple[str, ...]


def number(
    name: str,
    label: str,
    unit: str,
    low: int,
    high: int,
    says: Says,
    asks: Says,
    *,
    places: int = 0,
    optional: bool = False,
    side: bool = False,
) -> Column:
    """A number with a unit, in [low, high]."""

    def make(draw: Draw, _: Mapping[str, Value]) -> Value:
        return draw.decimal(low, high, places) if places else draw.skewed(low, high)

    return Column(name, label, "number", make, says, asks, unit, optional=optional, side=side)


def money(
    name: str,
    label: str,
    low: int,
    high: int,
    says: Says,
    asks: Says,
    *,
    places: int = 0,
    optional: bool = False,
    side: bool = False,
) -> Column:
    """An amount in crowns, in [low, high]."""

    def make(draw: Draw, _: Mapping[str, Value]) -> Value:
        return draw.decimal(low, high, places) if places else draw.skewed(low, high)

    return Column(name, label, "money", make, says, asks, "crowns", optional=optional, side=side)


def day(
    name: str, label: str, first: int, last: int, says: Says, asks: Says, *, optional: bool = False, side: bool = False
) -> Column:
    """A day of the years [first, last]."""
    return Column(name, label, "date", lambda draw, _: draw.day(first, last), says, asks, optional=optional, side=side)


def day_after(name: str, label: str, earlier: str, low: int, high: int, says: Says, asks: Says) -> Column:
    """A day that follows another fact's by `low` to `high` days."""

    def make(draw: Draw, facts: Mapping[str, Value]) -> Value:
        start = facts[earlier]
        assert isinstance(start, date)
        return start + timedelta(days=draw.between(low, high))

    return Column(name, label, "date", make, says, asks)


def text(
    name: str,
    label: str,
    parts: tuple[tuple[str, ...], ...],
    says: Says,
    asks: Says,
    *,
    optional: bool = False,
    side: bool = False,
) -> Column:
    """Words put together from one of each part, such as ("marine", "tidal") and ("cartographer",)."""
    return Column(
        name,
        label,
        "text",
        lambda draw, _: " ".join(draw.pick(part) for part in parts),
        says,
        asks,
        optional=optional,
        side=side,
    )


def coined(
    name: str, label: str, form: str, says: Says, asks: Says, *, optional: bool = False, side: bool = False
) -> Column:
    """An invented name that is no entity's, such as "River Ondra" for the form "River {}"."""
    spell = stems(f"coined {name}")
    return Column(
        name,
        label,
        "text",
        lambda draw, _: form.format(spell.word(draw.below(spell.space))),
        says,
        asks,
        optional=optional,
        side=side,
    )


_LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"


def code(name: str, label: str, says: Says, asks: Says, *, optional: bool = False, side: bool = False) -> Column:
    """A code such as "KVT-48213"."""

    def make(draw: Draw, _: Mapping[str, Value]) -> Value:
        return f"{draw.pick(_LETTERS)}{draw.pick(_LETTERS)}{draw.pick(_LETTERS)}-{draw.between(10000, 99999)}"

    return Column(name, label, "text", make, says, asks, optional=optional, side=side)


def _unmade(_: Draw, __: Mapping[str, Value]) -> Value:
    raise NotImplementedError("references are drawn by the world, which knows how many targets there are")


def ref(
    name: str, label: str, target: str, says: Says, asks: Says, *, optional: bool = False, side: bool = False
) -> Column:
    """A reference to an entity of another (or the same) kind."""
    return Column(name, label, "ref", _unmade, says, asks, target=target, optional=optional, side=side)
