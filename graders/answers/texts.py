"""What typed values leave open: equations behind "x =", names, letters of a choice, and sentences around a short answer."""

import re
from collections.abc import Callable

from graders.answers.formulas import equation
from graders.answers.kinds import Collection, Formula, Parsed, Quantity, Span, Truth
from graders.answers.symbolic import is_formula, shows
from graders.answers.typed import formulas
from graders.claims import claimed_numbers
from graders.headlines import headlines
from graders.wording import Verdict, same_name, says

Compare = Callable[[str, str], Verdict]


def texts(one: str, two: str, a: Parsed | None, b: Parsed | None, compare: Compare) -> Verdict:
    """What is left: equations behind "x =", names, options, and sentences around a short answer."""
    if "=" in one and "=" in two and (left := equation(one)) and (right := equation(two)):
        verdict = formulas(left, right, one, two)
        if verdict in ("equal", "different"):
            return verdict
    if option := _options(one, two):
        return option
    if a is None and b is None and same_name(one, two) == "equal":
        return "equal"
    if verdict := _sentence(one, two, a, b, compare) or _sentence(two, one, b, a, compare):
        return verdict
    if (a is None) != (b is None) and not isinstance(a or b, Collection | Formula | Span):
        return "different" if len(one.split()) <= 6 and len(two.split()) <= 6 else "undecided"
    verdict = same_name(one, two)
    if verdict == "different" and (max(len(one.split()), len(two.split())) > 8 or _unread(one, a) or _unread(two, b)):
        return "undecided"
    return verdict


def _unread(text: str, parsed: Parsed | None) -> bool:
    """Whether a text is a formula that could not be read: its words tell nothing."""
    return parsed is None and is_formula(text) and shows(text)


def _options(one: str, two: str) -> Verdict | None:
    """Letters of a choice: "(B)", "B.", "Option B", "B) Paris"."""
    letters = [
        re.fullmatch(r"(?:option|choice)?\s*\(?([A-Ha-h])\)?[.):]?(?:\s+(.*))?", t, re.I | re.S) for t in (one, two)
    ]
    if not letters[0] or not letters[1]:
        return None
    rests = [m[2] for m in letters if m]
    bare = [re.search(r"[().:]|option|choice", t, re.I) or len(t) == 1 for t in (one, two)]
    if not all(bare) or all(rests):
        return None
    return "equal" if letters[0][1].upper() == letters[1][1].upper() else "different"


def _sentence(long: str, short: str, a: Parsed | None, b: Parsed | None, compare: Compare) -> Verdict | None:
    """A longer text against a short answer: by what it sets apart, by its only number, by the name it gives."""
    words = len(long.split())
    if words < 4 or words <= len(short.split()) + 1 or (a is not None and not isinstance(a, Collection)):
        return None
    for headline in headlines(long):
        verdict = compare(headline, short)
        if verdict != "undecided":
            return verdict
    if isinstance(b, Quantity):
        claimed = [m.text for m in claimed_numbers(long)]
        verdicts = [compare(text, short) for text in claimed]
        if len(verdicts) == 1:
            return verdicts[0] if not re.search(r"\b(?:not|n't|never)\b", long) else "undecided"
        return "undecided" if "equal" in verdicts else ("different" if verdicts else None)
    if isinstance(b, Truth):
        return None
    said = says(long, short)
    return said if said != "different" or words > 8 else ("different" if words <= 12 else "undecided")
