"""How pages may word each attribute, as patterns: the grammar of `scenarios/world/pages/voice.py` turned round for the reader."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from scenarios.world.forms import NAME, value_pattern
from scenarios.world.kinds import KINDS, Column, columns_called
from scenarios.world.pages.voice import NAMED_FORMS, SHORT_FORMS

_END = r"(?=[.;,]?(?:\s|$))"
_OWNER = f"(?:the )?(?P<owner>{NAME})"


class Form(NamedTuple):
    """A pattern with the group `v` (and `owner`, where it says of whom), and words without which it cannot match."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def matches(self, sentence: str) -> Iterator[re.Match[str]]:
        for words in self.needs:
            if words not in sentence:
                return iter(())
        return self.pattern.finditer(sentence)


class Wording:
    """The patterns of one attribute, made when they are first asked for."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.label = column.label
        self.kind = column.kind
        self.unit = column.unit
        self.openings = tuple(says.partition("{v}")[0] for says in column.says)
        """The words before the value in each predicate: where they are missing, the predicate is."""
        self._value = value_pattern(column.kind, column.unit)

    def occurs(self, text: str) -> bool:
        """Whether a text has the words that some wording needs."""
        if self.label in text:
            return True
        for words in self.openings:  # noqa: SIM110 - a loop, as this is asked for every attribute of every page
            if words in text:
                return True
        return False

    @cached_property
    def named(self) -> tuple[Form, ...]:
        """Sentences that say of whom they speak."""
        return tuple(_form(form, self.label, self._value) for form in reversed(NAMED_FORMS))

    @cached_property
    def spoken(self) -> tuple[Form, ...]:
        """Sentences that leave it open: predicates, then those that use the label."""
        predicates = tuple(_predicate(says, self._value) for says in self.column.says)
        return predicates + tuple(_form(form, self.label, self._value) for form in reversed(SHORT_FORMS))

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """An answer of nothing but the value."""
        return re.compile(rf"{self._value}\.")

    @cached_property
    def line(self) -> re.Pattern[str]:
        """A line of a record."""
        return re.compile(rf"(?:- )?(?i:{re.escape(self.label)})(?:: | = | \.+ ){self._value}")

    @cached_property
    def questions(self) -> frozenset[tuple[str, str]]:
        """What stands before and behind the name in each question that asks for the attribute."""
        asked = (
            wording.partition("{name}") for wording in (*self.column.asks, f"What is the {self.label} of {{name}}?")
        )
        return frozenset((before, behind) for before, _, behind in asked)


@cache
def wordings(attribute: str, kind: str = "") -> tuple[Wording, ...]:
    """The wordings of every attribute of this name or label (of one kind, or of all)."""
    return tuple(_wording(column) for column in columns_called(attribute, kind))


@cache
def worded_by(kind: str) -> tuple[tuple[str, tuple[Wording, ...]], ...]:
    """The attributes of a kind with their wordings."""
    return tuple((column.name, wordings(column.name, kind)) for column in KINDS[kind].columns)


@cache
def _wording(column: Column) -> Wording:
    return Wording(column)


def _form(form: str, label: str, value: str) -> Form:
    """A wording as a pattern; its first letter may be a capital."""
    parts = {"label": re.escape(label), "name": _OWNER, "v": value}
    pattern = _filled(form, parts)
    needs = form[1:].replace("{label}", label).replace("{name}", "{v}").split("{v}")
    return Form(re.compile(rf"\b(?i:{pattern[0]}){pattern[1:]}{_END}"), tuple(filter(None, needs)))


def _predicate(says: str, value: str) -> Form:
    return Form(re.compile(rf"\b{_filled(says, {'v': value})}{_END}"), tuple(filter(None, says.split("{v}"))))


def _filled(form: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"\\{(\w+)\\}", lambda m: parts[m[1]], re.escape(form))


def _any(form: str) -> re.Pattern[str]:
    """The form for any label and value."""
    filled = _filled(form, {"label": "[a-z -]+", "name": _OWNER, "v": ".+?"})
    return re.compile(rf"\b(?i:{filled[0]}){filled[1:]}{_END}")


ANY_NAMED = tuple(map(_any, NAMED_FORMS))
"""Sentences that say of whom they speak, whatever they say."""
ANY_SHORT = tuple(map(_any, SHORT_FORMS))
"""Sentences that leave it open, whatever they say."""
