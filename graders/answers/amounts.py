"""Rules of `graders.answers.rewording` on amounts: told twice, in two units, as sizes, factors and bounds, or before what was counted."""

import re

from graders.answers.denials import bounded
from graders.answers.kinds import Quantity
from graders.answers.measures import measures
from graders.answers.values import parse
from graders.wording import Compare, Verdict

_TWO_WAYS = re.compile(r"(\S*\d.*?)\s*\((?:about\s+|approx(?:\.|imately)\s+|~|≈|or\s+)?(\S*\d[^()]*)\)")


def in_two_units(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "6,650 km (4,130 mi)": one amount told twice; equal to what either is."""
    m = _TWO_WAYS.fullmatch(text)
    a, b = (parse(m[1]), parse(m[2])) if m else (None, None)
    if not m or not (isinstance(a, Quantity) and isinstance(b, Quantity) and a.measures and b.measures):
        return None
    said = {compare(m[1], other), compare(m[2], other)}
    return "equal" if "equal" in said else "undecided" if "undecided" in said else "different"


_FACTOR = re.compile(r"(\d[\d.,]*)\s?[x×]", re.IGNORECASE)


_TIMES = re.compile(r"(?:\d\s*|[a-z]\s+)times\b|-?fold\b", re.IGNORECASE)


def factor(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "2.5x" against "2.5 times"."""
    factor = _FACTOR.fullmatch(text) if _TIMES.search(other) else None
    return compare(f"{factor[1]} times", other) if factor else None


def told_twice(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "twelve (12)", "1 hour 5 minutes (or 1:05)"."""
    ways = re.fullmatch(r"(\S[^()]{0,40}?)\s*\(or\s+([^()]{1,30})\)", text)
    if ways and parse(ways[1]) is not None and parse(ways[2]) is not None:
        said = {compare(ways[1], other), compare(ways[2], other)}
        return "equal" if "equal" in said else None
    again = re.fullmatch(r"(\S[^()]{0,30}?)\s*\(([^()\s][^()]{0,30})\)", text)
    if not again or not (isinstance(parse(again[2]), Quantity) or " " not in again[0].replace(" (", "(")):
        return None
    return compare(again[2], other) if compare(again[1], again[2]) == "equal" else None


_HOW_MANY = re.compile(
    r"(?:(?:only|just|exactly|all|there\s+(?:are|were))\s+)*(?P<many>[a-z]+|\d+)(?:\s+[a-z]+)?:\s+\S.{0,200}",
    re.IGNORECASE | re.DOTALL,
)


def how_many(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Only two: Ann and Bob" against "2"."""
    m = _HOW_MANY.fullmatch(text) if isinstance(parse(other), Quantity) else None
    return (
        compare(m["many"], other)
        if m and isinstance(parse(m["many"]), Quantity) and re.search(r",|\band\b", text)
        else None
    )


_SIZE = re.compile(r"\d[\d.]*\s*[a-z]*(?:\s*(?:[x×]|\bby\b)\s*\d[\d.]*\s*[a-z]*){1,2}", re.IGNORECASE)


def size(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "12 x 8 inches" and "12 in × 8 in": side by side, each in the unit of the last where it has none."""
    text, other = (re.sub(r"(?<=\d)\s?\"", " in", each) for each in (text, other))
    if not (_SIZE.fullmatch(text) and _SIZE.fullmatch(other)):
        return None
    mine, theirs = _sides(text), _sides(other)
    verdicts = [compare(x, y) for x, y in zip(mine, theirs, strict=False)]
    if len(mine) != len(theirs) or "different" in verdicts:
        return "different" if sorted(mine) != sorted(theirs) else "undecided"
    return "undecided" if "undecided" in verdicts else "equal"


def _sides(text: str) -> list[str]:
    sides = re.split(r"\s*(?:(?<=[\d\s])[x×]|×|\bx\b|\bby\b)\s*", text)
    unit = re.sub(r"[\d.\s]", "", sides[-1])
    return [side if re.search(r"[a-z]", side) else f"{side} {unit}".strip() for side in sides]


def unit_alone(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "mm" for "millimetres": a unit by itself, in another spelling."""
    if not (_UNIT.fullmatch(text) and _UNIT.fullmatch(other)) or text.casefold() == other.casefold():
        return None
    mine, theirs = measures(text), measures(other)
    return "equal" if mine and theirs and set(mine) & set(theirs) else None


_UNIT = re.compile(r"[^\W\d_]{1,20}(?:[ /·][^\W\d_]{1,20})?[²³]?")


def bounds(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "at least 5" is not "at most 5"; against a bare figure that is the same a bound is left open."""
    (side, bare), (other_side, other_bare) = bounded(text), bounded(other)
    if not side and not other_side:
        return None
    if side and other_side and side != other_side:
        return "different"
    verdict = compare(bare, other_bare)
    return "undecided" if verdict == "equal" and side != other_side else verdict
