"""Programs with one change."""

import random

import pytest

from tools.trials.mutation import mutants_of

CODE = '''
def share(xs, least=2):
    """What part of the numbers is large."""
    found = [x for x in xs if x > least and not x % 2]
    if not xs:
        return 0
    return len(found) / len(xs) + min(xs)
'''


def test_mutants_differ_in_one_place_and_are_python() -> None:
    found = mutants_of(CODE, "share", 50, random.Random(1))
    assert len({one.code for one in found}) == len(found) > 8
    words = " ".join(one.why for one in found)
    assert all(
        part in words
        for part in ("GtE instead of Gt", "joins conditions by Or", "calls max for min", "leaves out `if not xs:`")
    )
    for one in found:
        compile(one.code, "mutant", "exec")


def test_the_docstring_and_other_functions_stay() -> None:
    code = "def other(x):\n    return x + 1\n\ndef one(x):\n    'says'\n    return x * 2\n"
    for mutant in mutants_of(code, "one", 9, random.Random(0)):
        assert "return x + 1" in mutant.code
        assert "says" in mutant.code


def test_equal_seeds_give_equal_mutants() -> None:
    assert mutants_of(CODE, "share", 4, random.Random(3)) == mutants_of(CODE, "share", 4, random.Random(3))
    assert len(mutants_of(CODE, "share", 4, random.Random(3))) == 4


def test_what_is_no_python_is_refused() -> None:
    with pytest.raises(SyntaxError):
        mutants_of("def f(:", "f", 3, random.Random(0))
