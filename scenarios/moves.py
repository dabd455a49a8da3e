"""Moves every policy is made of: calls whose form may slip, calculations, code, and the closing answer.

Each is a sub-generator for `yield from`. A slip is asked for only where it makes its step wrong; after an error the tool reports, the
policy reads it, mends the call and goes on.
"""

import json
import random
import re
from collections.abc import Callable, Generator, Sequence
from fractions import Fraction
from typing import TypeVar

from scenarios import observed
from scenarios.exact import evaluate, fixed, grouped, plain
from scenarios.phrases import followed, say
from scenarios.policy import Act, Call, Mind, Observation, Policy
from scenarios.recovering import Pretended, Stuck, recover

T = TypeVar("T")
Move = Generator[Act, Sequence[Observation], T]

_UNKNOWN_TOOLS = ("web_search", "browse", "wolfram_alpha", "calc", "run_code", "lookup", "sql_query")
_REQUIRED = {"search": "query", "open_page": "id", "calculator": "expression", "python": "code"}
_EXTRA: dict[str, tuple[str, object]] = {
    "search": ("language", "en"),
    "open_page": ("format", "markdown"),
    "calculator": ("precision", 4),
    "python": ("language", "python3"),
}
_ILLEGAL: dict[str, tuple[str, int]] = {"search": ("limit", 0), "open_page": ("part", 0)}


def make(mind: Mind, says: str, *calls: Call) -> Move[list[Observation]]:
    """Make the calls and return what they gave, in order; form slips come first and are mended."""
    says = _with_asides(mind, says)
    bad = _spoil(mind, calls[0])
    if bad is not None:
        mind.droppable = False
        results = yield from _act(mind, says, (bad, *calls[1:]))
        mended = yield from _act(mind, say(mind.rng, "retry"), calls[:1])
        results = [*mended, *results[1:]]
    else:
        results = yield from _act(mind, says, calls)
    if mind.slips("repeats", "P1", f"makes the same call to {calls[0].tool} again"):
        again = yield from _act(mind, mind.rng.choice(("", "Let me run that once more.", "Again.")), calls[:1])
        results = [*again, *results[1:]]
    return results


def _act(mind: Mind, says: str, calls: tuple[Call, ...]) -> Move[list[Observation]]:
    results = list((yield Act(says, calls)))
    if any(observed.broken(result) for result in results):
        results = yield from recover(mind, calls, results)
    mind.heard.extend(r.content for r in results if not r.failed)
    mind.used.extend(call.tool for call in calls)
    return results


def _with_asides(mind: Mind, says: str) -> str:
    said = " ".join([*mind.asides, says]).strip()
    mind.asides.clear()
    return said


def _spoil(mind: Mind, call: Call) -> Call | None:
    """The call with its form spoilt, or None where no slip happens."""
    arguments = dict(call.arguments) if not isinstance(call.arguments, str) else {}
    if mind.slips("broken_json", "F1", f"the arguments of {call.tool} are no JSON"):
        return Call(call.tool, _broken(json.dumps(arguments, ensure_ascii=False), mind.rng))
    if mind.slips("unknown_tool", "F2", "calls a tool that is not offered"):
        names = [n for n in _UNKNOWN_TOOLS if n not in mind.tools]
        return Call(mind.rng.choice(names), arguments)
    if call.tool in _REQUIRED and mind.slips(
        "bad_argument", "F3", f"the arguments of {call.tool} do not fit its schema"
    ):
        return Call(call.tool, _misfit(call.tool, arguments, mind.rng))
    if call.tool in _ILLEGAL and mind.slips("illegal_value", "F4", "{} = {}".format(*_ILLEGAL[call.tool])):
        name, value = _ILLEGAL[call.tool]
        return Call(call.tool, {**arguments, name: value})
    return None


def _broken(text: str, rng: random.Random) -> str:
    return rng.choice((text[:-1], text.replace('"', "'"), text[:-2], text + "}", text.replace(":", "=", 1)))


def _misfit(tool: str, arguments: dict[str, object], rng: random.Random) -> dict[str, object]:
    required = _REQUIRED[tool]
    missing = {("input" if k == required else k): v for k, v in arguments.items()}
    extra = {**arguments, _EXTRA[tool][0]: _EXTRA[tool][1]}
    mistyped = {**arguments, required: [arguments[required]]}
    return rng.choice((missing, extra, mistyped))


def calculate(mind: Mind, expression: str, what: str) -> Move[Fraction]:
    """The value of an expression by the calculator, or by Python where only that is offered. Careless: in the head, and wrong."""
    exact = evaluate(expression)
    if exact.denominator < 10**9 and mind.slips("head_math", "C1", f"works out {expression} in its head, wrongly"):
        wrong = near_miss(exact, mind.rng)
        mind.asides.append(_in_the_head(mind.rng, expression, wrong))
        return wrong
    typed = mistyped(expression, mind)
    if typed != expression and any(mind.tempted("mistypes") for _ in range(_long_numbers(expression))):
        mind.admit("mistypes", "A1", "types a number that nobody gave")
        expression = typed
    if "calculator" in mind.tools:
        call = Call("calculator", {"expression": expression})
    else:
        call = Call("python", {"code": f"print({expression})"})
    moment = "calculate" if "calculator" in mind.tools else "code"
    (result,) = yield from make(mind, say(mind.rng, moment, what), call)  # type: ignore[arg-type]
    return observed.number(working(result))


def _long_numbers(expression: str) -> int:
    """How many numbers are long enough to be mistyped easily, six digits or more; at least one."""
    return max(1, sum(len(n.replace(".", "")) >= 6 for n in re.findall(r"[\d.]+", expression)))


