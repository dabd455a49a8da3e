"""Problems that ask for nothing but a formula's value or another form of it: "Compute $\\binom{11}{4}$", "Factor $x^2 - 9$".

Only a question of a verb, one formula and how to write the answer down is read, and only where both formula and answer are; an answer that
may be rounded, or in another base or unit, is left alone.
"""

import re
from collections.abc import Sequence

from graders.arithmetic import values_of
from graders.expressions import Expression, close, constant, expression, same

_THING = (
    r"(?:exact\s+|numerical\s+|single\s+)?(?:value\s+of\s+)?(?:the\s+)?(?:following\s+)?"
    r"(?:expression|sum|product|quotient|difference|power|polynomial|fraction)?"
)
_ASKED = re.compile(
    rf"\s*(?:please\s+)?(?:compute|evaluate|calculate|simplify|find|determine|what\s+is|factor|expand|multiply\s+out)\s*(?:completely|fully)?\s*"
    rf"(?:the\s+)?{_THING}\s*:?\s*(?:\$\$?|\\\[|\\\()(.+?)(?:\$\$?|\\\]|\\\))\s*[.?!]?(.*)",
    re.IGNORECASE | re.DOTALL,
)
_WRITTEN = re.compile(r"\s*(?:(?:express|write|give|enter|leave|simplify|reduce)\b[^.]*\.?\s*)*", re.IGNORECASE)
_OTHER = re.compile(
    r"nearest|decimal|percent|round|approx|base|mod|places?|digit|mixed|scientific|interval|radian|degree|significant|remainder|terms?\s+of",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"=|[<>]|\\[lg]eq?(?![a-z])|arc|\\?log(?!_)|\\ln|(?<![a-zA-Z\\])[d-hp-uD-HN-U](?:_\w|')?\s*(?:\\left\s*)?\(|[@#]|\\(?:star|oplus|otimes|diamond|text|pm|mp)|_\{?\d|\^\s*\d\d|\\?%"
)


def misses_question(problem: str, answers: Sequence[str]) -> str | None:
    """Why no answer can be what the problem asks for; None where one can, or where it is not that plain a question."""
    m = _ASKED.fullmatch(problem)
    if m is None or _UNSURE.search(m[1]) or _OTHER.search(m[2]) or not _WRITTEN.fullmatch(m[2]):
        return None
    asked = m[1].strip().rstrip(".,")
    if any(_may_be(asked, answer.strip().strip("$").rstrip(".")) for answer in answers):
        return None
    return f"the problem asks for {asked}, which is not {answers[0]}"


def _may_be(asked: str, answer: str) -> bool:
    if _UNSURE.search(answer) or "." in answer or "," in answer:
        return True
    one, two = expression(asked), expression(answer)
    if two is None:
        return True
    if one and one.names and one.names == two.names:
        return same(one, two) is not False
    if two.names:
        return True
    mine = [constant(one)] if one and one.names else list(values_of(asked))
    theirs = list(values_of(answer))
    return not mine or not theirs or None in mine or any(a is not None and close(a, b) for a in mine for b in theirs)


def names_of(answers: Sequence[str]) -> frozenset[str]:
    """The names of an answer that is an expression: the solution leaves them open, so what holds for them holds for all their values."""
    found: list[Expression | None] = [
        expression(each.strip().strip("$")) for each in answers if not _UNSURE.search(each)
    ]
    return frozenset(name for one in found if one for name in one.names)
