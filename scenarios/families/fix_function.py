"""Mend a Python function that does not do what is said of it. The answer is the mended program, tried on hidden tests in fresh sessions.

The broken function is a one-place mutant, confirmed to differ on the example that the query shows. Truth paths and hidden tests are
those of `list_function`. `difficulty` is the number of operations.
"""

import random
import re

from scenarios.families._programs import CODE, ProgramFamily, handed_over, program_oracle, steps_of, strays
from scenarios.families.list_function import STEPS, hidden_tests, spec_of
from scenarios.family import Ask, TruthError
from scenarios.moves import make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Spec, code_of, evaluate, inputs, mutants
from scenarios.slots import text
from scenarios.wording import Form, Slot
from traces.task import Oracle

LIST = Slot(r"\[[-\d, ]*\]", lambda xs, _: str(xs), lambda said: [int(n) for n in re.findall(r"-?\d+", said)])
FORM = Form(
    "mend",
    {"name": text(r"[a-z_]+"), "steps": STEPS, "code": CODE, "given": LIST},
    {
        "plain": (
            "This function should {steps}. {code} It gives a wrong result for {given}. Please give me the corrected {name}.",
            "The function below is meant to {steps}. {code} For {given} its result is wrong. What does the right {name} look like?",
        ),
        "terse": (
            "Fix {name}. It must {steps}. {code} Wrong for {given}.",
            "Bug in {name}, see {given}. Intended: {steps}. {code} Corrected code please.",
        ),
        "chatty": (
            "ugh, my {name} is broken!! it's supposed to {steps} {code} but look what it does with {given}. can you mend it?",
            "can you spot what's off here? {name} should {steps} {code} and yet {given} comes out wrong.",
        ),
        "formal": (
            "Please correct the function {name}, whose specification is to {steps}. {code} Its result for {given} is erroneous.",
            "The following implementation of {name} is faulty, as {given} shows. Specification: {steps}. {code} Kindly correct it.",
        ),
        "indirect": (
            "I'd like to know how {name} has to be changed so that it will {steps}. {code} At present it fails for {given}.",
            "It would be good if someone could mend {name}, which ought to {steps}. {code} The list {given} shows the mistake.",
        ),
        "context": (
            "A colleague left us {name}. The comment above it says: {steps}. {code} Our test with {given} fails. We need it mended today.",
            "I inherited this code and the test with {given} is red. By the notes {name} has to {steps}. {code} How should it be?",
        ),
    },
)


class FixFunction(ProgramFamily):
    """Code mended."""

    name = "fix_function"
    summary = "mend a Python function with one mistake in it; hidden tests decide"
    form = FORM
    names = ("scan", "gather", "reckon", "sift", "figure", "merge")
    declined = "a function it could mend"

    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        broken, given = _broken(spec, rng)
        code = code_of(broken, name)
        ask: Ask = {"kind": "mend", "name": name, "steps": steps_of(spec), "code": code, "given": given}
        return ask, program_oracle(name, "the mended function", hidden_tests(spec, name, rng))

    def play(self, ask: Ask, mind: Mind) -> Policy:
        return _solve(ask, mind)


def _broken(spec: Spec, rng: random.Random) -> tuple[Spec, list[int]]:
    """A mutant and a list that shows it. Raises TruthError where none of many lists shows any."""
    cases = inputs(rng, 40)
    shown = [
        (m, xs) for _, m in mutants(spec) for xs in cases if 2 < len(xs) < 9 and evaluate(m, xs) != evaluate(spec, xs)
    ]
    if not shown:
        raise TruthError(f"fix_function: no short list shows a mutant of {spec}")
    return rng.choice(shown)


def _solve(ask: Ask, mind: Mind) -> Policy:
    spec, name, given = spec_of(ask["steps"]), ask["name"], ask["given"]
    if mind.slips("skips_tool", "D2", "hands over code that was never run"):
        return handed_over(mind, mind.rng.choice(_ANSWERS).format(name=name), code_of(spec, name))
    first = f"{ask['code']}\nprint({name}({given}))"
    yield from make(mind, f"First I run it as it is on {given}.", Call("python", {"code": first}))
    left_in = strays(mind, spec)
    code = ask["code"] if left_in else code_of(spec, name)
    if not left_in:
        trial = f"{code}\nprint({name}({given}), {name}([]))"
        yield from make(mind, say(mind.rng, "check", f"the mended {name}"), Call("python", {"code": trial}))
    else:
        mind.admit("code_bug", "C6", "hands the function back with the mistake in it")
    return handed_over(mind, mind.rng.choice(_ANSWERS).format(name=name), code)


_ANSWERS = (
    "Here is the mended `{name}`:",
    "With the mistake removed:",
    "This version of `{name}` does what was meant:",
)
