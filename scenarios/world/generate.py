"""The generated world: facts drawn on demand from the seed, and the pages written from them.

Nothing is kept but caches: entity 17 of a kind is the same whether or not the others were ever looked at. A world of a million
documents therefore starts in no time and streams.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, overload

import orjson

from scenarios.world.config import WorldConfig
from scenarios.world.draws import Draw
from scenarios.world.facts import Attribute, Document, Entity, Former, Table, Value
from scenarios.world.figures import TOPIC_OF
from scenarios.world.kinds import KINDS, Column, schema
from scenarios.world.layout import Layout, Slot
from scenarios.world.namer import Namer

if TYPE_CHECKING:
    from scenarios.world.pages.traps import Misstatement

VERSION = 1
"""Raise when the same seed would give other facts or pages."""
CACHED = 1 << 16
"""Entities kept, those used last."""
NAMES_CACHED = 1 << 19
"""Names kept: references lead anywhere, so a large world would spell each name over and over."""


class Placement(NamedTuple):
    """Which of an entity's facts stand on its main page and which on its second."""

    main: tuple[Column, ...]
    second: tuple[Column, ...]


class GeneratedWorld:
    """A world made from (seed, size, config). Read the `World` protocol for what it promises."""

    def __init__(self, seed: int, size: int, config: WorldConfig) -> None:
        self.seed = seed
        self.size = size
        self.config = config
        self.layout = Layout(seed, size, config)
        self._namer = Namer(seed, self.layout.counts, config)
        self._make = lru_cache(maxsize=CACHED)(self._entity)
        self._places = lru_cache(maxsize=CACHED)(self._placement)
        self.name = lru_cache(maxsize=NAMES_CACHED)(self._namer.name)
        """The name of an entity by kind and number."""

    def kinds(self) -> tuple[str, ...]:
        return tuple(KINDS)

    def schema(self, kind: str) -> tuple[Attribute, ...]:
        return schema(kind)

    def entities(self, kind: str) -> Sequence[Entity]:
        return _Row(self, kind)

    def entity(self, id: str) -> Entity:
        kind, _, number = id.partition("-")
        if kind not in KINDS or not number.isdigit() or int(number) >= self.layout.counts[kind]:
            raise KeyError(f"no entity {id!r} in this world")
        return self._make(kind, int(number))

    def at(self, kind: str, number: int) -> Entity:
        """The `number`-th entity of a kind."""
        return self._make(kind, number)

    def named(self, name: str) -> tuple[Entity, ...]:
        return tuple(self.entity(id) for id in self.ids.get(name, ()))

    @cached_property
    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the entities that bear each name."""
        found: dict[str, tuple[str, ...]] = {}
        for kind, count in self.layout.counts.items():
            for number in range(count):
                name = self._namer.name(kind, number)
                found[name] = (*found.get(name, ()), f"{kind}-{number}")
        return found

    def label_of(self, value: Value, attribute: Attribute) -> Value:
        """The value as a reader sees it: a reference becomes the target's name."""
        if attribute.kind != "ref":
            return value
        return self._name_of(str(value))

    def _entity(self, kind: str, number: int) -> Entity:
        draw = Draw(self.seed, kind, number)
        id = f"{kind}-{number}"
        facts: dict[str, Value] = {}
        for column in KINDS[kind].columns:
            value = self.target(draw, column, id, facts) if column.target else column.make(draw, facts)
            absent = column.optional and draw.chance(self.config.missing)
            if not absent:
                facts[column.name] = value
        return Entity(id, kind, self.name(kind, number), facts)

    def target(self, draw: Draw, column: Column, id: str, facts: Mapping[str, Value]) -> str:
        """A target that is neither the entity itself nor one it already refers to, where there are enough of them."""
        count = self.layout.counts[column.target]
        first = draw.below(count)
        for step in range(count):
            target = f"{column.target}-{(first + step) % count}"
            if target != id and target not in facts.values() and not self._namesake(target, id, facts):
                return target
        return f"{column.target}-{first}"

    def _namesake(self, target: str, id: str, facts: Mapping[str, Value]) -> bool:
        """Whether a target bears the name of the entity or of another of its targets, so that a page would confuse them."""
        if not self.config.name_collisions:
            return False
        kind = target.partition("-")[0]
        others = [id, *(str(value) for value in facts.values())]
        return self._name_of(target) in {self._name_of(other) for other in others if other.startswith(f"{kind}-")}

    def _name_of(self, id: str) -> str:
        kind, _, number = id.partition("-")
        return self.name(kind, int(number))

    def placement(self, entity: Entity) -> Placement:
        """Where an entity's facts stand beside its register."""
        return self._places(entity.kind, int(entity.id.rpartition("-")[2]))

    def _placement(self, kind: str, number: int) -> Placement:
        """With a second page, side facts stand there alone and two others on both."""
        facts, place = self.at(kind, number).facts, self.layout.entity_number(kind, number)
        known = tuple(c for c in KINDS[kind].columns if c.name in facts)
        if self.layout.slot("second", place) is None:
            return Placement(known, ())
        main = tuple(c for c in known if not c.side)
        first = place * 5 % len(main)
        both = (main[first], main[(first + 1 + place % 3) % len(main)])
        return Placement(main, (*(c for c in known if c.side), *both))

    def _number(self, entity: Entity) -> int:
        return self.layout.entity_number(entity.kind, int(entity.id.rpartition("-")[2]))

    def page_of(self, entity: str, section: str = "main") -> str | None:
        """The id of an entity's page in a section: main, second, table, superseded, contradiction, "in de", "in fr"."""
        slot = self.layout.slot(section, self._number(self.entity(entity)))
        return self.layout.id(slot) if slot else None

    def history(self, entity: str) -> Former | None:
        """What the older edition of the entity's page says, where there is one."""
        from scenarios.world.pages.traps import former

        row, page = self.entity(entity), self.page_of(entity, "superseded")
        return Former(self.edition_year(row), former(row, self.older(row)), page) if page else None

    def edition_year(self, entity: Entity) -> int:
        """The year of the older edition of an entity's page."""
        return Draw(self.seed, "edition year", entity.id).between(1996, 2021)

    def older(self, entity: Entity) -> "Misstatement":
        """The entity as its older edition has it."""
        from scenarios.world.pages.traps import misstated

        return misstated(self, entity, Draw(self.seed, "edition", entity.id), 3, dates=False)

    def pages(self, entity: str, attribute: str) -> tuple[str, ...]:
        return self.stated(self.entity(entity)).get(attribute, ())

    def stated(self, row: Entity) -> dict[str, tuple[str, ...]]:
        """The ids of the pages that state each fact of an entity."""
        placed, number, layout = self.placement(row), self._number(row), self.layout
        pages: dict[str, tuple[str, ...]] = {}

        def add(names: Iterable[str], *slots: Slot | None) -> None:
            ids = tuple(layout.id(slot) for slot in slots if slot)
            pages.update((name, (*pages.get(name, ()), *ids)) for name in names)

        add((c.name for c in placed.main), *(layout.slot(s, number) for s in ("main", *self._translations)))
        add((c.name for c in placed.second), layout.slot("second", number))
        listed = (name for name in KINDS[row.kind].register if name in row.facts)
        add(listed, layout.register_of(row.kind, int(row.id.rpartition("-")[2])))
        return pages

    @cached_property
    def _translations(self) -> tuple[str, ...]:
        return tuple(s for s in self.layout.sections if s.startswith("in "))

    def document(self, id: str) -> Document:
        """The document of this id. Raises KeyError."""
        return self._write(self.layout.find(id))

    def documents(self) -> Iterator[Document]:
        for slot in self.layout.slots():
            yield self._write(slot)

    def _write(self, slot: Slot) -> Document:
        from scenarios.world.pages import write_page

        return write_page(self, slot)

    def tables(self, topic: str = "") -> Sequence[Table]:
        found = []
        for number in range(self.layout.sections["table"]):
            entity = self.layout.about(Slot("table", number))
            if not topic or TOPIC_OF[self.layout.kind_of(entity)[0]].name == topic:
                found.append(self._table(number))
        return found

    def table(self, id: str) -> Table:
        number = id.removeprefix("table-")
        if not number.isdigit() or int(number) >= self.layout.sections["table"]:
            raise KeyError(f"no table {id!r} in this world")
        return self._table(int(number))

    def _table(self, number: int) -> Table:
        slot = Slot("table", number)
        kind, place = self.layout.kind_of(self.layout.about(slot))
        topic, name = TOPIC_OF[kind], self.name(kind, place)
        draw = Draw(self.seed, "table", number)
        rows = tuple(topic.rows(draw, draw.between(8, 40)))
        title = topic.title.format(f"the {name}" if KINDS[kind].article else name)
        return Table(f"table-{number}", topic.name, title, f"{kind}-{place}", topic.columns, rows, self.layout.id(slot))

    @cached_property
    def hash(self) -> str:
        """Hash of the knobs, all facts and up to 256 pages spread over the world."""
        digest = hashlib.sha256(f"{VERSION} {self.seed} {self.size} {self.config.model_dump_json()}".encode())
        for kind in self.kinds():
            for row in self.entities(kind):
                digest.update(orjson.dumps([row.id, row.name, {k: str(v) for k, v in row.facts.items()}]))
        for number in range(0, self.size, max(1, self.size // 256)):
            digest.update(orjson.dumps(self.document(f"d{number:07d}")[:4]))
        return digest.hexdigest()[:16]


class _Row(Sequence[Entity]):
    """The entities of a kind, made as they are asked for."""

    def __init__(self, world: GeneratedWorld, kind: str) -> None:
        self._world = world
        self._kind = kind
        self._count = world.layout.counts[kind]

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Entity: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entity]: ...

    def __getitem__(self, index: int | slice) -> Entity | Sequence[Entity]:
        if isinstance(index, slice):
            return [self._world.at(self._kind, i) for i in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(f"{self._kind} {index} of {self._count}")
        return self._world.at(self._kind, index % self._count)
