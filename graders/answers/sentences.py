"""A short answer in a sentence: by what the sentence sets apart, by what it concludes, by its only figure or date, by the name it gives."""

import re
from collections.abc import Callable, Iterable, Sequence

from graders.answers.absent import refuses
from graders.answers.days import read_span
from graders.answers.denials import bounded
from graders.answers.kinds import Clock, Collection, Parsed, Quantity, Span, Truth
from graders.answers.measures import Measure
from graders.answers.quantities import QUALIFIED
from graders.answers.symbolic import is_formula, shows
from graders.answers.told import SIGNED, told
from graders.answers.turns import direction, turned
from graders.answers.values import parse
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.headlines import headlines
from graders.numbers import Mention
from graders.wording import Verdict, says, tokens

Compare = Callable[[str, str], Verdict]

_VERB = re.compile(
    r"\b(?:is|was|are|were|be|been|has|have|had|became|called|does|did|says?|said|wrote|made|took|came|got|won|lost|lies|"
    r"can|could|might|must|should|shall|cannot|held|kept|met|sent|built|bought|sold|caught|taught|brought|thought|felt|heard|paid|broke|froze|stole|shook|wore|blew|left|led|meant|rode|rang|sank|sought|spread|struck|fed|fled|fought|hung|hid|lent|understood|withdrew|hit|beat|shot|sat|slept|spent|"
    r"plays?|deals?|ends?|starts?|begins?|contains?|means?|refers?|occurs?|belongs?|serves?|includes?|provides?|uses?|features?|holds?|happens?|appears?|remains?|needs?|works?|reads?|writes?|shows?|"
    r"tells?|consists?|depends?|produces?|receives?|covers?|measures?|reaches|opens?|closes?|causes?|creates?|describes?|represents?|forms?|focus(?:es)?|offers?|requires?|supports?|allows?|helps?|"
    r"sells?|buys?|pays?|earns?|owns?|teaches|speaks?|wins?|loses?|scores?|directs?|hosts?|stars?|sings?|visits?|travels?|arrives?|departs?|leaves|boils?|freezes|melts?|orbits?|borders|flows|"
    r"lasts?|takes?|costs?|weighs?|gives?|makes?|comes?|equals?|get|found|find|believe|obtain|conclude|deduce|yields?|arrive|went|goes|leads|ran|runs|sang|began|stood|stands|lives?|spoke|flew|fell|rose|grew|drew|gave|knew|swam|threw|wore|chose|drove|think|would|will|"
    r"ist|sind|war|waren|lautet|beträgt|hat|wurde|est|sont|était|fut|es|son|fue|era|tiene|è|sono|é|são|foi|born|[a-z]{3,}ed)\b"
    r"|\b(?:it|he|she|that|there)'s\b|^(?:It|He|She|They|This|That|We|I|You)\s+[a-z]{3,}s?\b|^(?:The\s+)?[A-ZÀ-Þ][\w'-]*(?:\s+[A-ZÀ-Þ][\w'-]*){0,3}\s+[a-z]{3,}s\b(?=(?:\s+\S+){2})"
)
_DENIAL = re.compile(r"\b(?:not|never|\w+n't|neither|nor)\b|n't\b", re.IGNORECASE)
_WITHDRAWN = re.compile(
    rf"{_DENIAL.pattern}|\b(?:first\s+thought|initially|at\s+first|mistaken\w*|wrong(?:ly)?|incorrect(?:ly)?|instead\s+of|rather\s+than|one\s+might\s+think)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[;!?\n])\s*|(?<=[^\d\W][.])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bapprox\.)(?<!\bca\.)(?<!\bvs\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)\s+|(?<=\d[.])\s+(?=[A-Z])|,\s+(?=(?:but|so|not|and\s+not)\b)",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|consequently|altogether|in\s+total|in\s+other\s+words|which\s+(?:gives?|makes?|equals?|is|comes\s+to)|giving|leaving|"
    r"for\s+a\s+total\s+of|final(?:ly)?|also|folglich|insgesamt|donc|por\s+lo\s+tanto)\b|\bi\.e\.|\bthat\s+is,|\b(?:answer|correct|actual|right)\b[^.]{0,30}?\b(?:is|was|:)|=>|⇒|→|\\(?:implies|Rightarrow)|(?<![<>!=])=(?!=)",
    re.IGNORECASE,
)


def is_sentence(text: str) -> bool:
    """Whether a text says something of something: it has a verb that is no name, and four words or more."""
    return len(text.split()) >= 4 and bool(_VERB.search(re.sub(r"\\[a-zA-Z]+", " ", text)))


