"""Spellings of one name: transcribed with other vowels, umlauts in two letters, and first letters for words.

What is only alike may still name two things, so callers leave it open.
"""

import re

from graders.wording import LINKS, core, tokens

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def alike(one: str, two: str, least: int = 6) -> bool:
    """Whether two words of so many letters at least may be spellings of one name: "Mohammed" and "Muhammad"."""
    if min(len(one), len(two)) < least or one[0] != two[0] or abs(len(one) - len(two)) > 2:
        return False
    skeletons = [re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouyh]", "", word)) for word in (one, two)]
    return skeletons[0] == skeletons[1]


def transcribed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words differ in the vowels of a single long one: "Dostoevsky", "Dostoyevsky"."""
    apart = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return (
        len(a) == len(b) > 1
        and len(apart) == 1
        and "".join(apart[0]).isalpha()
        and alike(*apart[0])
        and apart[0][0][-1] == apart[0][1][-1]
    )


def umlauts_aside(one: str, two: str) -> bool:
    """ "Zuerich" and "Zürich"."""
    return (one != one.translate(_UMLAUTS) and tokens(one.translate(_UMLAUTS)) == tokens(two)) or (
        two != two.translate(_UMLAUTS) and tokens(two.translate(_UMLAUTS)) == tokens(one)
    )


def abbreviates(word: str, others: set[str]) -> bool:
    """Whether a word may be made of the first letters of the others: "uc" and "university", "california"."""
    return 2 <= len(word) <= 4 and len(others) >= 2 and set(word) <= {w[0] for w in others}


def letters_first(text: str, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "UC Berkeley" for "University of California, Berkeley": the first letters of some words, then the same words."""
    letters, rest = short[0], short[1:]
    full = core(long, LINKS)
    if not (rest and 2 <= len(letters) <= 4 and letters.upper() in re.split(r"\W", text)):
        return False
    return full[len(letters) :] == rest and letters == "".join(w[0] for w in full[: len(letters)])
