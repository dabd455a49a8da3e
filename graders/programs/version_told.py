# ruff: noqa: E501  (patterns are data)
"""O2 for versions: an answer tells a version that nothing has shown, one part off a version that was.

"The latest version is 4.3.1", where 4.2.1 was shown and is told nowhere. Only numbers of three parts, behind a word that tells one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from traces.record import Step

_VERSION = re.compile(r"(?<![\w.-])v?(\d{1,3}\.\d{1,3}\.\d{1,4})(?![\w-]|\.\d)")
_TELLS = re.compile(r"(?:\b(?:is|latest|newest|current\w*)(?:\s+(?:stable\s+)?(?:version|release))?(?:\s+is)?(?:\s+now)?|:)\s*[*`_\"]{0,3}v?$", re.IGNORECASE)  # fmt: skip
_OTHERS = re.compile(r"\b(?:next|upcoming|older?|earlier|before|after|since|until|than|least|e\.g\.|example|such\s+as|if|would|will|bump\w*|upgrade\w*|set|installing|require\w*|need\w*)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class VersionTold(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "version_told"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        told = {m[1] for m in _VERSION.finditer(text)}
        for m in _VERSION.finditer(text) if told else ():
            before = text[max(0, m.start(1) - 60) : m.start(1)]
            if not _TELLS.search(before) or _OTHERS.search(re.split(r"[.!?]\s|\n", before)[-1]):
                continue
            if (
                case.knowledge.text_has(m[1], step.message + 1 if case.said(step).tool_calls else step.message)
                is not None
            ):
                continue
            shown = {
                n[1] for t in case.messages[: step.message] if t.role == "tool" for n in _VERSION.finditer(t.content)
            }
            slips = sorted(s for s in shown - told if _one_part_off(s, m[1]))
            if slips and not any(_one_part_off(s, m[1]) for s in shown & told):
                here = case.here(step, m[1], m.start(1), m.end(1))
                yield Finding("O2", f"says version {m[1]}, where {slips[0]} was shown", (here,), silent=True)


def _one_part_off(one: str, two: str) -> bool:
    return sum(a != b for a, b in zip(one.split("."), two.split("."), strict=True)) == 1
