# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Which words of a name stood nowhere before an answer, in any of their usual forms."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graders.names import Name, folded
from traces.record import Step

if TYPE_CHECKING:
    from graders.base import Case

_MONTHS_AND_DAYS = "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec"
_COMMON = frozenset(
    f"{_MONTHS_AND_DAYS} i yes no the a an it he she they we you this that these those there here if so as in on at of for and or but not note answer final result "
    "source sources based according total sum since because therefore thus hence first second third finally however also both mr mrs ms dr prof sir lady saint st mount lake river "
    "university college institute company inc ltd corp street road avenue city town county state kingdom republic province district north south east west northern southern "
    "eastern western central english german french spanish italian latin american british european african asian usd eur gbp us uk eu un ad bc ce bce am pm gmt utc ok "
    "wikipedia google python celsius fahrenheit kelvin christmas internet web god earth sun moon euro dollar".split()
)
_STOP = frozenset("of de del della di du da dos la le van von der den the and y und".split())


def common(word: str) -> bool:
    """Whether a word with a capital names nothing of its own: a month, a unit, a title, a language, an article."""
    return folded(word) in _COMMON or folded(word) in _STOP


def unseen(case: "Case", step: Step, name: Name) -> list[str]:
    """The words of a name that stood nowhere before, folded; empty where each was seen or is common."""
    found, codes = [], _CODES.findall(name.text)
    for word in re.findall(r"[^\W\d_]{2,}(?:['’]s)?", name.text):
        plain = folded(word)
        if common(plain) or len(plain) < 3:
            continue
        if any(word in code and case.knowledge.word(code, step.message) for code in codes):
            continue
        if not any(case.knowledge.word(form, step.message) for form in _forms(plain)):
            found.append(word)
    return found


_CODES = re.compile(r"(?<!\w)\w*\d\w*")


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be an ending of: plurals, "-n", "-an", "-ian", "-ish"."""
    yield word
    for ending in ("s", "es", "n", "an", "ian", "ish", "ese", "er", "i", "in", "en", "e", "'"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: -len(ending)]
    yield word + "s"
    yield word + "a"
