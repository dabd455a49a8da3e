"""Write a small Python function from a description. The answer is a program, tried on hidden tests in fresh sandbox sessions.

Truth paths: the specification evaluated, against the same written as Python and run, on forty inputs. The hidden tests kill at least four
fifths of the specification's one-place mutants, or the task is thrown away. `difficulty` is the number of operations.
"""

import random
import re
from typing import Any

from scenarios.families._common import brief_for, refusal, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import Move, finish, guarded, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Op, Spec, code_of, draw, evaluate, inputs, mutants
from scenarios.programs.writing import PHRASES
from scenarios.slots import text
from scenarios.wording import Form, Slot, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task, Tests

KILLED = 0.8
"""The least share of mutants that hidden tests must tell from the right function."""
_NAMES = ("summarise", "pick", "digest", "process", "refine", "tally", "collect", "condense", "distil", "transform")
_EXAMPLE = [3, -8, 14, 7, 7, 22, -5, 40]


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
            "Hey, quick one: I want {name}(xs) in Python. Given some integers it must {steps}.",
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


class ListFunction(Family):
    """Code from words."""

    name = "list_function"
    summary = "write a Python function on a list from its description; hidden tests decide"

    @property
    def wordings(self) -> Wordings:
        return Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        spec, name = draw(rng, level := rng.randint(1, 3)), rng.choice(_NAMES)
        ask: Ask = {"kind": "function", "name": name, "steps": steps_of(spec)}
        tests = hidden_tests(spec, name, rng)
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=("python",),
            oracle=_oracle(spec, name, tests),
            difficulty=min(9, len(ask["steps"])),
            knobs={"level": level},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(_solve(ask, mind))


def steps_of(spec: Spec) -> list[list[Any]]:
    return [list(op) for op in (*spec.keep, *spec.change, *spec.arrange, spec.result)]


def spec_of(steps: list[list[Any]]) -> Spec:
    """The specification whose operations these are, in their order."""
    ops = [Op(name, constant) for name, constant in steps]
    kinds = {name: kind for kind, names in _KINDS.items() for name in names}
    fields = {kind: tuple(op for op in ops if kinds[op.name] == kind) for kind in ("keep", "change", "arrange")}
    return Spec(fields["keep"], fields["change"], fields["arrange"], ops[-1])


_KINDS = {
    "keep": ("even", "odd", "above", "at_least", "below", "at_most", "multiple", "no_multiple"),
    "change": ("add", "subtract", "times", "square", "negate", "absolute", "digits"),
    "arrange": ("sort", "sort_down", "reverse", "distinct", "first", "last", "second"),
    "result": ("list", "sum", "count", "largest", "smallest", "alternating"),
}


def hidden_tests(spec: Spec, name: str, rng: random.Random) -> Tests:
    """Tests of a specification: examples, that the argument is left as it was, and that equal calls give equal results.

    Raises TruthError where the two truths differ, or the tests tell too few mutants apart.
    """
    cases = _telling(spec, inputs(rng, 10), inputs(rng, 300))
    _two_truths(spec, name, [*cases, *inputs(rng, 30)])
    lines = [f"    assert candidate({xs}) == {evaluate(spec, xs)!r}" for xs in cases]
    lines += [f"    xs = {_EXAMPLE}", "    assert candidate(xs) == candidate(list(xs))", f"    assert xs == {_EXAMPLE}"]
    return Tests(entry_point=name, test="def check(candidate):\n" + "\n".join(lines) + "\n")


def _two_truths(spec: Spec, name: str, cases: list[list[int]]) -> None:
    space: dict[str, Any] = {}
    exec(code_of(spec, name), space)  # our own text, made from the specification
    for xs in cases:
        if space[name](list(xs)) != evaluate(spec, xs):
            raise TruthError(f"list_function: the code of {spec} gives {space[name](list(xs))} for {xs}")


def _telling(spec: Spec, cases: list[list[int]], many: list[list[int]]) -> list[list[int]]:
    """The cases, and of many more those that tell a mutant apart which none did so far.

    Mutants that no input tells apart are equivalent and do not count.
    """
    left = [m for _, m in mutants(spec) if not any(_differ(m, spec, xs) for xs in cases)]
    for xs in many:
        if any(_differ(m, spec, xs) for m in left) and len(cases) < 24:
            cases.append(xs)
            left = [m for m in left if not _differ(m, spec, xs)]
    real = [m for _, m in mutants(spec) if any(_differ(m, spec, xs) for xs in (*cases, *many))]
    alive = sum(any(_differ(m, spec, xs) for xs in many) for m in left)
    if not real or 1 - alive / len(real) < KILLED:
        raise TruthError(f"list_function: the tests leave {alive} of {len(real)} mutants of {spec} alive")
    return cases


def _differ(one: Spec, other: Spec, xs: list[int]) -> bool:
    return evaluate(one, xs) != evaluate(other, xs)


def _oracle(spec: Spec, name: str, tests: Tests) -> Oracle:
    node = PlanNode(id="n0", op="run", args={"what": f"the function {name}"}, tool="python")
    proof = {
        "execution": "Whether the function is right shows only when it is run; the tests are hidden.",
        "counterfactual": "Without an interpreter the function is handed over untried.",
    }
    answer = Answer(kind="program", value=name)
    return Oracle(answer=answer, plan=(node,), tests=tests, calls="required", proof=proof)


def _solve(ask: Ask, mind: Mind) -> Policy:
    spec, name = spec_of(ask["steps"]), ask["name"]
    if mind.slips("refuses", "G5", "declines a function it could write"):
        return refusal(mind)
    wrong = [(why, mutant) for why, mutant in mutants(spec) if evaluate(mutant, _EXAMPLE) != evaluate(spec, _EXAMPLE)]
    careless = mind.rng.choice(wrong) if wrong and mind.tempted("code_bug") else None
    code = code_of(careless[1] if careless else spec, name)
    if not mind.slips("skips_tool", "D2", "hands over code that was never run"):
        yield from _try(mind, code, name, careless)
    elif careless:
        mind.admit("code_bug", "C6", careless[0])
    says = mind.rng.choice(_ANSWERS).format(name=name)
    return finish(mind, f"{says}\n\n```python\n{code}```")


def _try(mind: Mind, code: str, name: str, careless: tuple[str, Spec] | None) -> Move[None]:
    """Run the function on an example and on nothing at all."""
    if careless:
        mind.admit("code_bug", "C6", careless[0])
    trial = f"{code}\nprint({name}({_EXAMPLE}))\nprint({name}([]))"
    yield from make(mind, say(mind.rng, "code", f"a trial of {name}"), Call("python", {"code": trial}))


_ANSWERS = (
    "Here is `{name}`:",
    "This function does it:",
    "Here you go.",
    "`{name}` in Python:",
    "The function, as described:",
)
