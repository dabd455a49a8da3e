"""Sentences about one entity: subjects, predicates and values as English prose writes them.

The reader knows the same grammar, so what is added here must be added to `scenarios/world/reading.py` too.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from scenarios.world.draws import Draw
from scenarios.world.facts import Entity, Value
from scenarios.world.forms import NumberStyle, write_date, write_number
from scenarios.world.kinds import KINDS, Column
from scenarios.world.units import OTHER, convert

if TYPE_CHECKING:
    from scenarios.world.generate import GeneratedWorld

OPENERS = (
    "According to the yearbook, ",
    "By all accounts, ",
    "As the records show, ",
    "It is well documented that ",
    "Local sources agree that ",
    "On paper, ",
    "As every guide will tell, ",
    "If the chronicle is right, ",
)
LINKS = (" and ", ", and ", "; it also ")
NAMED_FORMS = (
    "the {label} of {name} is {v}",
    "the {label} of {name} was recorded as {v}",
    "the {label} of {name} stands in the records as {v}",
    "for {name}, the register has {v} under {label}",
    "the books name {v} as the {label} of {name}",
)
"""Sentences that say whose attribute it is, by the attribute's label."""
SHORT_FORMS = (
    "its {label} is {v}",
    "its {label} was recorded as {v}",
    "its {label} stands in the records as {v}",
    "under {label}, the register has {v}",
    "as for the {label}, the books say {v}",
)
"""Sentences that leave open of whom they speak."""
_MIXED: tuple[NumberStyle, ...] = ("spaces", "scaled", "plain")


def upper_first(text: str) -> str:
    return text[0].upper() + text[1:]


class Voice:
    """Writes about one entity with one stream of draws."""

    def __init__(self, world: "GeneratedWorld", entity: Entity, draw: Draw) -> None:
        self.world = world
        self.entity = entity
        self.draw = draw
        self.kind = KINDS[entity.kind]
        self.name = f"the {entity.name}" if self.kind.article else entity.name
        """The name as it stands inside a sentence."""
        self.opening = upper_first(self.name)
        self.short = entity.name.rpartition(" ")[2] if entity.kind == "person" else ""

    def value(self, column: Column, value: Value | None = None) -> str:
        """A fact's value as prose writes it; `value` stands in for the true one."""
        value = self.entity.facts[column.name] if value is None else value
        if column.kind == "ref":
            return self.reference(str(value))
        if isinstance(value, date):
            return write_date(value, american=self.draw.chance(0.2))
        return self.quantity(value, column.unit) if isinstance(value, (int, Decimal)) else value

    def reference(self, id: str) -> str:
        """The name of another entity, with its article."""
        kind, _, number = id.partition("-")
        name = self.world.name(kind, int(number))
        return f"the {name}" if KINDS[kind].article else name

    def quantity(self, value: int | Decimal, unit: str) -> str:
        """A number with its unit, written as the world's knobs allow."""
        config = self.world.config
        if config.mixed_units and self.draw.chance(config.mixed_units):
            other = OTHER.get(unit, unit)
            value, unit = convert(value, unit, other) or value, other
        mixed = config.mixed_numbers and self.draw.chance(config.mixed_numbers)
        return f"{write_number(value, self.draw.pick(_MIXED) if mixed else 'commas')} {unit}"

    def predicate(self, column: Column) -> str:
        return self.draw.pick(column.says).replace("{v}", self.value(column))

    def sentence(self, columns: Sequence[Column], named: bool) -> str:
        """One sentence that states one or two facts; `named` makes it say of whom."""
        if len(columns) == 1 and self.draw.chance(0.3):
            return self._labelled(columns[0], named)
        subject = self.name if named else self._anaphor()
        if self.draw.chance(0.18):
            subject = self.draw.pick(OPENERS) + subject
        said = self.predicate(columns[0])
        if len(columns) == 2:
            said += self.draw.pick(LINKS[:2] if self.short else LINKS) + self.predicate(columns[1])
        return f"{upper_first(subject)} {said}."

    def _labelled(self, column: Column, named: bool) -> str:
        forms = NAMED_FORMS if named or self.short else SHORT_FORMS
        said = self.draw.pick(forms).format(label=column.label, name=self.name, v=self.value(column))
        return f"{upper_first(said)}."

    def _anaphor(self) -> str:
        if self.short:
            return self.short
        return "it" if self.draw.chance(0.6) else f"the {self.kind.name}"

    def paragraph(self, columns: Sequence[Column], lead: str = "") -> str:
        """A paragraph whose first sentence names the entity, so that "it" in the others is clear."""
        sentences = [lead] if lead else []
        rest = list(columns)
        while rest:
            taken = 2 if len(rest) > 1 and self.draw.chance(0.45) else 1
            sentences.append(self.sentence(rest[:taken], named=not sentences))
            rest = rest[taken:]
        return " ".join(sentences)

    def lead(self) -> str:
        return f"{self.opening} is {self.draw.pick(self.kind.leads)}."
