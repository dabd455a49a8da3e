"""The tables of a world: entities with typed facts. Documents are rendered from these, never the other way round."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

Value = int | Decimal | date | str
"""A number, an amount of money, a day, or text; a reference is the target's entity id."""
ValueKind = Literal["number", "money", "date", "text", "ref"]


class Attribute(NamedTuple):
    """A column: `name` is the key ("population"), `label` what people call it, `target` the kind a reference points to.

    "the {label} of {name}" reads well for every label. An `optional` attribute is missing from some entities of its kind.
    """

    name: str
    label: str
    kind: ValueKind
    unit: str = ""
    target: str = ""
    optional: bool = False


class Entity(NamedTuple):
    """A row: `id` is opaque and never shown in a query; `facts` maps attribute names to values.

    An attribute not in `facts` is not known to the world: no page states it.
    """

    id: str
    kind: str
    name: str
    facts: Mapping[str, Value]


class Table(NamedTuple):
    """A table of 8 to 40 rows about `entity`, shown on exactly one page. Cells are values, a reference shown by its name.

    `topic` says what kind of table it is ("price list"); equal topics have equal columns. Its figures stand nowhere else.
    """

    id: str
    topic: str
    title: str
    entity: str
    columns: tuple[Attribute, ...]
    rows: tuple[tuple[Value, ...], ...]
    page: str


class Document(NamedTuple):
    """A page rendered from facts. `states` lists the (entity id, attribute) pairs it tells truly.

    `trust` is low for pages planted to be wrong.

    `misstates` lists the facts it tells otherwise than the tables do: an older edition tells what once was, a low-trust page what
    never was. `table` is the id of the table it shows. `planted` is an instruction hidden in the text.
    """

    id: str
    title: str
    text: str
    style: str
    states: tuple[tuple[str, str], ...]
    trust: Literal["high", "low"] = "high"
    edition: Literal["current", "superseded"] = "current"
    misstates: tuple[tuple[str, str], ...] = ()
    table: str = ""
    language: str = "en"
    planted: str = ""


class Former(NamedTuple):
    """What an older edition of an entity's page held true: the facts that differ from today's, from `year` until the current edition."""

    year: int
    facts: Mapping[str, Value]
    page: str


class World(Protocol):
    """A seeded fictional world; equal (seed, size, config) give equal worlds, byte for byte. Entities are cheap; documents are streamed."""

    seed: int
    size: int
    """Number of documents."""

    @property
    def hash(self) -> str: ...

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

    def document(self, id: str) -> Document:
        """One document by its id. Raises KeyError."""
        ...

    def page_of(self, entity: str, section: str = "main") -> str | None:
        """The id of an entity's page in a section: main, second, table, superseded, contradiction, "in de", "in fr"."""
        ...

    def history(self, entity: str) -> Former | None:
        """What the older edition of the entity's page says, where there is one."""
        ...

    def tables(self, topic: str = "") -> Sequence[Table]:
        """All data tables, or those of one topic."""
        ...

    def table(self, id: str) -> Table: ...
