"""Mend a Python function that does not do what is said of it. The answer is the mended program, tried on hidden tests in fresh sessions.

The broken function is a one-place mutant, confirmed to differ on the example that the query shows. Truth paths and hidden tests are
those of `list_function`. `difficulty` is the number of operations.
"""

import random
import re

from scenarios.families._common import brief_for, refusal, worded
from scenarios.families.list_function import STEPS, hidden_tests, spec_of, steps_of
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, guarded, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Spec, code_of, draw, evaluate, inputs, mutants
from scenarios.slots import text
from scenarios.wording import Form, Slot, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Oracle, PlanNode, Task


def _read_code(said: str) -> str:
    """The function again: a head and lines of one depth, whatever became of the blanks before them."""
    head, *body = [" ".join(line.split()) for line in said.strip("`").removeprefix("python").strip().splitlines()]
    return "\n".join([head, *(f"    {line}" for line in body)]) + "\n"


CODE = Slot(r"```python\s.{10,900}?\n\s*```", lambda code, _: f"\n```python\n{code}```\n", _read_code)
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
            "Hey, can you spot what's off here? {name} should {steps} {code} and yet {given} comes out wrong.",
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


class FixFunction(Family):
    """Code mended."""

    name = "fix_function"
    summary = "mend a Python function with one mistake in it; hidden tests decide"

    @property
    def wordings(self) -> Wordings:
        return Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        spec, name = (
            draw(rng, level := rng.randint(1, 3)),
            rng.choice(("scan", "gather", "reckon", "sift", "figure", "merge")),
        )
        broken, given = _broken(spec, rng)
        ask: Ask = {
            "kind": "mend",
            "name": name,
            "steps": steps_of(spec),
            "code": code_of(broken, name),
            "given": given,
        }
        tests = hidden_tests(spec, name, rng)
        brief = brief_for(self.name, ask, rng)
        node = PlanNode(id="n0", op="run", args={"what": f"the function {name}"}, tool="python")
        proof = {
            "execution": "Whether the mended function is right shows only when it is run; the tests are hidden.",
            "counterfactual": "Without an interpreter the mended function is handed over untried.",
        }
        answer = Answer(kind="program", value=name)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=("python",),
            oracle=Oracle(answer=answer, plan=(node,), tests=tests, calls="required", proof=proof),
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
    if mind.slips("refuses", "G5", "declines a function it could mend"):
        return refusal(mind)
    if mind.slips("skips_tool", "D2", "hands over code that was never run"):
        return _handed_over(mind, code_of(spec, name), name)
    first = f"{ask['code']}\nprint({name}({given}))"
    yield from make(mind, f"First I run it as it is on {given}.", Call("python", {"code": first}))
    left_in = mind.tempted("code_bug")
    code = ask["code"] if left_in else code_of(spec, name)
    if not left_in:
        trial = f"{code}\nprint({name}({given}), {name}([]))"
        yield from make(mind, say(mind.rng, "check", f"the mended {name}"), Call("python", {"code": trial}))
    else:
        mind.admit("code_bug", "C6", "hands the function back with the mistake in it")
    return _handed_over(mind, code, name)


def _handed_over(mind: Mind, code: str, name: str) -> str:
    return finish(mind, f"{mind.rng.choice(_ANSWERS).format(name=name)}\n\n```python\n{code}```")


_ANSWERS = (
    "Here is the mended `{name}`:",
    "With the mistake removed:",
    "This version of `{name}` does what was meant:",
)
