"""Further tasks out of one's own code problems that come with a solution: translate it, say in words what it does, mend a fault planted
in it, write tests for it. Each is proven by running it when it is made, and judged like the families of the same kind.

    translate  the function in another language; for one list of whole numbers, or one to four whole numbers, that gives such a thing
    document   words from which the function can be written again, so that it passes the row's tests
    mend       a one-place mutant, confirmed to fail the row's tests, made right again
    test       tests that pass the solution and find out its confirmed mutants

What cannot be derived raises TruthError with the reason, which the report counts.
"""

import ast
import asyncio
import json
import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from scenarios.family import TruthError
from scenarios.parts.tasks import Derivation
from scenarios.sets.rows import CodeRow
from tools.sandbox.session import SessionSource
from tools.trials import CodeProblem, ProgramError, attempt
from tools.trials.dialects import DIALECTS, Returns, absent, free_name, promise
from tools.trials.mutation import Mutant, mutants_of
from tools.trials.program import whole_program
from tools.trials.script import SCRIPT
from traces.task import Answer, Brief, Called, Calls, Oracle, Rebuilt, Suspects, Task, Tests

LEAST, INPUTS = 54, 60
"""Inputs on which a translation has to agree: at least so many, at most so many."""
_DRAWN = 150
_SAFE = 2**53
"""Beyond it JavaScript's numbers are no longer exact."""
_MUTANTS = 8
_SECONDS = 15.0
_PATIENCE = 0.2
"""Seconds for one input: some functions never end for what they were not made for, and such an input is left out."""
_MUTANT_SECONDS = 5.0
"""For a mutant, some of which never end."""
_ABREAST = 4
FAMILY = {"translate": "translation", "document": "documentation", "mend": "fix_function", "test": "test_writing"}
"""The family of the same kind: the technique under which the report counts such a task."""
_PROOF = {"execution": "It was run when the task was made; whether an answer is right shows only when that is run."}
_TRANSLATE = "Translate this Python function to {language}.\n\n```python\n{code}\n```\n\nWhat I need: {promise}."
_DOCUMENT = (
    "Say in words, without any code, what this Python function does, so that someone who never sees it could write it again: what it "
    "takes, what it gives back, and what happens in border cases.\n\n```python\n{code}\n```"
)
_MEND = (
    "{said}There is a mistake in it. Give me the whole mended function in one block of code.\n\n```python\n{code}\n```"
)
_TEST = (
    "Write tests for a Python function `{name}`, as one function `check(candidate)` of asserts in one block of code. They have to pass "
    "where the function is right and to fail where it is wrong.{said}\n\nThe function:\n\n```python\n{code}\n```"
)


class _Shape(NamedTuple):
    """What a function takes and gives: `arity` whole numbers, or one list of them where that is 0."""

    arity: int
    returns: Returns


def seed_of_row(row: CodeRow, how: Derivation, family: str, tools: tuple[str, ...], index: int) -> Task:
    """What is to be derived, as a task without an oracle; its brief holds the row."""
    ask = {"derive": how, "id": row.id, "line": row.line, "solution": row.solution, **row.problem._asdict()}
    knobs: dict[str, int | float | str | bool] = {"technique": FAMILY[how]}
    query = f"{how} {row.id}: {row.problem.entry_point}"
    return Task(family=family, query=query, brief=Brief(family=family, ask=ask), tools=tools, knobs=knobs, index=index)


def is_derived(task: Task) -> bool:
    """Whether a task is still to be derived."""
    return task.oracle is None and task.brief is not None and "derive" in task.brief.ask


async def derived(seed: Task, sessions: SessionSource, chance: int) -> Task:
    """The task. Raises TruthError where there is none, SandboxError where the sandbox fails."""
    assert seed.brief, "what is derived has a brief"
    ask, rng = seed.brief.ask, random.Random(chance)
    problem = CodeProblem(ask["prompt"], ask["entry_point"], ask["test"])
    if problem.entry_point == SCRIPT:
        raise TruthError(
            f"line {ask['line']}: {ask['derive']}: it is a whole program, of which no function can be taken"
        )
    try:
        program = whole_program(problem, ask["solution"])
    except ProgramError as error:
        raise TruthError(f"line {ask['line']}: {error}") from None
    if not (tried := await attempt(problem, ask["solution"], sessions)).passed:
        raise TruthError(f"line {ask['line']}: the solution fails its own tests: {tried.reason}")
    make = {"translate": _translate, "document": _document, "mend": _mend, "test": _test}[ask["derive"]]
    try:
        query, oracle = await make(problem, program, sessions, rng)
    except TruthError as error:
        raise TruthError(f"line {ask['line']}: {ask['derive']}: {error}") from None
    return seed.model_copy(update={"query": query, "oracle": oracle, "brief": None})


