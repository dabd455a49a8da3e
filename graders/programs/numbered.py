# ruff: noqa: E501, SIM905  (patterns and word lists are data)
"""O2 and A2 for what bears a number: "Gate 9" or "Lindenweg 18" where only "Gate 6" and "Lindenweg 8" were told.

The word must stand with one number alone in all that was told, and not with the one that is given.
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
    "phase point problem question round section since some stage step than that then till times total under until version week with year your have will total rating score".split()
)
"""Words before numbers that count, compare or order: they bear none."""


@dataclass(frozen=True)
class Numbered(Grader):
    """Judges answers by what tools and the user told, and arguments by what the user told."""

    name: ClassVar[str] = "numbered"
    codes: ClassVar[tuple[str, ...]] = ("O2", "A2")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step in case.answers:
            text = case.text(step)
            for m, shown in _other(text, case, step, ("tool", "user", "system")):
                here = case.here(step, m[0], m.start(), m.end())
                yield Finding("O2", f"says {m[0]}, where {m[1]} {shown} was told", (here,), silent=True)
        for call in case.said(step).tool_calls:
            for given in strings(call.arguments) if kind_of(call) == "other" else ():
                for m, shown in _other(given, case, step, ("tool", "user", "system")) if len(given) <= 300 else ():
                    here = Evidence(message=step.message, text=m[0], where="arguments")
                    yield Finding(
                        "A2", f"{call.name} is given {m[0]}, where {m[1]} {shown} was told", (here,), silent=True
                    )


def _other(text: str, case: Case, step: Step, roles: tuple[str, ...]) -> Iterator[tuple[re.Match[str], str]]:
    found = [m for m in _NUMBERED.finditer(text) if _bears(m[1])]
    if not found:
        return
    told: dict[str, set[str]] = {}
    for message in case.messages[: step.message]:
        if message.role in roles:
            for m in _NUMBERED.finditer(message.content):
                told.setdefault(m[1].casefold(), set()).add(m[2].casefold())
    for m in found:
        shown = told.get(m[1].casefold(), set())
        if len(shown) == 1 and m[2].casefold() not in shown:
            yield m, next(iter(shown))


def _bears(word: str) -> bool:
    """Whether a word may be the name of what bears a number: a label, or a word with a capital that is neither a month nor common."""
    low = word.casefold()
    return low in _LABELS or (word[0].isupper() and low not in _PLAIN and low not in MONTHS)
