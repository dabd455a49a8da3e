"""Holds the reference of a math problem against itself: does its solution come to its answer, and is what it writes on the way right?

The answer is held to the question and to what the solution ends in; annotations, formulas and plain equations each have to hold, and to
follow from one another where they are said to. Where signs may mean another arithmetic, equations in prose are left alone.
What cannot be read is passed over; only what is shown to be wrong is refused, so a right reference is not refused for its notation.
"""

import re
from collections.abc import Iterator, Sequence

from graders.arithmetic import (
    broken_consequences,
    contradictions,
    in_prose,
    incongruent,
    inconsistent,
    is_complex,
    lines_that_follow,
    misput,
    put_in,
    rewritten,
    slips,
    statements,
    told_values,
    unmet,
    unsolved,
    without_formulas,
    wrong_products,
)
from graders.references.annotations import wrong_annotations
from graders.references.final_answers import FINAL_ANSWER, agrees, readable, unfounded
from graders.references.formula_questions import misses_question, names_of
from graders.references.plain_equations import wrong_equations
from scenarios.sets.solutions import annotations, final_answer

_OTHER = re.compile(
    r"\\p?mod\b|\bmod(?:ulo)?\b|\\equiv|[\d)}]_\{?\d+\}?|\\oplus|\\otimes|\\star|\\diamond|\\text\{?nd|\\Box|"
    r"[\w)}][ \t]*\\?[#@][ \t]*[\w({\\]|"
    r"\bbase[\s-]+(?:\$|\d|[a-z]\b|two\b|ten\b|eight\b|sixteen\b)|\bin\s+base\b|\bclock\s+arithmetic|\bon\s+(?:a|an|the)\s+(?:[\w-]+\s+)?clock\b|"
    r"\boperation\b[^.]{0,40}(?:\$|\bdefin)|\bdefin\w+[^.]{0,60}\boperation\b"
)
_STARRED = re.compile(r"(?<![\w)}])\(?[a-zA-Z]\s*(?:\*|\\ast)\s*[a-zA-Z]\)?\s*(?:=|is\s+defined)")


def faults(problem: str, answers: Sequence[str], solution: str) -> Iterator[str]:
    """What is wrong with a reference, in words; nothing where nothing is. Without answers, what is wrong with the solution alone."""
    if answers and not any(map(readable, answers)):
        yield "the answer says nothing"
        return
    if answers and solution and (given := final_answer(solution)) is not None and not agrees(given, answers):
        yield f"the solution ends in {given}, the answer is {answers[0]}"
    if missed := misses_question(problem, answers):
        yield missed
    yield from _annotated(problem, answers, solution)
    formulas = put_in(problem, _with_own_signs(problem, re.sub(r"<<[^<>]*>>", "", solution)))
    yield from incongruent(formulas)
    yield from map(
        str,
        slips(
            formulas, imaginary=is_complex(problem + solution, " ".join(answers)), given=problem, free=names_of(answers)
        ),
    )
    if not _other_arithmetic(problem + solution):
        yield from _contradicted(problem, formulas)
        yield from wrong_equations(solution)


def _annotated(problem: str, answers: Sequence[str], solution: str) -> Iterator[str]:
    """Faults of the annotations; where these are right, an answer that the solution does not come to."""
    written = list(annotations(solution))
    wrong = list(wrong_annotations(solution, written))
    yield from wrong
    if (written or FINAL_ANSWER.search(solution)) and not wrong and (missed := unfounded(problem, answers, solution)):
        yield missed


def _contradicted(problem: str, formulas: str) -> Iterator[str]:
    """Equations that do not follow from those before them, or hold for no values that the text tells."""
    plain = without_formulas(formulas)
    yield from broken_consequences(formulas)
    yield from lines_that_follow(plain)
    yield from wrong_products(plain)
    asserted, said = list(statements(formulas)), list(in_prose(plain))
    for told in (asserted, said):
        yield from unsolved(told)
        yield from misput(told)
    known = told_values([*asserted, *said], formulas)
    yield from unmet([*statements(problem), *asserted], known)
    yield from contradictions(asserted, formulas)
    yield from inconsistent(asserted, known, formulas)
    yield from rewritten(asserted)


def _other_arithmetic(text: str) -> bool:
    """Whether signs of arithmetic may mean something else here: remainders, other bases, operations that the problem defines."""
    return bool(_OTHER.search(text.replace("####", "")))


def _with_own_signs(problem: str, formulas: str) -> str:
    """The formulas with a star as a sign of its own, where the problem says what it does: "a*b = a^2 + b"."""
    return formulas.replace("*", "\\star ") if _STARRED.search(problem) else formulas
