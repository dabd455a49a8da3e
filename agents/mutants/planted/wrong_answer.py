"""G2: the last step gives another value than it found: another figure, date, name, the opposite, or another program than was tried."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.figures import fresh, put, said, shuffled
from agents.mutants.programs import bugs, first_written, handed_over
from agents.mutants.scene import Scene, respoken, texts
from scenarios.figures import figures
from scenarios.stated import date_forms


@dataclass(frozen=True)
class WrongAnswer(Mutation):
    """Only the answer's own words change. The new value is one that nobody gave, except among names that the query offers."""

    kind: ClassVar[str] = "wrong_answer"
    code: ClassVar[str] = "G2"

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        text = scene.answer.content
        for new in others(scene, text, rng):
            yield Plant(
                scene.last, (Planted(respoken(scene.answer, new), self.code, f"answers {new[:120]!r}"),), "ends"
            )


def others(scene: Scene, text: str, rng: random.Random) -> Iterator[str]:
    """The answer's text with another value in it."""
    answer = scene.oracle.answer
    if answer.kind == "number":
        known = said(texts(scene.messages))
        for figure in shuffled(figures(text), rng):
            yield put(text, figure, fresh(figure, known, rng))
    elif answer.kind == "date":
        day = date.fromisoformat(answer.value) if len(answer.value) == 10 else None
        for place, form in enumerate(date_forms(answer.value) if day else ()):
            other = day + timedelta(days=rng.choice((-1, 1)) * rng.randint(40, 3000)) if day else None
            if form in text and other:
                yield text.replace(form, date_forms(other.isoformat())[place])
    elif answer.kind == "boolean":
        yield re.sub(
            r"\b(yes|no)\b",
            lambda m: {"yes": "no", "no": "yes", "Yes": "No", "No": "Yes"}[m[0]],
            text,
            count=1,
            flags=re.I,
        )
    elif answer.kind == "text":
        yield from (text.replace(answer.value, other) for other in _candidates(scene, rng) if answer.value in text)
    elif answer.kind == "program" and (program := handed_over(scene)) and first_written(scene, program) is not None:
        yield from (text.replace(program, other) for other, _ in bugs(program, rng, 6))


def _candidates(scene: Scene, rng: random.Random) -> list[str]:
    """Values that could stand for a textual answer: the others that the plan looked at, or the same with its characters changed."""
    value = scene.oracle.answer.value
    named = [str(n.args.get("name", "")) for n in scene.oracle.plan]
    rivals = [name for name in dict.fromkeys(named) if name and name != value and name in scene.query]
    if re.search(r"\d{2}", value):
        changed = re.sub(r"\d", lambda m: rng.choice("123456789".replace(m[0], "")), value)
        return [] if scene.knows(changed) else [changed]
    return shuffled(rivals, rng) if scene.oracle.plan[-1].op not in ("lookup", "say") else []
