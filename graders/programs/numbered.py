# ruff: noqa: E501, SIM905  (patterns and word lists are data)
"""O2 and A2 for what bears a number: "Gate 9" or "Lindenweg 18" where only "Gate 6" and "Lindenweg 8" were told.

The word must stand with one number alone in all that was told, and not with the one that is given. Who writes both compares them or tells of a
change; and words that number things of a kind ("case 2", "type 1") or versions of a product bear no number of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader
from graders.calls import kind_of, strings
from graders.dates import MONTHS
from traces.record import Evidence, Step

_NUMBERED = re.compile(
    r"(?<![\w-])([^\W\d_]{4,20})\s+#?(\d{1,4}[a-zA-Z]?)(?![\w.,:/%-]*\d|\s?(?:%|€|\$|°|[ap]\.?m\b|[^\W\d_]))"
)
_LABELS = frozenset(
    "platform gate floor room terminal track gleis bahnsteig halle seat lane zone level apartment suite building ward desk table locker bay dock pier binario quai andén planta étage stock".split()
)
_PLAIN = frozenset(
    "about above after almost around answer before below best between chapter clause exactly example figure first from further just last least more most nearly note only option over page part "
    "phase point problem question round section since some stage step than that then till times total under until version week with year your have will rating score "
    "case scenario method group team player sample test task type tier grade class style trial equation exercise layer item line list rule article scene season episode volume book verse "
    "generation alternative variant model attempt world formula windows android iphone galaxy python java office".split()
)
"""Words before numbers that count, compare or order, and products told by their version: they bear none."""


@dataclass(frozen=True)
class Numbered(Grader):
    """Judges answers, and arguments of calls that neither search nor compute, by all that was told before."""

    name: ClassVar[str] = "numbered"
    version: ClassVar[str] = "2"
    codes: ClassVar[tuple[str, ...]] = ("O2", "A2")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step in case.answers:
            text = case.text(step)
            for m, shown in _other(text, case, step):
                here = case.here(step, m[0], m.start(), m.end())
                yield Finding("O2", f"says {m[0]}, where {m[1]} {shown} was told", (here,), silent=True)
        for call in case.said(step).tool_calls:
            for given in strings(call.arguments) if kind_of(call) == "other" else ():
                for m, shown in _other(given, case, step) if len(given) <= 300 else ():
                    here = Evidence(message=step.message, text=m[0], where="arguments")
                    yield Finding(
                        "A2", f"{call.name} is given {m[0]}, where {m[1]} {shown} was told", (here,), silent=True
                    )


def _other(text: str, case: Case, step: Step) -> Iterator[tuple[re.Match[str], str]]:
    """What a text gives another number than the one that was told, which the text does not tell, with that one."""
    found = [m for m in _NUMBERED.finditer(text) if _bears(m[1])]
    if not found:
        return
    told: dict[str, set[str]] = {}
    for message in case.messages[: step.message]:
        if message.role != "assistant":
            for m in _NUMBERED.finditer(message.content):
                told.setdefault(m[1].casefold(), set()).add(m[2].casefold())
    given = {(m[1].casefold(), m[2].casefold()) for m in found}
    for m in (m for m in found if not {(m[1].casefold(), "1"), (m[1].casefold(), "2")} <= given):  # those count a list
        shown = told.get(m[1].casefold(), set())
        if len(shown) == 1 and not any((m[1].casefold(), number) in given for number in shown):
            yield m, next(iter(shown))


def _bears(word: str) -> bool:
    """Whether a word may be the name of what bears a number: a label, or a word with a capital that is neither a month nor common."""
    low = word.casefold()
    return low in _LABELS or (word[0].isupper() and low not in _PLAIN and low not in MONTHS)
