"""The replies of writer and judge, read: one JSON object, taken leniently in its dressing and strictly in what it says.

What cannot be read is a `Complaint`, worded for whoever wrote it: it is sent back once.
"""

import builtins
import keyword
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from graders.critics.objects import objects_in

LONGEST = 4000
"""Characters of a query."""
_ANSWERLESS = frozenset({"", "null", "none", "unknown", "n/a", "i don't know", "i do not know", "not sure"})
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})
T = TypeVar("T")


class Complaint(NamedTuple):
    """Why a reply could not be read."""

    text: str


class Review(NamedTuple):
    """What the writer makes of its draft: the query as it should be."""

    problems: tuple[str, ...]
    query: str


class Judgement(NamedTuple):
    """Whether a query may be used; `reason` says what decides."""

    answerable: bool
    one_answer: bool
    safe: bool
    reason: str = ""


class PosedForm(NamedTuple):
    """A programming problem, and what its function is called."""

    problem: str
    name: str


Reader = Callable[[str], T | Complaint]


def read_draft(text: str) -> str | Complaint:
    """The query in a writer's reply."""
    form = _form(text, "query")
    return form if isinstance(form, Complaint) else _query(form)


def read_review(text: str) -> Review | Complaint:
    """What the writer says of its own draft."""
    form = _form(text, "query")
    query = form if isinstance(form, Complaint) else _query(form)
    if isinstance(form, Complaint) or isinstance(query, Complaint):
        return (
            form
            if isinstance(form, Complaint)
            else Complaint('"query" is missing: give it, also where nothing is wrong')
        )
    said = form.get("problems") or []
    problems = [str(one) for one in said] if isinstance(said, list) else [str(said)]
    return Review(tuple(p for p in problems if p.strip()), query)


def read_judgement(text: str) -> Judgement | Complaint:
    """What the judge says of a query."""
    form = _form(text, "answerable")
    if isinstance(form, Complaint):
        return form
    answerable, one, safe = (_truth(form.get(name)) for name in ("answerable", "one_answer", "safe"))
    if answerable is None or one is None or safe is None:
        return Complaint('"answerable", "one_answer" and "safe" must each be true or false')
    return Judgement(answerable, one, safe, str(form.get("reason") or "")[:400])


def read_posed(text: str) -> PosedForm | Complaint:
    """A programming problem with the name of its function."""
    form = _form(text, "problem")
    if isinstance(form, Complaint):
        return form
    problem, name = str(form["problem"]).strip(), str(form.get("name") or "").strip().strip("`").removesuffix("()")
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,60}", name) or keyword.iskeyword(name) or hasattr(builtins, name):
        return Complaint(
            '"name" has to be a name for a Python function, in small letters, that Python itself does not use'
        )
    if not 20 <= len(problem) <= LONGEST:
        return Complaint(f'"problem" has {len(problem):,} characters; 20 to {LONGEST:,} are allowed')
    return PosedForm(problem, name)


def read_answer(text: str) -> str | Complaint:
    """The short answer, empty where the model is not certain of any."""
    form = _form(text, "answer")
    if isinstance(form, Complaint):
        return form
    answer = form.get("answer")
    said = ", ".join(map(str, answer)) if isinstance(answer, list) else "" if answer is None else str(answer)
    return "" if said.strip().strip(".").casefold() in _ANSWERLESS else said.strip()


def read_same(text: str) -> bool | Complaint | None:
    """Whether two answers are the same; None where the judge cannot tell."""
    form = _form(text, "same")
    return form if isinstance(form, Complaint) else _truth(form["same"])


def read_asks(text: str) -> dict[str, Any] | Complaint | None:
    """What a query asks, None where it fits no form."""
    form = _form(text, "asks")
    if isinstance(form, Complaint):
        return form
    found = form["asks"]
    return found if isinstance(found, dict) or found is None else Complaint('"asks" is neither an object nor null')


def _form(text: str, key: str) -> Mapping[str, Any] | Complaint:
    if not text.strip():
        return Complaint("your reply is empty")
    found = [form for form in objects_in(text) if key in form]
    return found[-1] if found else Complaint(f'there is no JSON object with "{key}" in it')


def _query(form: Mapping[str, Any]) -> str | Complaint:
    value = form["query"]
    if not isinstance(value, str) or not value.strip():
        return Complaint('"query" is no text')
    if len(value) > LONGEST:
        return Complaint(f'"query" has {len(value):,} characters, at most {LONGEST:,} are allowed')
    return re.sub(r"[ \t]+\n", "\n", value).strip()


def _truth(value: object) -> bool | None:
    word = str(value).strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None
