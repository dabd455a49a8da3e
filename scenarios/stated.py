"""Whether a text states the right answer of a task. The mutator's own reading, so that no grader confirms what graders are measured on.

It is generous: an answer that has the right value anywhere counts as right, so a mutant is only kept where that value is gone.
"""

import re
from datetime import date
from fractions import Fraction

from scenarios.figures import figures
from traces.task import Answer, Task


def states_answer(task: Task, text: str) -> bool:
    """Whether the text has the right answer in it. Where anything honest counts, only a text of some kind is asked for."""
    assert task.oracle
    return states(task.oracle.answer, text)


def states(answer: Answer, text: str) -> bool:
    """Whether a text has this answer in it."""
    match answer.kind:
        case "number":
            return _number(answer, text)
        case "date":
            return any(_has(text, form) for form in date_forms(answer.value))
        case "set":
            return all(_has(text, member) for member in answer.accepted)
        case "boolean":
            return _has(text, answer.value)
        case "text":
            return any(_has(text, form) for form in (answer.value, *answer.accepted) if form)
        case "unknown":
            return gives_up(text)
        case "free":
            return bool(text.strip())
        case "program":  # whether a program is right shows when it is run
            return False


def _number(answer: Answer, text: str) -> bool:
    value, tolerance = Fraction(answer.value), Fraction(answer.tolerance)
    found = [f.value for f in figures(re.sub(r"(?<=\d),(?=\D|$)", " ", text))]
    return any(abs(n - abs(value)) <= tolerance for n in found) or _has(text, answer.value)


def _has(text: str, form: str) -> bool:
    return bool(form) and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) is not None


def gives_up(text: str) -> bool:
    """Whether a text has any word that saying no or asking back takes. Generous too."""
    return bool(
        re.search(
            r"\b(?:not|no|n't|cannot|can't|unable|without|nothing|nowhere|never|unknown|which|what|could you|please)\b|n't",
            text,
            re.I,
        )
    )


def date_forms(iso: str) -> list[str]:
    """The ways a date is written; a year or a month alone stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return [iso]
    month, short = day.strftime("%B"), day.strftime("%b")
    forms = [
        iso,
        f"{day.day}.{day.month}.{day.year}",
        day.strftime("%d.%m.%Y"),
        day.strftime("%d/%m/%Y"),
        day.strftime("%m/%d/%Y"),
    ]
    for name in (month, short):
        forms += [f"{day.day} {name} {day.year}", f"{name} {day.day}, {day.year}"]
    return forms
