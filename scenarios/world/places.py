"""Which facts were found on which pages, held to where the tables promise them. It takes a byte a fact, however large the world.

Each bit of a fact's byte is a promised page that has not stated the fact yet. Pages that state what they were not to are kept by name: only
what is wrong takes more.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from scenarios.world.facts import Document, Entity
from scenarios.world.generate import GeneratedWorld

_NOWHERE = 0x80
"""The byte of a fact that is promised on no page."""


class Places:
    """The facts of a world and the pages that have stated them so far."""

    def __init__(self, world: GeneratedWorld) -> None:
        self.facts = 0
        self._world = world
        self._columns = {kind: {a.name: n for n, a in enumerate(world.schema(kind))} for kind in world.kinds()}
        self._starts: dict[str, int] = {}
        size = 0
        for kind, columns in self._columns.items():
            self._starts[kind] = size
            size += len(columns) * len(world.entities(kind))
        self._awaited = bytearray(size)
        self._strays: dict[tuple[str, str], set[str]] = {}
        for kind in world.kinds():
            for row in world.entities(kind):
                self._await(row)

    def _await(self, row: Entity) -> None:
        pages = self._world.stated(row)
        for name in row.facts:
            self._awaited[self._place(row.id, name)] = (1 << len(pages.get(name, ()))) - 1 or _NOWHERE
        self.facts += len(row.facts)

    def _place(self, id: str, name: str) -> int:
        kind, _, number = id.partition("-")
        columns = self._columns[kind]
        return self._starts[kind] + int(number) * len(columns) + columns[name]

    def add(self, document: Document) -> None:
        """Take down what a document states."""
        last, pages = "", self._pages("")
        for id, name in document.states:
            if id != last:
                last, pages = id, self._pages(id)
            promised = pages.get(name, ())
            if document.id in promised:
                self._awaited[self._place(id, name)] &= ~(1 << promised.index(document.id))
            else:
                self._strays.setdefault((id, name), set()).add(document.id)

    def _pages(self, id: str) -> Mapping[str, tuple[str, ...]]:
        """The pages that are to state each fact of an entity; none where there is no such entity."""
        try:
            return self._world.stated(self._world.entity(id))
        except KeyError:
            return {}

    def misplaced(self) -> Iterator[tuple[Entity, str, list[str], list[str]]]:
        """Facts that stand on other pages than promised: the entity, the attribute, and the pages found and promised."""
        strays = {self._place(*fact) for fact in self._strays if fact[1] in self._pages(fact[0])}
        for place in sorted(strays | {found.start() for found in re.finditer(rb"[^\0]", self._awaited, re.DOTALL)}):
            row, name = self._fact(place)
            promised = self._world.pages(row.id, name)
            found = {page for n, page in enumerate(promised) if not self._awaited[place] >> n & 1}
            yield row, name, sorted(found | self._strays.get((row.id, name), set())), sorted(promised)

    def _fact(self, place: int) -> tuple[Entity, str]:
        kinds = list(self._starts)
        kind = kinds[bisect_right(list(self._starts.values()), place) - 1]
        number, column = divmod(place - self._starts[kind], len(self._columns[kind]))
        return self._world.at(kind, number), list(self._columns[kind])[column]

    def untrue(self) -> Iterator[tuple[str, str, str]]:
        """Facts that pages state and no table has: the entity's id, the attribute, and the first of the pages."""
        for (id, name), pages in self._strays.items():
            if name not in self._pages(id):
                yield id, name, min(pages)
