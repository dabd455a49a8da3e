"""Whether the answer of a trace is right, by the typed answer of its oracle: by value, never by spelling.

An answer may say more than asked; what counts is what it puts forward. Where that cannot be told (two candidates, a bare
comparison), the outcome is undecided, and an undecided answer is not right.
"""

import re
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from graders.answers import equivalent
from graders.claims import claimed_dates, claimed_numbers
from graders.dates import Day
from graders.headlines import headlines
from graders.names import folded, names
from graders.numbers import Mention, numbers
from graders.provenance import significant
from graders.stance import refuses_help, stance
from graders.units import UNITS, unit_named
from traces.record import Execution
from traces.task import Answer

Status = Literal["right", "wrong", "undecided", "none"]


class Outcome(NamedTuple):
    """`none`: there is no answer to compare (it gives up, asks back or says nothing). `given` is what was taken as the answer."""

    status: Status
    reason: str = ""
    given: str = ""


def executed(executions: Sequence[Execution], step: int) -> Outcome:
    """Whether the program of the answer passed its tests when it was tried."""
    found = next((each for each in executions if each.step == step), None)
    if found is None:
        return Outcome("undecided", "the program was not tried")
    return Outcome("right" if found.passed else "wrong", found.reason)


def outcome(answer: Answer, text: str, query: str = "", others: tuple[str, ...] = ()) -> Outcome:
    """Compare what a text answers with the right answer. `others` are values on the way, which an answer may mention too."""
    how = stance(text)
    if answer.kind == "unknown":
        if how == "answers":
            return Outcome("wrong", "claims to know what cannot be known")
        return Outcome("right") if how == "unknown" else Outcome("none", "does not say that it cannot be known")
    if answer.kind == "free":
        if refuses_help(text, query):
            return Outcome("none", "declines")
        return Outcome("none", "says nothing") if how == "empty" else Outcome("right")
    if answer.kind == "text" and (apart := _set_apart(answer, text)):
        return apart
    found = _CHECKS[answer.kind](answer, text, query, others)
    if found.status != "right" and answer.kind == "text" and (same := _equivalent(answer, text)):
        return Outcome("right", given=same)
    if found.status != "right" and how != "answers":
        return Outcome(
            "none", {"empty": "says nothing", "asks": "asks back", "announces": "only announces"}.get(how, "gives up")
        )
    return found


def _set_apart(answer: Answer, text: str) -> Outcome | None:
    """For an answer in signs, such as an interval: what the text sets apart is compared by meaning, as words alone would not tell."""
    if not re.search(r"[\[\]()]\s*$|[\\^=<>±]", answer.value) or not (apart := headlines(text)):
        return None
    found = {equivalent(apart[0], right) for right in (answer.value, *answer.accepted)}
    if "equal" in found:
        return Outcome("right", given=apart[0])
    status: Status = "wrong" if found == {"different"} else "undecided"
    return Outcome(status, f"says {apart[0]}", apart[0])


