# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Two sentences: the same where one says all that the other does, different where what they say of the same is another thing.

Compared by the words that tell something, sentence by sentence. Limits: other words for the same leave it open.
"""

import re
from fractions import Fraction

from graders.answers.absent import refuses
from graders.answers.figured import DENIAL
from graders.answers.spellings import stemmed
from graders.answers.standing import Standing, is_against, parts
from graders.answers.turns import opposed
from graders.claims import claimed_numbers
from graders.names import folded
from graders.number_words import SMALL
from graders.wording import ORDINALS, Verdict

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP = frozenset(
    "the a an and or of in on at to for from by with as is was are were be been being am it its this that these those there here i you he she we they me him her us them my your his our their mine yours "
    "do does did has have had will would can could should shall may might must who which what when where while than then so if also just really very actually officially generally typically usually about around approximately roughly "
    "called named known located found appears appear seems mentioned previously said says stated according based into onto up out over s".split()
)
_Words = dict[str, str]
"""The words that tell something, by what is left of them without endings, as they are written."""


def _telling(text: str) -> _Words:
    said = {}
    for m in _WORD.finditer(text):
        word = folded(re.sub(r"['’](?:s|re|ve|ll|d|m)$", "", m[0]))
        if word not in _STOP and not DENIAL.fullmatch(m[0]):
            said[_plain(word)] = m[0]
    return said


def untold(text: str, wanted: str) -> float:
    """The share of what tells something in a short text that a longer one does not hold."""
    told = _telling(wanted).keys()
    return len(told - _telling(text).keys()) / len(told) if told else 0.0


def _plain(word: str) -> str:
    word = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)
    return ORDINALS.get(word, str(SMALL[word]) if word in SMALL else stemmed(word))


def statements(one: str, two: str) -> Verdict | None:
    """The verdict on two sentences; None where they have too little in common to tell."""
    if (gives_none := refuses(one)) is not refuses(two):
        value, refusal = (two, one) if gives_none else (one, two)
        return "different" if untold(refusal, value) and not _MAYBE_NONE.search(value) else None
    if gives_none:
        return "equal"
    long, short = sorted((one, two), key=lambda text: len(_telling(text)), reverse=True)
    wanted = _telling(short)
    if not wanted:
        return None
    several = max(part.sentence for part in parts(short)) > 0
    sentences = [" ".join(_sentences(long))] if several else _sentences(long)
    said = max(sentences, key=lambda each: len(wanted.keys() & _telling(each).keys()), default=long)
    found = _telling(said)
    missing, extra = wanted.keys() - found.keys(), found.keys() - wanted.keys()
    shared = len(wanted) - len(missing)
    if (compared := comparison(said, short)) is not None:
        return compared
    if 2 * shared < len(wanted) or opposed(said, short):
        return "different" if shared and opposed(said, short) else None
    if len(_NO.findall(said)) % 2 != len(_NO.findall(short)) % 2:
        return "different" if len(missing) <= 1 else None
    if not missing:
        return "equal" if _order(said, short) else None if extra else _turned(said, short)
    figures = _values(short) - _values(said), _values(said) - _values(short)
    if figures[0] and figures[1]:
        return "different"
    if _values(short) and not any(figures):
        return "equal" if len(missing) + len(extra) > 2 else None
    if len(missing) == len(extra) == 1 and _replaced(
        short, wanted[next(iter(missing))], said, found[next(iter(extra))]
    ):
        return "different"
    if (
        len(missing) == len(extra) == 1
        and _is(said, found[next(iter(extra))])
        and _is(short, wanted[next(iter(missing))])
    ):
        return "different"
    names = [
        {w for w in apart if re.search(r"[A-ZÀ-Þ\d]", words[w])} for apart, words in ((missing, wanted), (extra, found))
    ]
    if (names[0] and names[1]) or (extra and len(missing) <= 2 and list(wanted)[-1] in missing):
        return "different"
    return None


_NO = re.compile(rf"{DENIAL.pattern}|\b[Nn]o\s+(?=[a-z])")
_COLOURS = frozenset("red blue green yellow black white brown grey gray orange purple pink gold silver".split())


def _replaced(short: str, mine: str, said: str, theirs: str) -> bool:
    """Whether the only word that differs is one of a list, "radium and polonium", or a colour on both sides."""
    if {mine.lower(), theirs.lower()} <= _COLOURS:
        return True
    return all(
        re.search(rf"\b(?:and|or)\s+{re.escape(word)}\b|\b{re.escape(word)}\s+(?:and|or)\b", text)
        for word, text in ((mine, short), (theirs, said))
    )


_COMPARED = re.compile(
    r"(?P<one>[A-ZÀ-Þ][\w'’ -]{0,40}?)\s+(?:is|was|are|were)\s+(?:\w+\s+){0,2}?(?P<how>more\s+\w+|less\s+\w+|[a-z]{2,}er)\s+than\s+(?P<other>[A-ZÀ-Þ][\w'’ -]{0,40}?)\W*"
)


def comparison(one: str, two: str) -> Verdict | None:
    """ "Tom is older than Ann" and "Ann is younger than Tom"; None where either compares nothing, or in other words."""
    a, b = _COMPARED.fullmatch(one), _COMPARED.fullmatch(two)
    if not a or not b:
        return None
    same, turned = (a["one"], a["other"]) == (b["one"], b["other"]), (a["one"], a["other"]) == (b["other"], b["one"])
    if not same and not turned:
        return None
    if a["how"] == b["how"]:
        return "equal" if same else "different"
    if opposed(a["how"], b["how"]):
        return "equal" if turned else "different"
    return None


def _turned(one: str, two: str) -> Verdict | None:
    """Two sentences of the same words in another order: "Paris is the capital" and "the capital is Paris", but who pays whom differs."""
    if all(re.search(r"\b(?:is|was|are|were)\s+(?!\w+(?:ed|en)\b)", text) for text in (one, two)):
        return "equal"
    plain = not any(re.search(r",|\bby\b|\b(?:was|were|is|are|been)\b", text) for text in (one, two))
    return "different" if plain else None


_MAYBE_NONE = re.compile(r"\b(?:no|not|none|never|nothing|nobody|unknown|unclear)\b|n['’]t\b", re.IGNORECASE)


def _is(text: str, word: str) -> bool:
    """Whether a sentence says of something that it is so: "is white"."""
    return bool(
        re.search(
            rf"\b(?:is|was|are|were|appears?|seems?|becomes?|became)\s+(?:an?\s+|the\s+)?{re.escape(word)}\b", text
        )
    )


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each without what it denies or is set against."""
    kept: dict[int, list[str]] = {}
    for part in parts(text):
        if part.standing != Standing.DENIED and not is_against(text, part):
            kept.setdefault(part.sentence, []).append(text[part.start : part.end])
    return [" ".join(said) for said in kept.values()]


def _values(text: str) -> set[Fraction]:
    return {m.value for m in claimed_numbers(text)}


def _order(one: str, two: str) -> bool:
    """Whether names that both have stand in the same order, and figures too."""
    for kind in (str.isdigit, lambda word: not word.isdigit()):
        first, second = (
            [w for w, written in _telling(text).items() if kind(w) and not written[0].islower()] for text in (one, two)
        )
        both = set(first) & set(second)
        if [w for w in first if w in both] != [w for w in second if w in both]:
            return False
    return True
