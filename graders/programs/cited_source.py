"""G1 for sources: an answer refers to a passage that was not among those shown, or to an address on a known site that was not.

Passages go by their numbers: where the results are numbered [1] to [4] and the answer cites some of them, [7] is none. An address is held
against those shown only where its site was shown, or the answer makes others of that site out of numbers that were, and its path has a
number of its own, as that of an article or a record has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from traces.record import Step

_PASSAGE = re.compile(r"^[^\S\n]*(?:\[(\d{1,3})\]|【(\d{1,3})】)", re.MULTILINE)
_CITED = re.compile(r"(?<![\w\]`])\[(\d{1,3}(?:\s?[,;]\s?\d{1,3})*)\](?![(\w:`])|【(\d{1,3})(?:†[^】]*)?】")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]{}\"'`|\\、。，；：！？（）【】《》「」『』“”]{4,400}")
_NUMBERED = re.compile(r"\d{3}")


@dataclass(frozen=True)
class CitedSource(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "cited_source"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("G1",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        if step not in case.answers:
            return
        text = case.text(step)
        if "[" in text or "【" in text:
            yield from _passages(case, step, text)
        if "://" in text:
            yield from _addresses(case, step, text)


def _passages(case: Case, step: Step, text: str) -> Iterator[Finding]:
    cited = [(m, int(n)) for m in _CITED.finditer(text) for n in re.findall(r"\d+", m[1] or m[2])]
    shown = {
        int(m[1] or m[2])
        for message in case.messages[: step.message]
        if message.role != "assistant"
        for m in _PASSAGE.finditer(message.content)
    }
    # A list of sources at the answer's end numbers them afresh.
    own = {int(m[1] or m[2]) for m in _PASSAGE.finditer(text)}
    if own or len(shown) < 2 or not any(n in shown for _, n in cited):
        return
    for m, number in cited:
        if number > max(shown):
            here = case.here(step, m[0], m.start(), m.end())
            yield Finding(
                "G1", f"cites [{number}], where [{max(shown)}] is the last that was shown", (here,), silent=True
            )


def _addresses(case: Case, step: Step, text: str) -> Iterator[Finding]:
    told = "\n".join(
        [
            *(m.content for m in case.messages[: step.message]),
            *(t for s in case.steps[: step.index] for c in case.said(s).tool_calls for t in strings(c.arguments)),
        ]
    ).casefold()
    sites: set[str] | None = None
    for m in _ADDRESS.finditer(text):
        address = m[0].rstrip(".,;:!?*_").casefold()
        parts = _parts(address)
        if parts is None or not _NUMBERED.search(parts[1]) or parts[1] in told:
            continue
        if sites is None:
            own = [p for n in _ADDRESS.finditer(text) if (p := _parts(n[0].rstrip(".,;:!?*_").casefold()))]
            beside = {p[0] for p in own if _NUMBERED.search(p[1]) and p[1] in told}
            sites = beside | {p[0] for n in _ADDRESS.finditer(told) if (p := _parts(n[0])) and _NUMBERED.search(p[1])}
        if parts[0] in sites:
            here = case.here(step, m[0], m.start(), m.end())
            yield Finding("G1", f"gives the address {address}, which nothing had", (here,), silent=True)


def _parts(address: str) -> tuple[str, str] | None:
    """The site of an address and its last part that is not empty; none where it has none."""
    try:
        split = urlsplit(address)
    except ValueError:
        return None
    path = split.path.rstrip("/").rsplit("/", 1)[-1]
    return (split.netloc.removeprefix("www."), path) if path else None
