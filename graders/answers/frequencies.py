# ruff: noqa: E501  (word lists are data: broken up they cannot be read)
"""How often something happens: "every fortnight" is "every two weeks" and "once every 14 days", and not "twice a week".

Limits: months and years are no number of days; "biweekly" and "bimonthly", which people use for either of two, are left open.
"""

import re
from fractions import Fraction

from graders.number_words import SMALL
from graders.wording import ORDINALS, Compare, Verdict

_UNITS = {
    "second": ("s", 1), "minute": ("s", 60), "hour": ("s", 3600), "day": ("s", 86400), "night": ("s", 86400), "week": ("s", 604800),
    "fortnight": ("s", 1209600), "month": ("month", 1), "quarter": ("month", 3), "year": ("month", 12), "decade": ("month", 120), "century": ("month", 1200),
}  # fmt: skip
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)}|centurie)s?"
_ADVERBS = {
    "hourly": ("s", 3600), "daily": ("s", 86400), "nightly": ("s", 86400), "weekly": ("s", 604800), "fortnightly": ("s", 1209600), "monthly": ("month", 1),
    "quarterly": ("month", 3), "yearly": ("month", 12), "annually": ("month", 12), "annual": ("month", 12), "per annum": ("month", 12), "biennially": ("month", 24),
    "semiannually": ("month", 6), "semi-annually": ("month", 6), "biannually": ("month", 6), "half-yearly": ("month", 6),
}  # fmt: skip
_TIMES = (
    rf"(?:(?P<once>once|one\s+time)|(?P<twice>twice)|(?P<thrice>thrice)|(?P<times>\d{{1,3}}|{'|'.join(SMALL)})\s+times)"
)
_OFTEN = re.compile(
    rf"(?:{_TIMES}\s+)?(?:an?|per|each|every)\s+(?:(?P<many>\d{{1,3}}|{'|'.join(SMALL)}|other|second|third|fourth)\s+)?{_UNIT}",
    re.IGNORECASE,
)
_ADVERB = re.compile(rf"(?:{_TIMES}\s+)?(?P<adverb>{'|'.join(_ADVERBS)})", re.IGNORECASE)
_OFTEN_PLAIN, _ADVERB_PLAIN = (re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern in (_OFTEN, _ADVERB))


def how_often(text: str, other: str, compare: Compare) -> Verdict | None:
    """Two answers that tell how often, by how long it is from one time to the next."""
    mine, theirs = _period(text), _period(other)
    if mine is None or theirs is None:
        return None
    return "equal" if mine == theirs else "different"


def told_often(long: str, short: str) -> Verdict | None:
    """Whether a sentence tells the frequency that a short answer is; None where the short one is none, or the sentence tells none or several."""
    if _period(short) is None:
        return None
    found = [
        m[0] for m in re.finditer(rf"\b(?:{_OFTEN_PLAIN}|{_ADVERB_PLAIN})\b", long, re.IGNORECASE) if _period(m[0])
    ]
    return how_often(found[0], short, lambda one, two: "undecided") if len(found) == 1 else None


def _period(text: str) -> tuple[str, Fraction] | None:
    """What passes from one time to the next; None where a text says anything else."""
    m = _OFTEN.fullmatch(text) or _ADVERB.fullmatch(text)
    if m is None or (
        "unit" in m.re.groupindex and not m["many"] and not m.re.groupindex.get("adverb") and not _tells_times(m, text)
    ):
        return None
    times = 1 if m["once"] else 2 if m["twice"] else 3 if m["thrice"] else _number(m["times"]) if m["times"] else 1
    if "adverb" in m.re.groupindex:
        kind, length = _ADVERBS[m["adverb"].lower()]
        return (kind, Fraction(length, times)) if times else None
    kind, length = _UNITS[m["unit"].lower().replace("centurie", "century")]
    return (kind, Fraction(length) * _number(m["many"] or "1") / times) if times else None


def _tells_times(m: re.Match[str], text: str) -> bool:
    """Whether a text surely tells how often: "a week" alone is how long."""
    return bool(m["once"] or m["twice"] or m["thrice"] or m["times"]) or text.lower().startswith(("every", "each"))


def _number(word: str) -> int:
    low = word.lower()
    return int(low) if low.isdigit() else 2 if low == "other" else int(ORDINALS.get(low, SMALL.get(low, 1)))
