"""Finding facts as an honest agent does: search, read the excerpts, open a page where they do not tell, search again in other words.

`find` follows one fact, `find_all` several at once with parallel calls. Both return what the pages said, or None after a fair
search. They know how pages are worded (`scenarios.world.reading`) and nothing of what they say.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scenarios.asking import columns, kind_of, with_article
from scenarios.exact import plain
from scenarios.moves import Move, make
from scenarios.observed import broken
from scenarios.phrases import listed, say
from scenarios.policy import Call, Mind, Observation
from scenarios.world.facts import Value
from scenarios.world.forms import Reading
from scenarios.world.kinds import KINDS
from scenarios.world.pages.traps import EDITION_NOTES, LOW_TRUST_TITLES
from scenarios.world.reading import read_fact, read_table, vouched_for

SEARCHES = 3
_HOW = re.compile(r"\b[Hh]ow (?:the|does|to)\b[^\n.?!]*")
"""A clause on how something is found out, such as an essay's heading: it is worded like a statement and states nothing."""
OPENED = 5
_OUTDATED = re.compile("|".join(re.escape(note).replace(r"\{year\}", r"\d{4}") for note in EDITION_NOTES))
_OLD_TITLE = re.compile(r"\(edition of \d{4}\)")
_TALK_TITLE = re.compile("|".join(re.escape(title).replace(r"\{\}", ".+") for title in LOW_TRUST_TITLES))


class Shown(NamedTuple):
    """A search result as shown."""

    id: str
    title: str
    snippet: str


@dataclass
class Hunt:
    """The search for one fact: what is known of it so far."""

    name: str
    label: str
    hits: dict[str, Shown] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """The searches made for it."""
    reading: Reading | None = None
    source: str = ""
    """The text that gave the reading."""

    @property
    def what(self) -> str:
        return f"the {self.label} of {with_article(self.name)}"

    def queries(self) -> list[str]:
        """Ways to search for it."""
        kind = KINDS[kind_of(self.name)].name
        return [
            f"{self.label} of {self.name}",
            f"{self.name} {self.label}",
            self.name,
            f"{self.name} {kind}",
            f"facts about {self.name}",
            f"{self.name} questions and answers",
        ]

    def read(self, text: str) -> bool:
        """Take the fact from a text, if the text tells it."""
        found = read_fact(_HOW.sub("", text), self.name, self.label, kind_of(self.name))
        if found:
            self.reading, self.source = found[0], text
        return bool(found)

    def look_at(self, result: Observation) -> None:
        """Take in the results of a search; an excerpt may tell already."""
        for hit in hits(result.content):
            self.hits.setdefault(hit.id, hit)
        for hit in hits(result.content):
            if self.reading is None and not doubtful(hit.title, hit.snippet):
                self.read(whole_sentences(hit.snippet))

    def promising(self) -> list[Shown]:
        """Pages not opened yet, those about the thing first; left out are pages that do not name it, and doubtful ones."""
        left = [
            hit
            for hit in self.hits.values()
            if hit.id not in self.opened
            and self.name in f"{hit.title} {hit.snippet}"
            and not doubtful(hit.title, hit.snippet)
        ]
        return sorted(left, key=lambda hit: self.name not in hit.title)


def outdated(title: str, text: str = "") -> bool:
    """Whether a page says of itself that a newer edition has replaced it."""
    return bool(_OLD_TITLE.search(title) or _OUTDATED.search(text))


def doubtful(title: str, text: str = "") -> bool:
    """Whether a page says of itself that it is out of date, or that nobody checked it."""
    return outdated(title, text) or bool(_TALK_TITLE.fullmatch(title)) or not vouched_for(text)


def hits(text: str) -> list[Shown]:
    """The results a search shows."""
    found = re.finditer(r"^\d+\. (.*) \(id: (\S+)\)\n((?:(?!^\d+\. .* \(id: ).*\n?)*)", text, re.MULTILINE)
    return [Shown(m[2], m[1], m[3].strip()) for m in found]


