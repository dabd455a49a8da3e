"""Write a short text that does exactly what is demanded of its form. Any text will do that meets every demand; each is checked by a
function of its own, and no tool is needed.

Truth paths: the careful teacher's text is held against every demand when the task is made, and a text with one demand broken has to fail,
or the task is thrown away. `difficulty` is the number of demands.
"""

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

from scenarios.demands import KINDS, met, read, told
from scenarios.families._common import ALL, PYTHON, SEARCH, brief_for, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.policy import Mind, Policy
from scenarios.slots import choice
from scenarios.wording import Form, Slot, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Demand, Demands, Oracle, PlanNode, Task

_TOPICS = (
    "rain",
    "bread",
    "a library",
    "a morning walk",
    "an old bicycle",
    "the sea",
    "a garden",
    "winter",
    "music",
    "a kitchen",
)
_KEYWORDS = ("patience", "colour", "weather", "silence", "memory", "light")
_ENDINGS = ("that is all for today", "so much for now", "make of it what you will")
_KEYS = (("title", "text"), ("title", "mood", "text"), ("topic", "opening", "closing"))
_LINES = (
    "Everybody has something to say about {topic}, and few of us ever tire of it.",
    "There is a quiet charm in {topic} that grows on those who stay a while.",
    "Some people look at {topic} and think of home, others think of far away.",
    "Ask a child about {topic} and you will hear a story that never ends.",
    "It is easy to forget how much {topic} can do for a tired mind.",
    "Whoever pays attention to {topic} finds something new in it each time.",
    "Of all the plain things in life, {topic} may well be the kindest.",
)
"""Whole sentences that say nothing that could be wrong."""


def _write(demands: list[list[Any]], rng: random.Random) -> str:
    said = [told(Demand(kind=kind, number=number, text=text), rng.randint(0, 1)) for kind, number, text in demands]
    return "; ".join(said)


def _read(said: str) -> list[list[Any]]:
    return [[d.kind, d.number, d.text] for d in map(read, said.split(";"))]


DEMANDS = Slot(r"[^\n]{10,500}?", _write, _read)
FORM = Form(
    "instructions",
    {"topic": choice({topic: (topic,) for topic in _TOPICS}), "demands": DEMANDS},
    {
        "plain": (
            "Write a short text about {topic}. Stick to this: {demands}.",
            "Please write something about {topic}, and mind the form: {demands}.",
        ),
        "terse": (
            "Text about {topic}. Rules: {demands}.",
            "A few lines on {topic}; conditions: {demands}.",
        ),
        "chatty": (
            "can you write me something nice about {topic}? but please {demands}",
            "I need a little something on {topic} for a card, only you have to {demands}",
        ),
        "formal": (
            "Kindly compose a brief text on the subject of {topic}, observing the following: {demands}.",
            "A short text concerning {topic} is required under these conditions: {demands}.",
        ),
        "indirect": (
            "I'd like to have a short text about {topic}. It matters that you {demands}.",
            "It would be lovely to read a few lines about {topic}, provided that you {demands}.",
        ),
        "context": (
            "Our newsletter has a corner for small texts, and this week it is {topic}. The layout is strict: {demands}.",
            "I am testing how well assistants follow orders. The subject is {topic}. The orders are these: {demands}.",
        ),
    },
)


