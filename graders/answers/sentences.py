# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""A short answer in a sentence: by what it sets apart, by its figure (`figured`), by the role of its name (`told`), by its date or list."""

import re
from collections.abc import Callable

from graders.answers.absent import refuses
from graders.answers.days import HOURS_FROM_TO, read_hours, read_span
from graders.answers.figured import CONCLUDES, DENIAL, MOST, clauses, figure_told, joined
from graders.answers.frequencies import told_often
from graders.answers.kinds import Clock, Collection, Parsed, Quantity, Ratio, Span, Truth
from graders.answers.named_places import NAME
from graders.answers.standing import Standing, by_standing, part_at
from graders.answers.statements import untold
from graders.answers.symbolic import is_formula, shows
from graders.answers.told import SIGNED, settled_by_stress, told
from graders.answers.values import parse
from graders.answers.verbs import VERB
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.headlines import headlines
from graders.number_words import SMALL
from graders.says import says
from graders.wording import Verdict, tokens

Compare = Callable[[str, str], Verdict]


def is_sentence(text: str) -> bool:
    """Whether a text says something of something: it has a verb that is no name, and four words or more."""
    return len(text.split()) >= 4 and bool(VERB.search(re.sub(r"\\[a-zA-Z]+", " ", text)))


def sentence(long: str, short: str, b: Parsed | None, compare: Compare) -> Verdict | None:
    """A longer text against a short answer; None where the longer one is no sentence around it."""
    words = len(long.split())
    if (
        words < 4
        or (
            words <= len(short.split()) + 1
            and not isinstance(b, Collection)
            and (is_sentence(short) or not is_sentence(long))
        )
        or (is_formula(long) and shows(long))
    ):
        return None
    if (at_once := _at_once(long, short, compare)) is not None:
        return at_once
    if (told_so := told_often(long, short) or _sign(long, short) or _hours(long, short, compare)) is not None:
        return told_so
    apart = (*(said for said in headlines(long) if said[-1:] != ":"), *_formulas(long, short), *_printed(long))
    stressed = [(long.find(f"**{each}**"), compare(each, short)) for each in apart]
    if all(at >= 0 for at, _ in stressed):
        found = by_standing(long, [each for each in stressed if part_at(long, each[0]).standing >= Standing.SAID])
    else:
        found = next((verdict for _, verdict in stressed if verdict != "undecided"), None)
        if found:
            return found
    if found == "equal":
        return "equal"
    if isinstance(b, Quantity):
        if refuses(long) and not any(compare(m.text, short) == "equal" for m in claimed_numbers(long)[:MOST]):
            return "different"
        verdict = figure_told(long, short, b, compare) or _lap(long, b, short, compare)
        if len(short.split()) > 1 and b.noun and verdict in (None, "undecided"):
            verdict = told(long, short, compare) or verdict
        if verdict is None and not b.value and is_sentence(long) and _NO_TIME.search(long):
            return "equal" if _without_number(long) else "undecided"
        return "different" if verdict is None and not b.measures and _without_number(long) else verdict
    named = told(long, short, compare) if is_sentence(long) and not isinstance(b, Day | Clock | Truth) else None
    if named == "equal" and found == "different" and len(apart) == 1:
        named = settled_by_stress(long, apart[0], short, compare) or named
    if named == "equal" or (named == "different" and not isinstance(b, Collection)):
        return named
    if named is None and refuses(long) and not isinstance(b, Truth) and not _shared(long, short):
        return "different"
    for kind, read in _READINGS:
        if isinstance(b, kind) and not (kind is Collection and is_sentence(short)):
            return read(long, short, compare)
    if found and named is None:
        return found
    if named is not None or not is_sentence(long):
        return named
    if not DENIAL.search(long) and len(short.split()) > 2 and untold(long, short) > 1 / 2:
        return "different"
    if (said := _PREDICATE.search(long)) and not DENIAL.search(long) and compare(said[1], short) == "equal":
        return "equal"
    if is_formula(short) and shows(short):
        return compare(said[1], short) if said and not DENIAL.search(long) and is_formula(said[1]) else "undecided"
    return says(long, short) if not SIGNED.search(short) else "undecided"


_NO_TIME = re.compile(r"\b(?:never|none|no\s+one|nobody)\b|\bno\s+(?!idea)[a-z]", re.IGNORECASE)


_INTERJECTIONS = frozenset(
    "yes no sure certainly correct right great hello hi okay ok thanks yep nope true false absolutely unfortunately sorry good".split()
)