def whole_sentences(snippet: str) -> str:
    """What an excerpt shows in full: cut sentences at its ends are left out."""
    text = snippet.strip()
    if text.startswith("…"):
        text = re.sub(r"^…\s*(?=[A-Z])|^…[^.]*\.\s*", "", text, count=1)
    if text.endswith("…"):
        text = text[: text.rfind(". ") + 1]
    return text


def find(mind: Mind, name: str, label: str, says: str | None = None) -> Move[Hunt]:
    """Follow one fact until it is found or a fair search is over."""
    hunt = Hunt(name, label)
    mind.wanted = _sort(hunt)
    yield from _guess_an_id(mind, hunt)
    yield from _follow(mind, hunt, says)
    return hunt


def _sort(hunt: Hunt) -> tuple[str, str]:
    about = columns(hunt.name).get(hunt.label)
    return (about.kind, about.unit) if about else ("number", "")


def _follow(mind: Mind, hunt: Hunt, says: str | None = None) -> Move[None]:
    """Search on for one fact, in words not used yet."""
    queries = [q for q in _shuffled(hunt.queries(), mind) if q not in hunt.asked][: SEARCHES - len(hunt.asked)]
    for turn, query in enumerate(queries, len(hunt.asked)):
        hunt.asked.append(query)
        said = say(mind.rng, "again" if turn else "search", hunt.what) if says is None or turn else says
        (result,) = yield from make(mind, said, _search(query, mind))
        hunt.look_at(result)
        if hunt.reading is None or mind.rng.random() < 0.25:
            yield from _open_pages(mind, hunt, OPENED if turn else 2)
        if hunt.reading is not None:
            break


def find_all(mind: Mind, wanted: Sequence[tuple[str, str]]) -> Move[list[Hunt]]:
    """Several facts, first side by side, then one by one what is still missing; or one by one from the start.

    A careless agent leaves out one whose search failed.
    """
    if mind.rng.random() < 0.3:
        return (yield from _one_by_one(mind, wanted))
    hunts = [Hunt(name, label) for name, label in wanted]
    mind.wanted = _sort(hunts[0])
    for hunt in hunts:
        hunt.asked.append(mind.rng.choice(hunt.queries()[:2]))
    calls = [_search(hunt.asked[0], mind) for hunt in hunts]
    results = yield from make(mind, say(mind.rng, "several", listed([hunt.what for hunt in hunts])), *calls)
    for hunt, result in zip(hunts, results, strict=True):
        hunt.look_at(result)
        _remember(mind, hunt)
    hunts = [hunt for hunt, result in zip(hunts, results, strict=True) if not broken(result)]
    mind.droppable = False
    open_now = _different([(hunt, hunt.promising()[0]) for hunt in hunts if hunt.reading is None and hunt.promising()])
    if open_now:
        titles = listed([f"“{hit.title}”" for _, hit in open_now])
        pages = yield from make(
            mind,
            say(mind.rng, "open" if len(open_now) == 1 else "open several", titles),
            *[Call("open_page", {"id": hit.id}) for _, hit in open_now],
        )
        for (hunt, hit), page in zip(open_now, pages, strict=True):
            hunt.opened.append(hit.id)
            mind.pages[hit.id] = page.content
            hunt.read(page.content)
    for hunt in hunts:
        if hunt.reading is None:
            yield from _open_pages(mind, hunt, OPENED)
        if hunt.reading is None:
            yield from _follow(mind, hunt)
    return hunts


def _remember(mind: Mind, hunt: Hunt) -> None:
    """Read again what was opened before, instead of opening it twice."""
    for hit in hunt.promising():
        if hunt.reading is None and hit.id in mind.pages:
            hunt.opened.append(hit.id)
            hunt.read(mind.pages[hit.id])


def _different(pages: list[tuple[Hunt, Shown]]) -> list[tuple[Hunt, Shown]]:
    """Each page once."""
    return list({hit.id: (hunt, hit) for hunt, hit in reversed(pages)}.values())[::-1]


def _one_by_one(mind: Mind, wanted: Sequence[tuple[str, str]]) -> Move[list[Hunt]]:
    hunts = []
    for name, label in wanted:
        hunts.append((yield from find(mind, name, label)))
    return hunts


def _shuffled(queries: list[str], mind: Mind) -> list[str]:
    first = queries[:2]
    mind.rng.shuffle(first)
    rest = queries[2:]
    mind.rng.shuffle(rest)
    return [*first[:1], *rest]


