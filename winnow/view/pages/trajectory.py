"""One trajectory: the query, what is true, each step with its calls, observations and verdicts, the decision, its siblings."""

import json
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import orjson
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graders.codes import BY_CODE
from traces.ledger import Note, slot_of
from traces.record import Evidence, Message, Step, StepLabel, ToolCall, Trajectory, Verdict
from traces.rows import strip_of
from traces.select import reproduction
from winnow.invocation import command
from winnow.lineage import facts
from winnow.show import RERUN, blameless, worst
from winnow.view.code import highlighted
from winnow.view.marking import Span, coded, markup
from winnow.view.observations import Seen, seen
from winnow.view.origins import Origins, Part
from winnow.view.pages.table import book_of, find_of
from winnow.view.render import page
from winnow.view.shelf import Book

ONE_LINE = 100
"""Arguments up to so many characters stand in one line."""
NOWHERE = Origins()


class CallCard(NamedTuple):
    """A call and what it returned."""

    name: str
    body: Markup
    malformed: str
    seen: Seen | None


class StepCard(NamedTuple):
    """One step with all that is said of it."""

    number: int
    status: str
    reasoning: Markup
    content: Markup
    calls: list[CallCard]
    faults: list[Verdict]
    unsure: list[Verdict]
    passed: list[str]
    labels: list[StepLabel]
    forced: bool
    took: float


def show(request: Request) -> Response:
    """The page. Raises HTTPException 404."""
    book = book_of(request)
    key = request.path_params["key"]
    trace = book.ledger.attempt(key)
    if trace is None:
        raise HTTPException(404, f"There is no trajectory {key!r} in {book.name}.")
    siblings = [(one.key, strip_of(one), outcome(one)) for one in book.ledger.trajectories(slot=slot_of(key))]
    asked = {name: value for name, value in request.query_params.items() if value and name != "after"}
    find = find_of(asked, book.rates)
    if find.indexed:
        _ = book.words  # by which it is found
    before, after = book.ledger.place(key, find) or ("", "")
    shown = page(
        "trajectory.html", title=key, run=book.name, trace=trace, steps=cards(trace),
        opening=[m for m in trace.messages[: _first(trace)] if m.role in ("system", "user")], outcome=outcome(trace),
        truth=truth(trace), blameless=blameless(trace), siblings=siblings, before=before, after=after, strip=strip_of(trace), names=BY_CODE,
        rerun=RERUN.get(reproduction(trace.verdicts) or ""), here=urlencode(asked), usd=_usd(book, trace),
        calls=sum(len(m.tool_calls) for m in trace.messages),
        lineage=(told := list(facts(trace))),
        known={key for fact in told for key in fact.keys if book.ledger.stored_one(key)},
        notes=_notes(book.ledger.notes(key)), token=request.app.state.change,
        show_command=command("show", book.folder.path, key),
    )  # fmt: skip
    return HTMLResponse(shown)


def _usd(book: Book, trace: Trajectory) -> float | None:
    """What its tokens cost at the run's prices, where it gives any."""
    return book.rates.cost(trace.usage.input_tokens, trace.usage.output_tokens) if book.rates else None


def _notes(found: Sequence[Note]) -> dict[int | None, list[Note]]:
    return {step: [n for n in found if n.step == step] for step in {n.step for n in found}}


def _first(trace: Trajectory) -> int:
    return next((i for i, m in enumerate(trace.messages) if m.role == "assistant"), len(trace.messages))


def outcome(trace: Trajectory) -> str:
    """What was decided of it, or `none`."""
    return trace.decision.outcome if trace.decision else "none"


def truth(trace: Trajectory) -> str:
    """The answer the oracle knows, in words; empty without one."""
    if trace.task.oracle is None:
        return ""
    answer = trace.task.oracle.answer
    return f"{answer.value} {answer.unit}".strip() or ", ".join(answer.accepted) or f"({answer.kind})"


def cards(trace: Trajectory) -> list[StepCard]:
    """The cards of its steps, with the origins of what is said in them."""
    origins = Origins.of(trace, _parts(trace))
    return [card(trace, step, origins) for step in trace.steps]


def _parts(trace: Trajectory) -> dict[tuple[int, Part], str]:
    said = [(step.message, trace.messages[step.message]) for step in trace.steps]
    contents: dict[tuple[int, Part], str] = {(at, "content"): m.content for at, m in said}
    return contents | {(at, n): _written(call) for at, m in said for n, call in enumerate(m.tool_calls)}


