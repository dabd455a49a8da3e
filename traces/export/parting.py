"""Where a wrong trajectory parts from a right one: the same messages up to a step, then one step that failed and one that did not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from traces.export import checks
from traces.export.checks import Fault, Rule
from traces.export.row import JSON, Row, canonical, continued
from traces.record import Verdict
from traces.stored import Stored


class Parting(NamedTuple):
    """`place` is the message at which `wrong` goes wrong and `right` does not; all before it is the same."""

    right: Row
    wrong: Row
    place: int
    step: int
    verdict: Verdict
    transforms: tuple[str, ...]
    """`drop_critique`: the right one was sampled with a reviewer's critique in its system message, which the pair does not show."""
    source: str
    """`repair`: both are of one attempt. `mutant`: one was made from the other. `sibling`: two attempts at one task. `continuation`: a
    model went on from before the wrong step (`winnow rewards`), came out right, and no grader failed a step of that."""


def opposites(group: Sequence[Stored]) -> Iterator[Parting]:
    """For each wrong trajectory of a slot the first right one that was asked the same, from where they part to their ends.

    They need not part at the bad step, so there are more of these than of `partings`; no turn of the right one may have failed after that.
    """
    right = [(stored, canonical(stored)) for stored in group if stored.final and stored.decision == "keep"]
    for stored in group:
        failed = min((v for v in stored.verdicts if v.status == "fail"), key=lambda v: v.step, default=None)
        if failed is None or stored.decision not in ("reject", "repair"):
            continue
        wrong = _to_the_last_word(canonical(stored))
        for other, row in sorted(right, key=lambda pair: pair[0].attempt != stored.attempt):
            place = _last_shared_prompt(row, wrong)
            if place and all(at < place for at in row.wrong):
                yield Parting(
                    row, wrong, place, failed.step, failed, _without_critique(row, wrong), _source(stored, other)
                )
                break


def _to_the_last_word(row: Row) -> Row:
    """The row up to what the assistant said last: a trace that was stopped ends with a result."""
    return cut(row, max(said(row), default=-1))


def _last_shared_prompt(one: Row, other: Row) -> int:
    """The place of the message of the assistant by which, or by whose results, two rows part; 0 where they differ before or not at all."""
    if one.tools != other.tools or not other.messages or one.messages[0]["role"] != other.messages[0]["role"]:
        return 0
    start = 1 if one.messages[0]["role"] == "system" else 0
    pairs = list(zip(one.messages, other.messages, strict=False))
    differs = next((n for n, (a, b) in enumerate(pairs) if n >= start and a != b), 0)
    return max((n for n, (a, b) in enumerate(pairs[: differs + 1]) if a["role"] == b["role"] == "assistant"), default=0)


def _without_critique(right: Row, wrong: Row) -> tuple[str, ...]:
    return ("drop_critique",) if right.messages[0] != wrong.messages[0] else ()


def partings(group: Sequence[Stored]) -> Iterator[Parting]:
    """For each wrong trajectory of a slot the first right one that parts from it at its first bad step, or else a right continuation."""
    right = [(stored, canonical(stored)) for stored in group if stored.final and stored.decision == "keep"]
    for stored in group:
        if stored.first_bad_step is not None and stored.decision in ("reject", "repair"):
            wrong = canonical(stored)
            found = next(_first(stored, wrong, right), None) or next(_gone_on(stored, wrong), None)
            if found:
                yield found


def _first(stored: Stored, wrong: Row, right: Sequence[tuple[Stored, Row]]) -> Iterator[Parting]:
    step = stored.first_bad_step
    place = said(wrong)[step] if step is not None and step < len(said(wrong)) else None
    verdict = next((v for v in stored.verdicts if v.status == "fail" and v.step == step), None)
    if place is None or verdict is None or step is None:
        return
    for other, row in sorted(right, key=lambda pair: pair[0].attempt != stored.attempt):
        if row.tools == wrong.tools and _parts_at(row.messages, wrong.messages, place) and place not in row.wrong:
            yield Parting(row, wrong, place, step, verdict, _without_critique(row, wrong), _source(stored, other))
            return


def _gone_on(stored: Stored, wrong: Row) -> Iterator[Parting]:
    """Where a model that went on from right before the wrong step did better."""
    step = stored.first_bad_step or 0
    verdict = next((v for v in stored.verdicts if v.status == "fail" and v.step == step), None)
    if verdict is None or step == 0 or step >= len(said(wrong)):
        return
    place = said(wrong)[step]
    for found in stored.continuations(step - 1):
        row = continued(stored, place, found) if found.right and found.clean else None
        if (
            row is not None
            and row.messages[:place] == wrong.messages[:place]
            and row.messages[place] != wrong.messages[place]
        ):
            yield Parting(row, wrong, place, step, verdict, (), "continuation")