class Instructions(Family):
    """Form, followed to the letter."""

    name = "instructions"
    summary = "write a text under demands on its form, each checked by a function"
    harder = "demands on the form"

    @property
    def wordings(self) -> Wordings:
        return Wordings((FORM,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        demands, topic = _drawn(rng), rng.choice(_TOPICS)
        _proven(topic, demands)
        ask: Ask = {"kind": "instructions", "topic": topic, "demands": [[d.kind, d.number, d.text] for d in demands]}
        brief = brief_for(self.name, ask, rng)
        plan = (PlanNode(id="n0", op="write", args={"about": topic}),)
        proof = {"closed book": "Any text that meets the demands is right; no tool adds anything."}
        answer, tests = Answer(kind="free"), Demands(demands=demands)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice((ALL, (SEARCH, PYTHON), (PYTHON,))),
            oracle=Oracle(answer=answer, plan=plan, tests=tests, calls="forbidden", proof=proof),
            difficulty=len(demands),
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return _solve(ask, mind)


def _drawn(rng: random.Random) -> tuple[Demand, ...]:
    """Two to four demands that can be met together."""
    keyword = Demand(kind="keyword", number=rng.randint(1, 2), text=rng.choice(_KEYWORDS))
    free = [keyword, Demand(kind="lower")]
    match rng.choice(("prose", "prose", "bullets", "json")):
        case "bullets":
            shape = [Demand(kind="bullets", number=rng.randint(3, 5))]
            free.append(Demand(kind="no_commas"))
        case "json":
            shape = [Demand(kind="json", text=" and ".join(rng.choice(_KEYS)))]
        case _:
            shape = [Demand(kind="sentences", number=rng.randint(4, 6))]
            free += [Demand(kind="no_commas"), Demand(kind="ending", text=rng.choice(_ENDINGS))]
            free.append(
                rng.choice(
                    (
                        Demand(kind="words_most", number=rng.randint(90, 110)),
                        Demand(kind="words_least", number=rng.randint(18, 25)),
                    )
                )
            )
    return (*shape, *rng.sample(free, rng.randint(1, min(3, len(free)))))


def _proven(topic: str, demands: Sequence[Demand]) -> None:
    """Raise TruthError where the demands cannot be met together, or a broken one goes unseen."""
    text = _text(topic, demands, random.Random(0))
    if lacking := [d.kind for d in demands if not met(d, text)]:
        raise TruthError(f"instructions: {lacking} cannot be met in {text!r}")
    for demand in demands:
        if met(demand, KINDS[demand.kind].spoil(text, demand.number, demand.text)):
            raise TruthError(f"instructions: a broken {demand.kind} is not seen in {text!r}")


def _solve(ask: Ask, mind: Mind) -> Policy:
    yield from ()
    demands = [Demand(kind=kind, number=number, text=text) for kind, number, text in ask["demands"]]
    text = _text(ask["topic"], demands, mind.rng)
    broken = next((demand for demand in demands if mind.tempted("ignores_form")), None)
    if broken:
        mind.admit("ignores_form", "G3", f"breaks the demand to {told(broken)}")
        return KINDS[broken.kind].spoil(text, broken.number, broken.text)
    return text


def _text(topic: str, demands: Sequence[Demand], rng: random.Random) -> str:
    """A text that meets the demands."""
    by_kind = {demand.kind: demand for demand in demands}
    parts = list(_parts(topic, by_kind, rng))
    if "json" in by_kind:
        keys = by_kind["json"].text.split(" and ")
        text = json.dumps(dict(zip(keys, [*parts[: len(keys) - 1], " ".join(parts[len(keys) - 1 :])], strict=True)))
    elif "bullets" in by_kind:
        text = "\n".join(f"- {part}" for part in parts)
    else:
        text = " ".join(parts)
    text = text.replace(",", "") if "no_commas" in by_kind else text
    return text.lower() if "lower" in by_kind else text


def _parts(topic: str, by_kind: dict[str, Demand], rng: random.Random) -> Iterator[str]:
    """As many sentences as are asked for, some of them with the word that is, the last one as it is."""
    shape = by_kind.get("sentences") or by_kind.get("bullets")
    keyword, ending = by_kind.get("keyword"), by_kind.get("ending")
    extra = (keyword.number if keyword else 0) + (1 if ending else 0)
    count = (shape.number if shape else 5) - extra
    for line in rng.sample(_LINES, count):
        yield line.format(topic=topic)
    for opening in ("To me", "For others")[: keyword.number if keyword else 0]:
        yield f"{opening} it is a matter of {keyword.text if keyword else ''}."
    if ending:
        yield f"{ending.text.capitalize()}."
