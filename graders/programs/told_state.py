# ruff: noqa: E501  (patterns are data)
"""O2 for records: an answer tells a status, a cabin, a gearbox, a membership or a measure of a field that no record of the conversation has.

`"status": "delivered"` and "The status of this order is pending"; `"storage": "64GB"` and "128GB of storage". A state counts where some record
tells that field, no result the state told, and nothing was changed since; a measure where nothing before leads to it, and it is no part of another.
Conditions, denials and what is still to be are no claims.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from graders.base import Case, Finding, Grader, LooksAt
from graders.changes import changed_since
from graders.numbers import numbers
from graders.records import loaded
from graders.sentences import sentence_at
from traces.record import Step


class Field(NamedTuple):
    """A field by its key: its values, each with what it comes to, and how an answer tells one."""

    key: re.Pattern[str]
    values: Mapping[str, str]
    told: re.Pattern[str]


def _field(key: str, values: str, told: str) -> Field:
    """`values` in words: those that come to one and the same joined by "="; `{}` in `told` is any of them."""
    named = {one: same.split("=")[0] for same in values.split("|") for one in same.split("=")}
    any_of = "|".join(re.escape(v).replace(r"\ ", r"[\s_-]+") for v in sorted(named, key=len, reverse=True))
    told = told.replace("{}", f"(?P<value>{any_of})")
    return Field(re.compile(key, re.IGNORECASE), named, re.compile(told, re.IGNORECASE))


_FIELDS = (
    _field(
        r"(?:\w+_)?status",
        "pending=processing=awaiting shipment|processed|shipped=in transit=out for delivery=on the way|delivered|cancelled=canceled|returned=return requested|refunded|exchange requested",
        r"\b(?:status\b[^.!?\n]{0,50}?(?:\bis|\bshows|:)|shows\s+as|(?:is|are)\s+(?:currently\s+)?(?:listed|shown|marked)\s+as)\s+(?:currently\s+|now\s+|still\s+)?[\"“'*_`]*{}\b(?!\s+\w+ed\b)",
    ),
    _field(
        r"cabin(?:_?class)?|(?:travel|seat(?:ing)?|flight)_class",
        "basic economy|economy|premium economy|business|first",
        r"\b(?:is|are|was|were|it['’]s)\s+(?:in\s+|for\s+)?(?:an?\s+)?[*_]*{}(?:[*_]*[\s-](?:class|cabin))?[*_]*\s+(?:class|cabin|booking|reservation|ticket|flight|fare)\b",
    ),
    _field(r"transmission|gearbox", "automatic|manual", r"\b{}\s+(?:transmission|gearbox)\b"),
    _field(
        r"(?:membership|loyalty|member)(?:_?(?:level|tier|status))?",
        "regular|bronze|silver|gold|platinum|diamond",
        r"\b(?:as|you(?:['’]re|\s+are)|your)\s+(?:an?\s+)?(?:\w+\s)?[*_]*{}[*_]*[\s-]+(?:member(?:ship)?|tier|status|level)\b",
    ),
)
_HEDGED = re.compile(r"\b(?:if|unless|when|whether|would|could|should|can|may|might|only|not|never|no|until|once|will|either|or|were|had|previous\w*|upgrade\w*|change\w*|become\w*|need\w*|must|any|to\s+be)\b|n['’]t|\?", re.IGNORECASE)  # fmt: skip
_MEASURE = re.compile(r"(?<![\d.])(?P<figure>\d{1,9}(?:\.\d{1,6})?)[\s-]?(?P<unit>[A-Za-z]{2,9})")
_TOGETHER = re.compile(r"\b(?:total|combined|together|both|each|double|twice|up\s+to|than|free|left|remain\w*|used|available|of\s+(?:the|your)|about|approximately|expand\w*|upgrade\w*|instead|or)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class ToldState(Grader):
    """Judges the answer of each user turn by the records of all turns before."""

    name: ClassVar[str] = "told_state"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        fields = [field for field in _FIELDS if field.told.search(text)]
        measures = list(_MEASURE.finditer(text))
        if step not in case.answers or not (fields or measures):
            return
        bodies = [
            body for m in case.messages[: step.message] if m.role == "tool" and (body := loaded(m.content)) is not None
        ]
        held = [pair for body in bodies for pair in _held(body)]
        for field in fields if not changed_since(case, step, _last_with(case, step, fields)) else ():
            yield from _states(case, step, text, field, held)
        yield from _measures(case, step, text, measures, held)


def _last_with(case: Case, step: Step, fields: list[Field]) -> int:
    """The newest message that has one of these fields in a record."""
    told = ((i, m.content) for i, m in enumerate(case.messages[: step.message]) if m.role == "tool")
    pairs = ((i, key) for i, text in told for key, _ in _held(loaded(text)))
    return max((i for i, key in pairs if any(f.key.fullmatch(key) for f in fields)), default=-1)


def _held(body: Any) -> Iterator[tuple[str, str]]:
    """Every text of a record with the key it stands under."""
    pending = [body]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield from ((str(key), inner) for key, inner in value.items() if isinstance(inner, str))
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


def _states(case: Case, step: Step, text: str, field: Field, held: list[tuple[str, str]]) -> Iterator[Finding]:
    shown = {_plain(value) for key, value in held if field.key.fullmatch(key)}
    known = {field.values[value] for value in shown if value in field.values}
    if not known or len(known) < len(shown):  # another word for it may come to what is told
        return
    for m in field.told.finditer(text):
        start = sentence_at(text, m.start()).start
        told = field.values[_plain(m["value"])]
        if told in known or _shown(case, step, m["value"]):
            continue
        if not _HEDGED.search(text[start : m.end()]) and not _SUPPOSES.match(text, m.end()):
            here = case.here(step, m[0], m.start(), m.end())
            yield Finding(
                "O2", f"says {m[0].strip()}, where records have {', '.join(sorted(known))}", (here,), silent=True
            )
            return


def _shown(case: Case, step: Step, value: str) -> bool:
    """Whether a result tells a state in any words of its own: it may be that of another thing."""
    told = re.compile(rf"\b{re.escape(value)}\b", re.IGNORECASE)
    return any(m.role == "tool" and told.search(m.content.replace("_", " ")) for m in case.messages[: step.message])


_SUPPOSES = re.compile(r"\W{0,4}\w*(?:['’]d\b|\s+would\b)")


def _measures(
    case: Case, step: Step, text: str, measures: list[re.Match[str]], held: list[tuple[str, str]]
) -> Iterator[Finding]:
    """A figure in the unit of a field, beside the field's own word, that no message before has."""
    units: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, value in held if measures else ():
        if m := _MEASURE.fullmatch(value.strip()):
            units[m["unit"].casefold()].append((key, value))
    for m in measures if units else ():
        sentence = sentence_at(text, m.start(), semicolons=True)
        around = text[max(sentence.start, m.start() - 50) : min(sentence.end, m.end() + 40)]
        fields = [
            (k, v)
            for k, v in units.get(m["unit"].casefold(), ())
            if re.search(rf"\b{re.escape(_plain(k).split()[-1])}", around, re.I)
        ]
        figure = next((n for n in numbers(text) if n.start == m.start()), None)
        if not fields or figure is None or _TOGETHER.search(around) or _composed(text, m):
            continue
        if case.knowledge.link(figure, step.message):
            continue
        here = case.here(step, m[0], m.start(), m.end())
        yield Finding("O2", f"says {m[0]}, where {fields[0][0]} is {fields[0][1]}", (here,), silent=True)
        return


_BESIDE = re.compile(r"\d\s?[A-Za-z]{1,9}\.?(?:,|\s+and)?\s+$")


def _composed(text: str, m: re.Match[str]) -> bool:
    """Whether a measure stands right beside another one: "2 hours 30 min"."""
    return bool(
        _BESIDE.search(text[max(0, m.start() - 20) : m.start()]) or re.match(r"(?:,|\s+and)?\s+\d", text[m.end() :])
    )
