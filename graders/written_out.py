"""Numbers that the words around them account for: the rest of a whole, the first end of a range, a product with units, a residue.

Each is asked with the case, the answer's text, the number and the message before which things count as known, as in `accounts`.
"""

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from graders.numbers import Mention, numbers
from graders.provenance import trailing

if TYPE_CHECKING:
    from graders.base import Case

_OF = re.compile(r"\**\s+(?:\w+\s+)?(?:out\s+)?of\s+(?:the\s+|all\s+|its\s+|these\s+|those\s+)?\**$", re.IGNORECASE)


def rest_of(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether "86 of the 418" is what a known part leaves of a known whole."""
    whole = next((m for m in numbers(text) if m.start >= mention.end), None)
    if whole is None or whole.start - mention.end > 24 or not 0 < mention.value < whole.value:
        return False
    if not _OF.match(text[mention.end : whole.start]) or not case.knowledge.holds(whole.value, before):
        return False
    return case.knowledge.holds(whole.value - mention.value, before)


_TO = re.compile(r"\s?[-–—]\s?|\s+(?:to|bis|à|a)\s+")


def range_start(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a bare number is the first end of a range, known in the unit that only the second end is written with: "41–77 °F"."""
    other = next((m for m in numbers(text) if m.start >= mention.end), None)
    if mention.unit or other is None or not other.unit or not _TO.fullmatch(text[mention.end : other.start]):
        return False
    return case.knowledge.link(mention._replace(unit=other.unit), before, derive=False) is not None


_FACTORS = re.compile(
    r"(?<![\d.,])(\d+(?:\.\d+)?)\s*[^\W\d]{0,6}(?:/[^\W\d]{1,6})?\s*[×x*·]\s*(\d+(?:\.\d+)?)\s*[^\W\d]{0,6}(?:/[^\W\d]{1,6})?\s*=\s*[*$€£]*$"
)


def product_shown(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is the product written before it, whose units are left alone: "10 mg/kg × 70 kg = 700 mg"."""
    m = _FACTORS.search(text[max(0, mention.start - 60) : mention.start])
    if m is None:
        return False
    factors = [Fraction(m[1]), Fraction(m[2])]
    known = all(f < 13 or case.knowledge.holds(f, before) for f in factors)
    return known and abs(factors[0] * factors[1] - mention.value) <= mention.ulp / 2


_CONGRUENT = re.compile(r"(?:(?<![\w.^)])(\d{1,18})\s*)?(?:≡|\\equiv)\s*[-−]?\s*$")
_MODULUS = re.compile(r"[\s$,]*\(?\s*(?:\\pmod|\\bmod|\\mod|mod(?:ulo)?\b)[\s{]*(\d{1,18})", re.IGNORECASE)


def residue(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is claimed as congruent to another, which is arithmetic of its own; to a bare figure, whether it is."""
    left = _CONGRUENT.search(text[max(0, mention.start - 40) : mention.start])
    modulus = _MODULUS.match(text[mention.end : mention.end + 40])
    if left is None or left[1] is None or modulus is None or not int(modulus[1]):
        return left is not None
    return (int(left[1]) - mention.value) % int(modulus[1]) == 0


_WHOLE = re.compile(r"\b(?:afford|enough|at\s+most|full|buy|need|fits?|complete|whole)\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|some|over|~|≈|rund|etwa|environ|cerca de|unos|uns|circa)\s*\**\s*[$€£]?\s*$",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\b(?:averag\w*|mean|média|media|moyenne|durchschnitt\w*|mittel\w*|средн\w*)\b", re.IGNORECASE)
_NEAR = 160


def of_two_told(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether two numbers of its own sentences make it: their mean, how often one goes into the other, and where hedged anything simple."""
    value, said = abs(mention.value), text[max(0, mention.start - _NEAR) : mention.start]
    mean = _MEAN.search(said)
    hedged = _HEDGED.search(said)
    whole = mention.value.denominator == 1 and _WHOLE.search(said)
    if not (mean or hedged or whole):
        return False
    found = [m for m in numbers(text) if not m.dated and m.value != mention.value]
    told = [abs(m.value) for m in found if m.start < mention.start]
    behind = [abs(m.value) for m in found if mention.end <= m.start < mention.end + _NEAR] if mean else []
    slack = trailing(value, mention.ulp) / 2
    for a, b in combinations([*told[-8:], *behind[:4]], 2):
        if hedged and min(a, b) > 0 and abs(max(a, b) / min(a, b) - value) <= min(slack, value / 100):
            return True
        if mean and abs((a + b) / 2 - value) <= slack:
            return True
        if hedged and value >= 100 and (abs(abs(a - b) - value) <= slack or abs(a + b - value) <= slack):
            return True
        if whole and min(a, b) > 0 and value in (max(a, b) // min(a, b), -(-max(a, b) // min(a, b))):
            return True
    return False


_LEFT = re.compile(r"\b(?:left|over|remain\w*|rest|change|spare|übrig|reste|sobra\w*)\b", re.IGNORECASE)
_RAISED = re.compile(r"\b(?:cubed?|squared?|power)\b", re.IGNORECASE)


def left_or_raised(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number is what a told product leaves of a known one ("78 at 950, with 735 left over"), or a told one's power."""
    value, near = abs(mention.value), text[max(0, mention.start - _NEAR) : mention.end + 24]
    if value.denominator != 1 or mention.percent:
        return False
    told = [abs(m.value) for m in numbers(text) if m.start < mention.start and not m.dated and m.value != mention.value]
    if _RAISED.search(near) and any(value in (t**2, t**3) for t in told[-8:] if t < 10**6):
        return True
    if not _LEFT.search(text[mention.end : mention.end + 24]) and not _LEFT.search(
        text[max(0, mention.start - 24) : mention.start]
    ):
        return False
    return any(case.knowledge.holds(a * b + value, before) for a, b in combinations(told[-8:], 2) if a * b > 1)


_MATH = re.compile(
    r"\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,600}\$|\\\((?:(?!\\\)).){1,600}\\\)|\\\[(?:(?!\\\]).){1,2000}\\\]", re.DOTALL
)
_CHAIN = re.compile(r"=|\\cdot|\\times|\\approx|\\left|\\frac\s*\{[^{}]*\}\s*\{[^{}]*\}\s*[-+]")


def in_derivation(case: "Case", text: str, mention: Mention, before: int) -> bool:
    """Whether a number stands in a formula that works something out, and in no box: whether it holds is judged as arithmetic."""
    if "$" not in text and "\\" not in text:
        return False
    found = next((m for m in _MATH.finditer(text) if m.start() <= mention.start < m.end()), None)
    boxed = text.rfind("\\boxed", 0, mention.start)
    return found is not None and bool(_CHAIN.search(found[0])) and not boxed >= found.start()