def sentence(long: str, short: str, b: Parsed | None, compare: Compare) -> Verdict | None:
    """A longer text against a short answer; None where the longer one is no sentence around it."""
    words = len(long.split())
    if (
        words < 4
        or (words <= len(short.split()) + 1 and not isinstance(b, Collection))
        or (is_formula(long) and shows(long))
    ):
        return None
    apart = (*headlines(long), *_formulas(long, short), *_printed(long))
    found = [verdict for each in apart if (verdict := compare(each, short)) != "undecided"]
    if "equal" in found:
        return "equal"
    if found and not _stresses(long, apart):
        return found[0]
    if isinstance(b, Quantity):
        if refuses(long) and not any(compare(m.text, short) == "equal" for m in claimed_numbers(long)[:_MOST]):
            return "different"
        return _figure(long, short, b, compare)
    if (
        (last := _BUT.search(long))
        and not _DENIAL.search(last[0])
        and (verdict := compare(last[1], short)) != "undecided"
    ):
        return verdict
    named = told(long, short, compare) if is_sentence(long) and not isinstance(b, Day | Clock | Truth) else None
    if named == "equal" or (named == "different" and not isinstance(b, Collection)):
        return named
    if found:
        return found[0]
    if named is None and refuses(long) and not isinstance(b, Truth) and not _shared(long, short):
        return "different"
    for kind, read in _READINGS:
        if isinstance(b, kind):
            return read(long, short, compare)
    if named is not None or not is_sentence(long):
        return named
    if (said := _PREDICATE.search(long)) and not _DENIAL.search(long) and compare(said[1], short) == "equal":
        return "equal"
    if is_formula(short) and shows(short):
        return compare(said[1], short) if said and not _DENIAL.search(long) and is_formula(said[1]) else "undecided"
    return says(long, short) if not SIGNED.search(short) else "undecided"


def _shared(long: str, short: str) -> bool:
    """Whether all words that tell something of the short text stand in the long one."""
    telling = {word for word in tokens(short) if len(word) > 3 or word.isdigit()}
    return bool(telling) and telling <= set(tokens(long))


def _stresses(text: str, apart: Sequence[str]) -> bool:
    """Whether what is set apart is only in bold print, which may stress anything."""
    return all(f"**{each}**" in text for each in apart)


_PREDICATE = re.compile(
    r"^(?:[^,;]*?)\b(?:is|was|are|were|ist|war|est|es|fue)\s+(?:called\s+|named\s+|known\s+as\s+)?([^,;]{1,80})$"
)
_BUT = re.compile(
    r"[,;.]\s+(?:but|however|yet|in\s+fact|actually)\b,?\s+(?:[^,;.]*?\b(?:answer|capital|one|name|it|he|she)\b[^,;.]*?|it|he|she)\s*\b(?:is|was|are|were|'s)\s+(?:actually\s+|really\s+|in\s+fact\s+)?([^,;.]{1,60})\.?$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d{2})?\s*[ap]\.?m\b\.?|\b(?:(?:half|quarter|ten|twenty|five)(?:\s+minutes)?\s+(?:past|to)\s+(?:[a-z]+|\d{1,2})(?:\s+in\s+the\s+(?:morning|afternoon|evening)|\s+at\s+night)?)\b|\b(?:noon|midnight)\b",
    re.IGNORECASE,
)


def _time(long: str, short: str, compare: Compare) -> Verdict | None:
    found = [m[0] for m in _TIME.finditer(long)]
    return compare(found[0], short) if len(found) == 1 and not _DENIAL.search(long) else "undecided"


_MATH = re.compile(r"(?<![\\$])\$(?=[^$]*[\\^_=a-zA-Z])([^$]+)\$(?!\$)|\\\((.+?)\\\)")


def _formulas(text: str, short: str) -> tuple[str, ...]:
    """The only formula set in a text, and its last side where the short answer has but one."""
    found = [m[1] or m[2] for m in _MATH.finditer(text)]
    if len(found) != 1 or re.fullmatch(r"\\?[a-zA-Z]+(?:_\w+)?", found[0].strip()):
        return ()  # a letter in a sentence names what it is about
    sides = [side.strip() for side in re.split(r"(?<![<>!:])=(?!=)", found[0])]
    if len(sides) > 1 and "=" not in short and not re.search(r"[xyz]", sides[0]):
        return (sides[-1],)
    return (found[0].strip(),) if len(sides) <= 2 else ()


