"""Whether answers to one query, each in an attempt's own words, say the same; and how many of them do.

An answer says more than the result, so what it adds to the query is compared. Where one of two adds a single figure, day or name, that is
taken for its result and looked for in the other as an oracle's would be; both ways round must not contradict each other. What each sets
apart ("Answer: ...") is compared by itself. Giving up is the same as giving up, and different from a result. A list in another order is
left open.
"""

from collections.abc import Awaitable, Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from graders.answers.equivalence import built_in
from graders.claims import claimed_dates, claimed_names, claimed_numbers
from graders.dates import dates
from graders.headlines import headlines
from graders.keep import AGREEMENT
from graders.names import folded, words
from graders.numbers import numbers
from graders.outcome import outcome
from graders.stance import Stance, stance
from graders.wording import Verdict as Same
from traces.record import Trajectory, Verdict
from traces.task import Answer

VERSION = "1"
_SILENT: frozenset[Stance] = frozenset({"unknown", "declines", "asks"})
Compare = Callable[[str, str], Awaitable[Same]]


class Added(NamedTuple):
    """What an answer adds to the query, in order, each once."""

    days: tuple[str, ...]
    figures: tuple[tuple[Fraction, str], ...]
    names: tuple[str, ...]


def same_answer(one: str, other: str, query: str) -> Same:
    """Compare two answers."""
    if " ".join(one.split()).casefold() == " ".join(other.split()).casefold():
        return "equal"
    how = {stance(one), stance(other)}
    if how & _SILENT:
        return "equal" if how <= _SILENT else "different" if "answers" in how else "undecided"
    apart = headlines(one), headlines(other)
    if len(apart[0]) == len(apart[1]) == 1 and (verdict := built_in(apart[0][0], apart[1][0])) != "undecided":
        return verdict
    mine, theirs = _added(one, query), _added(other, query)
    if not any(mine) or not any(theirs):  # the result stands in the query already
        mine, theirs = _added(one, ""), _added(other, "")
    found = {_looked_for(mine, theirs, other, query), _looked_for(theirs, mine, one, query)} - {"undecided"}
    if len(found) == 1:
        return found.pop()
    return "equal" if not found and any(mine) and mine == theirs else "undecided"


def _looked_for(mine: Added, theirs: Added, other: str, query: str) -> Same:
    result = _result(mine)
    found = outcome(result, other, query).status if result else "undecided"
    if found == "right" and mine.figures and mine.figures[0] in theirs.figures[1:-1]:
        return "undecided"  # it stands among several, between the first and the last: hardly the result
    return "equal" if found == "right" else "different" if found == "wrong" else "undecided"


def _result(added: Added) -> Answer | None:
    """The one thing that an answer adds."""
    days, figures, names = added
    if len(days) == 1 and not figures:
        return Answer(kind="date", value=days[0])
    if len(figures) == 1 and not days:
        value, unit = figures[0]
        return Answer(kind="number", value=str(value), unit=unit)
    if len(names) == 1 and not days and not figures:
        return Answer(kind="text", value=names[0])
    return None


def _added(text: str, query: str) -> Added:
    given = {number.value for number in numbers(query)}
    asked = {date.readings[0] for date in dates(query)}
    said = set(words(query))
    days = (d.readings[0].iso() for d in claimed_dates(text) if d.readings[0] not in asked and all(d.readings[0]))
    figures = ((m.value, "%" if m.percent else m.unit) for m in claimed_numbers(text) if m.value not in given)
    fresh = (n for n in claimed_names(text) if not {folded(word) for word in n.text.split()} <= said)
    names = (n.text for n in fresh if " " in n.text or not n.opens)
    return Added(tuple(dict.fromkeys(days)), tuple(dict.fromkeys(figures)), tuple(dict.fromkeys(names)))


class Voices(NamedTuple):
    """How many of all attempts give this answer, itself included, and how many the commonest other one; 0 where it gives none."""

    here: int = 0
    elsewhere: int = 0


async def voices(answers: Sequence[str], same: Compare) -> list[Voices]:
    """For each answer how many give it: each is compared with the first of every group before it. Giving up is no answer."""
    groups: list[list[int]] = []
    for number, answer in enumerate(answers):
        if stance(answer) != "answers":
            continue
        for group in groups:
            if await same(answers[group[0]], answer) == "equal":
                group.append(number)
                break
        else:
            groups.append([number])
    counted = {n: Voices(len(g), max((len(o) for o in groups if o is not g), default=0)) for g in groups for n in g}
    return [counted.get(number, Voices()) for number in range(len(answers))]


def agreement(trace: Trajectory, heard: Voices, least: int, of: int) -> Verdict:
    """Whether enough attempts give the trace's answer, and more than give any other."""
    reason = ""
    if not heard.here:
        reason = "it gives no answer that others could agree with"
    elif heard.here < least:
        reason = f"{heard.here} of {of} attempts give this answer, {least} are asked for"
    elif heard.here <= heard.elsewhere:
        reason = f"{heard.here} of {of} attempts give this answer, but {heard.elsewhere} another"
    return Verdict(
        grader=AGREEMENT,
        version=VERSION,
        source="program",
        step=len(trace.steps) - 1,
        status="unscored" if reason else "pass",
        reason=reason,
    )
