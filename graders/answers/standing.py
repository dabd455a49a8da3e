# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""How each part of a text stands to the answer that the text gives: as what it concludes, says, adds, or sets against it.

"You own 3 bikes, including 2 from Ann (up from 1 last year)" says 3, adds 2, and tells of 1 as what was before.
Parts are told from their first words and the marks around them, not from grammar.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from graders.answers.verbs import VERB
from graders.wording import Verdict


class Standing(IntEnum):
    """The higher, the likelier it is the answer; `DENIED` never is."""

    DENIED = 0
    PAST = 1
    """What was before, what others think, and what the answer is set against."""
    ASIDE = 2
    """Brackets, relative clauses, reasons, the items of a breakdown."""
    SAID = 3
    CONCLUDED = 4


class Part(NamedTuple):
    """A stretch `[start, end)` of a text."""

    start: int
    end: int
    standing: Standing
    sentence: int
    """Which sentence it is of, from 0."""


_AGAINST = r"although|though|even\s+though|while|whereas|despite|in\s+spite\s+of|unlike|(?:as\s+)?compared\s+(?:to|with)|as\s+opposed\s+to|in\s+contrast\s+to"
_BEFORE = r"(?:before|prior\s+to)\s+(?:that|this|then)|until\s+then|up\s+from|down\s+from|updating|upgrading\s+from|replacing|succeeding|originally|formerly|previously|initially|at\s+first"
_ASIDE = r"because|due\s+to|including|such\s+as|e\.g\.|for\s+(?:example|instance)|specifically|namely|followed\s+by|ahead\s+of|beating|defeating|(?:when|while)\s+[a-z]+ing|after|before|following|having|calculated|where|who|whose|whom|which(?!\s+(?:gives?|makes?|means?|equals?|totals?|comes\s+to|brings|rounds?\s+to)\b)|in\s+which|with\s+(?=\d)|consisting\s+of|made\s+up\s+of|(?:the\s+|an?\s+)?[a-z]+\s+of\s+(?:which|whom|whose)|(?:\d[\d,.]*|[a-z]+)\s+of\s+(?:them|these|those)\b|(?:[a-z]{3,}ed|born|built|written|made|sung|sold|known|set)\s+(?:in|by|at|on|from|as|for|with)"
_CONCLUDES = r"so|thus|therefore|hence|consequently|in\s+(?:conclusion|total|all|summary)|altogether|overall|folglich|insgesamt|donc|por\s+lo\s+tanto|leaving|giving|making|which\s+(?:gives?|makes?|means?|equals?|totals?|comes\s+to|brings|rounds?\s+to)|(?:making|giving|for|leaving|bringing|with)\s+(?:it\s+to\s+)?(?:an?|the|your)\s+(?:combined\s+|grand\s+|overall\s+)?(?:total|sum)|that\s+is"
_CUT = re.compile(
    rf"(?P<stop>(?<=[^\W_]\w[.])(?<!\b(?:Dr|Mr|Ms|St|Jr|Sr|vs|No)[.])(?<!\b(?:Mrs|Rev|Gen|Col)[.])(?<!\bProf[.])['\"”’)*_]*\s+(?=[A-ZÀ-Þ\d\"“(*_[-])|(?<=\w)[!?]['\"”’)*_]*\s+(?=[A-ZÀ-Þ\d\"“(*_[-])|(?<=[\"”’)*_%][.])[*_]*\s+(?=[A-ZÀ-Þ\d\"“(*_[-])|\s*\n\s*|;\s+)"
    rf"|(?P<past>,\s+(?=(?:{_BEFORE}|{_AGAINST})\b)|(?<=\w)\s+(?=(?:{_AGAINST})\b))"
    rf"|(?P<denied>(?:,|(?<=\w))\s+(?=(?:rather\s+than|instead\s+of|and\s+not|but\s+not|not(?=\s+(?:(?:in|by|at|on|from|to|for|with)\s+)?(?:the\s+|an?\s+)?[A-ZÀ-Þ\d]))\b))"
    rf"|(?P<concludes>(?:,|\s[–—-])\s+(?=(?:{_CONCLUDES})\b)|\s*(?:(?<![<>!:=])=(?![=>])|=>|⇒|→)\s*)"
    rf"|(?P<aside>(?:,\s+|\s+(?=because\b|including\b|such\s+as\b|(?:before|after)\s+[a-z]+ing\b))(?=(?:{_ASIDE})\b))"
    r"|(?P<apposed>(?<=[\w\"'”’*)]),\s+(?=(?:an?|one\s+of|his|her|its|their|the)\b|(?:about|around|roughly|some|just)\s+(?:\d|an?\b)))"
    r"|(?P<turn>,?\s+(?=(?:but|however|yet)\b))"
    r"|(?P<colon>(?<=[\w\"'”)*])\s*:\s+)"
    r"|(?P<open>\s*(?<!\\)\()|(?P<close>(?<!\\)\))"
    r"|(?P<comma>,\s+)"
)
_BULLET = re.compile(r"(?:[-*•–]|\(?\d{1,2}[.)])\s")
_LEADS_PAST = re.compile(
    rf"(?:{_BEFORE}|{_AGAINST}|if|had|were)\b|(?:many|some|most|people|others)\b[^,;.]*\b(?:sa[iy]|think|thought|believe|assume|claim|guess|give|list|report|cite|state|suggest)",
    re.IGNORECASE,
)
_BACK_THEN = re.compile(
    r"(?:previously|formerly|originally|initially|at\s+first)(?:,|\s+(?:as|in|the|it|you|he|she|they|we|I|this)\b|$)",
    re.IGNORECASE,
)
"""Begins a sentence that is all of what was before, unlike "Originally called Ann"."""
_OF_MYSELF = re.compile(r"(?:but|however|yet),?\s+I\b")
_OTHERS = re.compile(r"others\b", re.IGNORECASE)
_LEADS_ASIDE = re.compile(r"(?:because|since(?!\s+\d)|given)\b", re.IGNORECASE)
_LEADS_CONCLUDED = re.compile(rf"\W*(?:and\s+)?(?:{_CONCLUDES}|final\s+answer|answer)\b", re.IGNORECASE)
_WAS = re.compile(
    r"\b(?:used\s+to\s+be|previously(?!\s+(?:mentioned|recommended|discussed|stated|described|noted|listed|named))|formerly|originally|initially|at\s+first|no\s+longer|(?:would|could|should|might)\s+have\s+been|first\s+(?:thought|offered|considered|intended|planned|proposed)|I\s+(?:considered|thought|assumed|guessed)|mistaken\w*|wrong(?:ly)?|incorrect(?:ly)?|one\s+might\s+think"
    r"|(?:your|the|his|her|their|its|my)\s+(?:earlier|previous|prior|former|old|original|initial)(?=\s\w))\b",
    re.IGNORECASE,
)
_CONTRASTS = re.compile(r"(?:while|whereas|unlike|compared|in\s+contrast|as\s+opposed)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:later|now|actually|currently|today|since\s+then)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely|until)\b)|never|neither|nor|nicht|kein\w*|pas)\b|n['’]t\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
"""What happened only then: "it did not open until 1998"."""
_GOES_ON = re.compile(
    r"(?:is|was|are|were|has|had|have|did|does|do|can|could|will|would|became|went|won|took|sank|ran|began|made|[a-z]{2,}ed|[a-z]{3,}s)\b|(?:the|it|he|she|they|you|we|i|an?|its|his|her|their)\s"
)
"""What follows the comma that ends a clause put in between."""


@lru_cache(maxsize=256)
def parts(text: str) -> tuple[Part, ...]:
    """The parts of a text, in order and without gaps but for the marks between them."""
    found: list[Part] = []
    outside: list[Standing] = []
    start, sentence, base = 0, 0, _leading(text, 0)
    now, fronted, between = base, base in (Standing.PAST, Standing.ASIDE), False
    for m in _CUT.finditer(text):
        kind = m.lastgroup
        if kind == "apposed":
            kind = "aside" if not fronted and _apposed(text, m.start(), m.end()) else "comma"
        if kind == "comma" and not (fronted or (between and _GOES_ON.match(text, m.end()))):
            continue
        if (kind == "close" and not outside) or (m[0].strip() == "=" and _WHERE.search(text[: m.start()])):
            continue
        _add(found, text, start, m.start(), now, sentence)
        start = m.end()
        if kind == "stop":
            sentence += ";" not in m[0]
            outside.clear()
            base = _leading(text, start)
            now, fronted, between = base, base == Standing.PAST, False
        elif kind == "open":
            outside.append(now)
            now = min(now, Standing.ASIDE)
        elif kind == "close":
            now = outside.pop()
        elif kind in ("comma", "turn"):
            still = kind == "comma" and (_OTHERS.match(text, m.end()) or _BACK_THEN.match(text, found[-1].start))
            now = Standing.PAST if still and base == Standing.PAST else max(base, Standing.SAID)
            now = Standing.ASIDE if _OF_MYSELF.match(text, m.end()) else now
            fronted, between = False, False
        elif kind == "concludes":
            now, fronted, between = Standing.CONCLUDED, False, False
        elif kind == "colon":
            counted = re.search(r"\d", text[found[-1].start : found[-1].end]) if found else None
            now = now if now == Standing.CONCLUDED and not counted else min(now, Standing.ASIDE)
        else:
            below = {"past": Standing.PAST, "denied": Standing.DENIED}.get(kind or "", Standing.ASIDE)
            now = min(now, below, *(part.standing for part in found[-1:])) if kind == "aside" else below
            between = True
    _add(found, text, start, len(text), now, sentence)
    return tuple(found)


_WHERE = re.compile(r"\b(?:at|when|for|where|if|with)\s+(?:\\\(|\$)?\s*\w+$")
"""Before an equals sign that tells where something is so: "attained at x = 3"."""
_APPOSITIVE = re.compile(
    r"(?:(?!the\b)[\w']+|the\s+[^.;()]*?\b(?:of|in|to|from|for|behind|by))\s+(?!total|sum)[^,.;:()]*(?=[,.;:()]|$)"
)


def _apposed(text: str, comma: int, start: int) -> bool:
    """Whether a name stands before a comma, and behind it what it is: "the Rhône, a river of France"; no item of a list, no clause."""
    m = _APPOSITIVE.match(text, start)
    name = re.search(r"(?:[A-ZÀ-Þ\d][^\s,;]*|[\"”*)'’])$", text[:comma])
    return (
        m is not None
        and name is not None
        and not VERB.search(m[0])
        and not re.search(r"\band\s+(?:an?|the|his|her)\b", m[0])
    )


def _leading(text: str, at: int) -> Standing:
    """How a sentence begins."""
    if _LEADS_PAST.match(text, at):
        return Standing.PAST
    if _BULLET.match(text, at) or _LEADS_ASIDE.match(text, at):
        return Standing.ASIDE
    return Standing.CONCLUDED if _LEADS_CONCLUDED.match(text, at) else Standing.SAID


def _add(found: list[Part], text: str, start: int, end: int, standing: Standing, sentence: int) -> None:
    said = text[start:end]
    if not said.strip():
        return
    if standing == Standing.PAST and _NOW.search(said) and not _CONTRASTS.match(said):
        standing = Standing.SAID
    elif standing == Standing.SAID and _WAS.search(said):
        standing = Standing.PAST
    found.append(Part(start, end, standing, sentence))


def part_at(text: str, place: int) -> Part:
    """The part in which a place lies."""
    found = parts(text)
    return next((part for part in found if part.end > place), found[-1])


def by_standing(text: str, found: Iterable[tuple[int, Verdict]]) -> Verdict | None:
    """The verdict on what stands highest, of places and what is to say of each; open where that differs, None where nothing stands.

    In a later sentence what differs only explains; what is the same there, and not in the first, decides nothing.
    """
    placed = [(_left(text, _denied(text, part_at(text, at), at), at), verdict) for at, verdict in found]
    standing = [(part, verdict) for part, verdict in placed if part.standing > Standing.DENIED]
    if not standing:
        return "different" if any(verdict == "equal" for _, verdict in placed) else None
    top = max(part.standing for part, _ in standing)
    best = [(part, verdict) for part, verdict in standing if part.standing == top]
    if top == Standing.CONCLUDED:
        best = [each for each in best if each[0] == best[-1][0]]
    first = [verdict for part, verdict in best if part.sentence == best[0][0].sentence]
    said = {verdict for _, verdict in best}
    if said == {"different"} and any(v == "equal" and text.startswith("or ", part.start) for part, v in standing):
        return "undecided"
    if len(said) == 1:
        return said.pop()
    return "equal" if set(first) - {"undecided"} == {"equal"} else "undecided"


def _denied(text: str, part: Part, at: int) -> Part:
    """The part, as denied where it says "not" before the place and no "until" behind that."""
    before = text[part.start : at]
    no = _DENIES.search(before)
    return part._replace(standing=Standing.DENIED) if no and not _UNTIL.search(before, no.end()) else part


_MOVES = re.compile(
    r"\b(?:moved|changed|postponed|rescheduled|brought\s+forward|pushed\s+back|extended|revised|corrected|delayed|renamed|upgraded|raised|lowered|cut|reduced|increased|grew|rose|fell|dropped|declined|climbed|went|jumped|shrank)\s+(?:\w+\s+){0,2}from\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def left_behind(text: str, part: Part, at: int) -> bool:
    """Whether a place is what something was moved from: "moved from 15 March to 22 March"."""
    return _MOVES.search(text[part.start : at]) is not None and re.search(r"\bto\b", text[at : part.end]) is not None


def _left(text: str, part: Part, at: int) -> Part:
    """The part, as past where the place is what something was moved from."""
    past = part.standing > Standing.PAST and left_behind(text, part, at)
    return part._replace(standing=Standing.PAST) if past else part


def is_against(text: str, part: Part) -> bool:
    """Whether a part tells what the answer is set against: "whereas Ann is 7"."""
    return part.standing == Standing.PAST and bool(_SET_AGAINST.match(text, part.start))


_SET_AGAINST = re.compile(rf"(?:{_AGAINST})\b", re.IGNORECASE)


def is_item(text: str, part: Part) -> bool:
    """Whether a part begins an item of a list in lines of its own."""
    return _BULLET.match(text, part.start) is not None
