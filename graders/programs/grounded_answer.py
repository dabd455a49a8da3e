# ruff: noqa: E501, SIM905  (patterns and word lists are data)
"""G1: numbers, dates and names in an answer that no query, observation or computation accounts for. O2 where a figure is misread.

Needs something to compare with: unscored where the trace has no observation at all. Small counts, constants, hedged figures near a
known one, roundings, other units and what one operation on known numbers gives all pass; a name must be wholly unseen, or
stand where the answer puts its result. A longer answer also tells what its writer knows and has worked out from several figures:
there only a slip of a figure shown is held against it, and figures none of which was shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from graders.calls import failed, kind_of, leaves, only_reads, strings
from graders.claims import (
    brief,
    claimed_dates,
    claimed_names,
    claimed_numbers,
    headline,
    small,
)
from graders.dates import DateMention, Day, dates
from graders.days_told import counted, follows, told_relatively
from graders.misreading import misread_of, slip_of_a_day
from graders.names import OTHER_LETTERS, Name
from graders.numbers import Mention, numbers, plain
from graders.provenance import significant, trailing
from graders.sentences import sentence_at
from graders.stance import stance
from graders.support import supported, swapped_digits
from graders.units import factor_between
from graders.unseen import unseen
from traces.record import Evidence, Step


@dataclass(frozen=True)
class GroundedAnswer(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "grounded_answer"
    version: ClassVar[str] = "16"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G1", "O1", "O2")

    def judge(self, case: Case, step: Step) -> list[Finding] | Unscored | None:
        if step not in case.answers:
            return None
        if not any(s.observations for s in case.steps[: step.index]) and not _told_all(case):
            return Unscored("no tool was used, so there is nothing to hold the answer against")
        text = case.text(step)
        found = [*_numbers(case, step, text), *_dates(case, step, text), *_names(case, step, text)]
        if brief(text) or not found:
            return found
        sure = [f for f in found if _slip_of_a_figure(f) or _counted_to_the_unit(f)] or _all_unseen(
            case, step, text, found
        )
        return sure or Unscored(f"an answer that explains may tell what is known or worked out: {found[0].reason}")


def _slip_of_a_figure(finding: Finding) -> bool:
    """Whether a finding is a figure with its digits in disorder, and no year: years stand near each other in any biography."""
    if finding.code != "O2" or not finding.evidence:
        return False
    figure = finding.evidence[0].text.strip(" .,")
    if "swapped" in finding.reason:
        return not _A_YEAR.fullmatch(figure)
    misread = "digit off" in finding.reason or "place shifted" in finding.reason
    return misread and len(re.findall(r"\d", figure)) >= 5


_A_YEAR = re.compile(r"1\d{3}|20\d\d")


def _counted_to_the_unit(finding: Finding) -> bool:
    """Whether an unseen figure is too exact to be common knowledge: six digits or more, no money, which is worked out in many steps."""
    figure = finding.evidence[0].text if finding.code == "G1" and finding.evidence else ""
    bare = re.fullmatch(r"\D{0,2}(\d[\d,]*(?:\.\d+)?)\W*(?:[^\W\d]{1,12})?", figure)
    return (
        bare is not None
        and not re.search(r"[$€£¥₹%]", figure)
        and len(bare[1].replace(",", "").replace(".", "").strip("0")) >= _EXACT
    )


_EXACT = 6


def _all_unseen(case: Case, step: Step, text: str, found: list[Finding]) -> list[Finding]:
    """The findings on figures of an answer that tells several, and not one that was shown: made up where the tools gave nothing."""
    figures = [f for f in found if f.evidence and any(c.isdigit() for c in f.evidence[0].text)]
    if len(figures) < _SEVERAL or any(supported(case, step, m) for m in claimed_numbers(text) if not small(m)):
        return []
    return [] if any(case.knowledge.day(d, step.message) for d in claimed_dates(text)) else figures


_SEVERAL = 3


def _told_all(case: Case) -> bool:
    """Whether the query is known to say everything that the answer may state."""
    oracle = case.oracle
    return oracle is not None and oracle.calls == "forbidden" and oracle.answer.kind not in ("free", "unknown")


def _numbers(case: Case, step: Step, text: str) -> Iterator[Finding]:
    held, loose = list[Mention](), list[Mention]()
    for mention in claimed_numbers(text):
        (held if supported(case, step, mention) else loose).append(mention)
    others = {(m.value, m.ulp, m.unit): m for m in held}.values()
    for mention in loose:
        known = any(_restates(mention, other) for other in others) or _was_set(case, step, mention)
        if not known and not _said(case, step, mention.text):
            finding = _number(case, step, mention)
            if not (
                _aside(text, mention, finding)
                or _guessed_year(text, mention)
                or (finding.code == "G1" and _common(text, mention))
            ):
                yield finding
    if contradiction := _contradicts_last(case, step, text):
        yield contradiction


_COMMON = re.compile(
    r"\b(?:normal\s+range|healthy|typical(?:ly)?|usual(?:ly)?|general(?:ly)?|recommended|recommendation|guidelines?|rule\s+of\s+thumb|for\s+reference|"
    r"by\s+definition|standard(?!\s+(?:deviation|error|plan|price|fare|rate|room|shipping))|conventional(?:ly)?|theoretical(?:ly)?|in\s+theory|overweight|underweight|(?:boiling|freezing|melting)\s+point|speed\s+of\s+light|"
    r"üblich\w*|normalerweise|généralement|normalement|normalmente|generalmente)\b",
    re.IGNORECASE,
)


def _common(text: str, mention: Mention) -> bool:
    """Whether a number stands in a sentence that tells common knowledge: a normal range, a rule of thumb, what theory says."""
    return bool(_COMMON.search(sentence_at(text, mention.start).text))


def _was_set(case: Case, step: Step, mention: Mention) -> bool:
    """Whether a call of the turn that changes something set this number, and worked: "louder", and a volume of 45."""
    turn = [s for s in case.steps[: step.index] if s.message > case.turn(step)]
    calls = [(s, c) for s in turn for c in case.said(s).tool_calls if kind_of(c) == "other" and not only_reads(c.name)]
    worked = (c for s, c in calls if (answer := case.answer_to(s, c)) is not None and not failed(answer))
    return any(m.value == mention.value for c in worked for leaf in leaves(c.arguments) for m in numbers(leaf))


def _restates(mention: Mention, other: Mention) -> bool:
    """Whether a number says in another unit or scale what the text says beside it: "0.0557 km, about 56 m"."""
    factors = [Fraction(10) ** power for power in (-6, -3, -2, 2, 3, 6)]
    if mention.unit and other.unit and (factor := factor_between(other.unit, mention.unit)):
        factors.append(factor)
    if significant(other.value) < 2:
        return False
    value, ulp = mention.readings[0]
    loose = other.ulp / 2 if mention.unit and other.unit else Fraction(0)
    return any(abs(abs(other.value) * f - abs(value)) <= max(trailing(value, ulp) / 2, loose * f) for f in factors)


def _said(case: Case, step: Step, text: str) -> bool:
    """Whether an earlier answer told the same: it was judged there, and the user has let it stand."""
    told = re.compile(rf"(?<![\w.,]){re.escape(text.strip())}(?!\w)")
    return any(told.search(case.text(earlier)) for earlier in case.answers if earlier.index < step.index)


_GUESSES = re.compile(r"\b(?:guess\w*|expect\w*|probabl[ey]|likely|perhaps|maybe|at\s+the\s+earliest|not\s+before|estimate\w*)\b", re.IGNORECASE)  # fmt: skip


def _guessed_year(text: str, mention: Mention) -> bool:
    """Whether a year is told as a guess about what is to come."""
    guessed = _GUESSES.search(sentence_at(text, mention.start).text)
    return guessed is not None and bool(_A_YEAR.fullmatch(mention.text.strip()))


_BRACKET = re.compile(r"\([^()\n]{0,60}$")


def _aside(text: str, mention: Mention, finding: Finding) -> bool:
    """Whether a year stands in brackets: when a film came out, when somebody was born. Alone there, it may be a slip of one shown."""
    alone = text[mention.start - 1 : mention.start] + text[mention.end : mention.end + 1] == "()"
    return (
        not (alone and finding.code == "O2")
        and bool(_A_YEAR.fullmatch(mention.text.strip()))
        and bool(_BRACKET.search(text[max(0, mention.start - 60) : mention.start]))
    )


def _number(case: Case, step: Step, mention: Mention) -> Finding:
    here = case.here(step, mention.text, mention.start, mention.end)
    if slip := misread_of(case, mention, step.message):
        return Finding("O2", f"says {mention.text}, {slip.how} {slip.seen}", (here, slip.evidence), silent=True)
    if turned := _turned_figure(case, step, mention):
        return Finding("O2", f"says {mention.text}, with two digits swapped from {turned}", (here,), silent=True)
    return Finding("G1", f"{mention.text} comes from no query, observation or computation shown", (here,), silent=True)


def _turned_figure(case: Case, step: Step, mention: Mention) -> str | None:
    """A short figure with its sign, scale or unit that has an account but for two digits: "$32 million" for $23 million, 31.5 % for 13.5 %."""
    figure = mention.text.strip(" .,*")
    digits = re.sub(r"\D", "", figure).strip("0")
    if len(digits) not in (2, 3) or figure.isdigit() or mention.kind != "figure" or mention.parts[1:]:
        return None
    if re.sub(r"\D", "", figure).endswith("0") or case.text(step)[mention.end :].lstrip(" *").startswith("("):
        return None  # a round figure is made up of others, and a bracket shows of which
    few = mention.percent and len(case.knowledge.known(step.message)) <= _FEW
    for swap in swapped_digits(figure):
        read = numbers(swap)
        if len(read) != 1 or len(re.sub(r"\D", "", swap).strip("0")) < len(digits):
            continue
        link = case.knowledge.link(read[0], step.message, derive=few)
        if link and link.kind in ("same", "percent", "scaled", "derived"):
            return swap
    return None


_FEW = 16
"""Figures said, up to which a share or a change that two of them make is no chance."""


def _contradicts_last(case: Case, step: Step, text: str) -> Finding | None:
    """A small number as the whole answer where the computation just before gave another one."""
    if step.index == 0 or not brief(text):
        return None
    last = case.steps[step.index - 1]
    calls = case.said(last).tool_calls
    if len(calls) != 1 or kind_of(calls[0]) != "calculator" or len(last.observations) != 1:
        return None
    observed = case.messages[last.observations[0]]
    shown = [m for m in numbers(observed.content) if not m.glued]
    if failed(observed) or len({m.value for m in shown}) != 1 or not any(small(m) for m in claimed_numbers(text)):
        return None
    claimed = [m for m in claimed_numbers(text) if not case.knowledge.holds(m.value, last.message)]
    if len(claimed) != 1 or not small(claimed[0]):
        return None
    given, result = claimed[0], shown[0]
    near = abs(abs(given.value) - abs(result.value)) <= max(given.ulp, abs(result.value) / 20)
    if near or (given.unit and not result.unit and abs(result.value) > 20):
        return None
    if case.knowledge.link(given, step.message) or case.knowledge.near(given.value * 60, given.ulp, step.message):
        return None
    here = case.here(step, given.text, given.start, given.end)
    there = Evidence(message=last.observations[0], text=result.text, start=result.start, end=result.end)
    return Finding(
        "O1", f"says {given.text}, where the computation before gave {plain(result.value)}", (here, there), silent=True
    )


def _dates(case: Case, step: Step, text: str) -> Iterator[Finding]:
    for mention in claimed_dates(text):
        if _said(case, step, mention.text) or _called_with(case, step, mention):
            continue
        if day := slip_of_a_day(case, step, text, mention):
            here = case.here(step, mention.text, mention.start, mention.end)
            yield Finding("O2", f"says {mention.text}, one digit off {day.iso()}", (here,), silent=True)
            continue
        if case.knowledge.day(mention, step.message):
            continue
        if turned := _turned(case, step, mention):
            here = case.here(step, mention.text, mention.start, mention.end)
            yield Finding(
                "O2", f"says {mention.text}, with day and month of {turned.iso()} swapped", (here,), silent=True
            )
            continue
        here = case.here(step, mention.text, mention.start, mention.end)
        slip = _other_month(case, step, text, mention)
        if slip and not (mention.readings[0].year and counted(case, step, mention)):
            yield Finding("O2", f"says {mention.text}, where {slip.iso()} was shown", (here,), silent=True)
            continue
        if follows(case, step, mention) or told_relatively(case, step, mention):
            continue
        yield Finding("G1", f"the date {mention.text} comes from no query or observation", (here,), silent=True)


def _turned(case: Case, step: Step, mention: DateMention) -> Day | None:
    """A full date that was shown, of which a claim in digits has the day for the month; a text that has both tells of two."""
    claims = [r for r in mention.readings if r.day and r.year] if not any(map(str.isalpha, mention.text)) else []
    if len(claims) != 1 or claims[0].day == claims[0].month:
        return None
    swapped = Day(claims[0].year, claims[0].day, claims[0].month)
    shown = (source for day, source in case.knowledge.days if source.message < step.message and day == swapped)
    return (
        swapped
        if next(shown, None) and swapped not in (r for d in claimed_dates(case.text(step)) for r in d.readings)
        else None
    )


def _other_month(case: Case, step: Step, text: str, mention: DateMention) -> Day | None:
    """A day that a result has, and the answer only in another month: not where the answer looks ahead, or tells that day too."""
    claim = mention.readings[0]
    shown = [k for k, source in case.knowledge.days if source.message < step.message and source.kind == "observation"]
    known = next((k for k in shown if claim.day and _moved(claim, k)), None)
    if known is None or len(mention.readings) > 1:
        return None
    said = text[sentence_at(text, mention.start).start : mention.start]
    if _AHEAD.search(said + text[mention.start : mention.end + 4]) or _REACHES.search(said):
        return None
    return None if any(known.agrees(r) for d in claimed_dates(text) for r in d.readings) else known


def _moved(claim: Day, known: Day) -> bool:
    """Whether two days are apart by their month alone."""
    return (
        claim.day == known.day
        and claim.month != known.month
        and (claim.year or known.year) == (known.year or claim.year)
    )


_AHEAD = re.compile(
    r"\b(?:next|due|renew\w*|expir\w*|until|by|deadline|every|each|month\w*|will|would|then|later|earlier|ago|end|ends|from\s+now|return|window|"
    r"nächste\w*|fällig|bis|prochain\w*|jusqu\w*|próxim\w+|hasta|vence)\b",
    re.IGNORECASE,
)
"""Words of days that are counted or planned, and so may be told in no result."""
_REACHES = re.compile(r"\b(?:after|before)\s+(?:the\s+)?$", re.IGNORECASE)


def _called_with(case: Case, step: Step, mention: DateMention) -> bool:
    """Whether a call before was given the date: whether that call knew it is judged there."""
    texts = (t for s in case.steps[: step.index] for c in case.said(s).tool_calls for t in strings(c.arguments))
    return any(k.agrees(r) for t in texts for d in dates(t[:40]) for k in d.readings for r in mention.readings)


def _names(case: Case, step: Step, text: str) -> Iterator[Finding]:
    reserved = stance(text) in ("unknown", "declines", "asks")
    found = [
        n for n in claimed_names(text) if not (_heading(text, n) or _label(text, n) or OTHER_LETTERS.search(n.text))
    ]
    if found and any(m.role == "user" and OTHER_LETTERS.search(m.content) for m in case.messages[: step.message]):
        return  # a name in Latin letters may be one that was told in another script
    for name in found:
        missing = () if _glossed(case, step, text, name) else unseen(case, step, name)
        if missing and (_actor(text, name, missing) if reserved else _suspicious(text, name, missing)):
            here = case.here(step, name.text, name.start, name.end)
            yield Finding("G1", f"{name.text} is named in no query or observation", (here,), silent=True)


_LEADS_ON = re.compile(r"\s*[*_]*\s*[>›→]|[*_]{0,2}:[*_]{0,2}\s+\S")
_LINE_OPENS = re.compile(r"(?:^|\n)[^\w\n]*$")


def _label(text: str, name: Name) -> bool:
    """Whether a name is the one word that opens a line and says what it is of ("**Train:** ..."), or a step in a menu ("Settings > Data")."""
    leads = None if " " in name.text else _LEADS_ON.match(text, name.end)
    return leads is not None and (":" not in leads[0] or bool(_LINE_OPENS.search(text[: name.start])))


_HEADING = re.compile(r"^[#*_\s]*[^\W\d]+(?:\s+#?\w*\d[\w-]*)?[*_:\s]*$")


def _heading(text: str, name: Name) -> bool:
    """Whether a name is the one word of a line that heads others: "**Findings**"."""
    start, end = text.rfind("\n", 0, name.start) + 1, text.find("\n", name.end)
    return end > 0 and bool(_HEADING.match(text[start:end])) and bool(text[end:].strip())


def _glossed(case: Case, step: Step, text: str, name: Name) -> bool:
    """Whether a name only spells out a code that was seen, or is spelled out by one: "San Francisco (SFO)", "EUR (Euro area)"."""
    code = _CODE_BEHIND.match(text, name.end) or _CODE_BEFORE.search(text[max(0, name.start - 12) : name.start])
    return code is not None and case.knowledge.word(code[1], step.message)


_CODE_BEHIND = re.compile(r"\**\s*[(\[]\**([A-Z][A-Z0-9]{1,5})\**[)\]]")
_CODE_BEFORE = re.compile(r"\b([A-Z][A-Z0-9]{1,5})\**\s*[(\[=:]\**\s*$")


def _suspicious(text: str, name: Name, missing: Sequence[str]) -> bool:
    """A name of two words none of which was seen, or an unseen one where the result stands."""
    parts = [w for w in name.text.split() if w[:1].isupper()]
    if _RELATED.search(text[max(0, name.start - _SPAN) : name.start]) or (parts[-1:] and parts[-1] in _GENERAL):
        return False
    if _actor(text, name, missing):
        return True
    if name.opens and not headline(text, name):
        parts = parts[1:]
        missing = [w for w in missing if w in parts]
    if _of_a_kind(text, name, parts, missing):
        return True
    if headline(text, name):
        return bool(missing) and len(missing) == len(parts)
    if len(parts) >= 2:
        return len(missing) >= 2 and len(missing) == len(parts)
    return len(parts) == 1 and bool(missing) and len(text.split()) <= 25 and bool(_STATED.search(text[: name.start]))


def _of_a_kind(text: str, name: Name, parts: Sequence[str], missing: Sequence[str]) -> bool:
    """Whether a name is one unseen word with the kind of place or house behind it, where the answer puts its result: "Osk County"."""
    if len(parts) != 2 or list(missing) != parts[:1] or parts[1] not in _KINDS:
        return False
    return headline(text, name) or len(text.split()) <= _FEW_WORDS or bool(_STATED.search(text[: name.start]))


_KINDS = frozenset(
    ["County", "College", "University", "School", "Street", "Avenue", "Road", "District", "Province", "Lake", "Island"]
)
_FEW_WORDS = 12
_SPAN = 80
"""Characters before a name in which its relation to something known is told."""
_RELATED = re.compile(
    r"\b(?:capital|currency|continent|official\s+language|Hauptstadt|Währung|capitale|monnaie|moneda|valuta)\b[^.!?\n]{0,40}\b(?:is|was|ist|est|es|è|é)\s+(?:the\s+)?[*_`]*$",
    re.IGNORECASE,
)
"""What everybody may know of something that was found: the capital of a country, its money."""
_GENERAL = frozenset(
    "Age Ages Era Period War Wars Revolution Renaissance Dynasty Empire Century Ocean Sea Peninsula Hemisphere Union Nations Prize Award Medal Cup Games".split()
)
"""How names end that everybody knows: of times, seas and prizes, which an answer may add."""
_HEADS = frozenset(
    ["Lake", "Mount", "Port", "Fort", "Cape", "Saint", "River", "Sir", "Dr", "Mr", "Mrs", "Ms", "Professor"]
)
_ACTS = re.compile(
    r"\s+(?:has|had|is|was|said|says|confirmed|confirms|reports|reported|led|states|stated|wrote|found|noted)\b"
)


_BY = re.compile(r"\b(?:by|comes\s+from)\s+$")


def _actor(text: str, name: Name, missing: Sequence[str]) -> bool:
    """Whether an unseen name of two words is said to do or have done something: no common word only opens its sentence then."""
    parts = name.text.split()
    if len(parts) != 2 or parts[1] not in missing or not (parts[0] in missing or parts[0] in _HEADS):
        return False
    return bool(_ACTS.match(text, name.end) or _BY.search(text[max(0, name.start - 16) : name.start]))


_STATED = re.compile(
    r"\b(?:(?:is|was|are|were|named|called)\s+(?:the\s+)?|(?:born|died|based|headquartered|located)\b[^.;()]{0,30}\bin\s+)$"
)
