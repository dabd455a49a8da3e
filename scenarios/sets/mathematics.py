"""A row of a math set as problem, answers and solution, in the forms that public sets have.

Known beside `problem` and `answer`: a body before its question, options with a key, an equation in the place of a solution, a whole
solution in the place of an answer, lists of numbers as one answer (`answer_type`). What a row lacks is said in a ValueError.
"""

import re
from typing import Any, NamedTuple

from scenarios.sets.choices import options_of
from scenarios.sets.fields import Fields
from scenarios.sets.solutions import final_answer
from tools.calculator import parse_number, value


class Math(NamedTuple):
    """What a row holds; `answers` are spellings of which any is right, none where nobody knows."""

    problem: str
    answers: tuple[str, ...]
    solution: str


def math_of(row: Fields) -> Math:
    """Reads a row. Raises ValueError."""
    problem, given, solution = _problem(row), _given(row), _solution(row)
    if not problem:
        raise ValueError("no `problem`: give its text under that name, or as `question`")
    if options := options_of(row.get("options")):
        key = given if row.get("key") is None else row.get("key")
        if key is None:
            raise ValueError("`options` without a key: give the right one's letter as `correct` or `answer`")
        label, text = options.chosen(key)
        ending = options.told(solution)
        ends = f"{solution}\nThe answer is {ending}." if ending else solution
        return Math(f"{problem}\n{options.written}", (text, label), ends)
    if isinstance(given, list) and _is_one(row, given):
        given = "[" + ", ".join(map(str, given)) + "]"
    answers = [_spelt(each) for each in (given if isinstance(given, list) else [given]) if each is not None]
    if len(answers) == 1 and (whole := _whole(answers[0], row)):
        solution, answers = solution or answers[0], [whole]
    if not answers and solution and (found := final_answer(solution)):
        answers = [found]
    if given is not None and not any(answers):
        raise ValueError("no `answer`, and no `solution` that ends in one")
    told = tuple(each for each in answers if each)
    return Math(problem, told, solution or _worked(row.get("equation"), told))


def _problem(row: Fields) -> str:
    body, asked = row.named.get("body"), row.text("problem")
    more = row.named.get("input") if row.has("instruction") and not row.has("problem", "question", "query") else None
    if not asked.strip():  # a body alone may be anything
        return ""
    return "\n".join(str(part).strip() for part in (body, asked, more) if part and str(part).strip())


def _given(row: Fields) -> Any:
    """What the row says is right; a short answer before a long one that is its solution."""
    long, short = row.get("answer"), row.get("short")
    if long is None or (short is not None and isinstance(long, str) and len(long) > _LONG):
        return short
    return long


_LONG = 40
"""Signs beyond which an answer is a solution, where a short one stands beside it."""


def _solution(row: Fields) -> str:
    found = row.get("solution")
    if isinstance(found, list) and found and all(isinstance(each, str) for each in found):
        return str(found[0])
    if found is not None:
        return row.text("solution")
    long = row.get("answer")
    if row.get("short") is not None and isinstance(long, str) and len(long) > _LONG:
        return long
    reply = row.get("reply") or row.named.get("answer_zh")
    return reply if isinstance(reply, str) else ""


def _is_one(row: Fields, given: list[Any]) -> bool:
    """Whether a list is one answer of several numbers, not several spellings of one."""
    kind = row.named.get("answer_type")
    return (isinstance(kind, str) and kind.lower().startswith("list")) or len({*map(str, given)}) < len(given)


def _whole(answer: str, row: Fields) -> str | None:
    """What a whole solution ends in, where one stands in the place of an answer; None for a mere answer."""
    if "####" in answer:
        return final_answer(answer) or ""
    if len(answer) > _LONG and re.search(r"[.=]\s", answer) and not options_of(row.get("options")):
        return final_answer(answer)
    return None


_COUNTED = re.compile(r"(-?\d[\d,]*(?:\.\d+)?(?:/\d+)?)\s*\(([^()]*[A-Za-z][^()]*)\)")
"""A number with what is counted in brackets: "9 (apples)"."""


def _spelt(held: Any) -> str:
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, float) and held.is_integer():
        return str(int(held))
    if isinstance(held, int | float | str):
        text = str(held).strip()
        return m[1] if (m := _COUNTED.fullmatch(text)) else text
    raise ValueError(f"`answer` is a {type(held).__name__}, not text or a number")


def _worked(equation: Any, answers: tuple[str, ...]) -> str:
    """An equation as a solution: "( 8.0 - 3.0 )" as "8.0 - 3.0 = 5" that ends in 5. Empty where it does not tell the answer's value."""
    told = equation[0] if isinstance(equation, list) and len(equation) == 1 else equation
    if not isinstance(told, str) or len(answers) != 1 or parse_number(answers[0]) is None:
        return ""
    sides = [side.strip() for side in re.sub(r"^\s*[a-zA-Z]\s*=", "", told.strip().rstrip(".")).split("=")]
    result = value(sides[0])
    if result is None or len(sides) > 2 or not re.search(r"\d\s*[-+*/]", sides[0]):
        return ""
    return f"{sides[0]} = {sides[1]}\n#### {sides[1]}" if len(sides) == 2 else f"#### {float(result):.10g}"
