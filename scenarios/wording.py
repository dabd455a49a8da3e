"""Wordings: templates that both write a query and read it back.

A template is text with slots (`{name}`) and choices (`[What is|Tell me]`). An "a" before a slot becomes "an" where it has to.
Reading ignores case, white space and punctuation of the fixed text, and which of the two articles it is; what stands in slots is read
exactly. A wording whose slots touch without a fixed word between them cannot be read back.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from scenarios import dressing
from scenarios.phrases import one
from traces.task import Brief

Style = Literal["plain", "terse", "chatty", "formal", "indirect", "context"]
STYLES: tuple[Style, ...] = ("plain", "terse", "chatty", "formal", "indirect", "context")

_GAP = r"[\s.,;:!?\"'“”‘’()\[\]\-–—…/]*"
_PART = re.compile(r"\{(\w+)\}|\[([^\]]*)\]")
_ARTICLE = re.compile(r"\ba $", re.IGNORECASE)
_SYMBOL = re.compile(r"[a-z](?:/|\s*[+*=^])")
"""A formula, whose letters keep their case: "d/dt of", "a + b is"."""
_TOKEN = re.compile(r"['’]s\b|\w+(?:['’]\w+)*|[%$€£+*=<>^]")


@dataclass(frozen=True)
class Slot:
    """A place for a value: how it is written, what it looks like, how it is read.

    `read` raises ValueError for text that is no such value.
    """

    pattern: str
    write: Callable[[Any, random.Random], str]
    read: Callable[[str], Any]


class Part(NamedTuple):
    """A piece of a template: fixed text, a slot, or a choice of texts."""

    text: str = ""
    slot: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """One wording. `slots` may hold more than the template uses."""

    source: str
    slots: Mapping[str, Slot]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(_split(self.source))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        pieces = [self._piece(part) for part in self.parts]
        return re.compile(_GAP + _GAP.join(p for p in pieces if p) + _GAP, re.IGNORECASE | re.DOTALL)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What stands in every text of this wording, folded; the longest first, since texts lack that soonest."""
        fixed = (part.text for part in self.parts if not part.slot and not part.options)
        return tuple(sorted({word for text in fixed for word in _TOKEN.findall(folded(text))}, key=len, reverse=True))

    def _piece(self, part: Part) -> str:
        if part.slot:
            return f"(?P<{part.slot}>{self.slots[part.slot].pattern})"
        if part.options:
            return "(?:" + "|".join(loose(option) for option in part.options) + ")"
        return loose(part.text)

    def write(self, values: Mapping[str, Any], rng: random.Random) -> str:
        def said(part: Part) -> str:
            if part.slot:
                return self.slots[part.slot].write(values[part.slot], rng)
            return rng.choice(part.options) if part.options else part.text

        text = ""
        for part in self.parts:
            text = _joined(text, said(part))
        return _tidy(text)

    def may_read(self, text: str) -> bool:
        """Whether a folded text has the words of this wording. Compiling all patterns takes seconds, and a query fits one or two."""
        return all(word in text for word in self.words)

    def read(self, text: str) -> dict[str, Any] | None:
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        try:
            return {name: self.slots[name].read(value) for name, value in found.groupdict().items()}
        except ValueError:
            return None


def _joined(before: str, after: str) -> str:
    """Both texts in one; an "a" at the seam becomes "an" where it has to."""
    return before[:-2] + one(after, before[-2]) if _ARTICLE.search(before) else before + after


def folded(text: str) -> str:
    """The text as patterns that ignore case see it: one letter for all its forms."""
    return text.casefold().replace("’", "'").replace("i\u0307", "i").replace("ı", "i")


def _split(source: str) -> Iterator[Part]:
    end = 0
    for found in _PART.finditer(source):
        if source[end : found.start()]:
            yield Part(text=source[end : found.start()])
        yield Part(slot=found[1]) if found[1] else Part(options=tuple(found[2].split("|")))
        end = found.end()
    if source[end:]:
        yield Part(text=source[end:])


def loose(text: str) -> str:
    """A pattern for fixed text that ignores spacing and punctuation, and matches whole words unless a slot touches them."""
    flat = text.replace("’", "'")
    return _GAP.join(_bounded(token, flat) for token in _TOKEN.finditer(flat))


def _bounded(token: re.Match[str], text: str) -> str:
    word = "an?" if token[0] in ("a", "A") else re.escape(token[0]).replace("'", "['’]")
    before = r"\b" if token.start() > 0 and token[0][0].isalnum() else ""
    after = r"\b" if token.end() < len(text) and token[0][-1].isalnum() else ""
    return f"{before}{word}{after}"


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=\S)[ \t]{2,}", " ", text).strip()  # code keeps its indents
    return text if _SYMBOL.match(text) else text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Form:
    """The wordings of one kind of ask. `fixed` are the ask's values that every wording implies."""

    kind: str
    slots: Mapping[str, Slot]
    styles: Mapping[Style, Sequence[str]]
    fixed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def templates(self) -> dict[Style, tuple[Template, ...]]:
        return {style: tuple(Template(t, self.slots) for t in texts) for style, texts in self.styles.items()}

    def all(self) -> tuple[Template, ...]:
        return tuple(t for group in self.templates.values() for t in group)


@dataclass(frozen=True)
class Wordings:
    """All wordings of a family. `dressed` adds greetings, context and thanks around them; reading takes these off again."""

    forms: tuple[Form, ...]
    dressed: bool = True

    def write(self, brief: Brief, rng: random.Random) -> str:
        """Word `brief.ask`, in its style where the form has such wordings, else in any."""
        form = next(f for f in self.forms if f.kind == brief.ask["kind"])
        templates = next((t for style, t in form.templates.items() if style == brief.style), form.all())
        core = rng.choice(templates).write(brief.ask, rng)
        return dressing.put_on(core, brief.persona, brief.style, rng) if self.dressed else core

    def read(self, query: str) -> dict[str, Any] | None:
        """The ask `query` carries: `{"kind": ..., slot: value, ...}`; None where no wording fits."""
        spaced = re.sub(r"[ \t]+", " ", query.strip())
        for text in dressing.take_off(spaced) if self.dressed else (spaced,):
            flat = folded(text)
            for form in self.forms:
                for template in form.all():
                    if template.may_read(flat) and (values := template.read(text)) is not None:
                        return {"kind": form.kind, **form.fixed, **values}
        return None