def _equivalent(answer: Answer, text: str) -> str | None:
    """What the text sets apart, or says in short, that means the same as a right answer with figures or signs.

    Bare names, alone or in a list, are left to `_text`: it knows the names the query offered, and whether their order counts.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = (*headlines(text), *(line for line in lines[-1:] if len(line) <= 200))
    wanted = tuple(right for right in (answer.value, *answer.accepted) if re.search(r"[\d\\{}=<>±]", right))
    same = (each for each in said for right in wanted if equivalent(each, right) == "equal" and _in_order(right, each))
    return next(same, None)


def _in_order(right: str, text: str) -> bool:
    """Whether a list of names, which is an order where it is the answer, stands in the same order in a text; other answers have none."""
    items = _names_in_order(right)
    if not items:
        return True
    places = [_places(item, text) for item in items]
    return not all(places) or [p[0] for p in places] == sorted(p[0] for p in places)


def _names_in_order(right: str) -> list[str]:
    """The names of an answer that is several of them in an order; none for any other."""
    items = [item.strip() for item in right.split(",")]
    named = len(items) > 1 and all(re.fullmatch(r"[A-Z][\w' -]*[A-Za-z][\w' -]*", item) for item in items)
    return items if named else []


def settled(mention: Mention, wanted: Fraction, *, points_group: bool = False) -> Mention:
    """A figure held against a whole number, in the readings it then can have: what is grouped by commas is no decimal,
    and "17.000" is 17 or, in a language that groups with points, 17,000, but never both."""
    if wanted.denominator != 1 or len(mention.readings) < 2 or mention.kind != "figure":
        return mention
    first, other = mention.readings[:2]
    if first.ulp >= 1:
        return mention._replace(readings=(first,))
    if first.value.denominator != 1:
        return mention
    return mention._replace(readings=(other if points_group else first,))


def groups_with_points(text: str) -> bool:
    """Whether a text writes its numbers as many languages but English do, by a figure that can mean nothing else or by its words."""
    return bool(_POINTED.search(text)) or len(_FOREIGN.findall(text)) >= 2


_POINTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d\.\d{3},\d")
_FOREIGN = re.compile(
    r"\b(?:der|die|das|und|ist|sind|wie|viele|wird|beträgt|hat|el|los|las|cuántos|cuál|tiene|della|che|quanti|sono|são|quantos|tem|het|een|hoeveel)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def value_of(text: str) -> Fraction:
    """The value of a figure of an oracle; reading it is dear beside comparing it."""
    return Fraction(text)


def number_agrees(answer: Answer, mention: Mention) -> bool:
    """Whether a mention has the value of the right answer, in its unit or another of the same kind, within its tolerance."""
    wanted, tolerance = value_of(answer.value), abs(value_of(answer.tolerance or "0"))
    percent = answer.unit.lower() in ("%", "percent", "per cent", "percentage points")
    for value, ulp in settled(mention, wanted).readings:
        for candidate, step in _in_unit(value, ulp, mention, answer.unit, percent):
            if candidate == wanted:
                return True
            slack = max(tolerance, abs(wanted) / 10**12, _rounding(wanted, tolerance, candidate, step))
            if abs(candidate - wanted) <= slack:
                return True
    return False


def _rounding(wanted: Fraction, tolerance: Fraction, given: Fraction, ulp: Fraction) -> Fraction:
    """What rounding excuses where the oracle names no tolerance and the value has no end."""
    endless = wanted.denominator > 1 and 10**12 % wanted.denominator
    return ulp / 2 if tolerance == 0 and endless and significant(given) >= 3 else Fraction(0)


def _in_unit(
    value: Fraction, ulp: Fraction, mention: Mention, unit: str, percent: bool
) -> list[tuple[Fraction, Fraction]]:
    if mention.percent:
        share = value / 100
        as_share = [(share, ulp / 100)] if unit == "" and share.denominator != 1 else []
        return [(value, ulp)] if percent else as_share
    wanted = unit_named(unit) if unit else None
    given = UNITS[mention.unit] if mention.unit else None
    if wanted and given:
        factor = given.factor / wanted.factor
        return [(value * factor, ulp * factor)] if given.dimension == wanted.dimension else []
    if percent and 0 < abs(value) < 1 and ulp < Fraction(1, 10):
        return [(value, ulp), (value * 100, ulp * 100)]
    return [(value, ulp)]


def _number(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    wanted, pointed = value_of(answer.value), groups_with_points(f"{query} {text}")
    for headline in headlines(text):
        if apart := [settled(m, wanted, points_group=pointed) for m in claimed_numbers(headline)]:
            right = any(number_agrees(answer, m) for m in apart)
            if right or len(headlines(text)) == 1:
                return Outcome("right" if right else "wrong", _unlike(apart), apart[0].text)
    claimed = _results(_asserted([settled(m, wanted, points_group=pointed) for m in claimed_numbers(text)]), text)
    agreeing = [m for m in claimed if _agrees(answer, m, text)]
    if not agreeing and _year_told(answer, text):
        return Outcome("right", given=answer.value)
    if not agreeing:
        if value_of(answer.value) == 0 and re.search(r"\b(?:no|none|zero|nothing|never)\b", text, re.I) and not claimed:
            return Outcome("right", given="none")
        return Outcome("wrong", _unlike(claimed), claimed[0].text if claimed else text[:60])
    if _alternatives(text, agreeing, claimed):
        return Outcome("wrong", "offers more than one value", agreeing[0].text)
    elsewhere = {m.value for m in numbers(query)} | {v for v in map(_fraction, others) if v is not None}
    if (result := _result_of(text, agreeing, claimed)) and result.value not in elsewhere:
        return Outcome("wrong", f"computes {result.text.strip()} from it", result.text)
    if (made := _made_of(text, agreeing, claimed)) and made.value not in elsewhere:
        return Outcome("wrong", f"makes {made.text.strip()} of it", made.text)
    if last := _conclusion(text, agreeing, claimed, elsewhere):
        return Outcome("wrong", f"concludes with {last.text.strip()}", last.text)
    if any(abs(e) == abs(value_of(answer.value)) for e in elsewhere) and len(claimed) > 1:
        lead = claimed[0] in agreeing or claimed[-1] in agreeing
        return Outcome(
            "right" if lead else "undecided",
            "" if lead else "the value stands there, but maybe not as the answer",
            agreeing[0].text,
        )
    return Outcome("right", given=agreeing[0].text)


def _agrees(answer: Answer, mention: Mention, text: str) -> bool:
    if number_agrees(answer, mention):
        return True
    if not answer.value.startswith("-") or mention.value <= 0:
        return False
    near = text[max(0, mention.start - 60) : mention.end + 40]
    lower = re.search(
        r"\b(?:less|fewer|lower|below|smaller|decreas\w+|loss|lost|drop\w*|fell|fall\w*|down|under|short\w*|minus|negative|earlier|before)\b",
        near,
        re.I,
    )
    return bool(lower) and number_agrees(answer.model_copy(update={"value": answer.value[1:]}), mention)


def _asserted(claimed: Sequence[Mention]) -> list[Mention]:
    """Claimed numbers, without written-out ones where figures stand too ("the two towns have 340 ...")."""
    figures = [m for m in claimed if m.kind != "word"]
    return figures or list(claimed)


def _results(claimed: Sequence[Mention], text: str) -> Sequence[Mention]:
    """The figures that are not merely operands of an expression; all of them where nothing else stands there."""
    results = [
        m for m in claimed if not (_OPERAND_BEFORE.match(text, m.end) or _OPERAND_BEHIND.search(text[: m.start]))
    ]
    return results or claimed


_OPERAND_BEFORE = re.compile(r"\s*(?:[+*/×÷·−]|\\times|\\cdot|\s-\s)\s*[$€£(]?\s*\d")
_OPERAND_BEHIND = re.compile(r"\d\s*(?:[+*×÷·−]|\\times|\\cdot|\s-\s)\s*[$€£(]?\s*$")


def _alternatives(text: str, agreeing: Sequence[Mention], claimed: Sequence[Mention]) -> bool:
    for m in agreeing:
        for other in claimed:
            if other in agreeing:
                continue
            a, b = sorted((m, other), key=lambda x: x.start)
            if re.fullmatch(
                r"[\s,]*(?:or|oder|ou|o)(?:\s+(?:maybe|perhaps|possibly|about))?\s*", text[a.end : b.start], re.I
            ):
                return True
    return False


def _year_told(answer: Answer, text: str) -> bool:
    """Whether the answer is a year, and a date in the text is of that year and no other."""
    years = {reading.year for day in claimed_dates(text) for reading in day.readings if reading.year}
    return answer.unit == "" and {str(year) for year in years} == {answer.value}


def _result_of(text: str, agreeing: Sequence[Mention], claimed: Sequence[Mention]) -> Mention | None:
    """Another figure that the right one is only an operand of ("the sum of 10 and 3 is 13"); None where it stands for itself somewhere."""
    results = [
        next((m for m in claimed if m.start > a.end and _OPERAND_OF.fullmatch(text[a.end : m.start])), None)
        for a in agreeing
    ]
    found = [m for m in results if m is not None and m not in agreeing]
    return found[-1] if len(found) == len(agreeing) else None


_OPERAND_OF = re.compile(
    r"(?:\s*\w+)?\s*(?:(?:and|plus|minus|times|[+\-−*/×÷·])\s*[$€£]?[\d.,]+\s*%?\s*)+(?:is|=|equals|gives|makes|comes\s+to)\s*[$€£*]*",
    re.I,
)


_GAP = r"\s*(?:[a-zA-Z°%$€£*²³/]+(?:\s[a-zA-Z]+)?)?\s*\)?\s*"
_LISTED = re.compile(
    rf"{_GAP}(?:,\s*(?:and\s+)?|;\s*|\band\s+|\bund\s+|\bet\s+|\by\s+|&\s*|[+\-−*/×÷·]\s*|\b(?:plus|minus|times|divided\s+by|over)\s+)[$€£*(]*"
)
_COMBINES = re.compile(
    r"\b(?:average|mean|median|sum|total|differ\w*|product|ratio|quotient|combined|together|altogether|add\w*|subtract\w*|multipl\w*|divid\w*|"
    r"comes?\s+to|amounts?\s+to|leaves|gives|makes|yields|equals|results?\s+in|overall|Durchschnitt|Mittel|Summe|ergibt|moyenne|somme|promedio|media|suma)\b|=",
    re.IGNORECASE,
)


def _made_of(text: str, agreeing: Sequence[Mention], claimed: Sequence[Mention]) -> Mention | None:
    """The figure that a sentence makes of several others, where the right one is only among those ("from 3, 5 and 10 the mean is 6")."""
    made = [_made_in(text, m, agreeing, claimed) for m in agreeing]
    return made[-1] if made and all(made) else None


def _made_in(text: str, one: Mention, agreeing: Sequence[Mention], claimed: Sequence[Mention]) -> Mention | None:
    start = max((m.end() for m in _STOP.finditer(text, 0, one.start)), default=0)
    stop = _STOP.search(text, one.end)
    end = stop.start() if stop else len(text)
    inside = [m for m in claimed if start <= m.start and m.end <= end]
    runs: list[list[Mention]] = []
    for m in inside:
        if runs and _LISTED.fullmatch(text[runs[-1][-1].end : m.start]):
            runs[-1].append(m)
        else:
            runs.append([m])
    run = next(run for run in runs if one in run)
    others = [m for m in inside if m not in run and m not in agreeing]
    return others[0] if len(run) > 1 and len(others) == 1 and _COMBINES.search(text[start:end]) else None


_STOP = re.compile(r"[.!?;](?=\s|$)|\n")


def _conclusion(
    text: str, agreeing: Sequence[Mention], claimed: Sequence[Mention], known: Collection[Fraction]
) -> Mention | None:
    """A new figure that the text concludes with after it had the right one ("5 * 12 = 60, so there are 62"); None where it does not."""
    start = max(m.end for m in agreeing)
    later = [m for m in claimed if m.start >= start and m not in agreeing and m.value not in known]
    return next((m for m in later if _CONCLUDES.search(text[start : m.start])), None)


_CONCLUDES = re.compile(
    r"[.,;:\n]\W*(?:and\s+)?(?:so|therefore|thus|hence|then|in\s+total|the\s+(?:final\s+)?answer\s+is)\b[^.\n]*$", re.I
)


def _unlike(claimed: Sequence[Mention]) -> str:
    said = ", ".join(m.text.strip() for m in claimed[:4])
    return f"says {said}" if said else "states no number"


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _date(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    year, _, rest = answer.value.partition("-")
    month, _, day = rest.partition("-")
    wanted = Day(int(year), int(month or 0), int(day or 0))
    for part in (*headlines(text), text):
        claimed = claimed_dates(part)
        exact = [
            d
            for d in claimed
            if any(r == wanted or (not r.year and r.agrees(wanted) and year in text + query) for r in d.readings)
        ]
        if exact:
            agrees = [d for d in claimed if any(r.iso() in others for r in d.readings)]
            alone = all(d in exact or d in agrees or d.text in query for d in claimed)
            return Outcome(
                "right" if alone or claimed[0] in exact or claimed[-1] in exact else "undecided", given=exact[0].text
            )
        if claimed and part is not text:
            break
    if not wanted.day and not wanted.month and year in text:
        return Outcome("right", given=year)
    claimed = claimed_dates(text)
    return Outcome(
        "wrong",
        f"says {', '.join(d.text for d in claimed[:3])}" if claimed else "states no date",
        claimed[0].text if claimed else "",
    )


@lru_cache(maxsize=512)
def plain_text(text: str) -> str:
    """Words only: folded, without punctuation and articles, one blank between."""
    kept = [folded(w) for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text)]
    return " ".join(
        w for w in kept if w not in ("the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las")
    )


def _places(member: str, text: str) -> list[int]:
    wanted, within = f" {plain_text(member)} ", f" {plain_text(text)} "
    return [m.start() for m in re.finditer(re.escape(wanted.rstrip()) + r"(?= )", within)] if wanted.strip() else []


def _text(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    accepted = [a for a in (answer.value, *answer.accepted) if a]
    for headline in headlines(text):
        if any(_places(a, headline) for a in accepted):
            return Outcome("right", given=headline)
    if any(
        list(run.names) == items
        for a in accepted
        if (items := _names_in_order(a))
        for run in _enumerations(items, text)[-1:]
    ):
        return Outcome("right", given=text.strip()[:80])
    stated = [a for a in accepted if _places(a, text)]
    if stated and _either(stated, text):
        return Outcome("wrong", "offers more than one answer", text.strip()[:80])
    if not stated:
        return Outcome("wrong", f"does not name it; says {text.strip()[:80]!r}", text.strip()[:80])
    rivals = [
        n.text
        for n in (*names(query), *(n for o in others for n in names(o)))
        if _rival(n.text, accepted) and _places(n.text, text)
    ]
    if any(_places(r, headline) and len(headline) < 80 for r in rivals for headline in headlines(text)):
        return Outcome("wrong", f"says {headlines(text)[0]}", headlines(text)[0])
    if not rivals or all(_places(a, query) == [] for a in stated):
        denied = _denied(stated[0], text)
        return Outcome("wrong" if denied else "right", "denies it" if denied else "", stated[0])
    return _preferred(stated, rivals, text)


def _either(stated: Sequence[str], text: str) -> bool:
    """Whether the text leaves open which of several it is."""
    name = "|".join(map(re.escape, stated))
    return bool(
        re.search(
            rf"\b(?:either\s+(?:\w+\s+)?(?:{name})\s+or\b|either\s+(?:[A-Z]\w+\s+){{1,3}}or\s+(?:{name})\b)", text
        )
    )


_POINTS = frozenset({"that", "this", "these", "those", "it", "they", "there", "here", "he", "she"})
"""Words that open a sentence with a capital and name nothing."""


def _rival(name: str, accepted: Sequence[str]) -> bool:
    words = set(plain_text(name).split())
    return (
        len(name) > 2
        and not words <= _POINTS
        and all(not words <= set(plain_text(a).split()) and not set(plain_text(a).split()) <= words for a in accepted)
    )


def _denied(name: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:not|isn't|wasn't|never)\s+(?:the\s+)?{re.escape(name)}", text, re.I))


def _preferred(stated: Sequence[str], rivals: Sequence[str], text: str) -> Outcome:
    """Between names that the query offers: the one the first sentence, or the concluding one, puts first."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]
    concluding = [
        s
        for s in sentences
        if re.match(r"\W*(?:so|therefore|thus|hence|answer|overall|in conclusion|that means|this means)\b", s, re.I)
    ]
    for sentence in (*concluding, *sentences):
        mine = min((p[0] for s in stated if (p := _places(s, sentence))), default=None)
        theirs = min((p[0] for r in rivals if (p := _places(r, sentence))), default=None)
        if mine is None and theirs is None:
            continue
        first_is_mine = theirs is None or (mine is not None and mine < theirs)
        given = stated[0] if first_is_mine else rivals[0]
        reverse = re.search(
            r"\b(?:is|was|are|were|has|have|had)\s+(?:\w+\s+)?(?:less|fewer|lower|smaller|shorter|not|older|younger|earlier|later)\b",
            sentence,
            re.I,
        )
        if reverse and mine is not None and theirs is not None:
            return Outcome("undecided", f"compares {stated[0]} and {rivals[0]} without a plain answer", given)
        return Outcome("right" if first_is_mine else "wrong", "" if first_is_mine else f"says {given}", given)
    return Outcome("undecided", "names several of those the query offers")