async def _document(problem: CodeProblem, program: str, _: SessionSource, __: random.Random) -> tuple[str, Oracle]:
    tests = Rebuilt(prompt=problem.prompt, entry_point=problem.entry_point, code=program, test=problem.test, times=2)
    oracle = Oracle(
        answer=Answer(kind="program", value=problem.entry_point), rebuilt=tests, calls="optional", proof=_PROOF
    )
    return _DOCUMENT.format(code=program.strip()), oracle


async def _mend(problem: CodeProblem, program: str, sessions: SessionSource, rng: random.Random) -> tuple[str, Oracle]:
    found = await _confirmed(problem, program, sessions, rng)
    if not found:
        raise TruthError("the tests find out no one-place mutant of the solution")
    said = (
        f"This Python function is part of the following task.\n\n{problem.prompt.strip()}\n\n" if problem.prompt else ""
    )
    tests = Tests(prompt=problem.prompt, entry_point=problem.entry_point, test=problem.test)
    return _MEND.format(said=said, code=found[0].code.strip()), _oracle(problem.entry_point, tests)


async def _test(problem: CodeProblem, program: str, sessions: SessionSource, rng: random.Random) -> tuple[str, Oracle]:
    found = await _confirmed(problem, program, sessions, rng)
    if len(found) < 2:
        raise TruthError(
            f"the tests find out {len(found)} one-place mutants of the solution; two are the least that says something"
        )
    codes = tuple(mutant.code for mutant in found)
    tests = Suspects(entry_point=problem.entry_point, reference=program, mutants=codes, least=0.8)
    return _TEST.format(name=problem.entry_point, said="", code=program.strip()), _oracle("check", tests)


async def _confirmed(problem: CodeProblem, program: str, sessions: SessionSource, rng: random.Random) -> list[Mutant]:
    """Mutants of the solution that the row's own tests find out."""
    mutants, gate = mutants_of(program, problem.entry_point, _MUTANTS, rng), asyncio.Semaphore(_ABREAST)

    async def wrong(mutant: Mutant) -> bool:
        async with gate:
            return not (await attempt(problem, mutant.code, sessions, _MUTANT_SECONDS)).passed

    found = await asyncio.gather(*map(wrong, mutants))
    return [mutant for mutant, is_wrong in zip(mutants, found, strict=True) if is_wrong]


async def _translate(
    problem: CodeProblem, program: str, sessions: SessionSource, rng: random.Random
) -> tuple[str, Oracle]:
    shape, cases = await _called(problem.entry_point, program, sessions, rng)
    languages = [one for one in DIALECTS if not absent(one) and (not shape.arity or DIALECTS[one].numbers)]
    if not languages:
        raise TruthError("no toolchain of another language is found on this machine")
    language = rng.choice(languages)
    name = free_name(language, problem.entry_point)
    tests = Calls(entry_point=name, language=language, returns=shape.returns, arity=shape.arity, cases=tuple(cases))
    asked = promise(language, name, shape.returns, shape.arity)
    query = _TRANSLATE.format(language=DIALECTS[language].title, code=program.strip(), promise=asked)
    return query, _oracle(name, tests)


async def _called(name: str, program: str, sessions: SessionSource, rng: random.Random) -> tuple[_Shape, list[Called]]:
    """The shape of the function, and inputs with what it gives. Raises TruthError for a shape that no other language is asked for."""
    why = "it takes neither one list of whole numbers nor one to four of them"
    for arity in _arities(program, name):
        drawn = _inputs(arity, rng)
        given = await _given(name, program, arity, drawn, sessions)
        cases = [(xs, right) for xs, right in zip(drawn, given, strict=True) if _fits(right)]
        returns = _returns([right for _, right in cases])
        if returns is None or (arity and returns != "number"):
            continue
        if len(cases) < LEAST:
            why = f"only {len(cases)} of {len(drawn)} inputs give whole numbers"
            continue
        chosen = _varied(cases)
        return _Shape(arity, returns), [Called(given=tuple(xs), right=json.dumps(right)) for xs, right in chosen]
    raise TruthError(f"{name} has no form that another language is asked for: {why}")


