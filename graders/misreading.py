"""Tells a misread figure or date from an invented one: a digit off, two digits swapped, or a place shifted from one that was shown."""

from fractions import Fraction
from typing import NamedTuple

from graders.base import Case
from graders.claims import claimed_dates
from graders.dates import DateMention, Day
from graders.days_told import follows, told_relatively
from graders.figures import Source
from graders.numbers import Mention, plain
from graders.shown_otherwise import in_minor_units
from traces.record import Evidence, Step


class Misreading(NamedTuple):
    """What was shown (`seen`), and how the figure differs, as in "12,430 for 12,340"."""

    seen: str
    how: str
    evidence: Evidence


def misread_of(case: Case, mention: Mention, before: int) -> Misreading | None:
    """The shown figure that a mention is a slip of, if there is one from before that message. Three digits at least."""
    figure = _digits(mention.value)
    if len(figure) < 3:
        return None
    for value in case.knowledge.known(before):
        shown = _digits(value)
        how = _slip(figure, shown, mention.value, value)
        if how and not (value == mention.value * 100 and in_minor_units(case, mention.value, before)):
            source = case.knowledge.values[value]
            return Misreading(plain(value), how, _evidence(case, source))
    return None


def slip_of_a_day(case: Case, step: Step, text: str, mention: DateMention) -> Day | None:
    """The full date that a result shows of which a full date in a step's text is a slip: one digit off in its day, or in its year.

    Not where it follows from others, or the text tells the shown date too, or many were shown, of which one is near by chance.
    """
    claim = mention.readings[0]
    if len(mention.readings) > 1 or not all(claim):
        return None
    known = [(day, source.kind) for day, source in case.knowledge.days if all(day) and source.message < step.message]
    shown = {day for day, kind in known if kind == "observation"}
    near = [day for day in shown if day.month == claim.month and _digits_apart(claim, day) == 1]
    if len(near) != 1 or len(shown) > _FEW_DAYS or any(day == claim for day, _ in known):
        return None
    if any(near[0].agrees(r) for d in claimed_dates(text) for r in d.readings):
        return None
    return None if follows(case, step, mention) or told_relatively(case, step, mention) else near[0]


_FEW_DAYS = 8


def _digits_apart(one: Day, two: Day) -> int:
    return sum(a != b for a, b in zip(one.iso(), two.iso(), strict=True))


def _evidence(case: Case, source: Source) -> Evidence:
    text = case.messages[source.message].content[source.start : source.end]
    return Evidence(message=source.message, text=text, start=source.start, end=source.end)


def _digits(value: Fraction) -> str:
    return f"{float(abs(value)):.12g}".replace(".", "").split("e")[0].strip("0")


def _slip(figure: str, shown: str, value: Fraction, known: Fraction) -> str | None:
    if figure == shown:
        return "a place shifted from" if abs(value) != known else None
    if len(figure) != len(shown) or not (known and Fraction(1, 3) < abs(value) / known < 3):
        return None
    apart = [i for i, (a, b) in enumerate(zip(figure, shown, strict=True)) if a != b]
    if len(apart) == 1 and len(figure) >= 4:
        return "one digit off"
    swapped = len(apart) == 2 and figure[apart[0]] == shown[apart[1]] and figure[apart[1]] == shown[apart[0]]
    return "with two digits swapped from" if swapped else None
