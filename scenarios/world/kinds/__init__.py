"""The kinds of entity, one file each. Their order is part of the world: a new kind goes at the end."""

from functools import cache

from scenarios.world.facts import Attribute
from scenarios.world.kinds import (
    event,
    expedition,
    firm,
    institute,
    instrument,
    person,
    product,
    regulation,
    ship,
    shipment,
    structure,
    town,
)
from scenarios.world.kinds.base import Column, Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        town,
        person,
        firm,
        product,
        ship,
        shipment,
        event,
        regulation,
        instrument,
        institute,
        expedition,
        structure,
    )
}


def column(kind: str, attribute: str) -> Column:
    """The column of a kind. Raises KeyError where the kind has no such attribute."""
    for candidate in KINDS[kind].columns:
        if candidate.name == attribute:
            return candidate
    raise KeyError(
        f"kind {kind!r} has no attribute {attribute!r}; it has {', '.join(c.name for c in KINDS[kind].columns)}"
    )


@cache
def columns_called(attribute: str, kind: str = "") -> tuple[Column, ...]:
    """Every column of this name or label (of one kind, or of all)."""
    kinds = [KINDS[kind]] if kind else list(KINDS.values())
    return tuple(c for k in kinds for c in k.columns if attribute in (c.name, c.label))


@cache
def schema(kind: str) -> tuple[Attribute, ...]:
    """The attributes of a kind: public knowledge, the same in every world."""
    return tuple(c.attribute for c in KINDS[kind].columns)


__all__ = ["KINDS", "Column", "Kind", "column", "columns_called", "schema"]