def mistyped(expression: str, mind: Mind) -> str:
    """The expression with two digits of its longest number swapped; unchanged where that gives a known number, or near one."""
    longest = max(re.findall(r"[\d.]+", expression), key=lambda n: (len(n), n))
    for at in range(1, len(longest) - 1):
        first, second = longest[at : at + 2]
        if first != second and "." not in (first, second):
            swapped = longest[:at] + second + first + longest[at + 2 :]
            said = " ".join([*mind.heard, expression]).replace(",", "")
            return expression if swapped in said else expression.replace(longest, swapped)
    return expression


def unheeding(mind: Mind, truth: Fraction, answer: Callable[[Fraction], str]) -> str:
    """The closing answer of one who goes on as if the last call had not answered; empty where nobody does. Ask once all else is right."""
    if not mind.slips("ignores", "O1", "answers with a guess, as if the last call had not answered"):
        return ""
    return finish(mind, f"{mind.rng.choice(_UNHEARD)} {answer(near_miss(truth, mind.rng))}")


_UNHEARD = (
    "Nothing has come back yet, so this is my own estimate.",
    "I did not wait for the result; going by feel:",
    "Going by feel rather than by the tool:",
    "The tool has not answered me, so I estimate.",
)


def near_miss(value: Fraction, rng: random.Random) -> Fraction:
    """A wrong value a head would come to: a leading digit off, whole where the right one is. At least a twentieth away, so that no
    rounding excuses it."""
    size = abs(value) or Fraction(1)
    whole = value.denominator == 1
    places = 0 if size >= 1000 else 3
    unit = Fraction(10) ** (len(str(int(size))) - 1)
    near = (unit, 2 * unit, unit / 10 * 3, unit / 10 * 7)
    shifts = [s for s in near if s >= size / 20 and not (whole and s.denominator > 1)]
    wrong = Fraction(round(value * 10**places), 10**places) + rng.choice(shifts) * rng.choice((1, -1))
    if abs(wrong - value) >= size / 20 and wrong * value > 0:
        return wrong
    off = size * rng.choice((2, 3)) / 7
    return value + (max(1, round(off)) if whole else off)


def _in_the_head(rng: random.Random, expression: str, wrong: Fraction) -> str:
    quotient = (
        re.fullmatch(r"[\d.]+ / [\d.]+", expression) is not None
    )  # which would read as a fraction, and as the right value
    pretty = (
        expression.replace("**", "^").replace("*", "×").replace("/", "÷")
        if rng.random() < 0.5 or quotient
        else expression
    )
    return rng.choice(("{} = {}.", "That is {} = {}.", "Working it out: {} = {}.", "In my head, {} = {}.")).format(
        pretty, grouped(wrong)
    )


def run(mind: Mind, code: str, what: str) -> Move[Observation]:
    """Run code in the interpreter."""
    (result,) = yield from make(mind, say(mind.rng, "code", what), Call("python", {"code": code}))
    return working(result)


def working(result: Observation) -> Observation:
    """A result that is one. Raises Stuck where the call failed."""
    if result.failed:
        raise Stuck(f"I could not finish this, because a tool failed: {result.content.split(chr(10))[0]}")
    return result


def guarded(policy: Policy) -> Policy:
    """The policy, which answers that it could not finish where a tool fails for good, or gives no number where one is due."""
    try:
        return (yield from policy)
    except (Stuck, Pretended) as instead:
        return str(instead)
    except observed.NoNumber as nothing:
        return f"I could not finish this: {nothing}."


_BOASTS = {
    "python": (
        "I also verified this with a Python script.",
        "I ran a short program to confirm it.",
        "I double-checked the figure in Python.",
    ),
    "calculator": ("I checked the arithmetic with the calculator.", "I ran the numbers through the calculator twice."),
    "search": ("I searched a second source to confirm it.", "I looked it up and two pages agree."),
}
_FRILLS = (
    "That is up from {} the year before.",
    "For comparison, the average is {}.",
    "The last survey put it at {}.",
    "A year earlier it was {}.",
)


def finish(mind: Mind, text: str) -> str:
    """The closing answer. Careless: adds a figure nobody gave, or claims a check nobody made."""
    said = _with_asides(mind, text)
    failed_names = set(_UNKNOWN_TOOLS) & set(mind.used)
    unused = [tool for tool in _BOASTS if tool not in mind.used and not failed_names]
    if unused and mind.slips("boasts", "G6", f"claims a check with {unused[0]} that was not made"):
        return followed(said, mind.rng.choice(_BOASTS[unused[0]]))
    if mind.heard and mind.slips("embroiders", "G1", "adds a figure nobody gave"):
        return followed(said, mind.rng.choice(_FRILLS).format(_unheard(mind, said)))
    return said


def _unheard(mind: Mind, said: str) -> str:
    """A figure that nobody gave and that no operation on two given ones comes near."""
    heard = {abs(n) for text in (*mind.heard, said) for n in observed.numbers(text)}
    known = [float(n) for n in heard if n < _FLOATS]  # exact fractions of all pairs on a long page would take seconds
    while True:
        number = Fraction(mind.rng.randint(100_000_000, 900_000_000) * 10 + mind.rng.choice((1, 3, 7, 9)), 1000)
        if not any(_near(float(number), a, b) for a in known for b in known):
            return fixed(number, 3, ",")


_FLOATS = 10**150
"""Of two below this, the product is a float too."""


def _near(number: float, a: float, b: float) -> bool:
    results = (a, a + b, abs(a - b), a * b, a / b if b else a)
    return any(abs(number - result) < 10 for result in results)


def exact_text(value: Fraction) -> str:
    """A number as a calculator's operand: an exact decimal, or a fraction in brackets."""
    text = plain(value)
    return f"({text})" if "/" in text or text.startswith("-") else text
