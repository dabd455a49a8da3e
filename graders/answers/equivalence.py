"""The tiers in order: the same words, typed values, what is only text, and then those that may block."""

import asyncio
import re
from collections.abc import Callable, Sequence

from graders.answers.absent import absent
from graders.answers.aliases import alias
from graders.answers.collected import assigned, collections
from graders.answers.coordinates import coordinates
from graders.answers.denials import asserted, bounded, denied
from graders.answers.dressing import undressed
from graders.answers.enumerations import cut
from graders.answers.kinds import Collection, Parsed, Quantity
from graders.answers.persons import acronym, also_named
from graders.answers.records import structured
from graders.answers.sentences import enumerates
from graders.answers.symbolic import symbolic
from graders.answers.texts import letters, option_said, options, texts, unlabelled
from graders.answers.typed import typed
from graders.answers.values import parse
from graders.headlines import answered
from graders.wording import Verdict, lead_free, roman, same_name, same_state

Tier = Callable[[str, str], Verdict]


def equivalent(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """Compare two answers. `tiers` are asked in turn where the built-in ones cannot tell; only they may block, for seconds at most."""
    verdict = built_in(given, reference)
    for tier in tiers:
        if verdict != "undecided":
            break
        verdict = tier(given, reference)
    return verdict


async def compared(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """`equivalent` for an event loop: the tiers that may block are awaited in a thread."""
    verdict = built_in(given, reference)
    if verdict != "undecided" or not tiers:
        return verdict
    return await asyncio.to_thread(equivalent, given, reference, tiers=tiers)


def built_in(given: str, reference: str) -> Verdict:
    """All tiers that never block."""
    one, two = (undressed(lead_free(undressed(text))) for text in (given, reference))
    if one == two or (one and one.casefold() == two.casefold() and len(one) > 1):
        return "equal"
    if not one or not two:
        return "undecided"
    if (
        re.search(r"\d['\"′″°\s]*(?:[NSEW]\b|north|south)|\.\d{3,},", one + two)
        and (here := coordinates(one))
        and (there := coordinates(two))
    ):
        return "equal" if here == there else "different"
    for text, other in ((one, two), (two, one)):
        if (said := answered(text)) and not answered(other) and (verdict := built_in(said, other)) != "undecided":
            return verdict
    if (missing := absent(one, two)) is not None:
        return missing
    if (records := structured(one, two)) is not None:
        return records
    if _MARKED.findall(one) != _MARKED.findall(two) and _MARKED.sub("", one) == _MARKED.sub("", two):
        return "different" if len(one) <= 12 else "undecided"
    reworded = _reworded(one, two)
    return reworded if reworded is not None else _read(one, two)


_WORDS_ONLY = re.compile(r"[^\W\d_](?:[^\W\d_]|[\s.,;:'’&\"-])*")


def _read(one: str, two: str) -> Verdict:
    if alias(one, two) or acronym(one, two) or acronym(two, one):
        return "equal"
    if _WORDS_ONLY.fullmatch(one) and _WORDS_ONLY.fullmatch(two) and same_name(one, two) == "equal":
        return "equal"
    a, b = parse(one), parse(two)
    if a is not None and b is not None and enumerates(one, a) is enumerates(two, b):
        verdict = _values(a, b, one, two)
        if verdict is not None:
            return verdict
    return texts(one, two, a, b, built_in)


def _reworded(one: str, two: str) -> Verdict | None:
    """Denials, bounds, and what says itself twice ("twelve (12)"): compared by what is left of them."""
    for text, other in ((one, two), (two, one)):
        if asserted(other) is None and (kept := asserted(text)) is not None:
            return built_in(kept, other)
        if (two_ways := _TWO_WAYS.fullmatch(text)) and (said := _either(two_ways[1], two_ways[2], other)):
            return said
        if denied(other) is None and (gone := denied(text)) is not None:
            return "different" if built_in(gone, other) == "equal" else "undecided"
        if (maker := _BY.fullmatch(text)) and not _BY.fullmatch(other) and built_in(maker[1], other) == "equal":
            return "equal"
        if (given := _POINT.fullmatch(text)) and (named := _by_letter(given)):
            return built_in(named, other)
        if any(built_in(name, other) == "equal" for name in also_named(text)):
            return "equal"
        if (factor := _FACTOR.fullmatch(text)) and _TIMES.search(other):
            return built_in(f"{factor[1]} times", other)
        if (again := re.fullmatch(r"(\S+)\s*\((\S+)\)", text)) and built_in(again[1], again[2]) == "equal":
            return built_in(again[1], other)
    for text, other in ((one, two), (two, one)):
        if (value := _worth(text)) is not None and re.fullmatch(r"\d{1,18}", other):
            return "equal" if value == int(other) else "undecided" if _shown_in_base(text, other) else "different"
    if option := options(one, two):
        return option
    for text, other in ((one, two), (two, one)):
        if (
            (said := option_said(text))
            and not option_said(other)
            and len(other) > 1
            and built_in(said, other) == "equal"
        ):
            return "equal"
    if (chosen := letters(one)) and (ticked := letters(two)):
        return "equal" if chosen == ticked else "different"
    if (bare_texts := unlabelled(one, two)) is not None:
        return built_in(*bare_texts)
    if same_state(one, two):
        return "equal"
    (side, bare), (other_side, other_bare) = bounded(one), bounded(two)
    if side == other_side:
        return built_in(bare, other_bare) if side else None
    if side and other_side:
        return "different"
    verdict = built_in(bare, other_bare)
    return "undecided" if verdict == "equal" else verdict


def _worth(text: str) -> int | None:
    """What a Roman numeral of three letters or more, or a number with its base, is worth."""
    if based := re.fullmatch(r"([0-9A-Za-z]{1,40})_(\d{1,2})", text):
        try:
            return int(based[1], int(based[2]))
        except ValueError:
            return None
    return roman(text) if len(text) >= 2 else None


def _shown_in_base(text: str, other: str) -> bool:
    """Whether the digits are the same and only the base is left out, or a numeral is so short that it may be a name."""
    return text.partition("_")[0] == other or len(text) < 3


_POINT = re.compile(r"\(([a-z](?:,\s*[a-z]){1,3})\)\s*=\s*\((.+)\)")


def _by_letter(m: re.Match[str]) -> str | None:
    """ "(x, y) = (1, 2)" as "x = 1, y = 2"."""
    names, values = re.split(r",\s*", m[1]), cut(m[2])
    return ", ".join(f"{n} = {v}" for n, v in zip(names, values, strict=True)) if len(names) == len(values) else None


_TWO_WAYS = re.compile(r"(\S*\d.*?)\s*\((?:about\s+|approx(?:\.|imately)\s+|~|≈|or\s+)?(\S*\d[^()]*)\)")


def _either(one: str, again: str, other: str) -> Verdict | None:
    """ "6,650 km (4,130 mi)": one amount in two units; equal to what either is."""
    a, b = parse(one), parse(again)
    if not (isinstance(a, Quantity) and isinstance(b, Quantity) and a.measures and b.measures):
        return None
    said = {built_in(one, other), built_in(again, other)}
    return "equal" if "equal" in said else "undecided" if "undecided" in said else "different"


_MARKED = re.compile(r"(?<=\w)(?:[+−*]|-(?!\w)|\s(?:sharp|flat)\b)(?=\W|$)")
"""What tells "A+" from "A-" and "C sharp" from "C"."""
_BY = re.compile(r"(?:(?:\w+(?:ed|en|ne|de|lt|nt|und|ht|ung|rown)|by)\s+)?by\s+([A-ZÀ-Þ][^,;]{1,60})")
_FACTOR = re.compile(r"(\d[\d.,]*)\s?[x×]", re.IGNORECASE)
_TIMES = re.compile(r"\d\s*(?:times|-?fold)\b", re.IGNORECASE)


def _values(a: Parsed, b: Parsed, one: str, two: str) -> Verdict | None:
    for several, other, text in ((a, b, two), (b, a, one)):
        if (
            isinstance(several, Collection)
            and several.braces
            and len(several.items) == 1
            and not isinstance(other, Collection)
        ):
            return built_in(several.items[0], text)
    if isinstance(a, Collection) and isinstance(b, Collection):
        if (named := assigned(a, b, one, two, built_in)) is not None:
            return named
        return collections(a, b, one, two, built_in)
    return typed(a, b, one, two)
