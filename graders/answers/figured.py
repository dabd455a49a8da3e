"""The figure that a sentence gives: by what it concludes, by what measures the same, by what a verb gives, by all of its figures."""

import re
from collections.abc import Callable, Iterable, Sequence

from graders.answers.denials import bounded
from graders.answers.kinds import Quantity
from graders.answers.measures import Measure
from graders.answers.quantities import QUALIFIED
from graders.answers.turns import direction, turned
from graders.answers.values import parse
from graders.claims import claimed_numbers
from graders.numbers import Mention
from graders.wording import Verdict

Compare = Callable[[str, str], Verdict]

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
    """By what a text concludes, by its figures of the same kind, by all of them."""
    standing = clauses(long)
    if len(claimed_numbers(long)) > MOST:
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
MOST = 60
"""Figures beyond which a text is no sentence around one of them."""
_Said = tuple[str, str]


def _figures(texts: Iterable[str]) -> list[_Said]:
    """The figures of some clauses; a year told beside another figure is none of them."""
    found = [(m, text) for text in texts for m in joined(text)]
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
    return [(m.text, clause) for m in joined(clause) if _LIKE_A_YEAR.fullmatch(m.text)]


def joined(text: str) -> list[Mention]:
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
        marks = list(CONCLUDES.finditer(clause))
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
        for m in joined(clause)
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
