"""The figure that a sentence gives: of those that measure what is asked for, the one that stands highest."""

import re
from collections.abc import Iterable, Iterator, Sequence

from graders.answers.denials import bounded
from graders.answers.kinds import Quantity
from graders.answers.measures import Measure
from graders.answers.quantities import QUALIFIED
from graders.answers.standing import Standing, by_standing, part_at, parts
from graders.answers.turns import direction, turned
from graders.answers.values import parse
from graders.claims import claimed_dates, claimed_numbers
from graders.numbers import Mention
from graders.wording import Compare, Verdict

DENIAL = re.compile(r"\b(?:not(?!\s+until\b)|never|\w+n't|neither|nor)\b|n't\b", re.IGNORECASE)
_WITHDRAWN = re.compile(
    rf"{DENIAL.pattern}|\b(?:first\s+thought|initially|at\s+first|mistaken\w*|wrong(?:ly)?|incorrect(?:ly)?|instead\s+of|rather\s+than|one\s+might\s+think)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?<=[;!?\n])\s*|(?<=[^\d\W][.])(?<!\bi\.e\.)(?<!\be\.g\.)(?<!\bapprox\.)(?<!\bca\.)(?<!\bvs\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)\s+|(?<=\d[.])\s+(?=[A-Z])|,\s+(?=(?:but|so|not|and\s+not)\b)",
    re.IGNORECASE,
)
CONCLUDES = re.compile(
    r"\b(?:so|thus|therefore|hence|consequently|altogether|in\s+total|in\s+other\s+words|which\s+(?:gives?|makes?|equals?|is|comes\s+to)|giving|leaving|"
    r"for\s+a\s+total\s+of|final(?:ly)?|also|folglich|insgesamt|donc|por\s+lo\s+tanto)\b|\bi\.e\.|\bthat\s+is,|\b(?:answer|correct|actual|right)\b[^.]{0,30}?\b(?:is|was|:)|=>|⇒|→|\\(?:implies|Rightarrow)|(?<![<>!=])=(?!=)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The clauses of a text that stand: those that deny, or take something back, are left out."""
    return [c for c in _CLAUSE.split(text) if c and c.strip() and not _WITHDRAWN.search(c)]


def figure_told(long: str, short: str, b: Quantity, compare: Compare) -> Verdict | None:
    """By the figures that may be the one asked for; where those differ, by the only one that a verb gives."""
    if len(claimed_numbers(long)) > MOST:
        return "undecided"
    long = _TWICE.sub(lambda m: _once(m, short, compare), long)
    placed = list(_placed(long, short, b, compare))
    if _AGAIN.search(long) and any(verdict == "equal" for _, verdict in placed):
        return "equal"
    stood = by_standing(long, placed)
    if stood == "undecided":
        top = max(part_at(long, at).standing for at, _ in placed)
        begins = part_at(long, placed[0][0]).sentence
        best = [(at, v) for at, v in placed if part_at(long, at)[2:] == (top, begins)]
        given = [v for at, v in best if _GIVES.search(long[:at])]
        return given[0] if len(given) == 1 else stood
    return stood or ("undecided" if claimed_numbers(long) else None)


_TWICE = re.compile(r"(\d[\d.,]*\s[a-z]+),?\s+or\s+(\d[\d.,]*\s[a-z]+)")


def _once(m: re.Match[str], short: str, compare: Compare) -> str:
    """One amount told in two ways, "2.5 hours, or 150 minutes", as the one that is asked for."""
    if compare(m[1], m[2]) != "equal":
        return m[0]
    return next((each for each in m.groups() if compare(each, short) == "equal"), m[1])


def _placed(long: str, short: str, b: Quantity, compare: Compare) -> Iterator[tuple[int, Verdict]]:
    """Where the figures stand that may be the one asked for, and whether they are it."""
    said = [(part.start, long[part.start : part.end]) for part in parts(long)]
    found = [(at, clause, m) for at, clause in said for m in joined(clause) if not _in_passing(clause, m)]
    if _year_like(b, short):
        for d in claimed_dates(long):
            if year := d.readings[0].year:
                yield d.start, "equal" if year == b.value else "different"
        found = [each for each in found if _LIKE_A_YEAR.fullmatch(each[2].text)]
    else:
        found = [each for each in found if not _LIKE_A_YEAR.fullmatch(each[2].text)]
        if b.value.denominator == 1 and not b.percent:
            found = [
                each
                for each in found
                if not each[2].percent and (each[2].kind == "figure" or each[2].value.denominator == 1)
            ] or found
        kinds = _kinds(b.measures, b.percent)
        alike = [each for each in found if _kind(each[2].text) & kinds] if kinds else []
        if b.noun and not kinds:
            counted = re.compile(rf"\s+{re.escape(b.noun)}\b", re.IGNORECASE)
            alike = [each for each in found if counted.match(each[1], each[2].end) or each[2].text.endswith(b.noun)]
        elif not kinds:
            alike = [each for each in found if not _kind(each[2].text)]
            alike = alike if _highest(long, alike) == _highest(long, found) else []
        found = alike or found
    for at, clause, m in found:
        yield at + m.start, _directed(m.text, clause, short, b, compare)


def _highest(long: str, found: Sequence[tuple[int, str, Mention]]) -> tuple[int, int]:
    """How high the figures stand at most, and where the last conclusion is that has one."""
    standings = [
        (part.standing, part.start * (part.standing == Standing.CONCLUDED))
        for part in (part_at(long, at) for at, _, _ in found)
    ]
    return max(standings, default=(0, 0))


_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+)?$", re.IGNORECASE)