_PRINTED = re.compile(
    r"\b(?:prints?|returns?|outputs?|yields?|displays?|printed|returned|output|evaluates\s+to|is|be)\s*:?\s+(`[^`]+`|\"[^\"]+\"|“[^”]+”)\W*$"
)


def _printed(text: str) -> tuple[str, ...]:
    """What a sentence ends with, set apart as code or in quotation marks: "The function prints `hello`."."""
    m = _PRINTED.search(text) if not _DENIAL.search(text) else None
    return (m[1],) if m and text.count(m[1][0]) <= 2 else ()


def clauses(text: str) -> list[str]:
    """The clauses of a text that stand: those that deny, or take something back, are left out."""
    return [c for c in _CLAUSE.split(text) if c and c.strip() and not _WITHDRAWN.search(c)]


def _figure(long: str, short: str, b: Quantity, compare: Compare) -> Verdict | None:
    """By what a text concludes, by its figures of the same kind, by all of them."""
    standing = clauses(long)
    if len(claimed_numbers(long)) > _MOST:
        return "undecided"
    if not standing:
        return "undecided" if claimed_numbers(long) else None
    if _year_like(b) and (years := [each for clause in standing for each in _years(clause)]):
        verdicts = {_directed(figure, clause, short, b, compare) for figure, clause in years}
        return verdicts.pop() if len(verdicts) == 1 else "undecided"
    for chosen in (
        _concluded(standing, b),
        _alike(standing, b),
        _predicated(standing),
        _undated(_figures(standing), b),
    ):
        verdicts = {_directed(figure, clause, short, b, compare) for figure, clause in chosen}
        if len(verdicts) == 1:
            again = [
                (f, c)
                for clause in standing
                if (m := _AGAIN.search(clause))
                for f, c in _figures([clause[: m.start()]])[-1:]
            ]
            if verdicts == {"different"} and "equal" in {_directed(f, c, short, b, compare) for f, c in again}:
                return "equal"
            return verdicts.pop()
    if not _figures(standing):
        return "undecided" if claimed_numbers(long) else None
    return "undecided" if verdicts & {"equal", "undecided"} else "different"


_AGAIN = re.compile(r",?\s+(?:i\.e\.|that\s+is,|or\s+about|which\s+is|in\s+other\s+words)", re.IGNORECASE)
"""Tells an amount once more, in another way."""
_MOST = 60
"""Figures beyond which a text is no sentence around one of them."""
_Said = tuple[str, str]


def _figures(texts: Iterable[str]) -> list[_Said]:
    """The figures of some clauses; a year told beside another figure is none of them."""
    found = [(m, text) for text in texts for m in _joined(text)]
    amounts = [(m.text, text) for m, text in found if not _YEAR.search(text[max(0, m.start - 12) : m.end])]
    return amounts or [(m.text, text) for m, text in found]


def _undated(said: list[_Said], b: Quantity) -> list[_Said]:
    """Without the figures that look like years, where the short answer is none: "the 2020 census"."""
    if _year_like(b):
        return said
    return [each for each in said if not _LIKE_A_YEAR.fullmatch(each[0])] or said


_LIKE_A_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}(?:\s+in)?")


def _year_like(b: Quantity) -> bool:
    return not (b.unit or b.percent or b.noun) and b.value.denominator == 1 and 1500 <= b.value < 2100


def _years(clause: str) -> list[_Said]:
    """The figures of a clause that look like years."""
    return [(m.text, clause) for m in _joined(clause) if _LIKE_A_YEAR.fullmatch(m.text)]


def _joined(text: str) -> list[Mention]:
    """The figures of a clause, those of one amount together: "2 hours and 15 minutes"."""
    found: list[Mention] = []
    for m in claimed_numbers(text):
        last = found[-1] if found else None
        if (
            last
            and last.unit
            and m.unit
            and last.unit != m.unit
            and re.fullmatch(r",?\s+(?:and\s+)?", text[last.end : m.start])
        ):
            whole = text[last.start : m.end]
            if isinstance(parse(whole), Quantity):
                found[-1] = last._replace(end=m.end, text=whole, unit=m.unit)
                continue
        found.append(_with_unit(m, text))
    return found


