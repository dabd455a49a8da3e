"""The teacher as a coder: it poses problems on lists, solves and tests them, mends what failed, and writes functions from documents.

Of topics it knows nothing but the words: they name the function. Its errors are planted and seeded: `wrong_solution` and `wrong_test` are
the shares of its candidate solutions and of its single asserts that are wrong; when it mends, it makes a quarter as many.
"""

import ast
import keyword
import random
import re
from collections.abc import Mapping, Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from agents.instruct.prompts import POSE, REVISE, SOLVE, TEST
from agents.prompts import REBUILD
from agents.teacher_author import as_form, understood
from scenarios.families._common import brief_for, worded
from scenarios.families._programs import EXAMPLE, steps_of
from scenarios.families.documentation import read_words
from scenarios.families.list_function import spec_of, telling
from scenarios.family import TruthError, all_families
from scenarios.programs import Spec, code_of, draw, evaluate, inputs, mutants

_HEEDS = 0.25
_ASSERTS = 12
_PROSE = "I would need to know more about this before I can write it."


def coding(messages: Sequence[BaseMessage], profile: Mapping[str, float], seed: int) -> AIMessage | None:
    """The teacher's reply where it is asked in one of these offices; None where it is not."""
    said = [str(m.text) for m in messages if isinstance(m, HumanMessage)]
    match messages[0].text if messages else "":
        case text if text == POSE:
            return _posed(said[0], seed, again=said[-1] == REVISE)
        case text if text == SOLVE and len(said) > 1:
            return _mended(said[0], said[-1], profile, seed)
        case text if text == SOLVE:
            return _solved(said[0], profile, seed)
        case text if text == TEST:
            return _tested(said[0], profile, seed)
        case text if text == REBUILD:
            return _rebuilt(said[0])
    return None


def _posed(brief: str, seed: int, *, again: bool) -> AIMessage:
    """A problem on a list; when asked again, an easier one."""
    topic = re.findall(r"Topic: (.*)", brief)[0]
    level = 1 if again else int(re.findall(r"Level: (\d)", brief)[0])
    rng, name = random.Random(f"pose {seed} {topic}"), _named(topic)
    family = all_families()["list_function"]
    ask = {"kind": "function", "name": name, "steps": steps_of(_drawn(rng, level))}
    return as_form(name=name, problem=worded(family, brief_for(family.name, ask, rng), rng))


def _drawn(rng: random.Random, level: int) -> Spec:
    """A specification whose mistakes a few lists tell apart."""
    while True:
        spec = draw(rng, level)
        try:
            _cases(spec, rng)
        except TruthError:
            continue
        return spec


def _named(topic: str) -> str:
    words = [word for word in re.findall(r"[a-z]+", topic.lower()) if len(word) > 2 and not keyword.iskeyword(word)]
    return "_".join([*words[:3], "task"][:3])


def _solved(problem: str, profile: Mapping[str, float], seed: int) -> AIMessage:
    known = _known(problem)
    if known is None:
        return AIMessage(_PROSE)
    rng = random.Random(f"solve {seed} {problem}")
    return _program(*_careless(*known, rng, profile.get("wrong_solution", 0.0)))


def _mended(problem: str, report: str, profile: Mapping[str, float], seed: int) -> AIMessage:
    """The function once more, and the failing tests that are wrong by what the problem says."""
    known = _known(problem)
    if known is None:
        return AIMessage(_PROSE)
    rng = random.Random(f"mend {seed} {report}")
    told = re.findall(r"Test (\d+):\nassert candidate\((\[[-\d, ]*\])\) == (.+)", report)
    wrong = [n for n, given, right in told if evaluate(known[0], ast.literal_eval(given)) != ast.literal_eval(right)]
    program = _program(*_careless(*known, rng, _HEEDS * profile.get("wrong_solution", 0.0)))
    return AIMessage(f"{program.text}\n\nWrong tests: {', '.join(wrong) or 'none'}")


def _tested(problem: str, profile: Mapping[str, float], seed: int) -> AIMessage:
    known = _known(problem)
    if known is None:
        return AIMessage(_PROSE)
    spec, rng = known[0], random.Random(f"test {seed} {problem}")
    lines = []
    for xs in _cases(spec, rng):
        told, _ = _careless(spec, "", rng, profile.get("wrong_test", 0.0), xs)
        lines.append(f"    assert candidate({xs}) == {evaluate(told, xs)!r}")
    return AIMessage("```python\n" + "\n".join(["def check(candidate):", *lines]) + "\n```")


def _cases(spec: Spec, rng: random.Random) -> list[list[int]]:
    return telling(spec, [[], EXAMPLE, *inputs(rng, 8)[2:]], inputs(rng, 200), _ASSERTS)


def _rebuilt(asked: str) -> AIMessage:
    """The function that a document of the teacher's own manner describes."""
    spec = read_words(asked)
    return _program(spec, re.findall(r"Function: (\w+)", asked)[0]) if spec else AIMessage(_PROSE)


def _known(problem: str) -> tuple[Spec, str] | None:
    found = understood(problem)
    return (spec_of(found[1]["steps"]), found[1]["name"]) if found and found[0].name == "list_function" else None


def _careless(
    spec: Spec, name: str, rng: random.Random, share: float, seen: Sequence[int] = EXAMPLE
) -> tuple[Spec, str]:
    """The specification, or in that share of cases a mutant that shows on these numbers."""
    wrong = [mutant for _, mutant in mutants(spec) if evaluate(mutant, seen) != evaluate(spec, seen)]
    return (rng.choice(wrong) if wrong and rng.random() < share else spec), name


def _program(spec: Spec, name: str) -> AIMessage:
    return AIMessage(f"Here is `{name}`:\n\n```python\n{code_of(spec, name)}```")
