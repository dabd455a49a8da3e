"""One trajectory in the terminal: the query, what is true, each step with its calls, observations and verdicts, the decision.

All text of a trace is hostile: control characters are made visible before anything is printed.
"""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.syntax import Syntax
from rich.text import Text

from graders.keep import ANSWER_GRADER, NOTHING_KNOWN
from traces.base import json_bytes
from traces.record import Message, Step, ToolCall, ToolResult, Trajectory, Verdict
from traces.select import reproduction
from winnow.lineage import Fact, difficulty, facts
from winnow.terminal import clean

MARKS = {"pass": ("✓", "green"), "fail": ("✗", "bold red"), "unscored": ("?", "yellow"), "error": ("!", "magenta")}
RERUN = {"same": "calls reproduce", "differs": "calls give other results", "unscored": "calls not comparable"}
"""What is said of calls that were run again, by what came of it."""
OUTCOMES = {"keep": "bold green", "repair": "bold yellow", "reject": "bold red"}
LONG = 1200


def show(
    trace: Trajectory, console: Console, *, whole: bool = False, step: int | None = None, others: Sequence[str] = ()
) -> None:
    """Print a trajectory. Observations longer than 1,200 characters are shortened unless `whole`; `step` shows one step alone.

    `others` are the keys of other attempts at its task.
    """
    console.print(_head(trace, others))
    for each in trace.steps:
        if step is None or each.index == step:
            console.print(_step(trace, each, whole))
    console.print(_decision(trace))


def strip(trace: Trajectory) -> Text:
    """One coloured mark for each step, so that a bad step is seen at a glance."""
    marks = Text()
    for each in trace.steps:
        mark, style = MARKS[worst(v for v in trace.verdicts if v.step == each.index)]
        marks.append(mark, style)
    return marks


def ended(result: ToolResult | None) -> str:
    """How a call ended, apart from what it said: of an interpreter by its error or limit, of other tools where they failed."""
    data = result.data if result else {}
    if isinstance(code := data.get("exit_code", data.get("returncode")), int):
        return f"exit code {code}"
    if result and result.status == "error":
        name = data.get("error")
        return f"ended by {name}" if isinstance(name, str) and data.get("limit") is None else _failure(result)
    return "ran to its end" if "stdout" in data else ""


def _failure(result: ToolResult) -> str:
    limit = result.data.get("limit")
    return (
        f"stopped at its limit of {limit}" if isinstance(limit, str) else (result.error or "failed").replace("_", " ")
    )


def worst(verdicts: Iterable[Verdict]) -> str:
    """The status that counts for a step: a failure, else a broken grader, else a pass, else unscored."""
    found = {verdict.status for verdict in verdicts}
    return next((status for status in ("fail", "error", "pass") if status in found), "unscored")


def _told(fact: Fact) -> str:
    keys = "" if fact.name == "query" else f" {', '.join(fact.keys)}"
    return clean(f"{fact.name}: {fact.text}{keys}").rstrip()


def _head(trace: Trajectory, others: Sequence[str]) -> Panel:
    task, lines = trace.task, [Text(clean(trace.task.query))]
    if task.oracle:
        truth = task.oracle.answer
        value = f"{truth.value} {truth.unit}".strip() or ", ".join(truth.accepted) or f"({truth.kind})"
        lines.append(Text(f"\nthe oracle: {clean(value)}", style="dim"))
    lines += [Text(_told(fact), style="dim") for fact in facts(trace)]
    lines += [Text(f"attempts at this task: {', '.join(map(clean, others))}", style="dim")] if others else []
    title = Text(clean(f"{trace.key} · {task.family} · difficulty {difficulty(trace)}"))
    return Panel(Group(*lines), title=title, title_align="left", border_style="cyan")


def _step(trace: Trajectory, step: Step, whole: bool) -> RenderableType:
    said = trace.messages[step.message]
    answers = {m.tool_call_id: m for i in step.observations if (m := trace.messages[i])}
    mark, style = MARKS[worst(v for v in trace.verdicts if v.step == step.index)]
    parts: list[RenderableType] = [Rule(Text(f"{mark} step {step.index}", style), align="left", style="dim")]
    if said.reasoning:
        parts.append(Text(_short(said.reasoning, whole), style="italic dim"))
    if said.content:
        parts.append(Text(_short(said.content, whole)))
    for call in said.tool_calls:
        parts += [_call(call), _observation(answers.get(call.id), whole)]
    parts += _judgements(trace, step, whole)
    return Group(*parts)