_SIGNS = (
    re.compile(r"\b[OΘΩ]\s?\((?:[^()]|\([^()]*\))+\)"),
    re.compile(r"\bv?\d+(?:\.\d+){2,3}(?![\d.]*\d)"),
    re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
)
"""Orders of growth, versions and mail addresses, of which a sentence hardly tells two."""


def _sign(long: str, short: str) -> Verdict | None:
    """The only such sign that a sentence gives: "O(n log n)"."""
    pattern = next((each for each in _SIGNS if each.fullmatch(short)), None)
    found = set(pattern.findall(long)) if pattern and not DENIAL.search(long) else set()
    plain = [re.sub(r"[\s\\*]|^v", "", text).lower() for text in (*found, short)]
    return None if len(found) != 1 else "equal" if plain[0] == plain[1] else "different"


def _hours(long: str, short: str, compare: Compare) -> Verdict | None:
    """The only hours from and to that a sentence gives."""
    if not read_hours(short):
        return None
    found = [m[0] for m in HOURS_FROM_TO.finditer(long) if read_hours(m[0])]
    return compare(found[0], short) if len(found) == 1 else None


def _lap(long: str, b: Quantity, short: str, compare: Compare) -> Verdict | None:
    """ "It lasts 3:45" for what is asked for in minutes and seconds."""
    found = _LASTED.findall(long) if any(m.powers == (("s", 1),) for m in b.measures) else []
    return compare(found[0], short) if len(found) == 1 else None


_LASTED = re.compile(r"(?<![\d:])\d{1,2}(?::\d{2}){1,2}(?![\d:]|\s?[ap]\.?m)", re.IGNORECASE)
_INTERJECTIONS = frozenset(
    "yes no sure certainly correct right great hello hi okay ok thanks yep nope true false absolutely unfortunately sorry good".split()
)


_GROWTH = re.compile(r"\b[OΘΩ]\s?\((?:[^()]|\([^()]*\))+\)")


def _growth(long: str, short: str) -> Verdict | None:
    """The order of growth that a sentence gives: "O(n log n)"."""
    found = _GROWTH.findall(long) if _GROWTH.fullmatch(short) and not DENIAL.search(long) else []
    plain = [re.sub(r"[\s\\*]", "", text) for text in (*found, short)]
    return None if len(found) != 1 else "equal" if plain[0] == plain[1] else "different"


def _at_once(long: str, short: str, compare: Compare) -> Verdict | None:
    """By a name that is a sentence of its own before all others: "Houston. It is the fourth city after Chicago"."""
    first = re.match(r"\W*((?:the\s+)?[A-ZÀ-Þ][^.!?\n;:]{1,40}?)(?:[.!]\s+(?=[A-ZÀ-Þ])|\s*\n)", long, re.IGNORECASE)
    if not first or not NAME.fullmatch(first[1].removeprefix("The ")) or first[1].split()[0].lower() in _INTERJECTIONS:
        return None
    if not NAME.fullmatch(short.removeprefix("the ").removeprefix("The ")):
        return None
    verdict = compare(first[1], short)
    return None if verdict == "undecided" else verdict


def _without_number(text: str) -> bool:
    """Whether a sentence has no number at all, in figures or words."""
    return (
        is_sentence(text) and not re.search(r"\d", text) and not SMALL.keys() & set(re.findall(r"[a-z]+", text.lower()))
    )


def _shared(long: str, short: str) -> bool:
    """Whether all words that tell something of the short text stand in the long one."""
    telling = {word for word in tokens(short) if len(word) > 3 or word.isdigit()}
    return bool(telling) and telling <= set(tokens(long))


_PREDICATE = re.compile(
    r"^(?:[^,;]*?)\b(?:is|was|are|were|ist|war|est|es|fue)\s+(?:called\s+|named\s+|known\s+as\s+)?([^,;]{1,80})$"
)
_TIME = re.compile(
    r"\b\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s*[ap]\.?m\b\.?|\b(?:(?:half|quarter|ten|twenty|five)(?:\s+minutes)?\s+(?:past|to)\s+(?:[a-z]+|\d{1,2})(?:\s+in\s+the\s+(?:morning|afternoon|evening)|\s+at\s+night)?)\b|\b(?:noon|midnight)\b",
    re.IGNORECASE,
)


def _time(long: str, short: str, compare: Compare) -> Verdict | None:
    return by_standing(long, [(m.start(), compare(m[0], short)) for m in _TIME.finditer(long)]) or "undecided"


_MATH = re.compile(r"(?<![\\$])\$(?=[^$]*[\\^_=a-zA-Z])([^$]+)\$(?!\$)|\\\((.+?)\\\)")


