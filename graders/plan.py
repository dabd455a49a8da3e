"""A trace held against the oracle's plan: which values it reached, and where a wrong answer went wrong.

Any order that the plan allows is right, and so is any other route to the right answer: steps are blamed only in a trace
whose answer is wrong.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from graders.arithmetic import equations, rescaled
from graders.base import Case
from graders.calls import failed, kind_of, strings
from graders.claims import claimed_numbers
from graders.columns import columns, summaries
from graders.constants import constant, round_figure
from graders.expressions import expression
from graders.names import names
from graders.numbers import Mention, exact, numbers, plain
from graders.outcomes.agreeing import number_agrees, settled
from graders.outcomes.words import plain_text
from graders.provenance import significant
from graders.rounded import roundings, unrounded
from graders.support import accounted
from traces.record import Evidence, Message, Step, ToolCall
from traces.task import Answer, Oracle, PlanNode


class Blame(NamedTuple):
    """The step where a trace went wrong, and what is wrong there."""

    step: int
    code: str
    reason: str
    evidence: tuple[Evidence, ...]


@lru_cache(maxsize=2048)
def node_value(node_value: str) -> Fraction | None:
    """A node's value as a number, or None where it is text."""
    try:
        return Fraction(node_value)
    except (ValueError, ZeroDivisionError):
        return exact(node_value)


def agrees(node: PlanNode, mention: Mention) -> bool:
    """Whether a mention has the node's value, to the places written."""
    value = node_value(node.value)
    if value is None:
        return False
    answer = Answer(kind="number", value=str(value), unit=node.unit)
    if number_agrees(answer, mention):
        return True
    return any(
        abs(r.value - value) <= r.ulp * Fraction(501, 1000) and (r.ulp < 1 or value.denominator > 1)
        for r in settled(mention, value).readings
    ) or _to_places(node, value, mention)


def _to_places(node: PlanNode, value: Fraction, mention: Mention) -> bool:
    """Whether a finer figure is the node's value but for how the node, or a step on the way, was rounded."""
    if value.denominator == 1 or mention.ulp >= 1 or mention.percent:
        return False
    finest = abs(value) / 10**7 if significant(mention.value) >= 9 else Fraction(0)
    return abs(mention.value - value) <= max(_half_a_place(node.value), finest)


def _half_a_place(written: str) -> Fraction:
    """Half of the last decimal place of a value as written; nothing where it has none."""
    _, point, decimals = written.partition(".")
    return Fraction(1, 2 * 10 ** len(decimals)) if point and decimals.isdigit() else Fraction(0)


def stopped_at(case: Case, text: str) -> PlanNode | None:
    """The intermediate node whose value an answer gives for the final one: nothing it states is the answer, all of it is on the way."""
    plan = case.oracle.plan if case.oracle else ()
    claimed = [m for m in claimed_numbers(text) if not _asked(case, m)]
    last = plan[-1] if plan else None
    if last is None or any(agrees(last, m) for m in claimed):
        return None
    on_the_way = [n for n in plan[:-1] if n.value and n.value != last.value]
    if claimed:
        reached = [next((n for n in on_the_way if agrees(n, m)), None) for m in claimed]
        return reached[-1] if all(reached) else None
    return next((n for n in reversed(on_the_way) if node_value(n.value) is None and _names(case, n, text)), None)


def _names(case: Case, node: PlanNode, text: str) -> bool:
    """Whether a text gives the name a node finds, where the query does not."""
    name = f" {plain_text(node.value)} "
    return name in f" {plain_text(text)} " and case.task is not None and name not in f" {plain_text(case.task.query)} "


def _asked(case: Case, mention: Mention) -> bool:
    return any(m.value == mention.value for m in numbers(case.task.query)) if case.task else False


def blame(case: Case) -> Blame | None:
    """The first step that a wrong answer can be laid to before the answer itself, or None."""
    return case.once(_blame)


