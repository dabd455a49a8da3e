"""Which document is which, by arithmetic alone: how many of each section, which entity a page is about, what its id is.

Sections (main pages, second pages, registers, ...) lie one after the other as slots. Membership of entities in a section and the order of
ids are affine walks, so that both directions cost a multiplication and nothing is stored however large the world.
"""

from bisect import bisect_right
from collections.abc import Iterator
from math import gcd
from typing import NamedTuple

from scenarios.world.config import WorldConfig
from scenarios.world.draws import Draw
from scenarios.world.kinds import KINDS

REGISTER_ROWS = 16
"""Entities on a register page; the last of a kind may hold up to twice as many, less one."""
SMALLEST = 50


class Slot(NamedTuple):
    """A document's place: its section and its number there."""

    section: str
    number: int


class _Walk:
    """A bijection of [0, size): n -> n * step + shift."""

    def __init__(self, size: int, *key: object) -> None:
        draw = Draw("walk", *key)
        self.size = size
        self.step = size // 3 + draw.below(max(1, size // 3)) or 1
        while gcd(self.step, size) != 1:
            self.step += 1
        self.shift = draw.below(size)
        self.back = pow(self.step, -1, size) if size > 1 else 0

    def __call__(self, number: int) -> int:
        return (number * self.step + self.shift) % self.size

    def inverse(self, number: int) -> int:
        return (number - self.shift) * self.back % self.size


class Layout:
    """The plan of a world of `size` documents."""

    def __init__(self, seed: int, size: int, config: WorldConfig) -> None:
        if size < SMALLEST:
            raise ValueError(f"a world needs at least {SMALLEST} documents, not {size}: ask for more")
        self.rates = _rates(config)
        self.counts, self.sections = _fit(size, int(size * config.distractors), self.rates)
        self.entities = self.sections["main"]
        self.starts = _running(list(self.sections.values()))
        self.names = list(self.sections)
        self._kind_names = list(self.counts)
        self._kind_starts = _running(list(self.counts.values()))
        self._ids = _Walk(size, seed, "ids")
        self._members = {name: _Walk(self.entities, seed, name) for name in self.rates}

    def entity_number(self, kind: str, number: int) -> int:
        """The number among all entities of the `number`-th of its kind."""
        return self._kind_starts[self._kind_names.index(kind)] + number

    def kind_of(self, entity: int) -> tuple[str, int]:
        """The kind, and the number in it, of an entity's number among all."""
        place = bisect_right(self._kind_starts, entity) - 1
        return self._kind_names[place], entity - self._kind_starts[place]

    def slot(self, section: str, entity: int) -> Slot | None:
        """Where the page of this section about the entity is, if it has one."""
        if section == "main":
            return Slot(section, entity)
        if not self.sections.get(section):
            return None
        number = self._members[section](entity)
        return Slot(section, number) if number < self.sections[section] else None

    def about(self, slot: Slot) -> int:
        """The number of the entity a slot of an entity section is about."""
        return slot.number if slot.section == "main" else self._members[slot.section].inverse(slot.number)

    def register_of(self, kind: str, number: int) -> Slot:
        """The register page that lists an entity."""
        section = f"register {kind}"
        return Slot(section, min(number // REGISTER_ROWS, self.sections[section] - 1))

    def listed(self, slot: Slot) -> range:
        """The numbers, in their kind, of the entities a register page lists."""
        kind = slot.section.removeprefix("register ")
        start = slot.number * REGISTER_ROWS
        last = slot.number == self.sections[slot.section] - 1
        return range(start, self.counts[kind] if last else start + REGISTER_ROWS)

    def id(self, slot: Slot) -> str:
        """The document id: opaque, the same width for all."""
        return f"d{self._ids(self.starts[self.names.index(slot.section)] + slot.number):07d}"

    def find(self, id: str) -> Slot:
        """The slot of a document id. Raises KeyError."""
        if not (id[:1] == "d" and id[1:].isdigit() and int(id[1:]) < self._ids.size):
            raise KeyError(f"no document {id!r} in this world")
        place = self._ids.inverse(int(id[1:]))
        section = bisect_right(self.starts, place) - 1
        return Slot(self.names[section], place - self.starts[section])

    def slots(self) -> Iterator[Slot]:
        """All slots, those of an entity together and a register after the entities it lists, so that each is made once."""
        sections = ["main", *self.rates]
        for kind, count in self.counts.items():
            first = self.entity_number(kind, 0)
            for number in range(count):
                yield from filter(None, (self.slot(section, first + number) for section in sections))
                register = self.register_of(kind, number)
                if number == self.listed(register)[-1]:
                    yield register
        yield from (Slot("distractor", number) for number in range(self.sections["distractor"]))


def _rates(config: WorldConfig) -> dict[str, float]:
    rates = {
        "second": config.second_pages,
        "table": config.tables,
        "superseded": config.superseded,
        "contradiction": config.contradictions,
    }
    return rates | {f"in {language}": config.translated for language in config.languages if language != "en"}


def _fit(size: int, distractors: int, rates: dict[str, float]) -> tuple[dict[str, int], dict[str, int]]:
    """As many entities of each kind as leave room for the distractors, and the sections that follow."""
    fewest = 2 * len(KINDS)
    guess = max(fewest, int((size - distractors) / (1 + sum(rates.values()) + 1 / REGISTER_ROWS)))
    for total in range(guess, 0, -1):
        counts = _kind_counts(total)
        sections = _sections(counts, rates)
        rest = size - sum(sections.values())
        if rest >= distractors or (rest >= 0 and total <= fewest):
            return counts, sections | {"distractor": rest}
    raise ValueError(f"{size} documents are too few for these knobs: ask for more documents or lower rates")


def _sections(counts: dict[str, int], rates: dict[str, float]) -> dict[str, int]:
    entities = sum(counts.values())
    sections = {"main": entities}
    sections |= {name: int(entities * rate) for name, rate in rates.items()}
    return sections | {f"register {kind}": max(1, count // REGISTER_ROWS) for kind, count in counts.items()}


def _kind_counts(total: int) -> dict[str, int]:
    whole = sum(kind.share for kind in KINDS.values())
    return {name: max(2, total * kind.share // whole) for name, kind in KINDS.items()}


def _running(counts: list[int]) -> list[int]:
    starts, total = [], 0
    for count in counts:
        starts.append(total)
        total += count
    return starts
