"""O2 for names: an answer writes a name that is one word off the one that was shown, by a word that nothing said.

"Osman & Sons" for "Omar & Sons". The word in its place must look alike, so that another thing of the same kind is not taken for a slip, and
must be no other form of it ("German", "Germany"). A name that the answer also writes rightly is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.claims import claimed_names
from graders.names import folded, names
from graders.unseen import unseen
from traces.record import Evidence, Step

_ALIKE = 0.6
_LEAST = 4
"""Letters of a word that a slip is told by."""


@dataclass(frozen=True)
class NameSlip(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "name_slip"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers:
            return
        for name in claimed_names(text):
            parts = _parts(name.text)
            new = unseen(case, step, name) if len(parts) >= 2 else []
            if len(new) != 1 or len(new[0]) < _LEAST or new[0] not in parts:
                continue
            if slip := _shown(case, step, parts, new[0]):
                index, shown = slip
                if folded(shown) not in folded(text):
                    here = case.here(step, name.text, name.start, name.end)
                    there = Evidence(message=index, text=shown)
                    yield Finding("O2", f"says {name.text}, where {shown} was shown", (here, there), silent=True)


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W\d_](?:[\w.-]|['’](?=\w))*|&", text)


def _shown(case: Case, step: Step, parts: list[str], new: str) -> tuple[int, str] | None:
    """A name that was shown with all other words the same and one that looks like the new one in its place."""
    for index, message in enumerate(case.messages[: step.message]):
        if message.role == "tool" and any(p in message.content for p in parts if p != new):
            for other in names(message.content):
                if found := _within(_parts(other.text), parts, new):
                    return index, found
    return None


def _within(shown: list[str], parts: list[str], new: str) -> str | None:
    place = parts.index(new)
    for start in range(len(shown) - len(parts) + 1):
        window = shown[start : start + len(parts)]
        same = all(folded(a) == folded(b) for i, (a, b) in enumerate(zip(window, parts, strict=True)) if i != place)
        if same and _slip(folded(window[place]), folded(new)):
            return " ".join(window)
    return None


def _slip(one: str, two: str) -> bool:
    if one == two or min(len(one), len(two)) < _LEAST or one[:_LEAST] == two[:_LEAST]:
        return False
    return one[0] == two[0] and SequenceMatcher(None, one, two).ratio() >= _ALIKE