def _with_unit(m: Mention, text: str) -> Mention:
    """A figure with the unit behind a word that qualifies it: "10 more days"."""
    if m.kind == "word" and (sign := _MINUS.search(text[max(0, m.start - 10) : m.start])):
        return m._replace(start=m.start - len(sign[0]), text=sign[0] + m.text)
    behind = QUALIFIED.match(text, m.end) if not m.unit else None
    whole = text[m.start : behind.end()] if behind else ""
    read = parse(whole) if whole else None
    return m._replace(end=m.start + len(whole), text=whole) if isinstance(read, Quantity) and read.measures else m


_MINUS = re.compile(r"\b(?:minus|negative)\s+$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:in|of|since|by|during|from|until|for|year|fiscal|FY)\s+(?:1[5-9]|20)\d{2}$")


def _concluded(standing: Sequence[str], b: Quantity) -> list[_Said]:
    """The only figure behind the last word that concludes, or the only one there that measures what is asked for."""
    for clause in reversed(standing):
        marks = list(_CONCLUDES.finditer(clause))
        for mark in reversed(marks):
            if found := _figures([clause[mark.end() :]]):
                alike = [each for each in found if _kind(each[0]) & _kinds(b.measures, b.percent)]
                return found if len(found) == 1 else alike if len(alike) == 1 else []
    return []


_GIVES = re.compile(
    r"\b(?:is|was|are|were|equals?|comes\s+to|came\s+to|amounts?\s+to|amounted\s+to|totals?|totall?ed|reache[sd]|costs?|weighs?|weighed|measures|lasts?|lasted|took|takes|gets?|gives?|yields?|makes?|obtain)\s+(?:now\s+|then\s+)?"
    r"(?:about|around|approximately|roughly|exactly|only|just|nearly|almost|some|an?\s+estimated|estimated\s+at|a\s+total\s+of)?\s*(?=[-−~$€£¥]*\s?\d|[a-z-]+\b)",
    re.IGNORECASE,
)


def _predicated(standing: Sequence[str]) -> list[_Said]:
    """The only figure that a verb gives directly: "the record is 115, set by two players"."""
    places = [(clause, m.end()) for clause in standing for m in _GIVES.finditer(clause)]
    found = [
        (m.text, clause)
        for clause, at in places
        for m in _joined(clause)
        if at - 1 <= m.start <= at
        and not re.search(r",\s+(?:who|which|whose|where)\s[^,]*$", clause[:at])
        and not _YEAR.search(clause[max(0, m.start - 12) : m.end])
    ]
    return found if len(found) == 1 else []


def _alike(standing: Sequence[str], b: Quantity) -> list[_Said]:
    """The figures that measure what the short answer measures."""
    if not b.measures and not b.percent:
        counted = re.compile(rf"\s+{re.escape(b.noun)}\b", re.IGNORECASE) if b.noun else None
        said = _figures(standing) if counted else []
        return [(f, clause) for f, clause in said if counted and counted.match(clause, clause.find(f) + len(f))]
    return [said for said in _figures(standing) if _kind(said[0]) & _kinds(b.measures, b.percent)]


def _kind(figure: str) -> set[object]:
    read = parse(figure)
    return _kinds(read.measures, read.percent) if isinstance(read, Quantity) else set()


def _kinds(found: Iterable[Measure], percent: bool) -> set[object]:
    return {m.powers for m in found} | ({"%"} if percent else set())


def _directed(figure: str, clause: str, short: str, b: Quantity, compare: Compare) -> Verdict:
    """A figure of a clause against the short answer, each with the sign that its words give it."""
    a, verdict = parse(figure), compare(figure, short)
    if isinstance(a, Quantity) and a.percent == b.percent and direction(clause) * direction(short) < 0:
        return "different"
    if verdict == "equal" and _limited(clause[: clause.find(figure)]) and not bounded(short).side:
        return "undecided"
    if isinstance(a, Quantity) and direction(clause) * direction(short) > 0 and abs(a.value) == abs(b.value):
        return compare(figure.lstrip("-−"), str(abs(b.value))) if a.percent == b.percent else verdict
    if verdict == "undecided" or not isinstance(a, Quantity):
        return verdict
    return turned(a.value, b.value, clause, short, lambda x, y: verdict if x == a.value else _mirrored(a, b))


def _limited(before: str) -> bool:
    """Whether the words before a figure make it a bound: "more than", "before"."""
    if not (lead := _LEAD.search(before)):
        return False
    return any(bounded(f"{words} 1").side for words in (lead[1], lead[1].split()[-1]))


_LEAD = re.compile(r"((?:\b\w+\s+)?\b\w+)\s*[$€£]?$")