def _blame(case: Case) -> Blame | None:
    if case.outcome is None or case.outcome.status != "wrong" or case.oracle is None or not case.oracle.plan:
        return None
    for step in case.steps:
        if any(not e.holds for e in equations(case.said(step).content)):
            return None
        for call in case.said(step).tool_calls:
            if _ungrounded(case, step, call):
                return None
            if found := _blamed(case, step, call):
                return found
    return None


def _ungrounded(case: Case, step: Step, call: ToolCall) -> bool:
    """Whether a calculation already starts from a figure nobody gave: what follows from that is no fault of its own."""
    if kind_of(call) != "calculator":
        return False
    mentions = (m for text in strings(call.arguments) for m in numbers(text))
    return any(not m.glued and not m.dated and not accounted(case, m, step.message + 1) for m in mentions)


def _blamed(case: Case, step: Step, call: ToolCall) -> Blame | None:
    answer = _due(case, step, call)
    if call.malformed or answer is None or failed(answer):
        return None
    kind = kind_of(call)
    if kind == "calculator":
        return _rounded(case, step, call) or _operand(case, step, call) or _result(case, step, call, answer)
    if kind == "code":
        return _result(case, step, call, answer)
    return _turn(case, step, call) if kind in ("search", "open") else None


def _due(case: Case, step: Step, call: ToolCall) -> Message | None:
    """The answer to a call. Where its tool did not work: what the same call brought later, or would have come to."""
    answer = case.answer_to(step, call)
    if answer is None or answer.result is None or answer.result.error not in _NO_FAULT:
        return answer
    for later in case.steps[step.index + 1 :]:
        for other in case.said(later).tool_calls:
            again = case.answer_to(later, other) if other.function == call.function else None
            if again is not None and not failed(again):
                return again
    written = expression("".join(strings(call.arguments))) if kind_of(call) == "calculator" else None
    value = written.value() if written else None
    return (
        answer.model_copy(update={"content": plain(value), "result": None}) if isinstance(value, Fraction) else answer
    )


_NO_FAULT = frozenset({"timeout", "search_unavailable", "out_of_service"})


def _plan_numbers(case: Case) -> set[Fraction]:
    assert case.oracle
    assert case.task
    found = {m.value for m in numbers(case.task.query)}
    for node in case.oracle.plan:
        value = node_value(node.value)
        if value is not None:
            found.add(value)
        found |= {m.value for text in _texts(node.args) for m in numbers(text)}
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)


def _rounded(case: Case, step: Step, call: ToolCall) -> Blame | None:
    """A value rounded before it was used, where the exact one would have brought the answer."""
    assert case.oracle
    for rounded in roundings(case, step, call):
        if any(_is_answer(case.oracle, change.exact) for change in unrounded(case, step, rounded)):
            was, exact = rounded.operand.text, plain(rounded.exact)
            reason = f"calculates with {was} for {exact}, rounded before it was used"
            return Blame(step.index, "C3", reason, rounded.evidence)
    return None


def _is_answer(oracle: Oracle, value: Fraction) -> bool:
    """Whether a value computed is that of the plan's end, but for the last rounding."""
    last = oracle.plan[-1]
    slack = max(abs(Fraction(oracle.answer.tolerance or "0")), abs(value) / 10**9)
    for text in (last.value, oracle.answer.value):
        wanted = node_value(text) if oracle.answer.kind == "number" else None
        if wanted is not None and abs(wanted - value) <= slack + _half_a_place(text):
            return True
    return False


