"""Weighing sources: every page about a thing that a search shows, what each says of one fact, and what it says of itself.

The pages are read in full, since only a whole page tells its edition and whether anybody vouches for it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scenarios.asking import kind_of, with_article
from scenarios.finding import Shown, hits, outdated
from scenarios.moves import Move, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind
from scenarios.world.forms import Reading
from scenarios.world.kinds import KINDS
from scenarios.world.reading import read_edition, read_fact, vouched_for

MOST_PAGES = 7


class Source(NamedTuple):
    """A page that was read, and what it says of the fact (None where it does not tell)."""

    title: str
    text: str
    reading: Reading | None

    @property
    def old(self) -> bool:
        """Whether it says that a newer edition has replaced it."""
        return outdated(self.title, self.text)

    @property
    def vouched(self) -> bool:
        """Whether its writer stands by it."""
        return vouched_for(self.text)

    @property
    def good(self) -> bool:
        return self.vouched and not self.old

    @property
    def year(self) -> int:
        """The year of its edition, 0 where it names none."""
        return read_edition(f"{self.title}\n{self.text}") or 0


def sources(
    mind: Mind, name: str, label: str, queries: Sequence[str], enough: Callable[[list[Source]], bool]
) -> Move[list[Source]]:
    """Search in these words, one after the other, and read the pages about the thing until they are `enough`."""
    read: dict[str, Source] = {}
    for turn, query in enumerate(queries):
        said = say(mind.rng, "again" if turn else "search", f"the {label} of {with_article(name)}")
        (result,) = yield from make(mind, said, Call("search", {"query": query, "limit": 10}))
        fresh = [hit for hit in hits(result.content) if name in hit.title and hit.id not in read]
        yield from _read(mind, fresh[: MOST_PAGES - len(read)], name, label, read)
        if enough(list(read.values())) or len(read) == MOST_PAGES:
            break
    return list(read.values())


def _read(mind: Mind, pages: Sequence[Shown], name: str, label: str, read: dict[str, Source]) -> Move[None]:
    if not pages:
        return
    calls = [Call("open_page", {"id": page.id}) for page in pages]
    says = mind.rng.choice(
        ("", f"I'll read all {len(pages)} pages and compare them.", "Let me see what each of these pages says.")
    )
    texts = yield from make(mind, says if len(pages) > 1 else say(mind.rng, "open", f"“{pages[0].title}”"), *calls)
    for page, text in zip(pages, texts, strict=True):
        found = read_fact(text.content, name, label, kind_of(name))
        read[page.id] = Source(page.title, text.content, found[0] if found else None)


def searches(name: str, label: str, *more: str) -> list[str]:
    """Ways to search for pages about a thing and one fact of it."""
    return [f"{label} of {name}", f"{name} {KINDS[kind_of(name)].name}", name, *more]