_MORE_THAN = re.compile(r"\s+(?:[a-z]+\s+){0,2}(?:more|less|fewer|[a-z]{3,}er)\s+than\b", re.IGNORECASE)


_OUT_OF = re.compile(r"\b\d+\s+(?:out\s+)?of\s+(?:the|its|his|her|their|all|our|my)\s+$", re.IGNORECASE)
"""Before how many there are, of which so many were told: "14 of the 17"."""


def _in_passing(clause: str, m: Mention) -> bool:
    """Whether a figure is only where another starts from, or by how much it differs: "from 12 to 15", "15, 3 more than"."""
    if _FROM.search(clause[: m.start]) and re.match(r"\s+to\s+(?:about\s+)?[$€£]?\d", clause[m.end :]):
        return True
    if _OUT_OF.search(clause[: m.start]):
        return True
    return bool(re.search(r",\s+$", clause[: m.start]) and _MORE_THAN.match(clause, m.end))


_AGAIN = re.compile(r",?\s+(?:i\.e\.|that\s+is,|or\s+about|which\s+is|in\s+other\s+words)", re.IGNORECASE)
"""Tells an amount once more, in another way."""
MOST = 60
"""Figures beyond which a text is no sentence around one of them."""
_LIKE_A_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}(?:\s+in)?")


def _year_like(b: Quantity, short: str) -> bool:
    return (
        "," not in short and not (b.unit or b.percent or b.noun) and b.value.denominator == 1 and 1500 <= b.value < 2100
    )


def joined(text: str) -> list[Mention]:
    """The figures of a clause, those of one amount together: "2 hours and 15 minutes"."""
    found: list[Mention] = []
    for m in claimed_numbers(text):
        if m.text.lower() == "score":
            continue  # of points, and not twenty
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
    if not m.unit and (era := _ERA.match(text, m.end)):
        return m._replace(end=era.end(), text=text[m.start : era.end()])
    behind = QUALIFIED.match(text, m.end) if not m.unit else None
    whole = text[m.start : behind.end()] if behind else ""
    read = parse(whole) if whole else None
    return m._replace(end=m.start + len(whole), text=whole) if isinstance(read, Quantity) and read.measures else m


_ERA = re.compile(r"\s?(?:BCE?\b|B\.\s?C\.(?:\s?E\.)?)")
_MINUS = re.compile(r"\b(?:minus|negative)\s+$", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:is|was|are|were|equals?|comes\s+to|came\s+to|amounts?\s+to|amounted\s+to|totals?|totall?ed|reache[sd]|costs?|weighs?|weighed|measures|lasts?|lasted|took|takes|gets?|gives?|yields?|makes?|obtain)\s+(?:now\s+|then\s+)?"
    r"(?:about|around|approximately|roughly|exactly|only|just|nearly|almost|some|an?\s+estimated|estimated\s+at|a\s+total\s+of)?\s*$",
    re.IGNORECASE,
)


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
    if verdict == "undecided" or not isinstance(a, Quantity) or _year_like(b, short):
        return verdict
    if verdict == "equal" and not direction(short):
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
