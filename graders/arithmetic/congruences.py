"""Remainders, computed again: chains of congruences in LaTeX ("7^3 \\equiv 63 \\equiv 3 \\pmod{10}"), and divisions that leave one.

Judged where the modulus stands in the same formula or right behind it, and where both sides are whole numbers. A chain with variables, a
division, or a modulus of its own on each line but the last is read as far as that goes.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from graders.arithmetic.assertions import doubted
from graders.arithmetic.latex import FIGURE, GROUPS, SEGMENT, apart_at_commas, inner_of
from graders.expressions import expression

_MODULUS = re.compile(
    r"\(?\s*\\?(?:p?mod|bmod|pod|text\s*\{\s*\(?mod\s*\}?|mathrm\s*\{\s*mod\s*\})\s*\{?\s*\$?\s*(\d+)\s*\}?\s*\)?"
)
_BEHIND = re.compile(r"\$?[\s,]*\(?\s*(?:modulo|mod)\.?\s*\$?\s*(\d+)")
_CONGRUENT = re.compile(r"\\equiv(?![a-z])|≡")
_SIGN = re.compile(r"\\equiv(?![a-z])|≡|=")
_LINE = re.compile(
    r"\\\\(?:\[[^\]]*\])?(?!\s*&?\s*(?:\\q?quad\s*)*(?:\\equiv|≡|=|\+))|\\q?quad(?!\s*(?:\\equiv|\+))|\\implies|\\(?:Long)?[Rr]ightarrow|;"
)
_NOISE = re.compile(r"&|\\q?quad|\\\\(?:\[[^\]]*\])?|\\boxed|\\text\s*\{[\s,]*\}")
_OPEN = re.compile(r"\\n(?:eq?|ot)(?![a-z])|[<>]|\\[lg]e(?:q)?(?![a-z])")


def incongruent(text: str) -> Iterator[str]:
    """The congruences that the formulas of a text assert and that do not hold."""
    bare = FIGURE.sub(" ", text)
    for m in SEGMENT.finditer(bare):
        if not doubted(bare, m.start(), m.end(), m[0], remainders=True):
            yield from _broken_congruences(GROUPS.sub("", inner_of(m)), bare[m.end() :])
    yield from _wrong_remainders(GROUPS.sub("", bare).replace("$", " "))


def _broken_congruences(formula: str, behind: str) -> Iterator[str]:
    """The congruences of a formula that do not hold; `behind` is the text after it, which may name the modulus."""
    if not _CONGRUENT.search(formula) or _OPEN.search(formula):
        return
    named = {int(number) for number in _MODULUS.findall(formula)}
    after = _BEHIND.match(behind)
    if not named and after:
        named = {int(after[1])}
    for line in _LINE.split(formula):
        own = {int(number) for number in _MODULUS.findall(line)} or (named if len(named) == 1 else set())
        if len(own) == 1 and (modulus := next(iter(own))) > 1:
            for part in apart_at_commas(_MODULUS.sub(" ", line)):
                yield from _broken(part, modulus)


_DIVIDED = re.compile(
    r"(?<![\w.,)}^*/+-])(\d+)\s*(?:\\div|÷|/|\bdivided\s+by\b)\s*(\d+)\s*(?:=|\bis\b|\bequals\b)\s*(\d+)\s*"
    r"(?:\\text\s*\{\s*(?:R|r|rem(?:ainder)?)\s*\}|,?\s*(?:with\s+)?(?:a\s+)?remainder\s*(?:of\s*)?|\bR\s?|\br\s)\s*\$?(\d+)(?![.\d])"
)


def _wrong_remainders(text: str) -> Iterator[str]:
    """Divisions with a remainder that do not come to their number: "100 \\div 12 = 8 \\text{ R}4"."""
    for m in _DIVIDED.finditer(text):
        whole, by, quotient, rest = map(int, m.groups())
        if by and whole != by * quotient + rest:
            yield f"{m[0].strip()}: it is {whole // by} with remainder {whole % by}"


def _broken(statement: str, modulus: int) -> Iterator[str]:
    sides = [_NOISE.sub(" ", side).strip().rstrip(".").strip() for side in _SIGN.split(statement)]
    if not _CONGRUENT.search(statement):
        return
    for left, right in pairwise(sides):
        one, two = _whole(left), _whole(right)
        if one is not None and two is not None and (one - two) % modulus:
            yield f"{left} is not {right} modulo {modulus}"


def _whole(side: str) -> int | None:
    found = expression(side)
    if found is None or found.names:
        return None
    try:
        value = found.node({})
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None
