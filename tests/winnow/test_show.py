"""Trajectories on a terminal; their text is hostile."""

import io
from typing import Any

import pytest
from rich.console import Console

from graders.keep import ANSWER_GRADER, NOTHING_KNOWN
from tests.traces.samples import trace as trajectory
from traces.record import Decision, Imported, Message, Trajectory, Verdict
from traces.task import Outage, Written
from winnow.lineage import facts
from winnow.show import show, strip
from winnow.terminal import clean
from winnow.view.pages.alone import alone


def shown(trace: Trajectory, width: int = 100, whole: bool = False, others: tuple[str, ...] = ()) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system=None)
    show(trace, console, whole=whole, others=others)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def descended() -> Trajectory:
    """A trace with every kind of lineage at once."""
    trace = trajectory()
    written = Written(
        technique="deepened", domain="towns", parents=("c",), topic="a\x1b[2J", needs=("search",), model="m"
    )
    outages = (Outage(tool="search", first=2, last=2), Outage(tool="python", error="out_of_service"))
    task = trace.task.model_copy(update={"written": written, "outages": outages})
    found = Imported(file="rows.jsonl", line=7, form="openai", id=31, missing=("tools",))
    update = {"repaired_from": "a-1", "mutated_from": "b-1", "imported": found}
    lineage = trace.lineage.model_copy(update=update)
    return trace.model_copy(update={"task": task, "lineage": lineage})


def test_query_steps_verdicts_and_decision_are_there() -> None:
    verdict = Verdict(
        grader="arithmetic",
        version="1",
        source="program",
        step=0,
        status="fail",
        code="C1",
        reason="2+2 is 4",
        first_error=True,
    )
    trace = trajectory().model_copy(
        update={"verdicts": (verdict,), "decision": Decision(outcome="reject", reasons=("C1 at step 0: 2+2 is 4",))}
    )
    text = shown(trace)
    assert trace.task.query[:30] in text
    assert "C1 arithmetic: 2+2 is 4" in text
    assert "first error" in text
    assert "reject" in text
    for call in trace.messages[2].tool_calls:
        assert call.name in text


def test_a_step_that_critics_were_asked_about_in_vain_says_so() -> None:
    def unscored(source: Any, reason: str) -> Verdict:
        return Verdict(grader="critic", version="1", source=source, step=0, status="unscored", reason=reason)

    verdicts = (unscored("critic", "auditor: unreadable, twice"), unscored("program", "nothing to compare"))
    text = shown(trajectory().model_copy(update={"verdicts": verdicts}))
    assert "? critic: auditor: unreadable, twice" in text
    assert "nothing to compare" not in text


@pytest.mark.parametrize("evil", ["\x1b]0;title\x07", "\x1b[2J", "\r", "\u202e", "\x9b31m", "\x00", "\u061c"])
def test_nothing_in_a_trace_reaches_the_terminal_raw(evil: str) -> None:
    trace = trajectory()
    said = tuple(m.model_copy(update={"content": f"a{evil}b"}) for m in trace.messages)
    task = trace.task.model_copy(update={"query": f"q{evil}"})
    text = shown(trace.model_copy(update={"messages": said, "task": task}))
    assert evil not in text.replace("\r\n", "\n")
    assert "\\x" in text


def test_markup_is_only_text() -> None:
    message = Message(role="assistant", content="[bold]not bold[/bold] [link=x]y[/link]", origin="sampled")
    text = shown(trajectory().model_copy(update={"messages": (message,)}))
    assert "[bold]not bold[/bold]" in text


def test_long_observations_are_shortened_unless_asked() -> None:
    message = Message(role="assistant", content="x" * 5000, origin="sampled")
    trace = trajectory().model_copy(update={"messages": (message,)})
    assert "3800 more characters" in shown(trace)
    assert shown(trace, whole=True).count("x") >= 5000


def test_the_strip_has_a_mark_for_each_step() -> None:
    trace = trajectory()
    assert len(strip(trace).plain) == len(trace.steps)


def test_clean_keeps_ordinary_text() -> None:
    assert clean("Grüße\n\t你好 🙂 שלום") == "Grüße\n\t你好 🙂 שלום"


def test_where_a_trajectory_comes_from_is_told() -> None:
    trace = descended()
    text = " ".join(shown(trace, width=400, others=("a-2", "a-3")).split())
    for fact in facts(trace):
        assert fact.text.replace("\x1b", "\\x1b") in text
    assert "repaired: from a-1" in text
    assert "mutated: one step was planted in b-1" in text
    assert "attempts at this task: a-2, a-3" in text
    assert "outage: call 2 of search fails on purpose (timeout)" in text
    assert "every call of python fails on purpose (out_of_service)" in text
    assert "rows.jsonl, line 7 (openai), id 31; it does not tell tools" in text


def test_a_plain_trajectory_has_no_lineage() -> None:
    assert list(facts(trajectory())) == []


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        ("pass", "", "every step passes and the answer is right"),
        ("unscored", NOTHING_KNOWN, "no step fails; there is no reference to hold the answer to"),
    ],
)
def test_a_kept_trace_tells_whether_its_answer_was_held_to_anything(status: Any, reason: str, told: str) -> None:
    trace = trajectory()
    given = [("pass", "") for _ in trace.steps[:-1]] + [(status, reason)]
    verdicts = tuple(
        Verdict(grader=ANSWER_GRADER, version="1", source="oracle", step=n, status=how, reason=why)
        for n, (how, why) in enumerate(given)
    )
    kept = trace.model_copy(update={"verdicts": verdicts, "decision": Decision(outcome="keep")})
    assert told in shown(kept)
    assert told in alone(kept)
