# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Answers that say the same in other words: each rule takes a text and the other, and compares what is left of the text.

A rule returns None where it does not apply. Rules are asked in order, each for both sides; only a rule that is sure decides.
"""

import re
from collections.abc import Callable
from datetime import date

from graders.answers.days import read_hours, read_moment, read_span
from graders.answers.denials import asserted, bounded, denied
from graders.answers.enumerations import cut
from graders.answers.frequencies import how_often
from graders.answers.kinds import Clock, Quantity, Truth
from graders.answers.measures import measures
from graders.answers.persons import also_named
from graders.answers.scores import score
from graders.answers.sentences import is_sentence
from graders.answers.texts import letters, option_said, options, unlabelled
from graders.answers.turns import direction
from graders.answers.values import parse
from graders.answers.workings import WORKINGS
from graders.dates import MONTHS as MONTH_NUMBERS
from graders.dates import Day
from graders.wording import Verdict, lead_free, same_state, tokens

Compare = Callable[[str, str], Verdict]
_Rule = Callable[[str, str, Compare], Verdict | None]


def reworded(one: str, two: str, compare: Compare) -> Verdict | None:
    """The verdict of the first rule that has one."""
    verdicts = (rule(text, other, compare) for rule in _RULES for text, other in ((one, two), (two, one)))
    return next((verdict for verdict in verdicts if verdict is not None), None)


def _asserted(text: str, other: str, compare: Compare) -> Verdict | None:
    kept = asserted(text) if asserted(other) is None else None
    return None if kept is None else compare(kept, other)


_TWO_WAYS = re.compile(r"(\S*\d.*?)\s*\((?:about\s+|approx(?:\.|imately)\s+|~|≈|or\s+)?(\S*\d[^()]*)\)")


def _in_two_units(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "6,650 km (4,130 mi)": one amount told twice; equal to what either is."""
    m = _TWO_WAYS.fullmatch(text)
    a, b = (parse(m[1]), parse(m[2])) if m else (None, None)
    if not m or not (isinstance(a, Quantity) and isinstance(b, Quantity) and a.measures and b.measures):
        return None
    said = {compare(m[1], other), compare(m[2], other)}
    return "equal" if "equal" in said else "undecided" if "undecided" in said else "different"


def _denied(text: str, other: str, compare: Compare) -> Verdict | None:
    gone = denied(text) if denied(other) is None and not isinstance(parse(text), Truth) else None
    return None if gone is None else "different" if compare(gone, other) == "equal" else "undecided"


_EITHER = re.compile(
    r"(?:(?:it\s+)?(?:is|was)\s+)?either\s+(?P<first>\S.{0,30}?),?\s+or\s+(?P<last>\S.{0,30})", re.IGNORECASE
)


