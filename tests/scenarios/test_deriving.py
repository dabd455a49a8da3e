"""Tasks made out of one's own code problems, each proven by running it."""

from collections.abc import AsyncIterator

import pytest

from agents.trying import trial_of
from scenarios.family import TruthError
from scenarios.parts.tasks import Derivation
from scenarios.sets import CodeRow
from scenarios.sets.deriving import derived, is_derived, seed_of_row
from tools.sandbox import LocalSessions
from tools.trials import CodeProblem
from tools.trials.dialects import absent
from traces.task import Calls, Suspects, Task
from traces.task import Tests as Hidden

RUNS = CodeRow(
    "runs",
    7,
    CodeProblem(
        'def runs(xs):\n    """How often a number is the same as the one before it."""\n',
        "runs",
        "def check(candidate):\n    assert candidate([1, 1, 2, 2]) == 2\n    assert candidate([]) == 0\n    assert candidate([3, 1]) == 0",
    ),
    "    return sum(a == b for a, b in zip(xs, xs[1:]))\n",
)
COPRIME = CodeRow(
    "coprime",
    8,
    CodeProblem(
        "Whether two whole numbers have no common factor.",
        "double",
        "assert double(8, 9)\nassert not double(8, 6)\nassert double(1, 5)",
    ),
    "import math\n\ndef double(a, b):\n    return math.gcd(a, b) == 1\n",
)
WORDS = CodeRow(
    "words",
    9,
    CodeProblem("", "shout", "assert shout('a') == 'A!'"),
    "def shout(text):\n    return text.upper() + '!'\n",
)
RIGHT = {
    "javascript": "const {name} = (a, b) => {{ while (b) [a, b] = [b, a % b]; return Math.abs(a) === 1 ? 1 : 0; }};",
    "c": "long long {name}(long long a, long long b) {{ while (b) {{ long long t = a % b; a = b; b = t; }} return a == 1 || a == -1; }}",
    "cpp": "#include <numeric>\nlong long {name}(long long a, long long b) {{ return std::gcd(a, b) == 1; }}",
    "rust": "fn {name}(a: i64, b: i64) -> i64 {{ let (mut a, mut b) = (a, b); while b != 0 {{ let t = a % b; a = b; b = t; }}"
    " (a.abs() == 1) as i64 }}",
    "go": "func {name}(a, b int64) int64 {{ for b != 0 {{ a, b = b, a%b }}; if a == 1 || a == -1 {{ return 1 }}; return 0 }}",
    "bash": "{name}() {{ local a=$1 b=$2 t; while (( b )); do t=$(( a % b )); a=$b; b=$t; done; echo $(( a == 1 || a == -1 )); }}",
}


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


async def made(row: CodeRow, how: Derivation, sessions: LocalSessions, chance: int = 1) -> Task:
    seed = seed_of_row(row, how, "problem_set", ("python",), 0)
    assert is_derived(seed)
    return await derived(seed, sessions, chance)


async def test_a_function_on_a_list_is_translated_on_more_than_fifty_inputs(sessions: LocalSessions) -> None:
    task = await made(RUNS, "translate", sessions)
    assert task.oracle
    assert isinstance(task.oracle.tests, Calls)
    assert (task.oracle.tests.arity, task.oracle.tests.returns) == (0, "number")
    assert len(task.oracle.tests.cases) >= 54
    assert not is_derived(task)


@pytest.mark.parametrize("language", RIGHT)
async def test_a_function_of_numbers_is_judged_in_each_language(
    language: str, sessions: LocalSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    if why := absent(language):
        pytest.skip(why)
    monkeypatch.setattr("scenarios.sets.deriving.absent", lambda other: "" if other == language else "left out here")
    task = await made(COPRIME, "translate", sessions)
    assert task.oracle
    tests = task.oracle.tests
    assert isinstance(tests, Calls)
    assert (tests.language, tests.arity, len(tests.cases) >= 54) == (language, 2, True)
    right = RIGHT[language].format(name=tests.entry_point)
    assert (await trial_of(tests, f"```{language}\n{right}\n```", sessions)).passed
    wrong = right.replace("== 1", "== 2")
    assert not (await trial_of(tests, f"```{language}\n{wrong}\n```", sessions)).passed


async def test_inputs_for_which_a_function_never_ends_or_grows_too_large_are_left_out(sessions: LocalSessions) -> None:
    code = "import math\n\ndef product(n):\n    while n == 6:\n        pass\n    return math.factorial(max(n, 0)) + min(n, 0)\n"
    row = CodeRow("product", 3, CodeProblem("", "product", "assert product(5) == 120"), code)
    task = await made(row, "translate", sessions)
    assert task.oracle
    assert isinstance(task.oracle.tests, Calls)
    assert (6,) not in [case.given for case in task.oracle.tests.cases]
    assert len(task.oracle.tests.cases) >= 54


async def test_what_no_other_language_is_asked_for_is_told(sessions: LocalSessions) -> None:
    with pytest.raises(TruthError, match="line 9: translate: shout has no form"):
        await made(WORDS, "translate", sessions)


async def test_a_planted_fault_is_confirmed_by_the_rows_own_tests(sessions: LocalSessions) -> None:
    task = await made(RUNS, "mend", sessions)
    assert task.oracle
    assert isinstance(task.oracle.tests, Hidden)
    assert not (await trial_of(task.oracle.tests, task.query, sessions)).passed
    assert (await trial_of(task.oracle.tests, RUNS.solution, sessions)).passed


async def test_tests_are_tried_on_the_solution_and_its_mutants(sessions: LocalSessions) -> None:
    task = await made(RUNS, "test", sessions)
    assert task.oracle
    assert isinstance(task.oracle.tests, Suspects)
    assert (await trial_of(task.oracle.tests, RUNS.problem.test, sessions)).passed
    lame = "def check(candidate):\n    assert candidate([]) == 0\n"
    assert not (await trial_of(task.oracle.tests, lame, sessions)).passed


async def test_a_document_is_asked_about_the_whole_function(sessions: LocalSessions) -> None:
    task = await made(RUNS, "document", sessions)
    assert task.oracle
    assert task.oracle.rebuilt
    assert "zip(xs, xs[1:])" in task.query


async def test_a_solution_that_fails_its_own_tests_gives_nothing(sessions: LocalSessions) -> None:
    with pytest.raises(TruthError, match="line 7: the solution fails its own tests"):
        await made(RUNS._replace(solution="    return 0\n"), "document", sessions)