def _operand(case: Case, step: Step, call: ToolCall) -> Blame | None:
    """A figure from a page that is none of the values the task turns on."""
    wanted = _plan_numbers(case)
    for text in strings(call.arguments):
        for mention in numbers(text):
            value, ulp = mention.readings[0]
            if (
                mention.glued
                or round_figure(value)
                or constant(value, ulp)
                or any(abs(abs(value) - abs(w)) <= ulp / 2 for w in wanted)
            ):
                continue
            source = case.knowledge.source(value, step.message)
            if source and source.kind == "observation" and _from_page(case, source.message):
                shown = Evidence(message=source.message, text=mention.text, start=source.start, end=source.end)
                here = Evidence(message=step.message, text=mention.text, where="arguments")
                return Blame(
                    step.index,
                    "O2",
                    f"calculates with {mention.text}, which stands on a page but is not what was asked for",
                    (here, shown),
                )
    return None


def _from_page(case: Case, message: int) -> bool:
    """Whether a tool message answers a search or an opened page, not a computation."""
    for step in case.steps:
        for call in case.said(step).tool_calls:
            if case.answer_to(step, call) is case.messages[message]:
                return kind_of(call) in ("search", "open")
    return False


def _result(case: Case, step: Step, call: ToolCall, answer: Message) -> Blame | None:
    """A computation whose result is none of the plan's values, where the plan has computed values at all."""
    assert case.oracle
    kind = kind_of(call)
    computed = [n for n in case.oracle.plan if n.tool in ("calculator", "python") or (n.tool == "none" and n.needs)]
    shown = [m for m in numbers(answer.content) if not m.glued]
    if (
        not any(n.value for n in computed)
        or not answer.content.strip()
        or any(_shows(node, answer.content, shown) for node in _telling(case.oracle, kind, shown))
    ):
        return None
    if all(node_value(n.value) is None for n in computed) and kind != "code":
        return None
    if kind == "calculator" and shown and all(_asked(case, m) for m in shown):
        return None  # a result that goes back into what was given is a check
    if kind == "code" and not _answers_with(case, answer.content, shown):
        return None
    if _rebuilt(case, step, call) and not _answers_with(case, answer.content, shown):
        return None
    if left_out := _left_out(case, call):
        here = Evidence(message=step.message, text=strings(call.arguments)[0][:120], where="arguments")
        return Blame(step.index, "D5", f"leaves out {left_out}, which belongs to the calculation", (here,))
    code, what = ("C6", "the code") if kind == "code" else ("C5", "the calculation")
    if kind == "code" and _other_column(case, step, call):
        code, what = "O2", "the code works on another column than the one asked for, and"
    if kind == "calculator" and (slip := _unit_slip(case, call)):
        code, what = "C2", f"the calculation takes {slip} in the wrong unit or scale, and"
    place = next((i for i, m in enumerate(case.messages) if m is answer), step.observations[0])
    evidence = Evidence(message=place, text=case.messages[place].content[:120])
    given = plain(shown[0].value) if shown and not shown[0].dated else answer.content.strip()[:40]
    return Blame(step.index, code, f"{what} gives {given}, which is no value on the way to the answer", (evidence,))


def _telling(oracle: Oracle, kind: str, shown: list[Mention]) -> tuple[PlanNode, ...]:
    """The nodes whose value in an output shows that it is on the way: in a long list of figures one stands by chance, but for the last."""
    return oracle.plan[-1:] if kind == "code" and len(shown) > _MANY else oracle.plan


_MANY = 30


def _other_column(case: Case, step: Step, call: ToolCall) -> bool:
    """Whether the figures in a program are one column of a table shown, and the plan's value comes of another."""
    assert case.oracle
    typed = {abs(m.value) for text in strings(call.arguments) for m in numbers(text)}
    last = case.oracle.plan[-1]
    for message in case.messages[: step.message]:
        table = [c for c in columns(message.content) if len(c) >= 3] if message.role == "tool" else []
        used = [c for c in table if sum(v in typed for v in c) * 5 >= len(c) * 4]
        for other in table if used else ():
            if other not in used and any(_is_value(last, v) for v in summaries(other)):
                return True
    return False


