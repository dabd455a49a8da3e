# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""What a short answer is: a quantity, a day or a span of days, a time, an interval, a ratio, a collection, a truth value, or neither.

`parse(text)` strips the dressing (markdown, LaTeX, "x =", a full stop) and returns a typed value, or None for what is only text.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from graders.answers.days import read_clock, read_day, read_span
from graders.answers.dressing import undressed
from graders.answers.enumerations import read_collection
from graders.answers.formulas import ASSIGN, read_formula
from graders.answers.intervals import read_interval
from graders.answers.kinds import Parsed, Truth
from graders.answers.quantities import read_quantity, read_ratio


@lru_cache(maxsize=1024)
def parse(text: str) -> Parsed | None:
    """What a short text is worth, typed; the first reading that takes the whole of it."""
    plain = _MARKS.sub(r"\1", undressed(text))
    if not plain or len(plain) > 400:
        return None
    for read in _READERS:
        if (found := read(plain)) is not None:
            return found
    assigned = ASSIGN.sub("", _NAMED.sub("", plain, count=1), count=1)
    return parse(assigned) if assigned and assigned != plain else None


_NAMED = re.compile(r"^(?:the\s+)?[A-Za-z][A-Za-z -]{0,23}[A-Za-z]\s*(?:=|≈)\s*(?=[-−+]?[\d.$€£])")
"""A name in words before "=" and a figure: "pH = 4.7"."""
_MARKS = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$\n]*[^\s$\\])\$(?![\d\w$])")
"""A formula set between dollars within a text; two amounts of money are none."""

_YES, _NO = (
    frozenset(["yes", "true", "yeah", "yep", "correct", "ja", "oui", "sí", "si", "sim", "right"]),
    frozenset(["no", "false", "nope", "incorrect", "nein", "non", "não", "wrong"]),
)


_SAYS_SO = re.compile(
    r"(?:(?:no,?\s+|yes,?\s+)?(?:it|he|she|they)\s+(?:does|do|did|is|was|are|were|has|have|can|could|will)(\s?n[o']t|n't)?"
    r"|(?:that|this|the)\s+(?:statement|claim|assertion)\s+is\s+(true|false))"
)
"""A whole sentence that only affirms or denies: "It does not", "That statement is false"."""


_SURELY = {
    **dict.fromkeys(["exactly", "yup", "indeed", "absolutely", "certainly", "definitely", "of course", "affirmative", "that's right", "that is right", "that's correct", "that is correct", "that's true", "that is true", "it is true", "they are", "it is"], True),
    **dict.fromkeys(["not false", "not wrong"], True),
    **dict.fromkeys(["not really", "not quite", "not true", "not correct", "not right", "not so", "untrue", "no way", "nah", "absolutely not", "certainly not", "definitely not", "of course not", "not at all", "by no means", "that's wrong", "that is wrong", "that's false", "that is false", "that's incorrect", "that is incorrect", "it is false", "they are not"], False),
}  # fmt: skip


_JUDGED = re.compile(r"(?:it\s+is\s+)?(not\s+)?(true|correct|false|incorrect|wrong|untrue)\s+that\s.+", re.DOTALL)


def read_truth(text: str) -> Truth | None:
    word = text.lower().strip(" .!,")
    if judged := _JUDGED.fullmatch(word):
        return Truth((judged[2] in ("true", "correct")) is not bool(judged[1]))
    if word in _SURELY:
        return Truth(_SURELY[word])
    if said := _SAYS_SO.fullmatch(word):
        return Truth(said[2] == "true" if said[2] else not said[1])
    first = re.split(r"[,.;:!]\s|\s(?=\()|\s[–—-]+\s|\s?—\s?", word)[0]
    if first in _SURELY:
        return Truth(_SURELY[first])
    return Truth(True) if first in _YES else Truth(False) if first in _NO else None


_READERS: tuple[Callable[[str], Parsed | None], ...] = (
    read_truth,
    read_interval,
    read_clock,
    read_day,
    read_span,
    read_ratio,
    read_quantity,
    read_collection,
    read_formula,
)
