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
from graders.calls import strings
from graders.claims import claimed_names
from graders.names import folded, names
from graders.unseen import unseen
from graders.wording import roman
from traces.record import Evidence, Step

_ALIKE = 0.6
_LEAST = 4
"""Letters of a word that a slip is told by."""


@dataclass(frozen=True)
class NameSlip(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "name_slip"
    version: ClassVar[str] = "2"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers:
            return
        for name in claimed_names(text):
            parts = _parts(name.text)
            if lone := _one_letter_off(case, step, text, parts):
                here = case.here(step, name.text, name.start, name.end)
                yield Finding("O2", f"says {name.text}, where {lone} was said", (here,), silent=True)
                continue
            new = unseen(case, step, name) if len(parts) >= 2 else []
            if len(new) != 1 or new[0] not in parts or (len(new[0]) < _LEAST and not roman(new[0])):
                continue
            if slip := _shown(case, step, parts, new[0]):
                index, shown = slip
                if folded(shown) not in folded(text):
                    here = case.here(step, name.text, name.start, name.end)
                    there = Evidence(message=index, text=shown)
                    yield Finding("O2", f"says {name.text}, where {shown} was shown", (here, there), silent=True)


def _one_letter_off(case: Case, step: Step, text: str, parts: list[str]) -> str | None:
    """A name of one word that the user gave, of which the answer's only word is one letter off, where the answer never has it right."""
    if len(parts) != 1 or len(parts[0]) < _LEAST or case.knowledge.word(folded(parts[0]), step.message):
        return None
    told, given = folded(text), re.compile(rf"\b{re.escape(folded(parts[0]))}\b")
    calls = (c for s in case.steps[: step.index] for c in case.said(s).tool_calls)
    if any(given.search(folded(argument)) for c in calls for argument in strings(c.arguments)):
        return None  # what the user wrote was put right before it was looked for
    for message in case.messages[: step.message]:
        for name in names(message.content) if message.role == "user" else ():
            one = name.text
            if (
                not name.opens
                and one.isalpha()
                and folded(one) not in told
                and _letter_apart(folded(one), folded(parts[0]))
            ):
                return one
    return None


def _letter_apart(one: str, two: str) -> bool:
    """Whether two words differ by one letter that is neither the first nor the last: endings are other forms of a word."""
    if (
        min(len(one), len(two)) < _LEAST
        or one[0] != two[0]
        or one[-1] != two[-1]
        or one == two
        or abs(len(one) - len(two)) > 1
    ):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return one[start + (len(one) >= len(two)) :] == two[start + (len(two) >= len(one)) :]


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
        others = sum(len(w) >= 3 and w[0].isupper() for i, w in enumerate(window) if i != place)
        if same and (_slip(folded(window[place]), folded(new)) or (others >= 2 and _another(window[place], new))):
            return " ".join(window)
    return None


def _another(one: str, two: str) -> bool:
    """Whether two words that stand in one place of a name are two, and no forms of one word; ordinals of rulers among them."""
    if roman(one) and roman(two):
        return one != two
    a, b = folded(one), folded(two)
    return min(len(a), len(b)) >= _LEAST and a[:3] != b[:3] and one[0].isupper() and two[0].isupper()


def _slip(one: str, two: str) -> bool:
    if one == two or min(len(one), len(two)) < _LEAST or one[:_LEAST] == two[:_LEAST]:
        return False
    return one[0] == two[0] and SequenceMatcher(None, one, two).ratio() >= _ALIKE
