# ruff: noqa: E501, SIM905  (word lists are data)
"""A1: an id, name or number in a call's arguments that nothing said before accounts for.

Search words are the model's own; so are limits, constants, unit factors, round figures, and what one operation on known
numbers gives. Ids and addresses must have been seen. Numbers go by value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import ToolKind, empty, failed, kind_of, kind_of_name, strings
from graders.claims import small
from graders.dates import dates
from graders.days_told import follows, told_relatively
from graders.misreading import misread_of
from graders.names import words
from graders.numbers import Mention, numbers, plain
from graders.provenance import significant
from graders.support import accounted, swapped_digits
from traces.record import Evidence, Step, ToolCall

_OWN_CHOICE = re.compile(
    r"limit|top|max|min|count|size|page|part|offset|num_|^num$|_num$|numof|^n$|^k$|results|depth|seed|timeout|temperature|precision|digits|decimals|places|radius|zoom|width|"
    r"height|version|index|step|retries|range|start|end|line|verbose|threshold|year|jahr|ann[ée]e|año|anno|confidence|score",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(
    r"quer|^q$|question|prompt|thought|reason|explan|goal|task|instruction|description|message|content|body|text|summary|answer|note|title|comment|keyword|search|purpose|plan|intent",
    re.I,
)
_AMOUNT = re.compile(
    r"amount|price|cost|fee$|total|balance|payment|refund|salary|betrag|preis|montant|prix|importe|precio|valor|preço",
    re.IGNORECASE,
)
"""What nobody chooses freely, round or not."""
_MAKES = re.compile(r"write|create|save|new|mkdir|touch|export|generate|upload|draft|append", re.IGNORECASE)
_ID_KEY = re.compile(
    r"(?:^|_|[a-z](?=I))(?:ids?|key|uuid|doc|document|page|url|link|href|path|slug|handle|isbn|sku|code|ticket|reference|number)$",
    re.IGNORECASE,
)
_ID = re.compile(r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[\w.:#/-]{4,}$|[\w-]+(?:[-_/:][\w-]+)+$")
_SHELL = re.compile(r"bash|shell|terminal|\b(?:cmd|command)$", re.IGNORECASE)
"""Command lines: their figures are ports, modes and options."""
_STRINGS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
_DATA = re.compile(r"[\"']-?\d+(?:\.\d+)?[\"']")
"""A figure in quotes, as exact types are given it: data, no prose."""
_SEEDED = re.compile(
    r"(?:seed|random_state|default_rng|Random|port|timeout|sleep|figsize|dpi|maxsize|setrecursionlimit|range)\W{0,3}$",
    re.I,
)


@dataclass(frozen=True)
class GroundedArguments(Grader):
    """Looks at every argument of every call that could be read. Files and pages that the calls made themselves count as said."""

    name: ClassVar[str] = "grounded_arguments"
    version: ClassVar[str] = "13"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            if case.offered and call.name not in case.offered:
                continue
            kind = kind_of(call)
            known = case.offered.get(call.name, {}).get("properties", {})
            for key, value in call.arguments.items():
                if not _listed(known.get(key), value):
                    yield from _argument(case, step, call, kind, key, value)


def _listed(described: Any, value: Any) -> bool:
    """Whether the schema itself names the value: an enum, a default, an example."""
    if not isinstance(described, dict):
        return False
    named = [
        described.get("default"),
        described.get("const"),
        *(described.get("enum") or []),
        *(described.get("examples") or []),
    ]
    return value in named or (
        isinstance(value, str) and f"{value}".casefold() in str(described.get("description", "")).casefold()
    )


def _described(case: Case, call: ToolCall, text: str) -> bool:
    """Whether the tool's own description says a text: the names of what it can be asked."""
    if len(text) < 4:
        return False
    told = (tool.get("function", tool) for tool in case.tools)
    return any(t.get("name") == call.name and text.casefold() in str(t.get("description", "")).casefold() for t in told)


