"""Where the numbers, dates and names of what the model said and called came from, as marks: its place in words, and a link to it.

What has no mark was not found in what stood before; whether that matters is for the graders to say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graders.dates import dates
from graders.figures import KINDS, Source
from graders.names import names
from graders.numbers import numbers
from graders.provenance import Knowledge, Link, LinkKind
from traces.record import Message, ToolCall, Trajectory
from winnow.view.marking import Span

MOST = 200_000
"""Characters of a trace up to which origins are looked for; a page must open at once."""
MANY = 60
"""Steps above which results of one operation on two known numbers are no longer looked for: their number grows with the square."""
Part = str | int
"""`content`, or the number of a call in its message."""

_HOW: Mapping[LinkKind, str] = {
    "same": "stands in {}",
    "rounded": "rounded from {}",
    "percent": "as a percentage or share of what stands in {}",
    "scaled": "in thousands, millions or the like from {}",
    "unit": "in another unit from {}",
    "complement": "what is missing to 100 % in {}",
    "derived": "one operation on numbers that were known",
    "count": "a count of what was shown",
    "date": "the time between two dates that were shown",
    "constant": "a constant",
}


@dataclass(frozen=True)
class Origins:
    """Of one trace: marks for parts of its assistant messages, and anchors in the messages that they lead to."""

    marks: Mapping[tuple[int, Part], Sequence[Span]] = field(default_factory=dict)
    anchors: Mapping[int, Sequence[Span]] = field(default_factory=dict)

    @classmethod
    def of(cls, trace: Trajectory, shown: Mapping[tuple[int, Part], str]) -> "Origins":
        """`shown` has the text of each part as the page shows it. Nothing where the trace is too long."""
        if sum(len(m.content) for m in trace.messages) > MOST:
            return cls()
        finder = _Finder(trace)
        marks = {(at, part): list(finder.marks(at, text)) for (at, part), text in shown.items()}
        return cls(marks, finder.anchors())


class _Finder:
    def __init__(self, trace: Trajectory) -> None:
        self._messages = trace.messages
        self._known = Knowledge.of(trace.messages)
        self._step = {i: step.index for step in trace.steps for i in (step.message, *step.observations)}
        self._derive = len(trace.steps) <= MANY
        self._led: dict[int, set[tuple[int, int]]] = defaultdict(set)

    def marks(self, before: int, text: str) -> Iterator[Span]:
        """The origins of what stands in a text of message `before`."""
        taken: list[tuple[int, int]] = []
        for start, end, link in self._links(before, text):
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield self._mark(start, end, link)

    def _links(self, before: int, text: str) -> Iterator[tuple[int, int, Link]]:
        for day in dates(text):
            if link := self._known.day(day, before):
                yield day.start, day.end, link
        for number in numbers(text):
            # 0 and 1 stand everywhere: an origin of theirs would tell nothing.
            if abs(number.value) not in (0, 1) and (link := self._known.link(number, before, derive=self._derive)):
                signed = len(number.text) - len(number.text.lstrip("+-−– "))
                yield number.start + signed, number.end, link
        for name in names(text):
            bare = " " not in name.text
            if not (name.opens and bare) and len(name.text) > 1 and (source := self._named(name.text, before)):
                yield name.start, name.end, Link("same", source)

    def _named(self, name: str, before: int) -> Source | None:
        index = self._known.text_has(name, before)
        if index is None:
            return None
        at = self._messages[index].content.lower().find(name.lower())
        return Source(index, max(at, 0), max(at, 0) + len(name), KINDS[self._messages[index].role])

    def _mark(self, start: int, end: int, link: Link) -> Span:
        source = link.source
        told = _HOW[link.kind].format(self._place(source) if source else "what was shown")
        return Span(start, end, "origin", title=told, link=self._address(source) if source else "")

    def _place(self, source: Source) -> str:
        if source.kind in ("query", "system"):
            return "the question" if source.kind == "query" else "what the model was told"
        step = self._step.get(source.message)
        if source.kind == "computation":
            return f"the computation shown in step {step}"
        return f"what {_caller(self._messages, source.message)} returned in step {step}"

    def _address(self, source: Source) -> str:
        """Where on the page it stands; empty where the page has no such place."""
        if self._messages[source.message].role == "tool" and source.message in self._step:
            self._led[source.message].add((source.start, source.end))
            return f"#{_anchor(source.message, source.start)}"
        return "#query" if source.kind == "query" else ""

    def anchors(self) -> dict[int, list[Span]]:
        """The places that marks lead to."""
        return {
            at: [Span(start, end, "source-of", anchor=_anchor(at, start)) for start, end in sorted(places)]
            for at, places in self._led.items()
        }


def _anchor(message: int, start: int) -> str:
    return f"from-{message}-{start}"


def _caller(messages: Sequence[Message], answer: int) -> str:
    wanted = messages[answer].tool_call_id
    calls: Iterator[ToolCall] = (c for m in reversed(messages[:answer]) for c in m.tool_calls)
    return next((call.name for call in calls if call.id == wanted), "a tool")