def _is_value(node: PlanNode, value: Fraction) -> bool:
    wanted = node_value(node.value)
    return wanted is not None and abs(wanted - value) <= Fraction(1, 100)


def _answers_with(case: Case, output: str, shown: list[Mention]) -> bool:
    """Whether the final answer is taken from this output; else the code only looked around."""
    text = case.said(case.final).content if case.final else ""
    every = claimed_numbers(text)
    claimed = [m for m in every if not _asked(case, m)] or every
    if any(abs(m.value - n.value) <= m.ulp / 2 for m in claimed for n in shown if not n.dated):
        return True
    short = plain_text(output)
    return 0 < len(short) <= 80 and f" {short} " in f" {plain_text(text)} "


def _shows(node: PlanNode, text: str, shown: list[Mention]) -> bool:
    """Whether an output has a node's value, as a number or as a name."""
    if node_value(node.value) is not None:
        return any(agrees(node, m) for m in shown)
    return bool(node.value) and f" {plain_text(node.value)} " in f" {plain_text(text)} "


def _left_out(case: Case, call: ToolCall) -> str | None:
    """What a calculation lacks that is made of values of the plan alone, but not of all that its last node needs."""
    assert case.oracle
    needs = [n for n in case.oracle.plan if n.id in case.oracle.plan[-1].needs and node_value(n.value) is not None]
    used = [m for text in strings(call.arguments) for m in numbers(text) if not round_figure(m.value)]
    if len(needs) < 3 or len(used) < 2 or not all(any(agrees(n, m) for n in needs) for m in used):
        return None
    missing = [n for n in needs if not any(agrees(n, m) for m in used)]
    return str(missing[0].args.get("name") or missing[0].args.get("what") or missing[0].id) if missing else None


def _unit_slip(case: Case, call: ToolCall) -> str | None:
    """The operand which, as a percentage or in another unit, would have made the result a value of the plan."""
    assert case.oracle
    values = [v for n in case.oracle.plan if (v := node_value(n.value)) is not None and v]
    wanted = [(v - abs(v) / 10**9, v + abs(v) / 10**9) for v in values]
    for text in strings(call.arguments):
        for operand, value in rescaled(text):
            if any(low <= value <= high for low, high in wanted):
                return operand
    return None


def _rebuilt(case: Case, step: Step, call: ToolCall) -> bool:
    """Whether a later call of the same kind gives a plan value: then this one was a side step, not the fault."""
    assert case.oracle
    for later in case.steps[step.index + 1 :]:
        for other in case.said(later).tool_calls:
            answer = case.answer_to(later, other)
            if (
                answer
                and kind_of(other) == kind_of(call)
                and any(agrees(case.oracle.plan[-1], m) for m in numbers(answer.content))
            ):
                return True
    return False


def _turn(case: Case, step: Step, call: ToolCall) -> Blame | None:
    """A search that goes on with a name which is neither asked for nor on the plan, where a name of the plan was due."""
    assert case.oracle
    assert case.task
    due = [
        n.value
        for n in case.oracle.plan[:-1]
        if n.value and node_value(n.value) is None and plain_text(n.value) not in plain_text(case.task.query)
    ]
    if not due or step.index == 0:
        return None
    known = plain_text(" ".join([case.task.query, *(n.value for n in case.oracle.plan), *_node_texts(case)]))
    for text in strings(call.arguments):
        for name in names(text):
            words = plain_text(name.text).split()
            stranger = (
                len(words) >= 1
                and not any(w in known.split() for w in words)
                and case.knowledge.word(words[0], step.message)
            )
            if stranger and re.search(r"\s", text.strip()):
                here = Evidence(message=step.message, text=name.text, where="arguments")
                return Blame(
                    step.index, "O2", f"goes on with {name.text}, which is not what the page before says", (here,)
                )
    return None


def _node_texts(case: Case) -> list[str]:
    assert case.oracle
    return [text for node in case.oracle.plan for text in _texts(node.args)]