def _argument(case: Case, step: Step, call: ToolCall, kind: ToolKind, key: str, value: Any) -> Iterator[Finding]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        if _COORDINATE.search(key) and not _degrees_told(case, step):
            return  # where a place lies is known by heart
        if not _OWN_CHOICE.search(key):
            yield from _figures(case, step, call, repr(value), owed=bool(_AMOUNT.search(key)))
        else:
            yield from _misspelt(case, step, call, repr(value))
        return
    for text in strings(value) if not isinstance(value, str) else (value,):
        if kind == "calculator":
            yield from _figures(case, step, call, text)
        elif kind == "code":
            if not _SHELL.search(f"{call.name} {key}"):
                yield from _code(case, step, call, text)
        elif kind != "search" and not _OWN_WORDS.search(key):
            yield from _slipped(case, step, call, key, text) or _text(case, step, call, key, text, kind)
    if isinstance(value, list | dict):
        yield from _nested(case, step, call, kind, value)


_COORDINATE = re.compile(r"(?:^|_)(?:lat|lon|lng|long|latitude|longitude)(?:_|$)", re.IGNORECASE)


def _degrees_told(case: Case, step: Step) -> bool:
    """Whether anything that was said may be a coordinate: then it is to be taken from there."""
    told = (m.content for m in case.messages[: step.message] if m.role in ("user", "tool"))
    return any(abs(n.value) <= 180 and n.value.denominator > 1 for text in told for n in numbers(text))


def _nested(case: Case, step: Step, call: ToolCall, kind: ToolKind, value: Any) -> Iterator[Finding]:
    if kind in ("code", "search"):
        return
    items = value.items() if isinstance(value, dict) else (("", v) for v in value)
    for key, inner in items:
        if isinstance(inner, list | dict):
            yield from _nested(case, step, call, kind, inner)
        if isinstance(inner, int | float) and not isinstance(inner, bool) and not _OWN_CHOICE.search(str(key) or "-"):
            yield from _figures(case, step, call, repr(inner))


def _figures(case: Case, step: Step, call: ToolCall, text: str, *, owed: bool = False) -> Iterator[Finding]:
    for mention in numbers(text):
        if kind_of(call) == "other" and (found := _turned(case, step, call, mention)):
            yield found
            continue
        if (
            mention.glued
            or mention.dated
            or accounted(case, mention, step.message + 1, chosen=not owed or small(mention))
        ):
            continue
        if kind_of(call) != "calculator" or not _of_own_knowledge(case, step, mention):
            yield _ungrounded(case, step, call, mention)


def _turned(case: Case, step: Step, call: ToolCall, mention: Mention) -> Finding | None:
    """Two digits the wrong way round: 5.3 for the user's 3.5, and nothing else that was said has or gives it."""
    digits = plain(abs(mention.value))
    if len(digits.replace(".", "")) != 2 or case.knowledge.link(mention, step.message + 1):
        return None
    said = {abs(n.value) for m in case.messages[: step.message] if m.role == "user" for n in numbers(m.content)}
    shown = next((swap for swap in swapped_digits(digits) if Fraction(swap) in said), None)
    here = Evidence(message=step.message, text=mention.text, where="arguments")
    return (
        Finding("A1", f"{call.name} is given {mention.text}, where {shown} was said", (here,), silent=True)
        if shown
        else None
    )


def _misspelt(case: Case, step: Step, call: ToolCall, text: str) -> Iterator[Finding]:
    """A number that may be chosen freely, and is one of the user's with two digits the wrong way round: 1954 for 1945."""
    said = [n.value for message in case.asked(step) for n in numbers(message)]
    for mention in numbers(text):
        digits = plain(abs(mention.value))
        near = (
            next((swap for swap in swapped_digits(digits) if Fraction(swap) in said), None)
            if len(digits) >= 3
            else None
        )
        if near and not case.knowledge.link(mention, step.message):
            here = Evidence(message=step.message, text=mention.text, where="arguments")
            yield Finding("A1", f"{call.name} is given {mention.text}, where {near} was said", (here,), silent=True)


def _of_own_knowledge(case: Case, step: Step, mention: Mention) -> bool:
    """Whether a figure may be common knowledge, and no slip of one that was shown.

    Nothing but sums could be asked of tools then, and the text states the figure, or the query gives no data.
    """
    kinds = {kind_of_name(name) for name in case.offered} or {
        kind_of(c) for s in case.steps for c in case.said(s).tool_calls
    }
    if not kinds <= {"calculator", "code"} or misread_of(case, mention, step.message):
        return False
    said = "\n".join(m.content for m in case.messages[: step.message + 1] if m.role == "assistant")
    given = [n for m in case.messages[: step.message] if m.role == "user" for n in numbers(m.content)]
    return len(given) < 2 or any(n.value == mention.value for n in numbers(said))


