"""Children of problems of the user's own, made from their text alone.

*Turned round*: one number of the text is called by a sign, the answer is told, and the number asked for. That no other number would do
is not proven here, as nothing is known of the way; who finds another one is not kept. *Deeper*: operations on the answer, which is exact.
"""

import random
import re
from fractions import Fraction

from scenarios.exact import plain
from scenarios.family import TruthError
from traces.task import Answer, Oracle, Task

_SIGNS = ("x", "k", "q", "w", "z")
_NUMBER = re.compile(r"(?<![\w.,/^_\\{-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/^}]|[.,]\d)")
_TURNED = (
    "In the following, {sign} stands for a missing number. {text} The answer to this is {answer}. What is {sign}?",
    "{text}\n\nOne number above was replaced by {sign}. The answer is known to be {answer}. Find the value of {sign}.",
    "{text} Somebody solved this and got {answer}, which is right. Which number does {sign} stand for?",
)
_DEEPER = (
    "{text}\n\nMultiply the answer by {factor} and then add {more}. Give only this final result.",
    "{text}\n\nTake {factor} times that answer, increase it by {more}, and state what you get.",
    "{text} Then, as a last step, multiply what you found by {factor} and add {more} to it. What is the result?",
)


def reversed_(parent: Task, rng: random.Random) -> Task:
    """The problem turned round. Raises TruthError where its answer is no number, or its text holds none that stands there once."""
    answer, text = _exact(parent), parent.query.strip()
    found = list(_NUMBER.finditer(text))
    single = [one for one in found if sum(other[0] == one[0] for other in found) == 1 and one[0] not in ("0", "1")]
    sign = next(
        (sign for sign in _SIGNS if not re.search(rf"(?<![^\W\d_]){sign}(?![^\W\d_])", text, re.IGNORECASE)), None
    )
    if not single or sign is None:
        raise TruthError("no number of its text could be asked for")
    hidden = rng.choice(single)
    value = plain(hidden[0])
    if Fraction(value) == answer:
        raise TruthError("the number to be hidden is the answer itself")
    told = text[: hidden.start()] + sign + text[hidden.end() :]
    query = rng.choice(_TURNED).format(sign=sign, text=told, answer=plain(answer))
    return _child(
        parent, query, value, {"reversed": f"{sign} is {value} in the parent, whose answer is {plain(answer)}."}
    )


def deepened(parent: Task, rng: random.Random) -> Task:
    """The problem with two operations more. Raises TruthError where its answer is no number."""
    answer = _exact(parent)
    factor, more = rng.randint(3, 19), rng.randint(13, 480)
    query = rng.choice(_DEEPER).format(text=parent.query.strip(), factor=factor, more=more)
    value = plain(answer * factor + more)
    return _child(parent, query, value, {"depth": f"{plain(answer)} * {factor} + {more} = {value}"})


def _exact(parent: Task) -> Fraction:
    answer = parent.oracle.answer if parent.oracle else None
    if answer is None or answer.kind != "number":
        raise TruthError("its answer is no number")
    return Fraction(answer.value)


def _child(parent: Task, query: str, value: str, proof: dict[str, str]) -> Task:
    oracle = Oracle(answer=Answer(kind="number", value=value), calls="optional", proof=proof)
    return parent.model_copy(update={"query": query, "oracle": oracle})
