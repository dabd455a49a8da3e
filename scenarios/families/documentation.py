# ruff: noqa: E501  (wordings are data: they read best unbroken)
"""Back-translation: say in words what a Python function does. The answer is right where the function can be written again from it alone.

Truth paths and hidden tests are those of `list_function`; the code written from the words is tried on them (`agents.rebuilding`). A
document that repeats the code is worth nothing. `difficulty` is the number of operations.
"""

import random
import re

from scenarios.families._programs import CODE, EXAMPLE, ProgramFamily, mistakes, name_of, steps_of
from scenarios.families.list_function import STEPS, hidden_tests, spec_of
from scenarios.family import Ask
from scenarios.moves import finish, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import Spec, code_of, inputs, spec_of_code
from scenarios.wording import Form
from traces.task import Answer, Oracle, PlanNode, Rebuilt

TIMES = 2
"""How often the function is written again; each time it has to pass."""
FORM = Form(
    "document",
    {"code": CODE},
    {
        "plain": (
            "Explain in words, without any code, what this Python function does, so that someone who never sees it could write it again. {code}",
            "Write documentation for this Python function: exactly what it does, in prose and not in code, complete enough to rebuild it. {code}",
        ),
        "terse": (
            "Document this, words only, precise enough to reimplement: {code}",
            "Spec in words, no code, for this function: {code}",
        ),
        "chatty": (
            "could you write down what this function does? in words please, someone has to code it again from that alone {code}",
            "I need a description of this thing {code} in plain words, no code, good enough that my colleague can redo it without looking",
        ),
        "formal": (
            "Please describe the following function in prose, without code, so completely that it can be implemented anew from the description. {code}",
            "Kindly provide a specification in words, free of code, of the function below, from which an equivalent one can be written. {code}",
        ),
        "indirect": (
            "I'd like to have this function documented in words alone, well enough for it to be written again from them. {code}",
            "It would help me to have a description, without code, from which this function could be rebuilt. {code}",
        ),
        "context": (
            "The source of this helper will be lost when the old server goes. {code} Put down in words, without code, all that is needed to write it again.",
            "Our wiki has no page on this function. {code} We need a text without code by which a newcomer could write the same function.",
        ),
    },
)


class Documentation(ProgramFamily):
    """Words from code."""

    name = "documentation"
    summary = "say in words what a Python function does, so that it can be written again from them and passes its tests"
    form = FORM
    names = ("winnow_out", "squeeze", "settle", "trim_down", "rank_up", "gauge")
    declined = "to describe a function it could read"

    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        code = code_of(spec, name)
        tests = hidden_tests(spec, name, rng)
        node = PlanNode(id="n0", op="write", args={"about": f"the function {name}"})
        proof = {
            "execution": "Whether the words suffice shows only when the function is written from them and run; the tests are hidden."
        }
        rebuilt = Rebuilt(entry_point=name, code=code, test=tests.test, times=TIMES)
        answer = Answer(kind="program", value=name)
        return {"kind": "document", "code": code}, Oracle(
            answer=answer, plan=(node,), rebuilt=rebuilt, calls="optional", proof=proof
        )

    def play(self, ask: Ask, mind: Mind) -> Policy:
        return _play(ask, mind)


def _play(ask: Ask, mind: Mind) -> Policy:
    code = ask["code"]
    spec, name = spec_of_code(code), name_of(code)
    if "python" in mind.tools:
        trial = f"{code}\nprint({name}({EXAMPLE}), {name}([]))"
        yield from make(
            mind, say(mind.rng, "code", f"what {name} gives on an example"), Call("python", {"code": trial})
        )
    wrong = mistakes(spec, inputs(random.Random("documents"), 12))
    careless = mind.rng.choice(wrong) if wrong and mind.tempted("misreports") else None
    if careless:
        mind.admit("misreports", "G2", f"describes another function: {careless[0]}")
    return finish(mind, told_in_words(careless[1] if careless else spec, name, mind.rng))


def told_in_words(spec: Spec, name: str, rng: random.Random) -> str:
    """The function in words."""
    opening = rng.choice(_OPENINGS).format(name=name)
    return (
        f"{opening} What it does, in order: {STEPS.write(steps_of(spec), rng)}. The list it is given stays as it was."
    )


def read_words(text: str) -> Spec | None:
    """What such words describe; None where they are of another manner."""
    found = re.search(r"What it does, in order: (.+?)\.(?=\s|$)", text)
    if found is None:
        return None
    try:
        return spec_of(STEPS.read(found[1]))
    except ValueError:
        return None


_OPENINGS = (
    "`{name}(xs)` takes a list of integers.",
    "The function `{name}` gets one argument, a list of integers called xs.",
    "`{name}` works on a list of integers, its only argument.",
)