def _code(case: Case, step: Step, call: ToolCall, code: str) -> Iterator[Finding]:
    """Figures of three digits or more that stand in a program as data. What stands in its texts and comments is prose."""
    bare = _STRINGS.sub(lambda m: f" {m[0][1:-1]} " if _DATA.fullmatch(m[0]) else " " * len(m[0]), code)
    for mention in numbers(bare):
        if mention.glued or mention.dated or significant(mention.value) < 3:
            continue
        if (
            _bound(case, step, bare, mention)
            or _this_year(case, step, mention)
            or _SEEDED.search(bare[max(0, mention.start - 20) : mention.start])
            or accounted(case, mention, step.message + 1)
        ):
            continue
        yield _ungrounded(case, step, call, mention)


def _this_year(case: Case, step: Step, mention: Mention) -> bool:
    """Whether a figure may be a year near today, where nobody has said what day it is: "last year", of which the model knows the number."""
    whole = mention.value.denominator == 1 and 1990 <= mention.value <= 2100 and not mention.unit
    return whole and not _year_known(case, step)


def _year_known(case: Case, step: Step) -> bool:
    return any(day.year for day, source in case.knowledge.days if source.message < step.message)


_RANGE = re.compile(r"range\([^()\n]*,\s*$")


def _bound(case: Case, step: Step, code: str, mention: Mention) -> bool:
    """Whether a figure ends a range one behind a known one: `range(1, 361)` for 1 to 360."""
    ends = bool(_RANGE.search(code[max(0, mention.start - 40) : mention.start]))
    return ends and case.knowledge.source(mention.value - 1, step.message + 1) is not None


def _ungrounded(case: Case, step: Step, call: ToolCall, mention: Mention) -> Finding:
    if slip := misread_of(case, mention, step.message):
        text = f"{call.name} is given {mention.text}, {slip.how} {slip.seen}"
        both = (Evidence(message=step.message, text=mention.text, where="arguments"), slip.evidence)
        return Finding("A1", text, both, silent=True)
    evidence = (Evidence(message=step.message, text=mention.text, where="arguments"),)
    return Finding(
        "A1", f"{call.name} is given {mention.text}, which nothing said before accounts for", evidence, silent=True
    )


_TELEPHONE = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,14}")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _slipped(case: Case, step: Step, call: ToolCall, key: str, text: str) -> list[Finding]:
    """A short text that was never seen, and was with two of its digits the other way round: a postcode, a telephone, an address."""
    known, before = case.knowledge, step.message + 1
    if (
        not 3 <= len(text) <= 60
        or sum(c.isdigit() for c in text) < 2
        or known.text_has(text, before) is not None
        or dates(text)
    ):
        return []
    if _TELEPHONE.fullmatch(text):
        seen = {_digits(t[0]) for m in case.messages[: step.message] for t in _TELEPHONE.finditer(m.content)}
        shown = (
            next((s for s in swapped_digits(_digits(text)) if s in seen), None) if _digits(text) not in seen else None
        )
    else:
        shown = next((swap for swap in swapped_digits(text) if known.text_has(swap, before) is not None), None)
    if shown is None or _CLOCK.fullmatch(text.strip()):
        return []
    here = Evidence(message=step.message, text=text, where="arguments")
    return [
        Finding(
            "A1",
            f"{call.name} is given {key} {text!r}, where {shown!r} was shown",
            (here,),
            silent=_silent(case, step, call),
        )
    ]


