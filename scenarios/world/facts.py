"""The tables of a world: entities with typed facts. Documents are rendered from these, never the other way round."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

Value = int | Decimal | date | str
"""A number, an amount of money, a day, or text; a reference is the target's entity id."""
ValueKind = Literal["number", "money", "date", "text", "ref"]


class Attribute(NamedTuple):
    """A column: `name` is the key ("population"), `label` what people call it, `target` the kind a reference points to."""

    name: str
    label: str
    kind: ValueKind
    unit: str = ""
    target: str = ""


class Entity(NamedTuple):
    """A row: `id` is opaque and never shown in a query; `facts` maps attribute names to values. An attribute not in `facts` is not known to the world."""

    id: str
    kind: str
    name: str
    facts: Mapping[str, Value]


class Document(NamedTuple):
    """A page rendered from facts. `states` lists the (entity id, attribute) pairs it tells truly; `trust` is low for pages planted to be wrong."""

    id: str
    title: str
    text: str
    style: str
    states: tuple[tuple[str, str], ...]
    trust: Literal["high", "low"] = "high"


class World(Protocol):
    """A seeded fictional world; equal (seed, size) give equal worlds, byte for byte. Entities are cheap; documents are streamed."""

    seed: int
    size: int
    """Number of documents."""
    hash: str

    def schema(self, kind: str) -> tuple[Attribute, ...]: ...

    def kinds(self) -> tuple[str, ...]: ...

    def entities(self, kind: str) -> Sequence[Entity]: ...

    def entity(self, id: str) -> Entity: ...

    def named(self, name: str) -> tuple[Entity, ...]:
        """All entities of this name (names may collide where a world says so)."""
        ...

    def pages(self, entity: str, attribute: str) -> tuple[str, ...]:
        """Ids of the high-trust documents that state this fact."""
        ...

    def documents(self) -> Iterator[Document]: ...
