"""Whether the answer of a trace is right, by the typed answer of its oracle: by value, never by spelling.

An answer may say more than asked; what counts is what it puts forward. Where that cannot be told (two candidates, a bare
comparison), the outcome is undecided, and an undecided answer is not right. Each kind of answer has its file in `graders/outcomes/`.
"""

import re
from collections.abc import Callable, Sequence

from graders.answers import equivalent
from graders.headlines import headlines
from graders.outcomes.day import day
from graders.outcomes.kinds import Outcome, Status
from graders.outcomes.members import members
from graders.outcomes.name import text_told
from graders.outcomes.number import number
from graders.outcomes.truth import truth
from graders.outcomes.words import names_in_order, places
from graders.stance import refuses_help, stance
from traces.record import Execution
from traces.task import Answer


def executed(executions: Sequence[Execution], step: int) -> Outcome:
    """Whether the program of the answer passed its tests when it was tried."""
    found = next((each for each in executions if each.step == step), None)
    if found is None:
        return Outcome("undecided", "the program was not tried")
    return Outcome("right" if found.passed else "wrong", found.reason)


def outcome(answer: Answer, text: str, query: str = "", others: tuple[str, ...] = ()) -> Outcome:
    """Compare what a text answers with the right answer. `others` are values on the way, which an answer may mention too."""
    how = stance(text)
    if answer.kind == "unknown":
        if how == "answers":
            return Outcome("wrong", "claims to know what cannot be known")
        return Outcome("right") if how == "unknown" else Outcome("none", "does not say that it cannot be known")
    if answer.kind == "free":
        if refuses_help(text, query):
            return Outcome("none", "declines")
        return Outcome("none", "says nothing") if how == "empty" else Outcome("right")
    if answer.kind == "text" and (apart := _set_apart(answer, text)):
        return apart
    found = _CHECKS[answer.kind](answer, text, query, others)
    if found.status != "right" and answer.kind == "text" and (same := _equivalent(answer, text)):
        return Outcome("right", given=same)
    if found.status != "right" and how != "answers":
        return Outcome(
            "none", {"empty": "says nothing", "asks": "asks back", "announces": "only announces"}.get(how, "gives up")
        )
    return found


def _set_apart(answer: Answer, text: str) -> Outcome | None:
    """For an answer in signs, such as an interval: what the text sets apart is compared by meaning, as words alone would not tell."""
    if not re.search(r"[\[\]()]\s*$|[\\^=<>±]", answer.value) or not (apart := headlines(text)):
        return None
    found = {equivalent(apart[0], right) for right in (answer.value, *answer.accepted)}
    if "equal" in found:
        return Outcome("right", given=apart[0])
    status: Status = "wrong" if found == {"different"} else "undecided"
    return Outcome(status, f"says {apart[0]}", apart[0])


def _equivalent(answer: Answer, text: str) -> str | None:
    """What the text sets apart, or says in short, that means the same as a right answer with figures or signs.

    Bare names, alone or in a list, are left to `graders.outcomes.name`: it knows the names that the query offers, and their order.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = (*headlines(text), *(line for line in lines[-1:] if len(line) <= 200))
    wanted = tuple(right for right in (answer.value, *answer.accepted) if re.search(r"[\d\\{}=<>±]", right))
    same = (each for each in said for right in wanted if equivalent(each, right) == "equal" and _in_order(right, each))
    return next(same, None)


def _in_order(right: str, text: str) -> bool:
    """Whether a list of names, which is an order where it is the answer, stands in the same order in a text; other answers have none."""
    items = names_in_order(right)
    if not items:
        return True
    found = [places(item, text) for item in items]
    return not all(found) or [p[0] for p in found] == sorted(p[0] for p in found)


_CHECKS: dict[str, Callable[[Answer, str, str, tuple[str, ...]], Outcome]] = {
    "number": number,
    "text": text_told,
    "date": day,
    "set": members,
    "boolean": truth,
}


__all__ = ["Outcome", "executed", "outcome"]