def _text(case: Case, step: Step, call: ToolCall, key: str, text: str, kind: ToolKind) -> Iterator[Finding]:
    """An id, an address or a name as an argument of its own."""
    stripped = text.strip()
    if not stripped or len(stripped) > 300 or "\n" in stripped:
        return
    if _CLOCK.fullmatch(stripped) or _described(case, call, stripped):
        return
    named = False
    if stripped.startswith(("http://", "https://", "www.")):
        seen = _address_seen(case, step, stripped) or (not _NUMBERED.search(stripped) and _opened(case, step, call))
    elif kind == "open" or _ID_KEY.search(key) or (_ID.match(stripped) and any(c.isdigit() for c in stripped)):
        seen = (
            _id_seen(case, step, stripped)
            or (stripped.isalpha() and _opened(case, step, call))
            or (kind == "other" and _own_name(case, step, call, key, stripped))
        )
        named = _name_for_id(case, step, call, key, stripped)
    else:
        return
    seen = seen or _moment(case, step, stripped) or _path_known(case, step, call, stripped)
    if named or (not seen and not _beside(case, step, call, stripped)):
        evidence = (Evidence(message=step.message, text=stripped, where="arguments"),)
        yield Finding(
            "A1",
            f"{call.name} is given {key} {stripped!r}, {'which is a name and no id' if named else 'which was never seen before'}",
            evidence,
            silent=_silent(case, step, call),
        )


_NAMES_FREELY = re.compile(r"(?:^|_)(?:key|code|slug|page|path)$", re.IGNORECASE)
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:[_-][^\W\d_]+)*")


def _own_name(case: Case, step: Step, call: ToolCall, key: str, text: str) -> bool:
    """Whether an agent may give a thing that name itself: plain words that the tool took, or the number of what the call makes."""
    if _NAMES_FREELY.search(key) and _PLAIN_WORDS.fullmatch(text):
        return _opened(case, step, call)
    made = re.sub(r"_?(?:id|key|code|number|reference)$", "", key, flags=re.IGNORECASE)
    return bool(made and _MAKES.search(call.name)) and made.casefold() in call.name.casefold()


_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
"""A time of day is no id: people say it in too many ways."""
_PERIOD = re.compile(r"(?:FY)?(\d{4})[-/ ]?(?:Q[1-4]|H[12]|W\d{1,2}|\d{2})?", re.IGNORECASE)
"""A quarter, half, week or month of a year, or a year: people say "last quarter"."""
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")

_DAY = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{4}")


def _moment(case: Case, step: Step, text: str) -> bool:
    """Whether an argument is a time that what was said accounts for: no id, but a day that is known or told relative to one."""
    if period := _PERIOD.fullmatch(text):
        return any(case.knowledge.source(Fraction(int(period[1]) + apart), step.message) for apart in (0, 1, -1))
    if month_day := _MONTH_DAY.fullmatch(text):
        one, other = int(month_day[1]), int(month_day[2])
        known = {(day.month, day.day) for day, source in case.knowledge.days if source.message < step.message}
        return (one, other) in known or (other, one) in known
    days = dates(text[:10]) if _MOMENT.fullmatch(text) or _DAY.fullmatch(text) else ()
    return bool(days) and (
        (not _days_known(case, step) and _of_time(case, step))
        or bool(case.knowledge.day(days[0], step.message))
        or told_relatively(case, step, days[0])
        or follows(case, step, days[0])
    )


_NUMBERED = re.compile(r"(?<!\d)(?!(?:1\d|20)\d\d(?!\d))\d{3}")
"""A number in an address that is no year: nobody guesses the number of an article."""


def _opened(case: Case, step: Step, call: ToolCall) -> bool:
    """Whether a call brought something: an address that was guessed, or a plain word for a thing, is one then."""
    answer = case.answer_to(step, call)
    return answer is not None and not failed(answer) and not empty(answer)


