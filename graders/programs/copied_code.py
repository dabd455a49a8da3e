"""O2 and G1 for codes: a booking number, path or address in an answer that is one slip off one that was shown, or that nothing gave.

A slip is two neighbouring characters swapped, or one exchanged in a long code; names of products that differ by a digit are shorter. A code
that nothing gave is told only where the text calls it the number of an order, ticket, booking and the like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import strings
from graders.dates import dates
from graders.sentences import sentence_at
from traces.record import Step

_CODE = re.compile(r"(?<![\w./@-])#?[A-Za-z0-9](?:[\w./@:#-]*\w)(?![\w@])")
_PROMISED = re.compile(
    r"\b(?:confirmation|booking|reservation|ticket|order|tracking|reference|case|transaction|transfer|invoice|dispute|claim|request|buchungs\w*|auftrags\w*|reserva|pedido|"
    r"réservation|commande)\s*(?:code|number|no\.?|id|nummer|número|numéro)?\s*(?:is|ist|es|est|:|#)?\s*[*`(#]*$",
    re.IGNORECASE,
)
_SWAPPED, _EXCHANGED = 5, 8
"""How long a code is at least that a slip is told by."""


@dataclass(frozen=True)
class CopiedCode(Grader):
    """Judges the answer of each user turn."""

    name: ClassVar[str] = "copied_code"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "answers"
    codes: ClassVar[tuple[str, ...]] = ("O2", "G1")

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        text = case.text(step)
        if step not in case.answers or not any(m.role == "tool" for m in case.messages[: step.message]):
            return
        claimed = [m for m in _CODE.finditer(text) if _is_code(m[0])]
        short = list(_SHORT.finditer(text))
        mails = list(_MAIL.finditer(text))
        if not (claimed or short or mails):
            return
        told = _told(case, step)
        seen = told.casefold()
        for m in mails:
            if m[0].casefold() not in seen and not _denied(text, m.start()):
                yield Finding(
                    "G1", f"nothing gave the address {m[0]}", (case.here(step, m[0], m.start(), m.end()),), silent=True
                )
        for m in short:
            turned = m[1] + m[3] + m[2]
            if turned != m[0] and _whole(turned, told) and not _whole(m[0], told) and turned not in text:
                here = case.here(step, m[0], m.start(), m.end())
                yield Finding("O2", f"says {m[0]}, where {turned} was shown", (here,), silent=True)
        for m in claimed:
            if m[0].casefold().lstrip("#") in seen:
                continue
            shown = {code[0] for code in _CODE.finditer(told) if _is_code(code[0])}
            here = case.here(step, m[0], m.start(), m.end())
            if slip := next((code for code in sorted(shown) if _slip(m[0], code)), None):
                yield Finding("O2", f"says {m[0]}, one slip off {slip}", (here,), silent=True)
            elif _PROMISED.search(text[max(0, m.start() - 40) : m.start()]) and _denied(text, m.start()) is None:
                yield Finding("G1", f"nothing gave the number {m[0]}", (here,), silent=True)


_SHORT = re.compile(r"(?<![\w.-])([A-Z]{1,5}-?)(\d)(\d)(?![\w-])")
"""A gate, a room, a ticket: "B38", "OPS-12"."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


def _whole(code: str, text: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(code)}(?![\w-])", text) is not None


def _told(case: Case, step: Step) -> str:
    """All that was said or done before a step, and what the agent itself gave to tools."""
    calls = (t for s in case.steps[: step.index] for c in case.said(s).tool_calls for t in strings(c.arguments))
    return "\n".join([*(m.content for m in case.messages[: step.message]), *calls])


def _is_code(text: str) -> bool:
    """Whether a word is a code: three digits, and letters or signs between them; no date, time, figure or version."""
    digits = sum(c.isdigit() for c in text)
    other = sum(c.isalpha() for c in text)
    return (
        len(text) >= _SWAPPED
        and digits >= 3
        and (other >= 1 or "#" in text)
        and not re.fullmatch(
            r"[\d.,:/-]+(?:[a-zA-Z%°²³]{1,4}|x)?(?:/\w+)?|v?\d+(?:\.\d+)+\w*|\d+(?:st|nd|rd|th|s)|\d{4}-?[QH]\d|\d+[a-z]?(?:[-–]\d+[a-z]*)+",
            text,
        )
        and not dates(text)
    )


def _slip(one: str, other: str) -> bool:
    a, b = one.casefold(), other.casefold()
    if len(a) != len(b) or a == b:
        return False
    apart = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]:
        return True
    return len(apart) == 1 and len(a) >= _EXCHANGED and sum(c.isdigit() for c in a) >= 5


def _denied(text: str, at: int) -> re.Match[str] | None:
    """Whether the sentence speaks of an example or of what was not found."""
    before = text[sentence_at(text, at).start : at]
    return re.search(r"\b(?:example|such\s+as|e\.g|format|like|not|no|n't|if)\b", before, re.IGNORECASE)
