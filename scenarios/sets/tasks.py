"""Problems of a set as tasks.

The query is the problem's own text; what is right comes from the row, and nothing is known of the way there.
"""

from scenarios.family import NoProblem
from scenarios.sets.rows import BrokenRow, CodeRow, MathRow, Row
from tools.trials import ProgramError
from tools.trials.program import code_of, test_form
from tools.trials.script import SCRIPT
from traces.imports.truth import read_reference
from traces.task import Answer, Oracle, Task, Tests

SET = "problem_set"
"""The family that such tasks are counted under."""
_PROGRAM = "{prompt}\n\nWrite it in Python, as a whole program that reads standard input and prints the answer, in one block of code."
_PROOF = {"reference": "given with the problem; it says nothing of the way there"}
_COMPLETE = "Complete this Python code. Give the whole of it, ready to run, in one block.\n\n```python\n{prompt}\n```"
_WRITE = "{prompt}\n\nWrite it in Python, as `{name}`, ready to run, in one block of code."


def task_of(row: Row, tools: tuple[str, ...], index: int) -> Task:
    """The task of a row. Raises NoProblem for a row that is no problem."""
    match row:
        case BrokenRow():
            raise NoProblem(f"line {row.line}: {row.why}")
        case MathRow():
            return _task(row.problem, read_reference(list(row.answers)), tools, index)
        case CodeRow():
            return _task(_asked(row), _program(row), tools, index)


def _task(query: str, oracle: Oracle | None, tools: tuple[str, ...], index: int) -> Task:
    return Task(family=SET, query=query, tools=tools, oracle=oracle, index=index)


def _asked(row: CodeRow) -> str:
    prompt, name = row.problem.prompt.strip("\n"), row.problem.entry_point
    if name == SCRIPT:
        return _PROGRAM.format(prompt=prompt)
    if code_of(row.problem.prompt):
        return _COMPLETE.format(prompt=prompt)
    return _WRITE.format(prompt=prompt, name=name).strip()


def _program(row: CodeRow) -> Oracle:
    try:
        test_form(row.problem.test)
    except ProgramError as error:
        raise NoProblem(f"line {row.line}: {error}") from None
    tests = Tests(prompt=row.problem.prompt, entry_point=row.problem.entry_point, test=row.problem.test)
    answer = Answer(kind="program", value=row.problem.entry_point)
    return Oracle(answer=answer, tests=tests, calls="optional", proof=_PROOF)