_TIME = re.compile(
    r"\b(?:days?|weeks?|months?|years?|quarter|mornings?|afternoon|evenings?|nights?|tonight|today|tomorrow|yesterday|weekend|now|recent\w*|latest|upcoming|current\w*|"
    r"\d{1,2}(?::\d\d)?\s?[ap]\.?m|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def _of_time(case: Case, step: Step) -> bool:
    """Whether the user says anything of time."""
    return any(_TIME.search(text) for text in case.asked(step))


def _days_known(case: Case, step: Step) -> bool:
    """Whether a day of any month was said: where none was, a model that is told today's date elsewhere cannot be held to any."""
    return any(day.day for day, source in case.knowledge.days if source.message < step.message)


def _path_known(case: Case, step: Step, call: ToolCall, text: str) -> bool:
    """Whether a path is one that the call makes, or is put together of parts that were seen or stood in earlier calls."""
    if not _PATH.fullmatch(text):
        return False
    earlier = (t for s in case.steps[: step.index] for c in case.said(s).tool_calls for t in strings(c.arguments))
    done = "\n".join(earlier).casefold()
    parts = [part for part in text.strip("~./").casefold().split("/") if part]
    return bool(_MAKES.search(call.name)) or all(
        part in _USUAL
        or any(p in done or case.knowledge.text_has(p, step.message) is not None for p in {part, _STEM.sub("", part)})
        for part in parts
    )


_STEM = re.compile(r"(?<=\w{3})\.\w{1,5}$")
_USUAL = frozenset(
    "src lib test tests docs app bin config home tmp usr etc var data main.py app.py __init__.py setup.py pyproject.toml requirements.txt readme.md readme "
    "package.json tsconfig.json index.js index.html makefile dockerfile changelog.md license cargo.toml go.mod .env .gitignore".split()
)
"""What folders and files are called everywhere: an agent may look whether they are there."""


_PATH = re.compile(r"(?=.*[/.])[\w~./ -]+")


def _name_for_id(case: Case, step: Step, call: ToolCall, key: str, text: str) -> bool:
    """Whether words of the user's stand where an id is asked for, the tool knows none such, and another one is there to find it."""
    answer = case.answer_to(step, call)
    if (
        answer is None
        or not failed(answer)
        or not re.search(r"_?id$", key, re.I)
        or not re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", text)
    ):
        return False
    return any(name != call.name and kind_of_name(name) == "search" for name in case.offered)


def _beside(case: Case, step: Step, call: ToolCall, text: str) -> bool:
    """Whether a call of the same message brings it: then it came too early rather than from nowhere (D4)."""
    others = (case.answer_to(step, c) for c in case.said(step).tool_calls if c is not call)
    return any(m is not None and text in m.content for m in others)


def _silent(case: Case, step: Step, call: ToolCall) -> bool:
    answer = case.answer_to(step, call)
    return answer is None or answer.result is None or answer.result.status == "ok"


def _id_seen(case: Case, step: Step, text: str) -> bool:
    """Whether an id was said, as it is or in its parts ("Velmora (town)" for "velmora-town"); a bare number goes by value."""
    knowledge, before = case.knowledge, step.message + 1
    if len(text) <= 2 or knowledge.text_has(text.strip("\"'#"), before) is not None:
        return True
    if _digits_said(case, step, text):
        return True
    parts = [w for w in words(text.replace("_", " ")) if len(w) > 1]
    named = [w for w in parts if not w.isdigit()]
    digits = any(c.isdigit() for c in text)
    return bool(named) and not digits and all(knowledge.word(w, before) for w in named)


_RUN = re.compile(r"(?<![A-Za-z\d#_-])\d(?:[\s().-]{0,2}\d){3,}(?![A-Za-z])")
_PREFIX, _COUNTRY = 3, 7


def _digits_said(case: Case, step: Step, text: str) -> bool:
    """Whether all digits of a number were said, with other gaps, without its letters ("#W4284542"), or without the code of a country."""
    digits = _digits(text)
    if len(digits) < 4 or sum(c.isalpha() for c in text) > _PREFIX:
        return False
    said = (
        _digits(run) for m in case.messages[: step.message] if m.role != "assistant" for run in _RUN.findall(m.content)
    )
    return any(
        run == digits or (len(run) >= _COUNTRY and digits.endswith(run) and len(digits) - len(run) <= _PREFIX)
        for run in said
    )


def _address_seen(case: Case, step: Step, address: str) -> bool:
    """Whether an address was seen, or can be told from what was: a known site, or a path made of known words."""
    knowledge, before = case.knowledge, step.message + 1
    bare = address.split("://")[-1].rstrip("/")
    if knowledge.text_has(bare.removeprefix("www."), before) is not None:
        return True
    parts = urlsplit(address if "://" in address else f"https://{address}")
    asked = " ".join(value for _, value in parse_qsl(parts.query))
    slug = [
        w
        for w in words(f"{parts.path} {asked}".replace("_", " ").replace("%20", " "))
        if len(w) > 2 and not w.isdigit()
    ]
    if not slug and not parts.query:
        return not re.search(r"\d{3}", parts.path)
    return sum(knowledge.word(w, before) for w in slug) * 2 >= len(slug) and bool(slug)