def _set(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    missing = [m for m in answer.accepted if not _member_in(m, text)]
    if missing:
        return Outcome("wrong", f"leaves out {len(missing)} of {len(answer.accepted)}", text.strip()[:80])
    told = {w for t in (*answer.accepted, query, *others) for w in plain_text(t).split()}
    named = [
        part for n in names(text) if not n.opens and not _excluded(n.start, text) for part in _CONNECTED.split(n.text)
    ]
    extra = [part for part in named if not set(plain_text(part).split()) & told]
    extra = extra or _told_beside(answer.accepted, query, text)
    return Outcome("wrong", f"names {', '.join(extra[:3])} as well", text.strip()[:80]) if extra else Outcome("right")


def _told_beside(members: Sequence[str], query: str, text: str) -> list[str]:
    """Other names of the query's list told in one enumeration with members: "A and B", or lines that are a name each.

    An enumeration after which the members are told once more is on the way to the answer, and one of the whole list says what was
    looked at where they are told elsewhere. Where the members are not of the query's list, it does not ask which of them: then an answer
    tells something of each ("Ann Pell: Osk"), and has their names beside the members.
    """
    if not all(_places(member, query) for member in members):
        return []
    offered = [part for n in names(query) for part in _CONNECTED.split(n.text)]
    lists = [run.names for run in _enumerations([*members, *offered], query)]
    listed = max(lists, key=len, default=())
    for run in _enumerations([*members, *listed], text):
        others = [name for name in run.names if name not in members and _rival(name, members)]
        rest = text[run.end :] if len(run.names) < len(listed) else text[: run.start] + text[run.end :]
        again = all(_places(member, rest) for member in members)
        if others and len(others) < len(run.names) and not again and not _set_aside(run, text):
            return others
    return []


def _set_aside(run: "_Enumeration", text: str) -> bool:
    """Whether names are told as those that it is not, or with words on why."""
    before = re.split(r"[.;\n]", text[: run.start])[-1]
    after = re.match(r"\s*\([^()]*\)", text[run.end :])
    told = before + text[run.start : run.end] + (after[0] if after else "")
    return _excluded(run.start, text) or bool(re.search(r"\b(?:neither|nor|no)\b|\([^()]*[a-z]{2,}\s+[a-z]{2,}", told))


class _Enumeration(NamedTuple):
    """Names in a row and where they stand."""

    names: tuple[str, ...]
    start: int
    end: int


def _enumerations(known: Sequence[str], text: str) -> list["_Enumeration"]:
    """Two of these names or more in a row, with nothing but "and", commas, brackets or the marks of list items between them."""
    name = "|".join(re.escape(each) for each in sorted({*known}, key=len, reverse=True))
    between = r"(?:\s*\([^()]*\))?(?:\s*[,;]?\s*(?:and|or|&)\s+|\s*[,;][ \t]*|[ \t]*\n[ \t]*(?:[-*•]|\d+[.)])?[ \t]*)(?:the\s+)?"
    runs = re.finditer(rf"(?<!\w)(?:{name})(?:{between}(?:{name}))+(?!\w)", text) if name else ()
    return [_Enumeration(tuple(re.findall(name, run[0])), run.start(), run.end()) for run in runs]


_CONNECTED = re.compile(r"\s+(?:and|und|et|y|e|&)\s+")


def _member_in(member: str, text: str) -> bool:
    if _places(member, text):
        return True
    value = _fraction(member)
    return value is not None and any(m.value == value for m in claimed_numbers(text))


def _excluded(position: int, text: str) -> bool:
    start = max(text.rfind(c, 0, position) for c in ".;\n") + 1
    return bool(
        re.search(
            r"\b(?:not|except|excluding|unlike|without|other than|whereas|while|but)\b|n't", text[start:position], re.I
        )
    )


_YES = re.compile(
    r"^\W*(?:the\s+answer\s+is\s+)?(?:yes|yep|yeah|correct|true|indeed|ja|oui|sí|si|sim)\b|\banswer(?:\s+is)?:?\s*\**yes\b",
    re.I,
)
_NO = re.compile(
    r"^\W*(?:the\s+answer\s+is\s+)?(?:no|nope|incorrect|false|nein|non|não)\b|\banswer(?:\s+is)?:?\s*\**no\b", re.I
)


def _boolean(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    said = {"yes": False, "no": False}
    for part in (*headlines(text), text):
        said["yes"] |= bool(_YES.search(part.strip()))
        said["no"] |= bool(_NO.search(part.strip()))
    if said["yes"] == said["no"]:
        return Outcome("undecided", "says neither yes nor no plainly")
    given = "yes" if said["yes"] else "no"
    wanted = "yes" if answer.value.lower() in ("yes", "true") else "no"
    return Outcome("right" if given == wanted else "wrong", "" if given == wanted else f"says {given}", given)


_CHECKS: dict[str, Callable[[Answer, str, str, tuple[str, ...]], Outcome]] = {
    "number": _number,
    "text": _text,
    "date": _date,
    "set": _set,
    "boolean": _boolean,
}