def _either(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "either 4 or 5": two figures are not one of them."""
    m = _EITHER.fullmatch(text) if not re.search(r"\bor\b", other) else None
    if not m or not (isinstance(parse(m["first"]), Quantity) and isinstance(parse(m["last"]), Quantity)):
        return None
    return "different" if isinstance(parse(other), Quantity) else None


def _moments(text: str, other: str, compare: Compare) -> Verdict | None:
    """Two days with times: both must agree."""
    mine, theirs = read_moment(text), read_moment(other)
    if not mine or not theirs:
        return None
    (day, clock), (other_day, other_clock) = mine, theirs
    if clock.zone is not None and other_clock.zone is not None and clock.zone != other_clock.zone:
        return "equal" if _instant(day, clock) == _instant(other_day, other_clock) else "different"
    return "equal" if day == other_day and clock.minutes == other_clock.minutes else "different"


def _instant(day: Day, clock: Clock) -> int:
    """Minutes from the first day of all, in UTC."""
    return date(day.year or 1, day.month, day.day).toordinal() * 1440 + clock.minutes - (clock.zone or 0)


def _opening(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "18:00–20:00" and "6 to 8 pm"."""
    mine, theirs = read_hours(text), read_hours(other)
    if not mine or not theirs:
        return None
    verdicts = {"equal" if x.minutes == y.minutes else "different" for x, y in zip(mine, theirs, strict=True)}
    return "equal" if verdicts == {"equal"} else "different"


_WHEN = r"(?:[a-z]{3,9}\.?\s+)?[12]\d{3}"
_ONWARD = re.compile(
    rf"(?:(?:from|since)\s+)?(?P<of>{_WHEN})\s*(?:–|—|-|to|until|till)\s*(?:the\s+)?(?:present|now|today)(?:\s+day)?|(?:from\s+)?(?P<on>{_WHEN})\s+onwards?|since\s+(?P<since>{_WHEN})",
    re.IGNORECASE,
)


def _onward(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "1998–present" and "since 1998"."""
    mine, theirs = _ONWARD.fullmatch(text), _ONWARD.fullmatch(other)
    return compare(mine[mine.lastgroup or 0], theirs[theirs.lastgroup or 0]) if mine and theirs else None


_NUMBER_SETS = {
    "N": "natural|counting", "Z": "integer", "Q": "rational", "R": "real", "C": "complex",
}  # fmt: skip


def _number_set(text: str, other: str, compare: Compare) -> Verdict | None:
    """The set of all integers and the like by its letter or its name."""
    mine, theirs = _set_of(text), _set_of(other)
    return None if not mine or not theirs else "equal" if mine == theirs else "different"


def _set_of(text: str) -> str:
    if letter := re.fullmatch(r"(?:[a-z]\s*(?:\\in|∈)\s*)?(?:\\mathbb\s*\{?([NZQRC])\}?|([ℕℤℚℝℂ]))", text):
        return letter[1] or "NZQRC"["ℕℤℚℝℂ".index(letter[2])]
    named = re.fullmatch(
        r"(?:the\s+)?(?:set\s+of\s+)?(?:all\s+)?(?:the\s+)?([a-z]+?)s?(?:\s+numbers)?", text, re.IGNORECASE
    )
    return next(
        (letter for letter, words in _NUMBER_SETS.items() if named and re.fullmatch(words, named[1].lower())), ""
    )


_VALUE_OF = re.compile(
    r"(?:[A-Za-z]{1,4}(?:_\w)?\([^()=]{1,20}\)|m?\\(?:overline|angle|triangle|left\||begin\{[vp]matrix\})[^=]*|\\(?:vec|overrightarrow)[^=]*|[rR](?:\^\{?2\}?|²)|(?=.*_)[\d_{}+*×·\s-]+|\|[^=|]+\||[A-Z]{2,3})\s*=\s*(?P<value>[^=]+)"
)
_CONCLUDED = re.compile(
    r".*=.*[,;.]\s*(?:so|thus|hence|therefore|giving|which\s+gives|which\s+means)\s+(?P<value>[^;.]+)", re.DOTALL
)


def _set_equal(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "f(2) = 7" against "7", "(x-2)(x-3) = 0, so x = 2 or x = 3" against "2, 3"."""
    m = (_VALUE_OF.fullmatch(text) if "=" not in other else None) or (
        None if _CONCLUDED.fullmatch(other) else _CONCLUDED.fullmatch(text)
    )
    return compare(m["value"], other) if m else None


_SO = re.compile(r".+[,;.]\s+(?:so|thus|hence|therefore)\s+(?P<value>[^;.]+)", re.DOTALL)


def _so(text: str, other: str, compare: Compare) -> Verdict | None:
    """What a text concludes at its end, where that is the other."""
    m = _SO.fullmatch(text) if not _SO.fullmatch(other) else None
    verdict = compare(m["value"], other) if m else "undecided"
    return (
        verdict if verdict == "equal" or (m and verdict == "different" and "=" in m["value"] and "=" in other) else None
    )


_BARE_MOVE = re.compile(
    r"(?:(?:it|they)\s+)?(?:has\s+|have\s+|will\s+|would\s+|an?\s+)?(?P<move>[a-z]+)", re.IGNORECASE
)


def _moves(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "The price went up" against "increased", without a figure."""
    bare = _BARE_MOVE.fullmatch(other)
    if (
        not bare
        or not direction(bare["move"])
        or re.search(r"\d|\b(?:not|no|never)\b|n't|%", text)
        or len(text.split()) > 8
    ):
        return None
    mine = direction(text)
    return None if not mine else "equal" if mine == direction(other) else "different"


_PART = re.compile(
    r"(?:(?:in|at)\s+)?(?:the\s+)?(?:(?P<early>early|beginning\s+of|start\s+of)|(?P<mid>mid|middle\s+of)|(?P<late>late|end\s+of))(?:-|\s+)(?:the\s+)?(?P<whole>\d.{2,30}|[A-Z][a-z]{2,8}(?:\s+\d{4})?)",
    re.IGNORECASE,
)


def _same_part(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "the late 18th century" and "late 1700s"."""
    mine, theirs = _PART.fullmatch(text), _PART.fullmatch(other)
    part = next((p for p in ("early", "mid", "late") if mine and theirs and mine[p] and theirs[p]), "")
    if not mine or not theirs or not part:
        return None
    whole = compare(mine["whole"], theirs["whole"])
    if part != "mid" and mine[part].lower() != theirs[part].lower():
        return "undecided" if whole == "equal" else whole
    return "equal" if whole == "undecided" and read_span(mine["whole"]) == read_span(theirs["whole"]) else whole


_AFFIRMED = re.compile(r"(?:yes|no|correct|right)\s*[,.;:—–-]+\s+(?P<said>\S.{0,80})", re.IGNORECASE)


def _affirmed(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Yes, it converges" against "converges"."""
    m = _AFFIRMED.fullmatch(text) if len(other.split()) <= 6 and not _AFFIRMED.match(other) else None
    said = m and lead_free(m["said"]).removeprefix("it ")
    return "equal" if said and compare(said, other) == "equal" else None


_DENIES = re.compile(r"\s+(?:not|never)\b|n't\b")


def _the_contrary(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "91 is not prime" against "91 is prime": the same words, and "not" on one side."""
    affirmed = _DENIES.sub("", text) if len(_DENIES.findall(text)) == 1 and not _DENIES.search(other) else ""
    return "different" if len(affirmed.split()) > 2 and tokens(affirmed) == tokens(other) else None


_BY = re.compile(r"(?:(?:\w+(?:ed|en|ne|de|lt|nt|und|ht|ung|rown)|by)\s+)?by\s+([A-ZÀ-Þ][^,;]{1,60})")


def _made_by(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "written by Ann Lee"."""
    maker = _BY.fullmatch(text) if not _BY.fullmatch(other) and len(other.split()) < 6 else None
    return "equal" if maker and compare(maker[1], other) == "equal" else None


_DONE_WHEN = re.compile(
    r"(?:first\s+|originally\s+|officially\s+)?(?:[a-z]{2,}ed|born|built|made|won|held|begun|sold|set\s+up|written|known|found|sent|taken|shot|drawn|cast|lost|bought)\s+"
    r"(?:back\s+)?(?:in|on|at|for|from)\s+(?P<what>(?:(?!and\b)[^\s,;]+)(?:\s(?!and\b)[^\s,;]+){0,3})",
    re.IGNORECASE,
)


def _done_when(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "founded in 1887": what stands behind the deed, where the other is that alone."""
    m = _DONE_WHEN.fullmatch(text) if not _DONE_WHEN.fullmatch(other) and len(other.split()) <= 6 else None
    return "equal" if m and compare(m["what"], other) == "equal" else None


_POINT = re.compile(r"\(([a-z](?:,\s*[a-z]){1,3})\)\s*=\s*\((.+)\)")


def _by_letter(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(x, y) = (1, 2)" as "x = 1, y = 2"."""
    m = _POINT.fullmatch(text)
    names, values = (re.split(r",\s*", m[1]), cut(m[2])) if m else ([], ())
    if not m or len(names) != len(values):
        return None
    return compare(", ".join(f"{n} = {v}" for n, v in zip(names, values, strict=True)), other)


_OF_KIND = re.compile(
    r"(?:an?\s+)?([a-z-]+)\s+(?:function|number|integer|triangle|quadrilateral|matrix|series|sequence|graph|curve|event|reaction|polygon|relation|set|line|angle|bond)s?"
)


def _of_kind(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "an odd function" for "odd"."""
    m = _OF_KIND.fullmatch(text) if re.fullmatch(r"[a-z-]+", other) else None
    return "equal" if m and m[1] == other else None


def _by_another_name(text: str, other: str, compare: Compare) -> Verdict | None:
    names = also_named(text) if len(other.split()) <= 8 else ()
    return "equal" if any(compare(name, other) == "equal" for name in names) else None


_APPOSED = re.compile(
    r"(?P<name>[A-ZÀ-Þ][^,;:()]{1,60}?|[a-z]+(?=,\s+the\b))(?:\s*\([^()]*\))?,\s+(?:an?|the|his|her|their)\s+(?:[A-ZÀ-Þ][\w-]+\s+)?[a-zà-þ][^,;:]*"
)


_RELATIVE = r"wife|husband|widow|son|daughter|father|mother|brother|sister|friend|uncle|aunt|cousin|nephew|niece|predecessor|successor|rival|student|teacher|assistant|colleague"


_RELATED = re.compile(
    rf"(?:the|an?)\s+(?:[a-z]+\s+)?(?:{_RELATIVE})s?\s+of\s+(?P<of>[A-ZÀ-Þ].+)|(?P<whose>[A-ZÀ-Þ].+?)['’]s?\s+(?:[a-z]+\s+)?(?:{_RELATIVE})s?",
    re.IGNORECASE,
)


def _apposed(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Ann Lee (1850–1921), the Welsh painter" is Ann Lee, and "the sister of Ann Lee" is not."""
    if (m := _RELATED.fullmatch(text)) and not _RELATED.fullmatch(other):
        return "different" if compare(m["of"] or m["whose"], other) == "equal" else None
    m = _APPOSED.fullmatch(text) if not _APPOSED.fullmatch(other) and not is_sentence(text) else None
    verdict = compare(m["name"], other) if m else "undecided"
    return None if verdict == "undecided" else verdict


_FACTOR = re.compile(r"(\d[\d.,]*)\s?[x×]", re.IGNORECASE)
_TIMES = re.compile(r"(?:\d\s*|[a-z]\s+)times\b|-?fold\b", re.IGNORECASE)


def _factor(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "2.5x" against "2.5 times"."""
    factor = _FACTOR.fullmatch(text) if _TIMES.search(other) else None
    return compare(f"{factor[1]} times", other) if factor else None


def _told_twice(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "twelve (12)", "1 hour 5 minutes (or 1:05)"."""
    ways = re.fullmatch(r"(\S[^()]{0,40}?)\s*\(or\s+([^()]{1,30})\)", text)
    if ways and parse(ways[1]) is not None and parse(ways[2]) is not None:
        said = {compare(ways[1], other), compare(ways[2], other)}
        return "equal" if "equal" in said else None
    again = re.fullmatch(r"(\S[^()]{0,30}?)\s*\(([^()\s][^()]{0,30})\)", text)
    if not again or not (isinstance(parse(again[2]), Quantity) or " " not in again[0].replace(" (", "(")):
        return None
    return compare(again[2], other) if compare(again[1], again[2]) == "equal" else None


_REASON = re.compile(r"(.{1,60}?),?\s+(?:because|since(?!\s+\d))\s+.+", re.DOTALL)


def _with_reason(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(B), because the others are too small"."""
    m = _REASON.fullmatch(text)
    verdict = compare(m[1], other) if m and " not" not in m[1] and not _REASON.fullmatch(other) else "undecided"
    return None if verdict == "undecided" else verdict


_HOW_MANY = re.compile(
    r"(?:(?:only|just|exactly|all|there\s+(?:are|were))\s+)*(?P<many>[a-z]+|\d+)(?:\s+[a-z]+)?:\s+\S.{0,200}",
    re.IGNORECASE | re.DOTALL,
)


def _how_many(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Only two: Ann and Bob" against "2"."""
    m = _HOW_MANY.fullmatch(text) if isinstance(parse(other), Quantity) else None
    return (
        compare(m["many"], other)
        if m and isinstance(parse(m["many"]), Quantity) and re.search(r",|\band\b", text)
        else None
    )


_NAMED_DAYS = re.compile(
    r"(?:from\s+)?([a-z]{3,9})\.?\s*(?:–|—|-|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s*([a-z]{3,9})\.?", re.IGNORECASE
)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _from_day_to_day(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Monday to Friday" and "Mon–Fri", "May through August"."""
    mine, theirs = _ends(text), _ends(other)
    return None if mine is None or theirs is None else "equal" if mine == theirs else "different"


def _ends(text: str) -> tuple[str, str] | None:
    m = _NAMED_DAYS.fullmatch(text)
    ends = [_day_or_month(word) for word in m.groups()] if m else []
    return (ends[0], ends[1]) if len(ends) == 2 and all(ends) else None


def _day_or_month(word: str) -> str:
    """The first letters of a day of the week, or the number of a month; empty for another word."""
    low = word.lower()
    if low[:3] in _WEEK and (low.endswith("day") or len(low) <= 5):
        return low[:3]
    return str(MONTH_NUMBERS.get(low, ""))


_SIZE = re.compile(r"\d[\d.]*\s*[a-z]*(?:\s*(?:[x×]|\bby\b)\s*\d[\d.]*\s*[a-z]*){1,2}", re.IGNORECASE)


def _size(text: str, other: str, compare: Compare) -> Verdict | None:
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


def _option(text: str, other: str, compare: Compare) -> Verdict | None:
    return options(text, other)


def _behind_letter(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(C) 25" against "25"."""
    said = option_said(text) if len(other) > 1 and not option_said(other) else None
    return "equal" if said and compare(said, other) == "equal" else None


def _unit_alone(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "mm" for "millimetres": a unit by itself, in another spelling."""
    if not (_UNIT.fullmatch(text) and _UNIT.fullmatch(other)) or text.casefold() == other.casefold():
        return None
    mine, theirs = measures(text), measures(other)
    return "equal" if mine and theirs and set(mine) & set(theirs) else None


_UNIT = re.compile(r"[^\W\d_]{1,20}(?:[ /·][^\W\d_]{1,20})?[²³]?")


def _other_option(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(C) 15 m/s" against "(D) 20 m/s": another letter and another thing; the same thing under another letter is left open."""
    mine, theirs = _LETTERED.fullmatch(text), _LETTERED.fullmatch(other)
    if not (mine and theirs) or mine[1] == theirs[1]:
        return None
    return "undecided" if compare(mine[2], theirs[2]) == "equal" else "different"


_LETTERED = re.compile(r"\(?([A-H])[).:]\s+(\S.{0,200})", re.DOTALL)


def _several_letters(text: str, other: str, compare: Compare) -> Verdict | None:
    mine, theirs = letters(text), letters(other)
    return None if mine is None or theirs is None else "equal" if mine == theirs else "different"


def _labelled(text: str, other: str, compare: Compare) -> Verdict | None:
    bare = unlabelled(text, other)
    verdict = compare(*bare) if bare is not None else "undecided"
    return None if verdict == "undecided" else verdict


def _state(text: str, other: str, compare: Compare) -> Verdict | None:
    return "equal" if same_state(text, other) else None


def _bounds(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "at least 5" is not "at most 5"; against a bare figure that is the same a bound is left open."""
    (side, bare), (other_side, other_bare) = bounded(text), bounded(other)
    if not side and not other_side:
        return None
    if side and other_side and side != other_side:
        return "different"
    verdict = compare(bare, other_bare)
    return "undecided" if verdict == "equal" and side != other_side else verdict


_RULES: tuple[_Rule, ...] = (
    _asserted,
    _in_two_units,
    _denied,
    _either,
    _the_contrary,
    _moments,
    _onward,
    _affirmed,
    _set_equal,
    _so,
    _moves,
    _same_part,
    _number_set,
    _opening,
    _made_by,
    _done_when,
    _by_letter,
    _of_kind,
    _by_another_name,
    _apposed,
    _factor,
    _told_twice,
    _how_many,
    score,
    how_often,
    _from_day_to_day,
    _size,
    *WORKINGS,
    _with_reason,
    _option,
    _behind_letter,
    _other_option,
    _unit_alone,
    _several_letters,
    _labelled,
    _state,
    _bounds,
)
