# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Whether two names or short texts name the same thing, by their words, with the forms that names have: titles, initials, places, short given names.

The forms have files of their own: `given_names`, `name_spellings`, `place_names`, `word_order`. Where words differ and no form explains
it, names that share hardly anything are different, and the others are left open.
"""

import re

from graders.given_names import initials_aside, initials_fit, nicknamed
from graders.name_spellings import abbreviates, alike, letters_first, transcribed, umlauts_aside
from graders.names import folded
from graders.place_names import place_within
from graders.word_order import KINDS, kinds_aside, of_a_realm, of_aside, turned, turned_round
from graders.wording import ARTICLES, LINKS, SUFFIX, TITLES, Verdict, core, tokens

_PLACED = re.compile(
    r"^(?:on|in|at|from|to|by|because\s+of|due\s+to)\s+(?=\S)|^(?:the\s+)?(?:United\s+)?(?:Kingdom|Commonwealth|State|Federal\s+Republic|Republic(?!\s+of\s+(?:the\s+)?(?:China|Korea|Congo)\b)|Grand\s+Duchy|Principality|Sultanate)\s+of\s+(?=[A-Z])",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(
    r"\((?:country|state|city|town|river|band|film|novel|book|album|song|island|province)\)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
"""What tells one of several of a name from the others."""
_TOLD_APART = re.compile(r"(?<=\w)\s+\(([^\W\d_]+)\)\s*$")
"""One word in brackets behind a name, which says which of several it is: "Mercury (planet)"."""
_RANKS = re.compile(r",?\s+(?:Ph\.?\s?D\.?|M\.D\.|MD|MBE|OBE|CBE|KBE|FRS|Esq\.?|QC|KC|DSc|MSc|BSc|MBA)$")
"""What stands behind a name and tells a rank or a degree."""
_REMARK = re.compile(r"(?<=\w)\s+\(([^()]{2,40})\)\s*$")
"""What stands in brackets behind a name, and may say which of several it is: "Georgia (country)"."""
_TELLING = re.compile(r"[<>≤≥≠=^±]|(?<=\w)[+#]")
_VAGUELY = frozenset(["late", "early", "end", "mid", "middle", "beginning", "start", "turn"])
"""Parts of a year or a century, told in many ways."""
_APART = frozenset(
    "north south east west northern southern eastern western new upper lower great little early late".split()
)
"""Words that tell one from another of the same name."""


def same_name(given: str, reference: str) -> Verdict:
    """Whether two short texts name the same thing; signs of mathematics that only one has leave it open."""
    verdict = _same_words(given, reference)
    apart = verdict == "equal" and _TELLING.findall(given) != _TELLING.findall(reference)
    return "undecided" if apart else verdict


def _same_words(given: str, reference: str) -> Verdict:
    given, reference = (_RANKS.sub("", text) for text in (given, reference))
    if "," in given + reference and _OF_A_KIND.search(f"{given}\n{reference}"):
        return "undecided"
    remarks = [_REMARK.search(t) for t in (given, reference)]
    if (
        remarks[0]
        and remarks[1]
        and tokens(remarks[0][1]) != tokens(remarks[1][1])
        and not re.search(r"\d", "".join(m[1] for m in remarks if m))
    ):
        heads = [tokens(t[: m.start()]) for t, m in zip((given, reference), remarks, strict=True) if m]
        return "undecided" if heads[0] == heads[1] else "different"
    told = [_TOLD_APART.search(t) for t in (given, reference)]
    if told[0] and told[1] and told[0][1].casefold() != told[1][1].casefold():
        return "undecided" if tokens(given[: told[0].start()]) == tokens(reference[: told[1].start()]) else "different"
    if (mark := told[0] or told[1]) and KINDS & set(tokens(reference if told[0] else given)) - {folded(mark[1])}:
        return "undecided"
    one, two = (_PLACED.sub("", _without_brackets(t)) for t in (given, reference))
    initials = re.search(r"[a-z]\s[AIO]\.?\s[A-Z]", f"{one}\n{two}")
    a, b = (core(tokens(t), frozenset(w for w in ARTICLES if len(w) > 1) if initials else ARTICLES) for t in (one, two))
    if not a or not b:
        return "undecided" if a or b else "equal"
    if (
        a == b
        or re.sub(r"['’]", "", "".join(a)) == re.sub(r"['’]", "", "".join(b))
        or core(a, LINKS) == core(b, LINKS)
        or tuple(map(_stem, a)) == tuple(map(_stem, b))
    ):
        return "equal"
    born = {words[-1] for words in (a, b) if words[-1] in SUFFIX}
    if initials_aside(a, b) or nicknamed(a, b) or nicknamed(b, a) or transcribed(a, b):
        return "equal"
    titles = {words[0] for words in (a, b) if len(words) > 1 and words[0] in TITLES}
    a, b = (_untitled(words) for words in (a, b))
    if a == b and len(titles) > 1:
        return "undecided"
    if len(born) > 1:
        return "different"
    if a == b or turned(one, two, a, b) or kinds_aside(a, b) or initials_aside(a, b):
        return "equal"
    if (
        turned_round(one, two)
        or turned_round(two, one)
        or place_within(one, two)
        or of_aside(a, b)
        or umlauts_aside(one, two)
        or letters_first(one, a, b)
        or letters_first(two, b, a)
        or of_a_realm(one, two)
        or of_a_realm(two, one)
    ):
        return "equal"
    return _overlap(a, b)


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the titles before it and "Jr." behind it; "King" at the end is part of it."""
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return core(words, SUFFIX)


def _without_brackets(text: str) -> str:
    return re.sub(r"(?:\s+[(\[]|\[(?=\d+\]))(?:[^()\[\]]|\([^()]*\))*[)\]]\s*$", "", text).strip() or text


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> Verdict:
    """Different where hardly anything is shared, or where what differs tells things apart; else left open."""
    shared = set(map(_stem, a)) & set(map(_stem, b))
    if not shared and 1 < len(a) == len(b) and all(alike(x, y, 4) for x, y in zip(a, b, strict=True)):
        return "undecided"
    if not shared and len(a) + len(b) > 2 and any(alike(x, y) for x in a for y in b):
        return "undecided"
    if not shared or any(w.isdigit() for w in set(a) ^ set(b)):
        return "different"
    left, right = set(map(_stem, a)) - shared, set(map(_stem, b)) - shared
    if (left or right) and (left | right) <= _APART:
        return "different"
    if left and right:
        if any(w.isdigit() for w in shared) and _VAGUELY & (left | right):
            return "undecided"
        if any(abbreviates(x, right) for x in left) or any(abbreviates(x, left) for x in right):
            return "undecided"
        if any(alike(x, y) for x in left for y in right):
            return "undecided"
        return "undecided" if initials_fit(a, b) else "different"
    return "undecided"


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
