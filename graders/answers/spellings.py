"""One spelling for words that English spells in two ways, and one number for nouns of Latin and Greek: "sulphuric", "mitochondria"."""

import re

_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[srd]?|ing|ations?)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e[srd]?|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2}[^aeiou])our(?=s?$|ed$|ing$|able$|ful$)|(?<=[a-z]av)our|(?<=neighb)our"), "or"),
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),
    (re.compile(r"aem(?=i|o)|(?<=h)aem"), "em"),
    (re.compile(r"^(oe|ae)(?=[a-z]{4})"), "e"),
    (re.compile(r"(?<=f)oe(?=t)|(?<=p)ae(?=d)|oe(?=a|uv)|(?<=ch)ae(?=o)|(?<=n)ae(?=s)"), "e"),
    (re.compile(r"(?<=[a-z]{3}[aeiou])ll(?=ed$|ing$|ers?$)"), "l"),
    (re.compile(r"(?<=[a-z]{2})ogue(?=s?$)"), "og"),
    (re.compile(r"alumini?um$"), "aluminum"),
    (re.compile(r"(?<=[a-z]{4})ence$"), "ense"),
)  # fmt: skip
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("a", "on"),
    ("a", "um"),
    ("i", "us"),
    ("ae", "a"),
    ("es", "is"),
    ("ies", "y"),
    ("ices", "ix"),
    ("ices", "ex"),
    ("men", "man"),
    ("ves", "f"),
    ("es", ""),
    ("s", ""),
)


def same_spelling(one: str, two: str) -> bool:
    """Whether two texts of plain words are the same but for British and American spelling, or for one and several."""
    mine, theirs = (re.findall(r"[^\W\d_]+", text.lower()) for text in (one, two))
    if not mine or len(mine) != len(theirs) or not (one.isascii() and two.isascii()):
        return False
    if re.sub(r"[a-zA-Z]+", "", one).split() != re.sub(r"[a-zA-Z]+", "", two).split():
        return False
    names = any(w[0].isupper() for text in (one, two) for w in text.split()[1:])
    return all(
        x == y or _spelt(x) == _spelt(y) or (not names and _counts(x, y)) for x, y in zip(mine, theirs, strict=True)
    )


_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:ies|ied|es|ed|ing|s|e|y)$")


def stemmed(word: str) -> str:
    """A plain word without the endings that tell number and time: "planted" and "planting", "studies" and "study"."""
    return _spelt(_SUFFIX.sub("", word)) if len(word) > 4 else word.removesuffix("s") if len(word) > 3 else word


def _spelt(word: str) -> str:
    for pattern, ending in _ENDINGS:
        word = pattern.sub(ending, word)
    return word


def _counts(one: str, two: str) -> bool:
    """Whether one of two words is the other for several: "nuclei" and "nucleus"; four letters at least stay the same."""
    for x, y in ((one, two), (two, one)):
        for several, single in _NUMBERS:
            stem = x.removesuffix(several)
            if stem != x and len(stem) >= 4 and y == stem + single and not x.endswith("ss"):
                return True
    return False
