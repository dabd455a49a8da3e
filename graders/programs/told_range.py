# ruff: noqa: E501  (patterns are data)
"""O2 for spans given as a range: "2 to 3 business days" where only "5 to 7 business days" was said.

Both ends are small, so neither is held to be known by itself; together they are. Only where some range of that unit was told, and this one
is nowhere: neither as it is, nor from both ends' own figures of that unit or two ranges together. The score of a match likewise: "won 40-20" where "40-22" was shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from traces.record import Step

_UNITS = {
    "day": r"days?|Tagen?|Werktagen?|Arbeitstagen?|jours?|días?|giorni|dias?|日|天|个工作日|營業日|営業日",
    "hour": r"hours?|hrs?|Stunden?|heures?|horas?|ore",
    "week": r"weeks?|Wochen?|semaines?|semanas?|settimane",
    "month": r"months?|Monaten?|mois|meses|mesi",
    "minute": r"min(?:ute)?s?|Minuten|minutos|minuti",
}  # fmt: skip
_PAIR = r"(?<![\d.,:/-])(?P<low>\d{1,3})\s*(?:-|–|—|to|and|bis|und|y|a|e|à|et|～|~|至|到)\s*(?P<high>\d{1,3})(?![\d.,:/-]*\d)"
_GAP = r"\s*(?:(?:business|working|calendar|jours?\s+ouvr|Werk|个|營業|営業|工作)\w*\s*)?"
_RANGES = {unit: re.compile(rf"{_PAIR}{_GAP}(?:{names})(?![^\W\d_]*\s*(?:and|,)\s*\d)", re.IGNORECASE) for unit, names in _UNITS.items()}  # fmt: skip
_ANY = re.compile(_PAIR, re.IGNORECASE)


@dataclass(frozen=True)
class ToldRange(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "told_range"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or not _ANY.search(text):
            return
        told = [m.content for m in case.messages[: step.message] if m.role != "assistant"]
        yield from _scores(case, step, text, told)
        for unit, pattern in _RANGES.items():
            claims = list(pattern.finditer(text))
            shown = [_ends(m) for each in told for m in pattern.finditer(each)] if claims else []
            shown += [_ends(m) for each in told for m in _keyed(each, unit)] if claims else []
            if not shown:
                continue
            anywhere = {_ends(m) for each in told for m in _ANY.finditer(each)}
            for m in claims:
                if _ends(m) not in anywhere | _added(shown) and not _figures(told, unit, _ends(m)):
                    here = case.here(step, m[0], m.start(), m.end())
                    low, high = shown[0]
                    yield Finding("O2", f"says {m[0].strip()}, where {low} to {high} was told", (here,), silent=True)


def _added(shown: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """What each two of some ranges come to together."""
    return {(a[0] + b[0], a[1] + b[1]) for a, b in combinations(shown, 2)}


_SCORE = re.compile(r"(?<![\w.,:/$€£-])(?P<low>\d{1,3})\s?[-–—]\s?(?P<high>\d{1,3})(?![\w:/-]|[.,]\d)")
_PLAYED = re.compile(
    r"\b(?:scores?|scored|won|wins?|winning|beat\w*|defeat\w*|lost|loss|victory|tied|drew|draw|final)\b", re.IGNORECASE
)
_NEAR = 80


def _scores(case: Case, step: Step, text: str, told: list[str]) -> Iterator[Finding]:
    """Scores that nothing told, where one alone that was told has one of their two figures in its place."""
    claims = [m for m in _SCORE.finditer(text) if _PLAYED.search(text[max(0, m.start() - _NEAR) : m.end() + _NEAR])]
    if not claims:
        return
    shown = {tuple(sorted(_ends(m))) for each in told for m in _ANY.finditer(each)}
    own = {tuple(sorted(_ends(m))) for m in claims}
    for m in claims:
        low, high = sorted(_ends(m))
        near = {pair for pair in shown if len({low, high} & set(pair)) == 1}
        if (low, high) not in shown and len(near) == 1 and not near & own:
            here = case.here(step, m[0], m.start(), m.end())
            one, two = next(iter(near))
            yield Finding("O2", f"says {m[0]}, where {one} and {two} were told", (here,), silent=True)


def _ends(m: re.Match[str]) -> tuple[int, int]:
    return int(m["low"]), int(m["high"])


def _keyed(text: str, unit: str) -> Iterator[re.Match[str]]:
    """Ranges under a key that names their unit: "dias": "6-9"."""
    for m in _ANY.finditer(text):
        if re.search(
            rf"\b\w*(?:{_UNITS[unit]})\"?\s*[:=]\s*\"?$", text[max(0, m.start() - 30) : m.start()], re.IGNORECASE
        ):
            yield m


def _figures(told: list[str], unit: str, ends: tuple[int, int]) -> bool:
    """Whether both ends were told of that unit each by itself."""
    return all(
        any(re.search(rf"(?<!\d){end}[\s-]*(?:{_UNITS[unit]})", text, re.IGNORECASE) for text in told) for end in ends
    )
