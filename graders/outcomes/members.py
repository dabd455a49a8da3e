"""Whether an answer tells all members of the right set, and none besides."""

import re
from collections.abc import Sequence

from graders.claims import claimed_numbers
from graders.names import names
from graders.outcomes.kinds import Outcome
from graders.outcomes.number import fraction
from graders.outcomes.words import Enumeration, enumerations, places, plain_text, rival
from graders.sentences import sentence_at
from traces.task import Answer


def members(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    missing = [m for m in answer.accepted if not _member_in(m, text)]
    if missing:
        return Outcome("wrong", f"leaves out {len(missing)} of {len(answer.accepted)}", text.strip()[:80])
    told = {w for t in (*answer.accepted, query, *others) for w in plain_text(t).split()}
    named = [
        part for n in names(text) if not n.opens and not _excluded(n.start, text) for part in _CONNECTED.split(n.text)
    ]
    extra = [part for part in named if not set(plain_text(part).split()) & told]
    extra = extra or _told_beside(answer.accepted, query, text)
    return Outcome("wrong", f"names {', '.join(extra[:3])} as well", text.strip()[:80]) if extra else Outcome("right")


def _told_beside(members: Sequence[str], query: str, text: str) -> list[str]:
    """Other names of the query's list told in one enumeration with members: "A and B", or lines that are a name each.

    An enumeration after which the members are told once more is on the way to the answer, and one of the whole list says what was
    looked at where they are told elsewhere. Where the members are not of the query's list, it does not ask which of them: then an answer
    tells something of each ("Ann Pell: Osk"), and has their names beside the members.
    """
    if not all(places(member, query) for member in members):
        return []
    offered = [part for n in names(query) for part in _CONNECTED.split(n.text)]
    lists = [run.names for run in enumerations([*members, *offered], query)]
    listed = max(lists, key=len, default=())
    for run in enumerations([*members, *listed], text):
        others = [name for name in run.names if name not in members and rival(name, members)]
        rest = text[run.end :] if len(run.names) < len(listed) else text[: run.start] + text[run.end :]
        again = all(places(member, rest) for member in members)
        if others and len(others) < len(run.names) and not again and not _set_aside(run, text):
            return others
    return []


def _set_aside(run: "Enumeration", text: str) -> bool:
    """Whether names are told as those that it is not, or with words on why."""
    before = re.split(r"[.;\n]", text[: run.start])[-1]
    after = re.match(r"\s*\([^()]*\)", text[run.end :])
    told = before + text[run.start : run.end] + (after[0] if after else "")
    return _excluded(run.start, text) or bool(re.search(r"\b(?:neither|nor|no)\b|\([^()]*[a-z]{2,}\s+[a-z]{2,}", told))


_CONNECTED = re.compile(r"\s+(?:and|und|et|y|e|&)\s+")


def _member_in(member: str, text: str) -> bool:
    if places(member, text):
        return True
    value = fraction(member)
    return value is not None and any(m.value == value for m in claimed_numbers(text))


def _excluded(position: int, text: str) -> bool:
    start = sentence_at(text, position, semicolons=True).start
    return bool(
        re.search(
            r"\b(?:not|except|excluding|unlike|without|other than|whereas|while|but)\b|n't", text[start:position], re.I
        )
    )