def _mirrored(a: Quantity, b: Quantity) -> Verdict:
    return "equal" if a.value == -b.value and a.percent == b.percent and a.measures == b.measures else "undecided"


def _date(long: str, short: str, compare: Compare) -> Verdict | None:
    claimed = [d for d in claimed_dates(long) if d.readings[0].day or len(claimed_dates(long)) == 1]
    if len(claimed) != 1 or _DENIAL.search(long):
        return "undecided"
    return compare(claimed[0].text, short)


_STRETCH = re.compile(
    r"\b(?:from|between|von|zwischen|entre|de|desde)\s+.{1,30}?\s+(?:to|until|till|and|bis|und|et|y|a|à|hasta)\s+[^.,;]{1,25}|\b\d{4}\s*[–—-]\s*\d{2,4}\b"
    r"|(?<![\w-])[$€£]?\d[\d.,]*(?:\s?%|\s?[a-z]{1,3})?\s*(?:–|—|-|\bto\b)\s*[$€£]?\d[\d.,]*(?:\s?%|\s(?!(?:in|at|of|and|for|on|with|by|to|from|per)\b)[^\W\d_]+)?",
    re.IGNORECASE,
)


def _span(long: str, short: str, compare: Compare) -> Verdict | None:
    found = [m[0] for m in _STRETCH.finditer(long) if read_span(m[0])]
    if not found and (ends := re.fullmatch(r"\D*(\d{4})\D+(\d{4})", short)):
        return _each(long, f"{ends[1]}, {ends[2]}", compare) or "undecided"
    return compare(found[0], short) if len(found) == 1 and not _DENIAL.search(long) else "undecided"


_LISTED = re.compile(r"(?:\b(?:are|were|include[sd]?|namely|at|sind|sont|son)\b|:)\s+([^:]+)$")


_GROUPS = {
    "(": re.compile(r"(?<![\w\\])\([^()]*\d[^()]*,[^()]*\)"),
    "[": re.compile(r"(?<!\w)\[[^\[\]]*,[^\[\]]*\]"),
    "{": re.compile(r"(?<!\w)\{[^{}]*,[^{}]*\}"),
}
"""What stands in brackets in a sentence, by the bracket that opens it."""


def _list(long: str, short: str, compare: Compare) -> Verdict | None:
    points = _GROUPS[short[0]].findall(long) if short[:1] in _GROUPS else []
    if len(points) == 1 and not _DENIAL.search(long):
        return compare(points[0], short)
    m = _LISTED.search(long)
    verdict = compare(m[1], short) if m and not _DENIAL.search(long) else None
    return verdict if verdict in ("equal", "different") else _each(long, short, compare) or verdict


def _each(long: str, short: str, compare: Compare) -> Verdict | None:
    """By each item of a short list: all told and no other figure, or none of them told at all."""
    items = b.items if isinstance(b := parse(short), Collection) and b.bare else ()
    figures = [m.text for clause in clauses(long) for m in _joined(clause)]
    if not items or not is_sentence(long) or _DENIAL.search(long) or len(figures) > _MOST:
        return None
    if all(re.fullmatch(r"(?:1[5-9]|20)\d{2}", item) for item in items):
        figures = [figure for figure in figures if re.fullmatch(r"(?:1[5-9]|20)\d{2}(?:\s+in)?", figure)]
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


def _truth(long: str, short: str, compare: Compare) -> Verdict | None:
    """ "The function returns False": by the only such word, behind a verb; a sentence that denies says no."""
    if _MAIN_DENIAL.match(long) and len(_DENIAL.findall(long)) == 1:
        return compare("no", short)
    said = re.findall(
        r"\b(?:is|are|was|returns?|evaluates\s+to|prints?|gives?|outputs?|yields?)\s+\W?(true|false)\b",
        long,
        re.IGNORECASE,
    )
    return compare(said[0], short) if len(said) == 1 and not _DENIAL.search(long) else None


_READINGS: tuple[tuple[type, Callable[[str, str, Compare], Verdict | None]], ...] = (
    (Day, _date),
    (Span, _span),
    (Clock, _time),
    (Truth, _truth),
    (Collection, _list),
)


def enumerates(text: str, parsed: Parsed | None) -> bool:
    """Whether commas and "and" in a sentence were taken for a list of things."""
    if not isinstance(parsed, Collection) or not parsed.bare:
        return False
    return (
        is_sentence(text)
        or bool(_CONCLUDES.search(text) and "=" not in text)
        or any(len(item.split()) > 3 and parse(item) is None for item in parsed.items)
    )
