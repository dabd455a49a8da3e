"""Translate a Python function to JavaScript, C, C++, SQL, Rust, Java, Go or Bash. The answer is a program, compiled and run on over fifty
inputs, with the original's results kept from it.

Truth paths: the specification evaluated, against the original run. The inputs tell all of the specification's one-place mutants apart that
any input of many does. A language whose toolchain this machine lacks gives no task, and the reason is counted. `difficulty` is the number
of operations.
"""

import json
import random
import re

from scenarios.families._programs import CODE, EXAMPLE, ProgramFamily, handed_over, name_of, program_oracle, slipped
from scenarios.families.list_function import telling, two_truths
from scenarios.family import Absent, Ask
from scenarios.moves import Move, make
from scenarios.phrases import say
from scenarios.policy import Call, Mind, Policy
from scenarios.programs import LANGUAGES, Spec, code_of, evaluate, inputs, ported, returns_of, spec_of_code
from scenarios.programs.mains import tried_on
from scenarios.slots import choice
from scenarios.wording import Form, Slot
from tools.trials.dialects import DIALECTS, absent, promise
from traces.task import Called, Calls, Oracle

LEAST, INPUTS = 54, 60
"""Inputs that a translation has to agree on: at least so many, at most so many."""
_SHARES = {"javascript": 6, "c": 5, "sql": 5, "bash": 4, "cpp": 2, "rust": 1, "java": 1, "go": 1}
"""How often each language is asked for: those that are slow to compile less often."""
_TITLES = {DIALECTS[language].title: language for language in LANGUAGES}


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[`.]", "", text).split()).casefold()


def _read_promise(said: str) -> str:
    for language in LANGUAGES:
        for returns in ("list", "maybe", "number"):
            pattern = re.escape(_bare(promise(language, "NAME", returns))).replace("name", r"([a-z_]+)", 1)
            if found := re.fullmatch(pattern, _bare(said)):
                name = found[1] if found.groups() else ""
                return promise(language, name, returns)
    raise ValueError(f"{said!r} is no promise")


PROMISE = Slot(r"[^\n]{20,400}?", lambda text, _: text, _read_promise)
FORM = Form(
    "translate",
    {"language": choice({title: (title,) for title in _TITLES}), "code": CODE, "head": PROMISE},
    {
        "plain": (
            "Please translate this Python function to {language}. {code} What I need: {head}.",
            "Here is a Python function. {code} Write the same in {language}: {head}.",
        ),
        "terse": (
            "Port to {language}. {code} Form: {head}.",
            "Python to {language}: {code} Expected: {head}.",
        ),
        "chatty": (
            "we're moving to {language} and this one is still Python {code} can you port it? should look like this: {head}",
            "I know some Python but no {language}, could you turn this over for me? {code} The way it's called: {head}",
        ),
        "formal": (
            "Kindly provide an equivalent of the following Python function in {language}. {code} Interface: {head}.",
            "The Python function below is to be rewritten in {language} without any change of behaviour. {code} Required: {head}.",
        ),
        "indirect": (
            "I'd like to have this Python function in {language} {code} so that it behaves the same. To fit in, {head}.",
            "It would help if this ran in {language} instead of Python. {code} For the caller, {head}.",
        ),
        "context": (
            "Our service is being rewritten in {language}. This helper is left. {code} The new code base wants this: {head}. Same results.",
            "I teach a class in {language} and my example is in Python. {code} For the slides I need it over there: {head}.",
        ),
    },
)


class Translation(ProgramFamily):
    """Code in another language."""

    name = "translation"
    summary = "translate a Python function to another language; it has to compile and agree on more than fifty inputs"
    form = FORM
    names = ("single_out", "rework", "survey", "reduce", "filtered", "combine", "boil_down", "weigh")
    tools = ("python", "program")
    declined = "a function it could translate"

    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        language = rng.choices(list(_SHARES), list(_SHARES.values()))[0]
        if why := absent(language):
            raise Absent(f"translation: {why}, so no such task is made")
        code, returns = code_of(spec, name), returns_of(spec)
        ask: Ask = {
            "kind": "translate",
            "language": DIALECTS[language].title,
            "code": code,
            "head": promise(language, name, returns),
        }
        return ask, program_oracle(name, "the translation", calls_of(spec, name, language, rng))

    def play(self, ask: Ask, mind: Mind) -> Policy:
        return _play(ask, mind)


def calls_of(spec: Spec, name: str, language: str, rng: random.Random) -> Calls:
    """Inputs with what the original gives. Raises TruthError where the two truths differ, or they tell too few mutants apart."""
    cases = telling(spec, inputs(rng, LEAST), inputs(rng, 300), INPUTS)
    two_truths(spec, name, cases)
    known = tuple(Called(given=tuple(xs), right=json.dumps(evaluate(spec, xs))) for xs in cases)
    return Calls(entry_point=name, language=language, returns=returns_of(spec), cases=known)


def _play(ask: Ask, mind: Mind) -> Policy:
    original, language = ask["code"], _TITLES[ask["language"]]
    spec, name = spec_of_code(original), name_of(original)
    careless = slipped(spec, mind)
    code = ported(careless[1] if careless else spec, name, language)
    if not mind.slips("skips_tool", "D2", "hands over a translation that was never run"):
        first = f"{original}\nprint({name}({EXAMPLE}))"
        yield from make(mind, say(mind.rng, "code", "the original on an example"), Call("python", {"code": first}))
    if careless:
        mind.admit("code_bug", "C6", careless[0])
    if "program" in mind.tools and "python" in mind.used:
        yield from _tried(mind, tried_on(code, name, language, returns_of(spec), EXAMPLE), language)
    says = mind.rng.choice(_ANSWERS).format(language=ask["language"])
    return handed_over(mind, says, code, DIALECTS[language].labels[0])


def _tried(mind: Mind, source: str, language: str) -> Move[None]:
    """Compile and run the translation on the same example."""
    call = Call("program", {"language": language, "source": source})
    yield from make(mind, f"Now the same in {DIALECTS[language].title}.", call)


_ANSWERS = (
    "Here it is in {language}:",
    "The same function in {language}:",
    "In {language}, with the same results:",
)