def _call(call: ToolCall) -> RenderableType:
    code = call.arguments.get("code")
    if isinstance(code, str) and len(call.arguments) == 1:
        body: RenderableType = Syntax(clean(code), "python", background_color="default", word_wrap=True)
        return Group(Text(f"→ {clean(call.name)}", "bold blue"), Padding(body, (0, 0, 0, 2)))
    arguments = call.function.arguments
    text = arguments if isinstance(arguments, str) else json_bytes(arguments).decode()
    return Text.assemble((f"→ {clean(call.name)} ", "bold blue"), clean(text))


def _observation(message: Message | None, whole: bool) -> RenderableType:
    if message is None:
        return Text("← no answer was recorded", "red")
    failed = message.result is not None and message.result.status == "error"
    said = Text(_short(message.content, whole), "red" if failed else "grey62")
    how = [Text(clean(f"({how})"), "red" if failed else "dim")] if (how := ended(message.result)) else []
    return Padding(Group(said, *how), (0, 0, 0, 2))


def _judgements(trace: Trajectory, step: Step, whole: bool) -> list[RenderableType]:
    verdicts = [v for v in trace.verdicts if v.step == step.index]
    passed = [v.grader for v in verdicts if v.status == "pass"]
    lines: list[RenderableType] = []
    if passed:
        names = ", ".join(passed) if whole or len(passed) < 4 else f"{len(passed)} graders find nothing wrong"
        lines.append(Text.assemble(("✓ ", "green"), (names, "dim green")))
    lines += [_judgement(v) for v in verdicts if v.status in ("fail", "error")]
    lines += [_open(v) for v in verdicts if v.status == "unscored" and v.source == "critic"]
    lines += [
        Text(clean(f"labelled {b.value:+d}: {b.code or ''} {b.kind} {b.detail}"), "magenta")
        for b in trace.labels
        if b.step == step.index
    ]
    return lines


def _judgement(verdict: Verdict) -> Text:
    mark, style = MARKS[verdict.status]
    line = Text.assemble((f"{mark} {verdict.code or 'error'} {verdict.grader}: ", style), clean(verdict.reason))
    if verdict.first_error:
        line.append("  (first error)", "bold")
    if verdict.propagated_from is not None:
        line.append(f"  (follows from step {verdict.propagated_from})", "dim")
    if verdict.recovered_by is not None:
        line.append(f"  (mended by step {verdict.recovered_by})", "dim")
    return line


def _open(verdict: Verdict) -> Text:
    """A step that critics were asked about in vain; programs mostly say nothing because there is nothing to say."""
    mark, style = MARKS["unscored"]
    return Text.assemble((f"{mark} {verdict.grader}: ", style), clean(verdict.reason))


def _decision(trace: Trajectory) -> Panel:
    decision = trace.decision
    if decision is None:
        return Panel(Text(f"not judged: {clean(trace.ending.detail)}"), title=trace.ending.kind, title_align="left")
    lines = [Text(clean(reason)) for reason in decision.reasons]
    if trace.ending.kind != "answered":
        lines.append(Text(f"ended: {trace.ending.kind} ({clean(trace.ending.detail)})"))
    if again := reproduction(trace.verdicts):
        lines.append(Text(f"run again: {RERUN[again]}", "dim"))
    style = OUTCOMES[decision.outcome]
    title = Text.assemble((decision.outcome, style), "  ", strip(trace))
    body = Group(*lines) if lines else Text(blameless(trace))
    return Panel(body, title=title, title_align="left", border_style=style)


def blameless(trace: Trajectory) -> str:
    """What is said of a trace that was judged and has no fault: whether its answer was held to anything."""
    last = trace.steps[-1].index if trace.steps else None
    told = [v for v in trace.verdicts if v.grader == ANSWER_GRADER and v.step == last]
    if any(v.status == "unscored" and v.reason == NOTHING_KNOWN for v in told):
        return "no step fails; there is no reference to hold the answer to"
    if any(v.status == "pass" for v in told):
        return "every step passes and the answer is right"
    return "no grader found fault; the answer was not checked"


def _short(text: str, whole: bool) -> str:
    text = clean(text)
    return text if whole or len(text) <= LONG else f"{text[:LONG]} … ({len(text) - LONG} more characters; --whole)"
