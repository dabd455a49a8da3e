# ruff: noqa: E501  (wordings are data: they read best unbroken)
"""Write tests for a function that is only described. The answer is a program of tests: it has to pass a right function, and to find out at
least four fifths of the wrong ones.

Truth paths: as for `list_function`. The wrong functions are the specification's one-place mutants that an input of many tells apart, so
tests that find out all of them exist. `difficulty` is the number of operations.
"""

import random
from collections.abc import Sequence

from scenarios.families._programs import EXAMPLE, ProgramFamily, handed_over, mistakes, program_oracle, steps_of, strays
from scenarios.families.list_function import KILLED, STEPS, spec_of, telling, two_truths
from scenarios.family import Ask, TruthError
from scenarios.moves import make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Spec, code_of, evaluate, inputs
from scenarios.slots import text
from scenarios.wording import Form
from traces.task import Oracle, Suspects

LEAST = 2
"""Wrong functions that a task needs at least, so that a share of them says something."""
FORM = Form(
    "tests",
    {"name": text(r"[a-z_]+"), "steps": STEPS},
    {
        "plain": (
            "Write tests for a Python function {name}(xs) on a list of integers, as a function check(candidate) of asserts. It should {steps}.",
            "I need unit tests, as check(candidate) with asserts, for {name}(xs). For a list of integers it has to {steps}.",
        ),
        "terse": (
            "Tests for {name}(xs) as check(candidate), asserts only. Spec: {steps}.",
            "check(candidate) for {name}(xs), list of ints, with asserts. It must {steps}.",
        ),
        "chatty": (
            "can you write me some good tests for {name}(xs)? just a check(candidate) with asserts. it gets ints and should {steps}",
            "my colleague codes {name}(xs) and I do the tests, as check(candidate) with asserts. It's supposed to {steps}.",
        ),
        "formal": (
            "Please provide a test function check(candidate), consisting of assertions, for {name}(xs), which for a list of integers shall {steps}.",
            "Kindly write assertions in a function check(candidate) by which any faulty {name}(xs) is found out. Specification: {steps}.",
        ),
        "indirect": (
            "I'd like to have a check(candidate) with asserts that notices when {name}(xs) is wrong. It would {steps}.",
            "It would help me to have tests, a check(candidate) with asserts, for {name}(xs), meant to {steps}.",
        ),
        "context": (
            "Three teams hand in {name}(xs) next week. We need a check(candidate) with asserts to try theirs. By contract it has to {steps}.",
            "Our pipeline broke because nobody tested {name}(xs). I want a check(candidate) with asserts for it. The comment says: {steps}.",
        ),
    },
)


class TestWriting(ProgramFamily):
    """Tests from words."""

    __test__ = False
    name = "test_writing"
    summary = "write tests for a described function; they have to pass a right one and to find out wrong ones"
    form = FORM
    names = ("prune", "shape", "fold", "order", "screen", "crunch")
    declined = "tests it could write"

    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        ask: Ask = {"kind": "tests", "name": name, "steps": steps_of(spec)}
        return ask, program_oracle("check", "a test", suspects_of(spec, name, rng))

    def play(self, ask: Ask, mind: Mind) -> Policy:
        return _play(ask, mind)


def suspects_of(spec: Spec, name: str, rng: random.Random) -> Suspects:
    """The right function and wrong ones. Raises TruthError where too few differ, or the two truths do."""
    cases = inputs(rng, 120)
    two_truths(spec, name, cases)
    wrong = list(dict.fromkeys(m for _, m in mistakes(spec, cases)))
    codes = tuple(code_of(mutant, name) for mutant in wrong)
    found = {m for _, m in mistakes(spec, _cases(spec))} & set(wrong)
    if len(found) < KILLED * len(wrong):
        raise TruthError(f"test_writing: few lists find out only {len(found)} of {len(wrong)} mutants of {spec}")
    if len(codes) < LEAST:
        raise TruthError(f"test_writing: only {len(codes)} mutants of {spec} can be told from it")
    return Suspects(entry_point=name, reference=code_of(spec, name), mutants=codes, least=KILLED)


def _play(ask: Ask, mind: Mind) -> Policy:
    """Write the function too, see on many lists what it gives, and choose lists that tell mistakes apart."""
    spec, name = spec_of(ask["steps"]), ask["name"]
    cases = _cases(spec)
    wrong = mistakes(spec, cases)
    careless = mind.rng.choice(wrong) if wrong and strays(mind, spec) else None
    test = _test(careless[1] if careless else spec, cases)
    if mind.slips("skips_tool", "D2", "hands over tests that were never run"):
        if careless:
            mind.admit("code_bug", "C6", careless[0])
        return handed_over(mind, mind.rng.choice(_ANSWERS).format(name=name), test)
    if careless:
        mind.admit("code_bug", "C6", f"takes the function for one that {careless[0]}")
    own = code_of(careless[1] if careless else spec, name)
    tried = f"{own}\nfor xs in {cases}:\n    print(xs, {name}(xs))"
    what = f"what a {name} of my own gives for lists that tell mistakes apart"
    yield from make(mind, say(mind.rng, "code", what), Call("python", {"code": tried}))
    checked = f"{test}\ncheck({name})\nprint('passed')"
    yield from make(mind, "Now the tests themselves.", Call("python", {"code": checked}))
    return handed_over(mind, mind.rng.choice(_ANSWERS).format(name=name), test)


def _cases(spec: Spec) -> list[list[int]]:
    """Lists that tell mistakes apart, whoever chooses them. Raises TruthError where a few do not."""
    rng = random.Random(f"tests {spec}")
    return telling(spec, [[], EXAMPLE, *inputs(rng, 8)[2:]], inputs(rng, 300), 24)


def _test(spec: Spec, cases: Sequence[list[int]]) -> str:
    asserts = [f"    assert candidate({xs}) == {evaluate(spec, xs)!r}" for xs in cases]
    return "\n".join(["def check(candidate):", *asserts]) + "\n"


_ANSWERS = (
    "These tests cover `{name}`:",
    "Tests for `{name}`:",
    "Here is `check` for `{name}`:",
)
