"""What typed values leave open: equations behind "x =", names, and sentences around a short answer."""

import re

from graders.answers.formula_pairs import formulas
from graders.answers.formulas import equation
from graders.answers.in_sentences import sentence
from graders.answers.kinds import Collection, Formula, Parsed, Span, Truth
from graders.answers.persons import by_last_name, same_but_middle
from graders.answers.relations import relations
from graders.answers.scripts import latin, unlike_scripts
from graders.answers.sentence_lists import enumerates
from graders.answers.spellings import same_spelling
from graders.answers.statements import statements
from graders.answers.symbolic import is_formula, shows
from graders.answers.values import parse
from graders.answers.verbs import is_sentence
from graders.number_words import SMALL
from graders.numbers import numbers
from graders.same_names import same_name
from graders.says import says
from graders.wording import Compare, Verdict


def texts(one: str, two: str, a: Parsed | None, b: Parsed | None, compare: Compare) -> Verdict:
    """The first of these that can tell."""
    if _CODE.search(one) and _CODE.search(two) and re.findall(r"\w+", one) == re.findall(r"\w+", two):
        marks = [re.sub(r"[\w\s;]", "", text).replace('"', "'") for text in (one, two)]
        return "equal" if marks[0] == marks[1] else "different"
    if a is None and b is None and (verdict_of := relations(one, two)) is not None:
        return verdict_of
    if "=" in one and "=" in two and (left := equation(one)) and (right := equation(two)):
        verdict = formulas(left, right, one, two)
        if verdict in ("equal", "different"):
            return verdict
    if a is None and b is None and _signed(one) == _signed(two) and same_name(one, two) == "equal":
        return "equal"
    if a is None and b is None and same_spelling(one, two):
        return "equal"
    if (a is None and b is None) and any(
        same(x, y) for same in (by_last_name, same_but_middle) for x, y in ((one, two), (two, one))
    ):
        return "equal"
    if (part := _one_of_several(one, two, a, b, compare)) is not None:
        return part
    if is_sentence(one) and is_sentence(two) and (verdict_of := statements(one, two)) is not None:
        return verdict_of
    for long, short, mine, theirs in ((one, two, a, b), (two, one, b, a)):
        if (mine is None or isinstance(mine, Collection)) and (found := sentence(long, short, theirs, compare)):
            return found
    return _words(one, two, a, b)


_PAIRED = re.compile(
    r"\b(?:bosnia|trinidad|antigua|sa(?:i)?nt|st|s[aã]o|serbia|turks|wallis|heard|simon|tyne|brothers?|sons?|company|co)\b",
    re.IGNORECASE,
)


def _one_of_several(one: str, two: str, a: Parsed | None, b: Parsed | None, compare: Compare) -> Verdict | None:
    """One thing against a list of several that has it: not the same. None where neither is a list, or the list may be one name."""
    for long, short, several, single in ((one, two, a, b), (two, one, b, a)):
        if not isinstance(several, Collection) or isinstance(single, Collection) or len(several.items) > 12:
            continue
        if len(short.split()) > 5 or enumerates(long, several) or _PAIRED.search(long) or len(set(several.items)) < 2:
            continue
        if any(len(item.split()) > 4 for item in several.items) or re.search(r"\d|[=<>]", short) or not several.bare:
            continue
        if any(_BESIDE.match(item) for item in several.items[1:]):
            continue
        if [compare(item, short) for item in several.items].count("equal") == 1:
            return "different" if _plain_list(long) else None
    return None


_BESIDE = re.compile(
    r"(?:in|on|at|from|by|for|with|of|who|which|whose|when|where|about|during|since|near|as|because)\s", re.IGNORECASE
)
"""Begins what is told beside a thing: "Ann Lee, in 1928" is no list."""


def _plain_list(text: str) -> bool:
    """Whether commas or "and" surely part things: "Cambridge, Massachusetts" is one place."""
    return bool(re.search(r"\b(?:and|und|et|y)\b|&", text)) or (text.count(",") > 1 and not re.search(r"\bor\b", text))


def _words(one: str, two: str, a: Parsed | None, b: Parsed | None) -> Verdict:
    """Names, or a name against a value. A formula that was not read, and a figure that both show, leave it open."""
    if _unread(one, a) or _unread(two, b):
        return "undecided"
    if isinstance(a or b, Truth) and (a is None) != (b is None):
        return "undecided" if _JUDGES.search(one if a is None else two) else "different"
    if (a is None) != (b is None) and not isinstance(a or b, Collection | Formula | Span):
        if (
            _shares_figure(one, two)
            or _has_number(one if a is None else two)
            or _figure_unread(one if a is None else two)
            or _COUNTS.match(one if a is None else two)
            or unlike_scripts(f"a{one}" if a else one, f"a{two}" if b else two)
            or max(len(one.split()), len(two.split())) > 6
        ):
            return "undecided"
        return "different"
    if (a is None) != (b is None) and isinstance(a or b, Collection) and _shares_figure(one, two):
        return "undecided"
    if _signed(one) != _signed(two):
        return "different" if same_name(one, two) != "undecided" else "undecided"
    verdict = same_name(one, two)
    if verdict == "different" and unlike_scripts(one, two):
        return "equal" if same_name(latin(one), latin(two)) == "equal" else "undecided"
    if verdict == "different" and _inflected(one, two):
        return "undecided"
    if verdict == "different" and _tells(max(one, two, key=len), min(one, two, key=len)):
        return "undecided"
    open_ = _told(one) or _told(two) or is_sentence(one) or is_sentence(two) or _misspelt(one, two)
    return "undecided" if verdict == "different" and open_ else verdict


