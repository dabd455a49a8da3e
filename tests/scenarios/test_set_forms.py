"""Rows of problem sets in the forms that public sets have: what is read of each, and what is said of those that cannot be."""

from pathlib import Path

import pytest

from scenarios.sets import BrokenRow, CodeRow, MathRow, Row, read_set
from scenarios.sets.choices import options_of
from tests.winnow.test_references import written


def read(tmp_path: Path, **row: object) -> Row:
    return next(read_set(written(tmp_path / "set.jsonl", row)))


@pytest.mark.parametrize(
    ("row", "answers"),
    [
        ({"Question": "Which sizes?", "Answer": "[2, 2]", "Answer_type": "list of integer"}, ("[2, 2]",)),
        ({"Question": "Which sizes?", "Answer": [2, 2], "Answer_type": "list of integer"}, ("[2, 2]",)),
        ({"Question": "Which sizes?", "Answer": [2, 3], "Answer_type": "list of integer"}, ("[2, 3]",)),
        ({"problem": "How many?", "answer": ["3", "three"]}, ("3", "three")),
        ({"Question": "Is it?", "Answer": True, "Answer_type": "bool"}, ("yes",)),
        ({"question": "How many?", "golden": "8"}, ("8",)),
        ({"question": "How many?", "answer": "9 (plums)"}, ("9",)),
        ({"sQuestion": "How many?", "lEquations": ["X=(9.0*4.0)"], "lSolutions": [36.0]}, ("36",)),
        ({"Input": "How many?", "Output Answer": ["13"]}, ("13",)),
        ({"question": "Which?", "choices": ["2", "6"], "answer": 1}, ("6", "B")),
        ({"question": "Which?", "options": "a ) 38 , b ) 2 , 7 , c ) 30", "correct": "c"}, ("30", "c")),
    ],
)
def test_answers_are_read_under_any_name(tmp_path: Path, row: dict[str, object], answers: tuple[str, ...]) -> None:
    found = read(tmp_path, **row)
    assert isinstance(found, MathRow)
    assert found.answers == answers


def test_body_and_options_belong_to_the_problem(tmp_path: Path) -> None:
    body = read(tmp_path, Body="A jar holds 8 plums.", Question="How many?", Equation="( 8.0 - 3.0 )", Answer=5.0)
    assert isinstance(body, MathRow)
    assert body.problem == "A jar holds 8 plums.\nHow many?"
    assert body.solution == "#### 5"
    offered = read(tmp_path, question="Which?", options=["A)2", "B)3"], rationale="It is 3.", correct="B")
    assert isinstance(offered, MathRow)
    assert offered.problem == "Which?\nA) 2\nB) 3"


def test_a_short_answer_stands_before_the_solution_beside_it(tmp_path: Path) -> None:
    text = "Roger has 5 and gets 6 more, so 5 + 6 = 11. The answer is 11."
    for row in ({"answer": text, "answer_number": 11}, {"answer": text}):
        found = read(tmp_path, question="How many?", **row)
        assert isinstance(found, MathRow)
        assert (found.answers, found.solution) == (("11",), text)


def test_options_are_read_in_any_form_and_a_key_that_names_none_is_refused() -> None:
    for held in (
        ["A)1", "B)2"],
        ["1", "2"],
        "A ) 1 , B ) 2",
        {"A": "1", "B": "2"},
        {"text": ["1", "2"], "label": ["A", "B"]},
        '["1", "2"]',
    ):
        found = options_of(held)
        assert found
        assert found.chosen("b") == ("B", "2")
        with pytest.raises(ValueError, match="none of the options A, B"):
            found.chosen("F")
    assert options_of("no options") is None


def test_a_test_in_pieces_and_a_suffix_are_put_together(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        prompt="def f(s):\n\t",
        suffix="\n\treturn s",
        canonical_solution="s = s.strip()",
        test_start="\ndef check(candidate):",
        test=["\n    assert candidate(' a ') == 'a'\n"],
        entry_point="f",
    )
    assert isinstance(found, CodeRow)
    assert found.solution == "s = s.strip()\n\treturn s"
    assert found.problem.test == "\ndef check(candidate):\n    assert candidate(' a ') == 'a'\n"


def test_more_asserts_are_taken_and_imports_of_the_solution_left_out(tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        text="Next.",
        code="def nxt(n):\n    return n + 1",
        test_list=["assert nxt(1) == 2"],
        challenge_test_list=["assert nxt(0) == 1"],
    )
    assert isinstance(listed, CodeRow)
    assert listed.problem.test.endswith("assert nxt(1) == 2\nassert nxt(0) == 1")
    own = read(
        tmp_path,
        question="Next.",
        solution="def nxt(n):\n    return n + 1",
        test="from answer import nxt\nfrom math import pi\n\ndef test_a():\n    assert nxt(1) == 2 < pi\n",
    )
    assert isinstance(own, CodeRow)
    assert own.problem.entry_point == "nxt"
    assert "answer" not in own.problem.test
    assert "from math import pi" in own.problem.test


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"task_id": "CPP/0", "prompt": "int f(){", "canonical_solution": "return 1;}", "test": "int main(){}"},
            "program in CPP",
        ),
        ({"name": "x", "language": "rs", "prompt": "fn f()", "tests": "fn main(){}"}, "program in rs"),
        ({"prompt": "Complete.", "reference_code": "x = 1", "code_context": "exec"}, "`code_context` runs code"),
        (
            {
                "description": "x",
                "public_tests": {"input": ["1"], "output": ["1"]},
                "solutions": {"language": [2], "solution": ["int"]},
            },
            "Python 3",
        ),
        ({"Rationale": "x", "Answer": "1"}, "no `problem`"),
        ({"question": "Which?", "options": ["A)1", "B)2"]}, "without a key"),
        ({"code": "print(1)", "input": "1", "output": "2"}, "defines no function"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_words(tmp_path: Path, row: dict[str, object], said: str) -> None:
    found = read(tmp_path, **row)
    assert isinstance(found, BrokenRow)
    assert said in found.why


@pytest.mark.parametrize(
    ("solution", "label"),
    [
        ("1 + 2 = 3\nAns B", "B"),
        ("1 + 2 = 3\nCorrect option : A", "A"),
        ("So the correct answer will be ( B )", "B"),
        ("1 + 2 = 3\nB", "B"),
        ("There are 4. Of these he keeps 3 plums .", "B"),
        ("There are 2, of which he keeps 3.", None),
        ("Nothing is told", None),
    ],
)
def test_the_option_that_a_solution_ends_in_is_told(solution: str, label: str | None) -> None:
    found = options_of(["A)2", "B)3"])
    assert found
    assert found.told(solution) == label
