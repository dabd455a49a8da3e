"""Write a small Python function from a description. The answer is a program, tried on hidden tests in fresh sandbox sessions.

Truth paths: the specification evaluated, against the same written as Python and run, on forty inputs. The hidden tests kill at least four
fifths of the specification's one-place mutants, or the task is thrown away. `difficulty` is the number of operations.
"""

import random
import re
from typing import Any

from scenarios.families._programs import (
    EXAMPLE,
    ProgramFamily,
    handed_over,
    mistakes,
    program_oracle,
    slipped,
    steps_of,
)
from scenarios.family import Ask, TruthError
from scenarios.moves import Move, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Op, Spec, code_of, evaluate, inputs, mutants
from scenarios.programs.spec import KINDS
from scenarios.programs.writing import PHRASES
from scenarios.slots import text
from scenarios.wording import Form, Slot
from traces.task import Oracle, Tests

KILLED = 0.8
"""The least share of mutants that hidden tests must tell from the right function."""


def _write_steps(steps: list[list[Any]], rng: random.Random) -> str:
    said = [rng.choice(PHRASES[name]).format(k=constant) for name, constant in steps]
    return ", then ".join(said) if rng.random() < 0.5 else "; ".join(said)


def _read_steps(said: str) -> list[list[Any]]:
    return [_read_step(part) for part in re.split(r"\s*,\s*then\s+|\s*;\s*", said.strip().rstrip("."))]


def _read_step(said: str) -> list[Any]:
    flat = _flat(said)
    for name, phrases in PHRASES.items():
        for phrase in phrases:
            pattern = re.escape(_flat(phrase)).replace(re.escape("{k}"), r"(-?\d+)")
            if found := re.fullmatch(pattern, flat):
                return [name, int(found[1]) if found.groups() else 0]
    raise ValueError(f"{said!r} is no operation")


def _flat(said: str) -> str:
    """Without capitals and brackets: a bracket at the end is lost where a query is read."""
    return " ".join(re.sub(r"[()]", "", said).split()).casefold()


STEPS = Slot(r"[^\n]{10,600}?", _write_steps, _read_steps)
FORM = Form(
    "function",
    {"name": text(r"[a-z_]+"), "steps": STEPS},
    {
        "plain": (
            "Write a Python function {name}(xs) that takes a list of integers. It should {steps}.",
            "I need a Python function called {name}(xs) for a list of whole numbers. What it has to do: {steps}.",
        ),
        "terse": (
            "Python function {name}(xs), list of ints: {steps}.",
            "def {name}(xs) for a list of ints. Steps: {steps}.",
        ),
        "chatty": (
            "could you code me up a python function {name}(xs)? it gets a list of ints and should {steps}.",
            "so I want {name}(xs) in Python. Given some integers it must {steps}.",
        ),
        "formal": (
            "Please implement in Python a function {name}(xs) which, for a list xs of integers, shall {steps}.",
            "Kindly provide a Python implementation of {name}(xs). Given a list of integers, the function is to {steps}.",
        ),
        "indirect": (
            "I'd like to have a Python function {name}(xs) that would take a list of integers and {steps}.",
            "It would help me to have {name}(xs) in Python, where xs is a list of integers. It would {steps}.",
        ),
        "context": (
            "Our sensor log gives me lists of integers. I clean them with a Python function {name}(xs), which is lost. It used to {steps}.",
            "For a homework exercise I have to write {name}(xs) in Python; xs is a list of integers. The exercise says: {steps}.",
        ),
    },
)


class ListFunction(ProgramFamily):
    """Code from words."""

    name = "list_function"
    summary = "write a Python function on a list from its description; hidden tests decide"
    form = FORM
    names = ("summarise", "pick", "digest", "process", "refine", "tally", "collect", "condense", "distil", "transform")
    declined = "a function it could write"

    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        ask: Ask = {"kind": "function", "name": name, "steps": steps_of(spec)}
        return ask, program_oracle(name, "the function", hidden_tests(spec, name, rng))

    def play(self, ask: Ask, mind: Mind) -> Policy:
        return _solve(ask, mind)