def card(trace: Trajectory, step: Step, origins: Origins = NOWHERE) -> StepCard:
    """The card of one of its steps."""
    said = trace.messages[step.message]
    verdicts = [v for v in trace.verdicts if v.step == step.index]
    answers = {m.tool_call_id: (i, m) for i in step.observations if (m := trace.messages[i])}
    return StepCard(
        number=step.index,
        status=worst(verdicts) if verdicts else "none",
        reasoning=markup(said.reasoning or "", _evidence(trace, step.message, "reasoning")),
        content=markup(
            said.content,
            [
                *coded(said.content),
                *_evidence(trace, step.message, "content"),
                *origins.marks.get((step.message, "content"), ()),
            ],
        ),
        calls=[
            _call(trace, step, call, answers.get(call.id), origins, origins.marks.get((step.message, n), ()))
            for n, call in enumerate(said.tool_calls)
        ],
        faults=[v for v in verdicts if v.status in ("fail", "error")],
        unsure=[v for v in verdicts if v.status == "unscored"],
        passed=[v.grader for v in verdicts if v.status == "pass"],
        labels=[label for label in trace.labels if label.step == step.index],
        forced=said.origin != "sampled",
        took=round(
            sum(trace.messages[i].duration or _ran(trace.messages[i]) for i in (step.message, *step.observations)), 3
        ),
    )


def _ran(message: Message) -> float:
    return message.result.duration if message.result else 0.0


def _evidence(trace: Trajectory, message: int, where: str) -> list[Span]:
    """Where failing verdicts looked in a part of a message, as marks with their codes."""
    failing = (v for v in trace.verdicts if v.status == "fail")
    return [span for v in failing for e in v.evidence if (span := _span(trace, v, e, message, where))]


def _span(trace: Trajectory, verdict: Verdict, evidence: Evidence, message: int, where: str) -> Span | None:
    if evidence.message != message or evidence.where != where or not evidence.text:
        return None
    said = trace.messages[message]
    text = said.reasoning or "" if where == "reasoning" else said.content
    start = evidence.start if evidence.start is not None else text.find(evidence.text)
    end = evidence.end if evidence.end is not None else _word_end(text, start + len(evidence.text))
    return (
        Span(start, end, "evidence", (("code", verdict.code or ""),), mark=True)
        if 0 <= start < end <= len(text)
        else None
    )


def _word_end(text: str, end: int) -> int:
    """The end of the word that stands there: long evidence is kept cut short."""
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return end


def _call(
    trace: Trajectory, step: Step, call: ToolCall, answer: tuple[int, Message] | None, origins: Origins,
    marks: Sequence[Span],
) -> CallCard:  # fmt: skip
    text = _written(call)
    spans = [*highlighted(text, "python" if _is_code(call) else "json"), *_in_call(trace, step, text), *marks]
    told = _seen(trace, *answer, origins) if answer else None
    return CallCard(call.name, markup(text, spans), call.error or "", told)


def _seen(trace: Trajectory, place: int, message: Message, origins: Origins) -> Seen:
    return seen(message, [*_evidence(trace, place, "content"), *origins.anchors.get(place, ())])


def _is_code(call: ToolCall) -> bool:
    return isinstance(call.arguments.get("code"), str) and len(call.arguments) == 1


def _written(call: ToolCall) -> str:
    """A call's arguments as they are shown: code alone as code."""
    return str(call.arguments["code"]) if _is_code(call) else _json(call)


def _json(call: ToolCall) -> str:
    arguments = call.function.arguments
    if isinstance(arguments, str):
        return arguments
    line = json.dumps(arguments, ensure_ascii=False)
    return line if len(line) <= ONE_LINE else orjson.dumps(arguments, option=orjson.OPT_INDENT_2).decode()


def _in_call(trace: Trajectory, step: Step, text: str) -> list[Span]:
    failing = [v for v in trace.verdicts if v.status == "fail" and v.step == step.index]
    found = [(v, text.find(e.text), e) for v in failing for e in v.evidence if e.where == "arguments" and e.text]
    return [
        Span(at, at + len(e.text), "evidence", (("code", v.code or ""),), mark=True) for v, at, e in found if at >= 0
    ]
