"""Whether an answer puts forward the right number: as its result, and not as an operand, one of several or what it takes back."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from fractions import Fraction

from graders.claims import claimed_dates, claimed_numbers
from graders.headlines import headlines
from graders.numbers import Mention, numbers
from graders.outcomes.agreeing import groups_with_points, number_agrees, settled, value_of
from graders.outcomes.kinds import Outcome
from traces.task import Answer


def number(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    if not answer.unit and abs(value_of(answer.value)) >= 1 and _ASKS_A_PERCENTAGE.search(query):
        answer = answer.model_copy(update={"unit": "%"})
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
        told = _put_forward(claimed, text, {m.value for m in numbers(query)})
        return Outcome("wrong", _unlike(told), told[0].text.strip() if told else text[:60])
    if _alternatives(text, agreeing, claimed):
        return Outcome("wrong", "offers more than one value", agreeing[0].text)
    elsewhere = {m.value for m in numbers(query)} | {v for v in map(fraction, others) if v is not None}
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


_ASKS_A_PERCENTAGE = re.compile(
    r"\bwhat\s+(?:is\s+the\s+)?per\s?cent(?:age)?\b|\bby\s+(?:what|how\s+many)\s+per\s?cent|\bwhat\s+(?:was|is)\s+the\s+percent(?:age)?\b|\bhow\s+many\s+per\s?cent\b|\bpercentage\s+of\b[^.?]*\?",
    re.IGNORECASE,
)
"""What the answer to is a percentage, though its reference be a bare figure."""


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


def _put_forward(claimed: Sequence[Mention], text: str, given: Collection[Fraction]) -> list[Mention]:
    """The different figures that a wrong answer may mean, the likeliest first: said oftenest, or else what it concludes with.

    What the query gives and what is added within a sum comes in only where nothing else is said.
    """
    summands = [
        m for m in claimed if m.text.lstrip()[:1] in "+-−" and re.search(r"\d\s*$", text[max(0, m.start - 8) : m.start])
    ]
    own = [m for m in claimed if m not in summands and m.value not in given] or list(claimed)
    often = Counter(m.value for m in own)
    concluded = [m.value for m in own if _CONCLUDED.search(text[max(0, m.start - 90) : m.start])][-1:]
    first = {m.value: m for m in reversed(own)}
    return sorted(first.values(), key=lambda m: (-often[m.value], m.value not in concluded, m.start))


_CONCLUDED = re.compile(
    r"\b(?:so|therefore|thus|hence|total|answer|altogether|leaves|remains?|pay|comes\s+to)\b[^.\n]{0,60}$|=\s*[$€£]?$",
    re.IGNORECASE,
)


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


def fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