def _parts_at(one: Sequence[JSON], other: Sequence[JSON], place: int) -> bool:
    """Whether they are the same up to a message, but for what stands in the system message, and differ there."""
    if place >= len(one) or place == 0 or one[0]["role"] != other[0]["role"]:
        return False
    start = 1 if one[0]["role"] == "system" else 0
    same = one[start:place] == other[start:place]
    return same and one[place] != other[place] and one[place]["role"] == "assistant"


def _source(wrong: Stored, right: Stored) -> str:
    if wrong.plain["lineage"].get("mutated_from"):
        return "mutant"
    return "repair" if wrong.attempt == right.attempt else "sibling"


def said(row: Row) -> list[int]:
    """The places of the assistant messages."""
    return [place for place, message in enumerate(row.messages) if message["role"] == "assistant"]


def cut(row: Row, place: int) -> Row:
    """The row up to and with a message, as one-step formats show it."""
    return replace(row, messages=row.messages[: place + 1], origins=row.origins[: place + 1])


def _opened(row: Row) -> Iterator[str]:
    """What is before the step is a conversation that waits for the assistant."""
    before = [message["role"] for message in row.messages[:-1]]
    start = 1 if before[:1] == ["system"] else 0
    if before[start : start + 1] != ["user"] or before[-1] not in ("user", "tool"):
        yield "the step does not follow a user's or a tool's message"
    yield from _answered(row)


def _answered(row: Row) -> Iterator[str]:
    """Each call has its result, but for those the row ends with."""
    yield from (fault for fault in checks.answered(row.messages) if " at the end" not in fault)


def _something(row: Row) -> Iterator[str]:
    last = row.messages[-1]
    if not last["content"].strip() and "tool_calls" not in last:
        yield "the step says and calls nothing"


def _objects(row: Row) -> Iterator[str]:
    """Calls may be wrong, but their arguments must be objects: no template takes anything else."""
    yield from (
        f"the arguments of a call in message {place} are no JSON object" for place in sorted(checks.unreadable(row))
    )


_ANY = {name: checks.ALWAYS[name] for name in ("sampled", "ids", "strings", "tools", "values", "control")}
RIGHT: Mapping[str, Rule] = {**_ANY, "arguments": checks.arguments, "prefix": _opened, "something": _something}
"""The rules of a row that ends in the step to learn."""
WRONG: Mapping[str, Rule] = {**_ANY, "arguments": _objects, "prefix": _opened, "something": _something}
"""The rules of a row that ends in the step to unlearn."""


def _led_up_to(row: Row) -> Iterator[str]:
    """A planted step was said by nobody; all before it was."""
    yield from checks.sampled(cut(row, len(row.messages) - 2))


PLANTED: Mapping[str, Rule] = {**WRONG, "sampled": _led_up_to}
"""The rules of a row that ends in a mutant's planted step."""


SHARED: Mapping[str, Rule] = {name: WRONG[name] for name in ("values", "control", "arguments")}
"""The rules of what stands before the step."""

UNHELD: Mapping[str, str] = {
    "arguments": checks.UNREADABLE,
    "values": "what is to be unlearnt holds a value that JSON has no form for",
    "control": "what is to be unlearnt holds a control token of a chat template",
    "something": "what is to be unlearnt says and calls nothing",
}
"""Rules that a mistake may break by its nature: no row can hold it, and nothing is wrong with the data."""


def unheld(faults: Sequence[Fault]) -> str:
    """Why a row with these faults, all of them of what is to be unlearnt, is left out; empty where it is to be refused."""
    return UNHELD[faults[0].rule] if faults and all(fault.rule in UNHELD for fault in faults) else ""


class Faults(NamedTuple):
    """What is wrong with a pair: with its right side and all that both share, and with what only the wrong side has."""

    shared: list[Fault]
    wrong: list[Fault]


def faults(parting: Parting) -> Faults:
    """What is wrong with a pair of steps."""
    right, wrong = cut(parting.right, parting.place), cut(parting.wrong, parting.place)
    return Faults(checks.check(right, RIGHT), checks.check(wrong, PLANTED if parting.source == "mutant" else WRONG))


def whole_faults(parting: Parting) -> Faults:
    """What is wrong with a pair of whole traces: the right one must be fit to learn from end to end."""
    wrong = {**WRONG, "prefix": _answered}
    if parting.source == "mutant":
        wrong["sampled"] = lambda row: checks.sampled(cut(row, parting.place - 1))
    opened = checks.check(cut(parting.wrong, parting.place), {"prefix": _opened})
    return Faults(opened + checks.check(parting.right, checks.ALWAYS), checks.check(parting.wrong, wrong))