def _arities(program: str, name: str) -> list[int]:
    """What to call a function with: so many whole numbers, or 0 for a list."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.parse(program).body if isinstance(node, kinds) and node.name == name]
    if not found:
        return []
    arguments = found[-1].args
    needed = len(arguments.posonlyargs + arguments.args) - len(arguments.defaults)
    least = max(1, needed)
    if arguments.kwonlyargs or least > 4:
        return []
    return [0, 1] if least == 1 else [least]


def _inputs(arity: int, rng: random.Random) -> list[list[int]]:
    """Lists of many kinds, or so many numbers: small ones first, since some functions take long for large ones."""
    if not arity:
        fixed: list[list[int]] = [[], [0], [7, 7, 7], [-3, -8, -15], list(range(-6, 13))]
        return fixed + [rng.choices(range(-40, 100), k=rng.randint(1, 10)) for _ in range(_DRAWN - len(fixed))]
    if arity == 1:
        return [[n] for n in (*range(61), *range(-40, 0), *rng.sample(range(61, 1000), _DRAWN - 101))]
    return [[rng.randint(-9 if n % 3 == 0 else 0, 12 + n) for _ in range(arity)] for n in range(_DRAWN)]


async def _given(name: str, program: str, arity: int, drawn: Sequence[list[int]], sessions: SessionSource) -> list[Any]:
    """What the function gives for each input, from a fresh session; a text that says so where it gives nothing, or not twice the same."""
    session = await sessions.open()
    try:
        await session.run(program, _SECONDS)
        asked = _ASK.format(name=name, drawn=json.dumps(drawn), call="*xs" if arity else "list(xs)", patience=_PATIENCE)
        result = await session.run(asked, _SECONDS + 2 * _PATIENCE * len(drawn))
    finally:
        await session.close()
    lines = [json.loads(line[len(_MARK) :]) for line in result.stdout.splitlines() if line.startswith(_MARK)]
    return [*lines, *["not reached"] * (len(drawn) - len(lines))][: len(drawn)]


_MARK = "given: "
_ASK = """
import json, signal

def _late(*_):
    raise TimeoutError("too long")

signal.signal(signal.SIGALRM, _late)
for xs in json.loads({drawn!r}):
    try:
        signal.setitimer(signal.ITIMER_REAL, {patience})
        told = json.dumps({name}({call}))
        told = told if told == json.dumps({name}({call})) else json.dumps("changes")
    except BaseException as error:
        told = json.dumps(str(error))
    signal.setitimer(signal.ITIMER_REAL, 0)
    print("given: " + told, flush=True)
"""


def _fits(value: Any) -> bool:
    """Whether every language can say it exactly."""
    if isinstance(value, list):
        return all(type(one) is int and abs(one) < _SAFE for one in value)
    return value is None or isinstance(value, bool) or (type(value) is int and abs(value) < _SAFE)


def _returns(values: Sequence[Any]) -> Returns | None:
    """The kind of result all these are; truth values are told as 1 and 0."""
    kinds = {"list" if isinstance(v, list) else "none" if v is None else "number" for v in values}
    return {"list": "list", "number": "number", "none number": "maybe"}.get(" ".join(sorted(kinds)))  # type: ignore[return-value]


def _varied(cases: Sequence[tuple[list[int], Any]]) -> list[tuple[list[int], Any]]:
    """As many inputs as are wanted, those with results that no earlier one has first."""
    plain = [(xs, int(right) if isinstance(right, bool) else right) for xs, right in cases]
    seen: set[str] = set()
    new = [c for c in plain if not (json.dumps(c[1]) in seen or seen.add(json.dumps(c[1])))]  # type: ignore[func-returns-value]
    if len(new) < 2:
        raise TruthError("it gives the same for every input")
    return [*new, *(c for c in plain if c not in new)][:INPUTS]


def _oracle(name: str, tests: Tests | Calls | Suspects) -> Oracle:
    return Oracle(answer=Answer(kind="program", value=name), tests=tests, calls="optional", proof=_PROOF)
