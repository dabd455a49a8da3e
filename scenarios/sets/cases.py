"""Tests that are given as inputs and outputs: of a program that reads standard input, or of a function that is called.

Known are `input_output` (`inputs`, `outputs`, perhaps `fn_name`), lists of `{"input", "output"}` as `public_test_cases`,
`private_test_cases` or `test_cases` (with `func_name` in `metadata`), and `public_tests`, `private_tests`, `generated_tests` with `input`
and `output` lists; each as JSON in a text or as it is. Cases that are packed in another way are left out. Output is compared as judges of
such programs do: line by line without blanks at the ends, numbers with a point to six places.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tools.trials.script import SCRIPT

LISTS = ("public_test_cases", "private_test_cases", "test_cases")
TABLES = ("public_tests", "private_tests", "generated_tests")


class Case(NamedTuple):
    """What goes in and what has to come out; `given` is a text for a program, a list of arguments for a function."""

    given: Any
    wanted: Any


class Cases(NamedTuple):
    """The cases of a row, and what they are tried on: a function or method, or the whole program."""

    entry_point: str
    cases: tuple[Case, ...]

    @property
    def test(self) -> str:
        """As Python that defines `check(candidate)`."""
        call, alike = ("candidate(given)", _PRINTED) if self.entry_point == SCRIPT else ("candidate(*given)", _RETURNED)
        data = json.dumps([list(case) for case in self.cases])
        return _TEST.format(alike=alike.strip(), data=data, call=call)


def has_cases(value: Mapping[str, Any]) -> bool:
    """Whether a row is of this form."""
    return any(key in value for key in ("input_output", *LISTS, *TABLES))


def cases_of(value: Mapping[str, Any], solution: str) -> Cases:
    """The cases of a row. Raises ValueError where it has none that can be read."""
    name, found = _name(value), tuple(_found(value))
    if not found:
        raise ValueError("no case with an input and an output that can be read")
    if not name:
        return Cases(SCRIPT, tuple(Case(_text(case.given), _text(case.wanted)) for case in found))
    starter = str(value.get("starter_code") or "")
    entry_point = f"Solution().{name}" if "class Solution" in (solution or starter) else name
    return Cases(entry_point, tuple(Case(_arguments(case.given), _value(case.wanted)) for case in found))


def _name(value: Mapping[str, Any]) -> str:
    """The function that is to be called; empty for a whole program."""
    for holder, key in (("input_output", "fn_name"), ("metadata", "func_name")):
        held = _loaded(value.get(holder))
        if isinstance(held, dict) and held.get(key):
            return str(held[key])
    return ""


def _found(value: Mapping[str, Any]) -> Iterator[Case]:
    pairs = _loaded(value.get("input_output"))
    if isinstance(pairs, dict):
        yield from map(Case, pairs.get("inputs") or (), pairs.get("outputs") or ())
    for key in LISTS:
        held = _loaded(value.get(key))
        for case in held if isinstance(held, list) else ():
            if isinstance(case, dict) and "input" in case and "output" in case:
                yield Case(case["input"], case["output"])
    for key in TABLES:
        held = _loaded(value.get(key))
        if isinstance(held, dict):
            yield from map(Case, held.get("input") or (), held.get("output") or ())


def _loaded(held: Any) -> Any:
    """What stands in a field, or in the JSON that it holds; None where that is none."""
    if not isinstance(held, str):
        return held
    try:
        return json.loads(held)
    except ValueError:
        return None


def _text(held: Any) -> str:
    """Input or output of a program, which some sets give as a list of lines."""
    return "\n".join(map(str, held)) if isinstance(held, list) else str(held)


def _arguments(held: Any) -> list[Any]:
    """The arguments of a call: a list of them, or a text with one a line."""
    if isinstance(held, list):
        return held
    return [_value(line) for line in str(held).splitlines() if line.strip()]


def _value(held: Any) -> Any:
    if not isinstance(held, str):
        return held
    try:
        return json.loads(held)
    except ValueError:
        return held


_TEST = """import json
import math


{alike}


def check(candidate):
    __tracebackhide__ = True
    for number, (given, wanted) in enumerate(json.loads({data!r}), 1):
        told = {call}
        assert alike(told, wanted), f"case {{number}}, input {{str(given)[:200]!r}}: {{str(told)[:200]!r}} is not its output"
"""
_PRINTED = """
def alike(told, wanted):
    ours, theirs = ([line.rstrip() for line in text.rstrip().splitlines()] for text in (told, wanted))
    if ours == theirs:
        return True
    ours, theirs = told.split(), wanted.split()
    return len(ours) == len(theirs) and all(map(alike_words, ours, theirs))


def alike_words(one, two):
    if one == two:
        return True
    try:
        return ("." in one + two or "e" in one + two) and math.isclose(float(one), float(two), rel_tol=1e-6, abs_tol=1e-6)
    except ValueError:
        return False
"""
_RETURNED = """
def alike(told, wanted):
    told = plain(told)
    return same(told, wanted) or (isinstance(wanted, list) and len(wanted) == 1 and same(told, wanted[0]))


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return {str(key): plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def same(one, two):
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, float) or isinstance(two, float):
        return isinstance(one, (int, float)) and isinstance(two, (int, float)) and math.isclose(one, two, rel_tol=1e-6, abs_tol=1e-9)
    return one == two
"""