def spec_of(steps: list[list[Any]]) -> Spec:
    """The specification whose operations these are, in their order."""
    ops = [Op(name, constant) for name, constant in steps]
    kinds = {name: kind for kind, names in KINDS.items() for name in names}
    fields = {kind: tuple(op for op in ops if kinds[op.name] == kind) for kind in ("keep", "change", "arrange")}
    return Spec(fields["keep"], fields["change"], fields["arrange"], ops[-1])


def hidden_tests(spec: Spec, name: str, rng: random.Random) -> Tests:
    """Tests of a specification: examples, that the argument is left as it was, and that equal calls give equal results.

    Raises TruthError where the two truths differ, or the tests tell too few mutants apart.
    """
    cases = telling(spec, inputs(rng, 10), inputs(rng, 300), 24)
    two_truths(spec, name, [*cases, *inputs(rng, 30)])
    lines = [f"    assert candidate({xs}) == {evaluate(spec, xs)!r}" for xs in cases]
    lines += [f"    xs = {EXAMPLE}", "    assert candidate(xs) == candidate(list(xs))", f"    assert xs == {EXAMPLE}"]
    return Tests(entry_point=name, test="def check(candidate):\n" + "\n".join(lines) + "\n")


def two_truths(spec: Spec, name: str, cases: list[list[int]]) -> None:
    """Raise TruthError where the written code gives something else than the specification."""
    space: dict[str, Any] = {}
    exec(code_of(spec, name), space)  # our own text, made from the specification
    for xs in cases:
        if space[name](list(xs)) != evaluate(spec, xs):
            raise TruthError(f"list_function: the code of {spec} gives {space[name](list(xs))} for {xs}")


def telling(spec: Spec, cases: list[list[int]], many: list[list[int]], most: int) -> list[list[int]]:
    """The cases, and of many more those that tell a mutant apart which none did so far; `most` in all, or as many as were given.

    Mutants that no input tells apart are equivalent and do not count.
    """
    left = [m for _, m in mutants(spec) if not any(_differ(m, spec, xs) for xs in cases)]
    for xs in many:
        if any(_differ(m, spec, xs) for m in left) and len(cases) < most:
            cases.append(xs)
            left = [m for m in left if not _differ(m, spec, xs)]
    real = mistakes(spec, [*cases, *many])
    alive = sum(any(_differ(m, spec, xs) for xs in many) for m in left)
    if not real or 1 - alive / len(real) < KILLED:
        raise TruthError(f"list_function: the tests leave {alive} of {len(real)} mutants of {spec} alive")
    return cases


def _differ(one: Spec, other: Spec, xs: list[int]) -> bool:
    return evaluate(one, xs) != evaluate(other, xs)


def _solve(ask: Ask, mind: Mind) -> Policy:
    spec, name = spec_of(ask["steps"]), ask["name"]
    careless = slipped(spec, mind)
    code = code_of(careless[1] if careless else spec, name)
    if not mind.slips("skips_tool", "D2", "hands over code that was never run"):
        yield from _try(mind, code, name, careless)
    elif careless:
        mind.admit("code_bug", "C6", careless[0])
    return handed_over(mind, mind.rng.choice(_ANSWERS).format(name=name), code)


def _try(mind: Mind, code: str, name: str, careless: tuple[str, Spec] | None) -> Move[None]:
    """Run the function on an example and on nothing at all."""
    if careless:
        mind.admit("code_bug", "C6", careless[0])
    trial = f"{code}\nprint({name}({EXAMPLE}))\nprint({name}([]))"
    yield from make(mind, say(mind.rng, "code", f"a trial of {name}"), Call("python", {"code": trial}))


_ANSWERS = (
    "Here is `{name}`:",
    "This function does it:",
    "Here you go.",
    "`{name}` in Python:",
    "The function, as described:",
)
