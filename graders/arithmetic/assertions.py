"""Which formulas of a text are asserted: neither doubted, supposed nor refuted by the words around them, nor of another arithmetic.

Read are the sentence before a formula, as far as it reaches back, and the first words behind it. What is asserted may still be wrong.
"""

import re
from collections.abc import Iterator

from graders.arithmetic.latex import SEGMENT, inner_of, is_formula

OPEN = re.compile(r"\\p?mod\b|(?<![a-zA-Z\\])b?mod(?![a-z])|\\bmod\b|\\equiv|≡|\\ne(?:q)?(?![a-z])|\\not(?![a-z])")
"""Signs of remainders, and those that deny: they hold for a whole formula."""
_DOUBT = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bcannot\b|\bwould\b|\bsuppos|\bassum|\bif\b|\bguess|\bclaim|\bwrong|\bincorrect|\bthinks?\b|\bin\s+base\b|\bbase[\s-]+(?:\$?\d|\$?[a-z]\b(?!\s+of)|two\b|ten\b|eight\b|sixteen\b)|clock\b|\bmod(?:ulo)?\b|\bunless\b",
    re.IGNORECASE,
)
"""Before a formula: it is not asserted."""
_MODULAR = re.compile(r"\bmod(?:ulo)?\b", re.IGNORECASE)
_REFUTED = re.compile(
    r"contradict|impossib|absurd|\bfalse|incorrect|\bwrong|inconsistent|extraneous|invalid|\bnot\s+(?:true|possible|hold|valid|the\s+case|work)|\bnever\b|\bcannot\b|\bdoes(?:n't|\s+not)\s+(?:hold|work)",
    re.IGNORECASE,
)
"""Around a formula: it is refuted."""
_NO_SOLUTION = re.compile(r"\bno\s+(?:[a-z]+\s+){0,3}(?:solution|value|root)", re.IGNORECASE)
"""Behind an equality it refutes that; behind an inequality it follows from it."""
_COMPARED = re.compile(r"[<>≤≥]|\\[lg]eq?(?![a-z])|\\[lg]t(?![a-z])|\\[lg]eqslant")
_CONDITION = re.compile(r"\b(?:if|suppose|assume)\b.*?(?:,\$?\s|\bthen\b)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(r"\b(?:since|because)\b", re.IGNORECASE)
_REST = re.compile(r"[\s,(]*(?:with\s+)?(?:an?\s+)?(?:remainder|rem\b|R\b|r\s?\d|left\s+over)")
_SIGNS = re.compile(r"=|\\approx(?![a-z])|≈")
_SAID = re.compile(
    r"\b(?:expand\w*|factor\w*|simplif\w+|rewrit\w+|multiply\w*\s+out|see\s+that|not(?:e|ice)\s+that|distribut\w+)\b[^.$]{0,40}$",
    re.IGNORECASE,
)
"""Before an equality: its sides are another form of one another."""


def asserted(bare: str) -> Iterator[tuple[str, bool, bool]]:
    """The formulas of a text that hold an equality, neither doubted nor of another arithmetic, with whether an identity is announced and
    whether it is asserted without a condition."""
    for m in SEGMENT.finditer(bare):
        inner = inner_of(m)
        if (
            _SIGNS.search(inner)
            and is_formula(m)
            and not OPEN.search(inner)
            and not doubted(bare, m.start(), m.end(), inner, met=True)
        ):
            said = bool(_SAID.search(bare[max(0, m.start() - 80) : m.start()]))
            yield inner, said, not doubted(bare, m.start(), m.end(), inner)


def doubted(text: str, start: int, end: int, formula: str, *, remainders: bool = False, met: bool = False) -> bool:
    """Whether the sentence around a formula does not assert it, or the next one takes it back; with `remainders`, a modulus is no doubt,
    with `met` a condition that ends before the formula is none."""
    before = re.split(r"[.!?;]\s|\n\n", text[max(0, start - 100) : start])[-1]
    if remainders:
        before = _MODULAR.sub("", before)
    if met:
        before = _CONDITION.sub("", before)
    return bool(
        _DOUBT.search(before)
        or _REFUTED.search(_REASON.split(before)[-1])
        or _REFUTED.search(text[end : end + 80])
        or (_NO_SOLUTION.search(text[end : end + 80]) and not _COMPARED.search(formula))
        or _REST.match(text[end : end + 30])
    )