def _search(query: str, mind: Mind) -> Call:
    limit = mind.rng.choice((None, None, 3, 5, 8, 10))
    return Call("search", {"query": query} if limit is None else {"query": query, "limit": limit})


def _open_pages(mind: Mind, hunt: Hunt, most: int) -> Move[None]:
    """Open what looks right until one page tells; `most` pages in all."""
    confirmed = False
    while (hunt.reading is None or not confirmed) and len(hunt.opened) < most and hunt.promising():
        hit = hunt.promising()[0]
        hunt.opened.append(hit.id)
        if hit.id in mind.pages:
            confirmed = hunt.read(mind.pages[hit.id])
            continue
        (page,) = yield from make(mind, say(mind.rng, "open", f"“{hit.title}”"), Call("open_page", {"id": hit.id}))
        mind.pages[hit.id] = page.content
        confirmed = hunt.read(page.content) or hunt.reading is not None
        yield from _other_parts(mind, hunt, hit, page)


def _other_parts(mind: Mind, hunt: Hunt, hit: Shown, page: Observation) -> Move[None]:
    """The rest of a long page, part by part."""
    while hunt.reading is None and (
        more := re.search(r"for the next call open_page with id .* and part (\d+)", page.content)
    ):
        call = Call("open_page", {"id": hit.id, "part": int(more[1])})
        (page,) = yield from make(mind, say(mind.rng, "open", f"the next part of “{hit.title}”"), call)
        hunt.read(page.content)


def _guess_an_id(mind: Mind, hunt: Hunt) -> Move[None]:
    if mind.slips("made_up_id", "A1", "opens a page id that no search has shown"):
        form = mind.rng.choice(("doc-{}", "page_{}", "{}", "wiki/{}"))
        id = form.format(mind.rng.randint(10_000, 99_999))
        yield from make(mind, say(mind.rng, "open", f"“{hunt.name}”"), Call("open_page", {"id": id}))


def misread(mind: Mind, hunt: Hunt, matters: Callable[[Value], bool] = lambda value: True) -> bool:
    """Careless: takes the figure of the next line or of another attribute; only one that `matters` to the outcome. For the next step.

    Gives whether it did.
    """
    if hunt.reading is None:
        return False
    right = hunt.reading
    others = [r for r in neighbours(hunt) if _confusable(r, right) and matters(r.value)]
    if others and mind.slips("misreads", "O2", f"takes {others[0].written} for {hunt.what}"):
        hunt.reading = others[0]
        return True
    return False


def misread_one(mind: Mind, hunts: Sequence[Hunt], changes: Callable[[list[Value]], bool]) -> None:
    """Careless: takes a wrong figure at any of several facts, which are all found: the more there are, the likelier. At most one, and
    only where what the values come to `changes` by it."""
    right = [hunt.reading.value for hunt in hunts if hunt.reading]
    for place, hunt in enumerate(hunts):

        def matters(value: Value, place: int = place) -> bool:
            return changes([*right[:place], value, *right[place + 1 :]])

        if misread(mind, hunt, matters):
            return


def _confusable(other: Reading, right: Reading) -> bool:
    """Whether a value could be taken for another: different, of the same sort, a name only for a name of the same kind of thing."""
    if other.kind != right.kind or other.value == right.value:
        return False
    return right.kind != "ref" or kind_of(str(other.value)) == kind_of(str(right.value))


def neighbours(hunt: Hunt) -> list[Reading]:
    """Other values that stand near the fact: of the thing's other attributes, or of the next row of a table."""
    kind = KINDS[kind_of(hunt.name)]
    found: list[Reading] = []
    for column in kind.columns:
        if column.label != hunt.label:
            found.extend(read_fact(hunt.source, hunt.name, column.name, kind.name))
    table = read_table(hunt.source)
    for row in table.rows if table and table.header[0] == "name" else ():
        if row[0] != hunt.name:
            found.extend(read_fact(hunt.source, row[0], hunt.label, kind.name))
    return found


def number_text(value: Value) -> str:
    """A found number as a calculator's operand."""
    return plain(str(value))