def _formulas(text: str, short: str) -> tuple[str, ...]:
    """The only formula set in a text, and its last side where the short answer has but one."""
    found = [said for m in _MATH.finditer(text) if not _PROSE.search(said := m[1] or m[2])]
    if len(found) != 1 or re.fullmatch(r"\\?[a-zA-Z]+(?:_\w+)?", found[0].strip()):
        return ()  # a letter in a sentence names what it is about
    sides = [side.strip() for side in re.split(r"(?<![<>!:])=(?!=)", found[0])]
    if len(sides) > 1 and "=" not in short and not re.search(r"[xyz]", sides[0]):
        return (sides[-1],)
    return (found[0].strip(),) if len(sides) <= 2 else ()


_PROSE = re.compile(
    r"(?<![\\a-z])(?:[a-z]{2,}\s+[a-z]{2,}|\s(?:in|to|and|of|on|at|from|for|by|or|per|with|was|is)\s)\b"
)
"""Words between two amounts of dollars, which are no formula."""
_PRINTED = re.compile(
    r"\b(?:prints?|returns?|outputs?|yields?|displays?|printed|returned|output|evaluates\s+to|is|be)\s*:?\s+(`[^`]+`|\"[^\"]+\"|“[^”]+”)\W*$"
)


def _printed(text: str) -> tuple[str, ...]:
    """What a sentence ends with, set apart as code or in quotation marks: "The function prints `hello`."."""
    m = _PRINTED.search(text) if not DENIAL.search(text) else None
    return (m[1],) if m and text.count(m[1][0]) <= 2 else ()


def _date(long: str, short: str, compare: Compare) -> Verdict | None:
    said = claimed_dates(long)
    said = tuple(d for d in said if d.readings[0].day) or said
    found = [(d.start, _same_day(d.text, short, compare)) for d in said]
    if not found and (year := re.search(r"[12]\d{3}", short)):
        years = [(m.start, m.text) for m in claimed_numbers(long) if re.fullmatch(r"(?:1[5-9]|20)\d{2}", m.text)]
        found = [(at, "different") for at, text in years if text != year[0]]
    return by_standing(long, found) or "undecided"


def _same_day(text: str, short: str, compare: Compare) -> Verdict:
    """Two dates; a sentence may give the year beside a day that was asked for without it."""
    mine, theirs = parse(text), parse(short)
    if isinstance(mine, Day) and isinstance(theirs, Day) and mine.year and not theirs.year:
        return "equal" if mine.agrees(theirs) else "different"
    return compare(text, short)


_STRETCH = re.compile(
    r"\b(?:from|between|von|zwischen|entre|de|desde)\s+.{1,30}?\s+(?:to|until|till|and|bis|und|et|y|a|à|hasta)\s+[^.,;]{1,25}|\b\d{4}\s*[–—-]\s*\d{2,4}\b"
    r"|(?<![\w-])[$€£]?\d[\d.,]*(?:\s?%|\s?[a-z]{1,3})?\s*(?:–|—|-|\bto\b)\s*[$€£]?\d[\d.,]*(?:\s?%|\s(?!(?:in|at|of|and|for|on|with|by|to|from|per)\b)[^\W\d_]+)?",
    re.IGNORECASE,
)


def _span(long: str, short: str, compare: Compare) -> Verdict | None:
    found = [(m.start(), compare(m[0], short)) for m in _STRETCH.finditer(long) if read_span(m[0])]
    if not found and (ends := re.fullmatch(r"\D*(\d{4})\D+(\d{4})", short)):
        return _each(long, f"{ends[1]}, {ends[2]}", compare) or "undecided"
    return by_standing(long, found) or "undecided"


_RATIO = re.compile(r"(?<![\d:.])\d[\d.]*(?:\s?:\s?\d[\d.]*)+(?![\d:])")


def _ratio(long: str, short: str, compare: Compare) -> Verdict | None:
    return by_standing(long, [(m.start(), compare(m[0], short)) for m in _RATIO.finditer(long)]) or "undecided"


_SAME_LEVEL = re.compile(rf"{NAME.pattern}(?:,\s+{NAME.pattern})*,?\s+(?:and|&)\s+{NAME.pattern}")
"""Names side by side: "Ann Lee, Bob Ray and Cy Orr"."""
_LISTED = re.compile(
    r"(?:\b(?:are|were|include[sd]?|namely|at|(?:made|composed|consists?|consisting)\s+(?:up\s+)?(?:of|from)|sind|sont|son)\b|:)\s+([^:]+)$"
)