def _inflected(one: str, two: str) -> bool:
    """Whether a plain word of one text begins one of the other: "increase" and "increased" may say the same."""
    mine, theirs = ({word for word in text.split() if word.islower() and len(word) >= 5} for text in (one, two))
    pairs = [sorted((x, y), key=len) for x in mine - theirs for y in theirs - mine]
    return any(long.startswith(short) and not short.endswith("s") for short, long in pairs)


def _misspelt(one: str, two: str) -> bool:
    """Whether two long names differ by one letter that was left out, doubled or mistaken: it may be a slip, or another name."""
    apart = [(x, y) for x, y in zip(one.split(), two.split(), strict=False) if x.casefold() != y.casefold()]
    if (
        len(apart) != 1
        or len(one.split()) != len(two.split())
        or not all(w[0].isupper() and len(w) >= 8 for w in apart[0])
    ):
        return False
    short, long = sorted(map(str.casefold, apart[0]), key=len)
    head = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return long[head + 1 :] in (short[head:], short[head + 1 :])


_CODE = re.compile(r"[A-Za-z_]\w*\s*(?:[-+*/%&|^]=|[=!<>]=|\+\+|--)|\w\(.*\)|;$")
"""Signs of a line of code, whose operators tell it from another."""
_LINK = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        "in",
        "on",
        "at",
        "to",
        "for",
        "de",
        "la",
        "le",
        "von",
        "van",
        "der",
        "du",
        "des",
        "del",
        "di",
    ]
)


def _tells(long: str, short: str) -> bool:
    """Whether a longer text may say the shorter one with a verb that is not known: "The prize went to Ann Lee in 1993"."""
    lower = [word for word in long.split() if word.islower() and word not in _LINK]
    return len(long.split()) > 4 and bool(lower) and says(long, short) == "equal"


def _told(text: str) -> bool:
    """Whether a text describes rather than names: many words, most of them without a capital."""
    words = text.split()
    return len(words) > 8 or (len(words) > 4 and sum(w[0].islower() for w in words) > len(words) / 2)


_JUDGES = re.compile(
    r"\b(?:maybe|perhaps|possibly|sometimes|depends|is|are|was|were|do|does|did|can|will|has|have|not|no|yes|neither|both|none|either|sure|right|wrong|true|false|correct|indeed|same|equal|different)\b|n't",
    re.IGNORECASE,
)


def _signed(text: str) -> bool:
    return bool(re.match(r"[-−]\s*[\\\w∞]", text))


def _shares_figure(one: str, two: str) -> bool:
    """Whether both name the same number, so that what is around it must tell."""
    first, second = ({v.value for m in numbers(t) for v in m.readings} for t in (one, two))
    return bool(first & second) and "%" not in one + two and "percent" not in one + two


def _figure_unread(text: str) -> bool:
    """Whether a figure stands in a name or a code, or in a way that no reader knows."""
    found = numbers(text)
    read = sum(len(re.findall(r"\d+", m.text)) for m in found if not m.glued and not m.dated)
    return read < len(re.findall(r"\d+", text))


_COUNTS = re.compile(r"[~≈$€£−-]?\d[\d.,]*\s+[^()]{1,20}\([^()]+\)$")
"""An amount with a remark that was not understood: "2 tons (metric)"."""


def _has_number(text: str) -> bool:
    """Whether a text that was not read holds a number in words: what it is worth is then open."""
    return any(
        word in SMALL or word in ("gross", "score", "dozen", "myriad") for word in re.findall(r"[a-z]+", text.lower())
    )


def _unread(text: str, parsed: Parsed | None) -> bool:
    """Whether a text is a formula that could not be read: its words tell nothing."""
    return parsed is None and is_formula(text) and shows(text)


_SAYS = re.compile(r"^(?:you|I|we|they|he|she|it)\s|\b(?:is|are|was|were|has|have|there|includes?)\b", re.IGNORECASE)
_LABEL = re.compile(r"^[^\W\d][\w '/()-]{1,30}:\s+(?=\S)")


def unlabelled(one: str, two: str) -> tuple[str, str] | None:
    """Both without "Price:" before a value, where only one has such a label."""
    bare = [t if (m := _LABEL.match(t)) and _SAYS.search(m[0]) else _LABEL.sub("", t, count=1) for t in (one, two)]
    if (bare[0] != one) == (bare[1] != two) or parse(one if bare[0] == one else two) is None:
        return None
    return bare[0], bare[1]
