"""A specification means the same in every language, shown by running it."""

import json
import random
from collections.abc import AsyncIterator

import pytest

from scenarios.programs import LANGUAGES, Op, Spec, code_of, draw, evaluate, inputs, ported, returns_of, spec_of_code
from scenarios.programs.spec import KINDS
from tools.sandbox import LocalSessions
from tools.trials import Example, Port, attempt_port
from tools.trials.dialects import absent

SLOW = ("cpp", "java", "rust", "go")


def every_operation() -> list[Spec]:
    """Specifications in which each operation stands at least once, with a constant that may be negative."""
    arranged = [tuple(map(_op, names)) for names in _pairs(KINDS["arrange"])]
    changed = [tuple(map(_op, names)) for names in _pairs(KINDS["change"])]
    kept = [(_op(name),) for name in KINDS["keep"]]
    length = max(len(arranged), len(changed), len(kept), len(KINDS["result"]))
    return [
        Spec(kept[i % len(kept)], changed[i % len(changed)], arranged[i % len(arranged)], Op(KINDS["result"][i % 6]))
        for i in range(length)
    ]


def _op(name: str) -> Op:
    constants = {"above": -2, "at_least": -3, "below": 60, "at_most": 50, "add": 4, "subtract": 7, "times": 3}
    return Op(name, 3 if name in ("first", "last", "multiple", "no_multiple") else constants.get(name, 0))


def _pairs(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [names[i : i + 2] for i in range(0, len(names), 2)]


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


LANGUAGE = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGE)
async def test_every_operation_is_the_same_as_in_python(language: str, sessions: LocalSessions) -> None:
    if why := absent(language):
        pytest.skip(why)
    for spec in every_operation():
        examples = tuple(Example(xs, json.dumps(evaluate(spec, xs))) for xs in inputs(random.Random(3), 30))
        port = Port(language, "pick", returns_of(spec), examples)
        found = await attempt_port(port, ported(spec, "pick", language), sessions)
        assert found.passed, f"{spec}\n{found.reason}\n{ported(spec, 'pick', language)}"


def test_python_code_reads_back_to_its_specification() -> None:
    rng = random.Random(4)
    specs = [*every_operation(), *(draw(rng, 1 + i % 3) for i in range(300))]
    assert [spec_of_code(code_of(spec, "pick")) for spec in specs] == specs


@pytest.mark.parametrize(
    "code", ["def f(xs):\n    pass", "def f(xs):\n    return eval(xs)", "def f(xs):\n    xs = sorted(xs)"]
)
def test_other_code_is_not_read(code: str) -> None:
    with pytest.raises(ValueError, match=r"is no|gives back nothing"):
        spec_of_code(code)
