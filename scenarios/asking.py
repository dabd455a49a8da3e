"""How people speak of the world: kinds told from names, articles, labels, questions and chains of "the ... of the ...".

All of it is public knowledge of how things are named (the schema), none of it a fact of one world.
"""

import random
import re
from collections.abc import Sequence
from functools import cache

from scenarios.slots import NAME, NAMES, is_name
from scenarios.wording import Slot, loose
from scenarios.world.kinds import KINDS, Column

_TOWN_ENDINGS = frozenset(["Minor", "Harbour", "Vale"])


@cache
def kind_of(name: str) -> str:
    """The kind of a thing by its name: ships, firms and the like by their last word, people by their two words."""
    words = name.split()
    if words[0] == "Consignment":
        return "shipment"
    for kind in KINDS.values():
        if words[-1] in kind.endings:
            return kind.name
    return "town" if len(words) == 1 or words[-1] in _TOWN_ENDINGS else "person"


def with_article(name: str) -> str:
    """The name as it stands in a sentence: "the Brorneth Star", "Vrabrorin"."""
    return f"the {name}" if KINDS[kind_of(name)].article else name


def _read_thing(text: str) -> str:
    return str(NAME.read(re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)))


THING = Slot(NAME.pattern, lambda name, rng: with_article(name), _read_thing)
"""A thing of the world by its name, with its article where it takes one."""

BARE = Slot(NAME.pattern, lambda name, rng: name, _read_thing)
"""A thing by its bare name, as in a list or a heading."""


def _write_things(names: Sequence[str], rng: random.Random) -> str:
    return NAMES.write([with_article(n) for n in names] if rng.random() < 0.7 else names, rng)


def _read_things(text: str) -> list[str]:
    return [_read_thing(name) for name in NAMES.read(re.sub(r"\b[Tt]he (?=[A-Z])", "", text))]


THINGS = Slot(NAMES.pattern, _write_things, _read_things)
"""Several things, in order."""


@cache
def columns(name: str) -> dict[str, Column]:
    """The columns of a thing's kind by label."""
    return {column.label: column for column in KINDS[kind_of(name)].columns}


def column(name: str, label: str) -> Column:
    """The column of this label. Raises KeyError where such a thing has none."""
    return columns(name)[label]


LABELS = frozenset(column.label for kind in KINDS.values() for column in kind.columns)
_LABEL = "|".join(re.escape(label).replace("\\ ", r"\s+") for label in sorted(LABELS, key=len, reverse=True))


def _read_label(text: str) -> str:
    label = " ".join(text.casefold().split())
    if label not in LABELS:
        raise ValueError(f"{text!r} is no attribute")
    return label


LABEL = Slot(_LABEL, lambda label, rng: label, _read_label)
"""An attribute by what people call it."""


def _write_path(path: Sequence[str], rng: random.Random) -> str:
    return " of the ".join(reversed(path))


def _read_path(text: str) -> list[str]:
    return [_read_label(label) for label in reversed(re.split(r"\s+of\s+the\s+", text.strip(), flags=re.IGNORECASE))]


PATH = Slot(rf"(?:{_LABEL})(?:\s+of\s+the\s+(?:{_LABEL}))+", _write_path, _read_path)
"""A chain of attributes, first hop last: "annual budget of the birthplace of the mayor"."""

FORWARD = Slot(
    rf"(?:{_LABEL})(?:,\s+then\s+(?:the|its|their)\s+(?:{_LABEL}))+",
    lambda path, rng: ", then the ".join(path),
    lambda text: [_read_label(part) for part in re.split(r",\s+then\s+(?:the|its|their)\s+", text.strip(), flags=re.I)],
)
"""A chain of attributes, first hop first: "mayor, then the birthplace, then the annual budget"."""

OWNED = Slot(
    rf"(?:{_LABEL})(?:['’]s\s+(?:{_LABEL}))+",
    lambda path, rng: "'s ".join(path),
    lambda text: [_read_label(part) for part in re.split(r"['’]s\s+", text.strip())],
)
"""A chain of attributes with possessives: "mayor's birthplace's annual budget"."""


@cache
def _questions() -> list[tuple[re.Pattern[str], str]]:
    """Every question the schema knows, as a pattern around the name, with its label; ambiguous ones are left out."""
    meant: dict[str, set[str]] = {}
    for kind in KINDS.values():
        for attribute in kind.columns:
            for asks in attribute.asks:
                meant.setdefault(asks, set()).add(attribute.label)
    found = []
    for asks, labels in meant.items():
        before, _, after = asks.partition("{name}")
        if len(labels) == 1:
            found.append((re.compile(rf"{loose(before)}\s+(.+?)\W*{loose(after)}\W*", re.IGNORECASE), labels.pop()))
    return found


def _read_question(text: str) -> list[str]:
    for pattern, label in _questions():
        matched = pattern.fullmatch(text.strip())
        if not matched:
            continue
        name = re.sub(r"^the\s+", "", matched[1].strip(), flags=re.IGNORECASE)
        if is_name(name) and label in columns(name):
            return [label, name]
    raise ValueError(f"{text!r} is no question about one attribute")


def _write_question(asked: Sequence[str], rng: random.Random) -> str:
    label, name = asked
    known = {label for _, label in _questions()}
    choices = [q for q in column(name, label).asks if _reads(q, name, label)] if label in known else []
    question = rng.choice(choices) if choices else f"What is the {label} of {{name}}?"
    return question.format(name=with_article(name)).rstrip("?")


def _reads(question: str, name: str, label: str) -> bool:
    try:
        return _read_question(question.format(name=with_article(name))) == [label, name]
    except ValueError:
        return False


QUESTION = Slot(r"[A-Z][^?\n;!]{8,160}?", _write_question, _read_question)
"""A whole question about one attribute of one thing, as [label, name]."""
