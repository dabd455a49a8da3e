"""C6 at the step where a wrong program was first written, by the trials recorded with the trace.

Tests that ask for a wrong value may only hand on what an earlier program showed: then that program is the wrong one.
"""

import ast
import re
from dataclasses import dataclass
from typing import ClassVar

from graders.base import Case, Finding, Grader, Unscored
from graders.calls import kind_of, strings
from tools.trials.program import unfenced
from traces.record import Evidence, Execution, Step, VerdictSource
from traces.task import Demands


@dataclass(frozen=True)
class FirstWrongProgram(Grader):
    """Judges only traces whose final program fails: one that was wrong, seen to be wrong and mended is how code is written."""

    name: ClassVar[str] = "first_wrong_program"
    version: ClassVar[str] = "2"
    source: ClassVar[VerdictSource] = "oracle"
    codes: ClassVar[tuple[str, ...]] = ("C6",)

    def judge(self, case: Case, step: Step) -> Finding | Unscored | None:
        if case.oracle is None:
            return Unscored("nothing is known of the task") if step == case.final else None
        if case.oracle.tests is None or isinstance(case.oracle.tests, Demands):
            return None
        if not case.executions:
            return Unscored("no program was tried") if step == case.final else None
        *before, last = case.executions
        failed = next((e for e in before if not e.passed), None if last.passed else last)
        if last.passed or failed is None:
            return None
        shown = _shown_by(case, failed)
        if shown == step.index:
            here = Evidence(message=step.message, text=case.said(step).tool_calls[0].name)
            return Finding(
                "C6", "the program gives a value that is wrong, which the tests then ask for", (here,), silent=True
            )
        if failed is last or failed.step != step.index:
            return None
        text = case.said(step).tool_calls[0].name
        return Finding(
            "C6",
            f"the program is wrong: {failed.reason}",
            (Evidence(message=step.message, text=text),),
            propagated_from=shown,
            silent=True,
        )


_LINE = re.compile(r"line (\d+) of the test")


def _shown_by(case: Case, failed: Execution) -> int | None:
    """The earlier step whose program showed, on one line, what a failing assertion calls with and the value it asks for."""
    line = _LINE.search(failed.reason)
    asked = _asserted(case, failed.step, int(line[1])) if line else None
    if asked is None:
        return None
    given, value = map(_squeezed, asked)
    for step in case.steps[: failed.step]:
        for call in case.said(step).tool_calls:
            answer = case.answer_to(step, call) if kind_of(call) == "code" else None
            lines = [_squeezed(line) for line in answer.content.splitlines()] if answer else []
            if any(told.endswith(value) and told.removesuffix(value).endswith(given) for told in lines):
                return step.index
    return None


def _asserted(case: Case, step: int, line: int) -> tuple[str, str] | None:
    """What the assertion on a line of a step's tests calls with, and the value it asks for."""
    said = case.said(case.steps[step])
    code = next((t for c in said.tool_calls for t in strings(c.arguments) if "assert" in t), "") or unfenced(
        said.content, "check"
    )
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.lineno <= line <= (node.end_lineno or line):
            test = node.test
            if isinstance(test, ast.Compare) and isinstance(test.left, ast.Call) and isinstance(test.ops[0], ast.Eq):
                return ", ".join(map(ast.unparse, test.left.args)), ast.unparse(test.comparators[0])
    return None


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