_IS_LISTED = re.compile(r"\b(?:is|was)\s+([^:]*(?:,|\band\b)[^:]*)$")
_GROUPS = {
    "(": re.compile(r"(?<![\w\\])\([^()]*\d[^()]*,[^()]*\)"),
    "[": re.compile(r"(?<!\w)\[[^\[\]]*,[^\[\]]*\]"),
    "{": re.compile(r"(?<!\w)\{[^{}]*,[^{}]*\}"),
}
"""What stands in brackets in a sentence, by the bracket that opens it."""


def _list(long: str, short: str, compare: Compare) -> Verdict | None:
    if DENIAL.search(long):
        return _each(long, short, compare)
    points = _GROUPS[short[0]].findall(long) if short[:1] in _GROUPS else []
    if len(points) == 1:
        return compare(points[0], short)
    sides = _SAME_LEVEL.findall(long)
    if len(sides) == 1 and (by_names := compare(sides[0], short)) != "undecided":
        return by_names
    m = _LISTED.search(long)
    verdict = compare(m[1], short) if m else None
    if m is None and (said := _IS_LISTED.search(long)) and compare(said[1], short) == "equal":
        return "equal"
    return verdict if verdict in ("equal", "different") else _each(long, short, compare) or verdict


def _each(long: str, short: str, compare: Compare) -> Verdict | None:
    """By each item of a short list: all told and no other figure, or none of them told at all."""
    items = b.items if isinstance(b := parse(short), Collection) and b.bare else ()
    figures = [m.text for clause in clauses(long) for m in joined(clause)]
    if not items or not is_sentence(long) or DENIAL.search(long) or len(figures) > MOST:
        return None
    if all(re.fullmatch(r"(?:1[5-9]|20)\d{2}", item) for item in items):
        figures = [figure for figure in figures if re.fullmatch(r"(?:1[5-9]|20)\d{2}(?:\s+in)?", figure)]
        if figures and len(figures) < len(items):
            return "different"
    if all(isinstance(parse(item), Quantity) for item in items):
        same = [[item for item in items if compare(figure, item) == "equal"] for figure in figures]
        if all(same) and len({item for found in same for item in found}) == len(items):
            return "equal"
        return "different" if len(figures) == len(items) else None
    said = [told(long, item, compare) for item in items]
    if all(verdict is None for verdict in said):
        return "different" if not any(parse(item) for item in items) else None
    return "equal" if all(verdict == "equal" for verdict in said) else None


_MAIN_DENIAL = re.compile(
    r"^[^,;:]*?\b(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)(?:\s+not\b|n['’]t\b)(?!\s+only)",
    re.IGNORECASE,
)


_NEITHER = re.compile(r"(?:no,\s+)?(?:neither|none)\b", re.IGNORECASE)
_BOTH = re.compile(
    r"(?:they\s+|we\s+)?(?:are\s+|were\s+|have\s+)?both\b(?!.*\b(?:different|but|only|whereas|while)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TRUE = re.compile(
    r"\b(?:is|are|was|returns?|evaluates\s+to|prints?|gives?|outputs?|yields?)\s+\W?(true|false|correct|incorrect)\b",
    re.IGNORECASE,
)


def _truth(long: str, short: str, compare: Compare) -> Verdict | None:
    """ "The function returns False": by the only such word, behind a verb; a sentence that denies says no, one on both says yes."""
    denials = len(DENIAL.findall(long))
    if (_MAIN_DENIAL.match(long) and denials == 1) or (_NEITHER.match(long) and denials <= 1):
        return compare("no", short)
    if _BOTH.match(long) and not denials:
        return compare("yes", short)
    said = list(_TRUE.finditer(long))
    part = part_at(long, said[0].start()) if len(said) == 1 else None
    return compare(said[0][1], short) if part and not DENIAL.search(long, part.start, said[0].start()) else None


_READINGS: tuple[tuple[type, Callable[[str, str, Compare], Verdict | None]], ...] = (
    (Day, _date),
    (Span, _span),
    (Clock, _time),
    (Ratio, _ratio),
    (Truth, _truth),
    (Collection, _list),
)


def enumerates(text: str, parsed: Parsed | None) -> bool:
    """Whether commas and "and" in a sentence were taken for a list of things."""
    if not isinstance(parsed, Collection) or not parsed.bare:
        return False
    return (
        is_sentence(text)
        or bool(CONCLUDES.search(text) and "=" not in text)
        or any(len(item.split()) > 3 and parse(item) is None for item in parsed.items)
    )
