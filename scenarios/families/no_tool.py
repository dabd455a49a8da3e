"""No tool needed: chat, rewriting, and questions whose whole answer stands in the query. Calling a tool is the mistake.

Truth paths: the value drawn before the query was put together, against the value found in the ask by another method.
`difficulty` is always 1.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.families._common import ALL, OFFERS, brief_for, worded
from scenarios.family import Ask, Family, TruthError
from scenarios.moves import finish, make
from scenarios.policy import Call, Mind, Policy
from scenarios.slots import COUNT, NAME, NAMES, choice, quoted
from scenarios.wording import Form, Slot, Style, Wordings
from scenarios.world import World
from traces.task import Answer, AnswerKind, Brief, Oracle, PlanNode, Task


@dataclass(frozen=True)
class Plain:
    """A question that answers itself. `truth` and `check` come to the same text by different ways; `wrong` is a slip of the pen."""

    kind: str
    answer: AnswerKind
    slots: Mapping[str, Slot]
    wordings: Mapping[Style, Sequence[str]]
    draw: Callable[[random.Random], Ask]
    truth: Callable[[Ask], str]
    check: Callable[[Ask], str]
    answers: tuple[str, ...]
    wrong: Callable[[Ask], str]


_FIRST = (
    "Tamsin",
    "Orla",
    "Jory",
    "Petra",
    "Milo",
    "Ines",
    "Bram",
    "Sunniva",
    "Caleb",
    "Yara",
    "Edda",
    "Tobin",
    "Noor",
    "Lasse",
)
_ROOMS = ("Larch", "Cedar", "Willow", "Aspen", "Hazel", "Rowan", "Alder", "Juniper", "Maple", "Linden")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_THINGS = ("apples", "chairs", "stamps", "tickets", "candles", "pencils", "marbles", "eggs", "plates", "keys")


def _draw_left(rng: random.Random) -> Ask:
    had = rng.randint(5, 19)
    return {"who": rng.choice(_FIRST), "had": had, "gone": rng.randint(1, had - 2), "thing": rng.choice(_THINGS)}


LEFT = Plain(
    kind="left",
    answer="number",
    slots={"who": NAME, "had": COUNT, "gone": COUNT, "thing": choice({t: (t,) for t in _THINGS})},
    wordings={
        "plain": ("{who} has {had} {thing} and gives {gone} of them away. How many are left?",),
        "terse": ("{had} {thing}, {who} takes {gone}. Left?",),
        "chatty": ("{who} had {had} {thing} this morning but {gone} went missing lol. How many now?",),
        "formal": (
            "Of {had} {thing} in the possession of {who}, {gone} were handed over. Please state the remainder.",
        ),
        "indirect": ("I'd like to know how many {thing} remain when {who} owned {had} and lost {gone}.",),
        "context": (
            "{who} counted {had} {thing} on the shelf. Later {gone} were sold. Nothing else changed. How "
            "many should be there?",
        ),
    },
    draw=_draw_left,
    truth=lambda ask: str(ask["had"] - ask["gone"]),
    check=lambda ask: str(len(range(ask["gone"], ask["had"]))),
    answers=("There are {value} left.", "{value} remain.", "That leaves {value}."),
    wrong=lambda ask: str(ask["had"] - ask["gone"] + 1),
)


def _draw_note(rng: random.Random) -> Ask:
    return {
        "who": rng.choice(_FIRST),
        "day": rng.choice(_DAYS),
        "room": rng.choice(_ROOMS),
        "wanted": rng.choice(("room", "day", "host")),
    }


_NOTE = '"{who} hosts the review on {day} in room {room}."'
_WANTED = choice(
    {
        "room": ("in which room is it", "which room is it in", "where does it take place"),
        "day": ("on which day is it", "which day is it on", "what day does it take place"),
        "host": ("who hosts it", "who is the host", "who is in charge of it"),
    }
)
_NOTE_PARTS = {"room": "room", "day": "day", "host": "who"}

NOTE = Plain(
    kind="note",
    answer="text",
    slots={"who": NAME, "day": choice({d: (d,) for d in _DAYS}), "room": NAME, "wanted": _WANTED},
    wordings={
        "plain": (f"Here is a note: {_NOTE} Going by the note, {{wanted}}?",),
        "terse": (f"{_NOTE} So {{wanted}}?",),
        "chatty": (f"got this message: {_NOTE} I can't concentrate today, {{wanted}}?",),
        "formal": (f"The invitation reads as follows. {_NOTE} Kindly tell me: {{wanted}}?",),
        "indirect": (f"Could you tell me from {_NOTE} the following: {{wanted}}?",),
        "context": (
            f"I'm setting up the calendar. The only thing I was given is {_NOTE} Now I need to know: {{wanted}}?",
        ),
    },
    draw=_draw_note,
    truth=lambda ask: str(ask[_NOTE_PARTS[ask["wanted"]]]),
    check=lambda ask: str({"host": ask["who"], "day": ask["day"], "room": ask["room"]}[ask["wanted"]]),
    answers=("According to the note: {value}.", "It says {value}.", "{value}, as the note says."),
    wrong=lambda ask: str(ask["day"] if ask["wanted"] != "day" else ask["who"]),
)


def _draw_order(rng: random.Random) -> Ask:
    return {"names": rng.sample(_FIRST, rng.randint(3, 4))}


def _smallest_first(ask: Ask) -> str:
    rest, order = list(ask["names"]), []
    while rest:
        order.append(min(rest))
        rest.remove(order[-1])
    return ", ".join(order)


ORDER = Plain(
    kind="order",
    answer="text",
    slots={"names": NAMES},
    wordings={
        "plain": ("Put these names in alphabetical order: {names}.", "Please sort the names {names} from A to Z."),
        "terse": ("Sort A to Z: {names}",),
        "chatty": ("can you alphabetise these for me real quick: {names}?",),
        "formal": ("Kindly arrange the following names alphabetically: {names}.",),
        "indirect": ("I'd like to have these names alphabetically: {names}.",),
        "context": ("I'm making place cards and they should lie in alphabetical order. The guests are {names}.",),
    },
    draw=_draw_order,
    truth=lambda ask: ", ".join(sorted(ask["names"])),
    check=_smallest_first,
    answers=("In alphabetical order: {value}.", "{value}.", "Sorted from A to Z they are {value}."),
    wrong=lambda ask: ", ".join(sorted(ask["names"], reverse=True)),
)


def _draw_shout(rng: random.Random) -> Ask:
    return {"text": rng.choice(_SENTENCES)}


_SENTENCES = (
    "mind the wet floor",
    "doors close at nine",
    "fresh bread every morning",
    "please ring the bell twice",
    "no bicycles in the hall",
    "the library is upstairs",
    "keep the gate shut",
    "cash only at the counter",
    "staff entrance on the left",
    "today's soup is leek and potato",
)

SHOUT = Plain(
    kind="shout",
    answer="text",
    slots={"text": quoted()},
    wordings={
        "plain": ("Write {text} in capital letters.", "Please put {text} into upper case."),
        "terse": ("Upper case: {text}",),
        "chatty": ("I'm painting a sign, give me {text} in all caps!",),
        "formal": ("Kindly convert {text} to capital letters throughout.",),
        "indirect": ("I'd like to see {text} written all in capitals.",),
        "context": (
            "The printer of our sign only takes capital letters. The text is {text}. How do I have to write it?",
        ),
    },
    draw=_draw_shout,
    truth=lambda ask: str(ask["text"].upper()),
    check=lambda ask: "".join(c.upper() for c in ask["text"]),
    answers=("{value}", "In capitals: {value}", "Here it is: {value}"),
    wrong=lambda ask: str(ask["text"].upper()[:-1]),
)

PLAIN = (LEFT, NOTE, ORDER, SHOUT)

_TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cat": (
        (
            "[Suggest|Think of] a name for a grey cat.",
            "What could I call my new grey cat?",
            "our grey kitten still has no name, ideas?",
        ),
        (
            "How about Pebble? It suits a grey cat and is easy to call.",
            "Ash would be a nice name for a grey cat.",
            "Misty is short, soft and fits the colour.",
        ),
    ),
    "hello": (
        ("Hi! How are you [today|this morning]?", "Nice to meet you. How are things?", "yo, what's up?"),
        (
            "Hello! I'm doing well, thank you. What can I do for you?",
            "Hi, nice to hear from you. How can I help?",
            "All well here, thanks for asking. What would you like to talk about?",
        ),
    ),
    "farewell": (
        (
            "That was all, [thank you|thanks]. Goodbye!",
            "Thanks for everything, have a nice evening!",
            "ok I'm off, see you!",
        ),
        ("You're welcome. Goodbye, and take care!", "My pleasure. Have a good one!", "Glad I could help. See you!"),
    ),
    "limerick": (
        (
            "Write [two lines|a couplet] about rain on a window.",
            "Can I have a tiny rhyme about rain?",
            "make me a mini poem, topic: rain",
        ),
        (
            "Soft rain on the window, a drum with no hand,\nit plays a grey tune for a half-sleeping land.",
            "The rain comes to visit, it taps on the pane,\nand asks to come in, and then asks again.",
        ),
    ),
    "refund": (
        (
            "Draft a polite one-line reply to a customer who asks for a refund.",
            "How would you answer a refund request, politely and in one sentence?",
            "need one nice sentence for a customer wanting their money back",
        ),
        (
            "Thank you for getting in touch; we are looking into your refund and will come back to you shortly.",
            "We are sorry that you were not satisfied and have passed your refund request to our team.",
        ),
    ),
    "learn": (
        (
            "[Give me|I'd like] one tip for learning new vocabulary.",
            "How can I remember new words better? One idea is enough.",
            "any trick to make vocab stick?",
        ),
        (
            "Use each new word in a sentence about your own day; what is personal sticks better.",
            "Revise the words at growing intervals instead of all at once.",
        ),
    ),
    "pilot": (
        (
            "Explain in one sentence what a harbour pilot does.",
            "What is the job of a harbour pilot, in a sentence?",
            "harbour pilot - what do they actually do?",
        ),
        (
            "A harbour pilot guides ships safely through waters the pilot knows well, such as a port's entrance.",
            "A harbour pilot boards a ship and advises its captain on the way into or out of the port.",
        ),
    ),
    "synonym": (
        ("[Give me|Tell me] another word for 'happy'.", "What's a synonym of 'happy'?", "different word for happy pls"),
        ("Another word for happy is cheerful.", "You could say glad instead of happy.", "Joyful would fit."),
    ),
    "opposite": (
        ("What is the opposite of 'generous'?", "Give me an antonym of 'generous'.", "opposite of generous?"),
        ("The opposite of generous is stingy.", "Miserly would be the opposite.", "You could say mean or stingy."),
    ),
    "gift": (
        (
            "Suggest a small gift for someone who likes gardening.",
            "What could I bring a friend who loves gardening? One idea.",
            "gift idea for a garden person?",
        ),
        (
            "A pair of good gardening gloves would be welcome.",
            "Seeds of an old tomato variety make a nice small gift.",
            "A sturdy hand trowel is small and useful.",
        ),
    ),
    "proverb": (
        (
            "What does the saying 'look before you leap' mean?",
            "Can you explain 'look before you leap' to a child?",
            "'look before you leap', meaning?",
        ),
        (
            "It means that you should think about what may happen before you act.",
            "Check what lies ahead before you do something you cannot undo.",
        ),
    ),
    "title": (
        (
            "Suggest a title for a school play about a lighthouse.",
            "What might one call a play about a lighthouse?",
            "title for lighthouse play??",
        ),
        ("The Keeper's Last Light.", "How about 'A Light in the Storm'?", "You could call it 'The Lamp on the Rock'."),
    ),
}
TOPIC_FORMS = tuple(
    Form(
        f"chat {topic}",
        {},
        {"plain": wordings[:2], "chatty": wordings[2:], "terse": wordings[2:], "indirect": wordings[:2]},
    )
    for topic, (wordings, _) in _TOPICS.items()
)

_DRAFTS = {
    "send me the file now": (
        "Could you please send me the file?",
        "Would you mind sending me the file when you have a moment?",
    ),
    "you forgot to sign the form": (
        "It seems the form is not signed yet; could you please sign it?",
        "May I ask you to sign the form as well?",
    ),
    "your report is too long": (
        "Could you please shorten the report a little?",
        "I think the report would gain from being a bit shorter.",
    ),
    "I can't come tomorrow": (
        "I'm sorry, but I am unable to come tomorrow.",
        "Unfortunately I will not be able to join you tomorrow.",
    ),
    "the food was cold": (
        "I'm afraid the food was not quite warm when it reached us.",
        "May I mention that our food arrived cold?",
    ),
    "stop calling me": (
        "I would prefer it if you did not call me any more, thank you.",
        "Could you please refrain from calling me?",
    ),
    "fix this today": ("Could you please see to this today?", "I would be grateful if this could be mended today."),
    "you are late again": (
        "I noticed that you came late again; is everything all right?",
        "Could you please try to be on time?",
    ),
    "turn the music down": ("Would you mind turning the music down a little?", "Could you please lower the music?"),
    "we need an answer": ("We would be glad to hear from you soon.", "Could you please let us know your answer?"),
}
REWRITE = Form(
    "rewrite",
    {"draft": quoted()},
    {
        "plain": ("Rewrite {draft} so that it sounds polite.", "Make this sentence more polite: {draft}"),
        "terse": ("More polite: {draft}",),
        "chatty": ("help, I wrote {draft} and it sounds rude. Can you make it nicer?",),
        "formal": ("Kindly rephrase {draft} in a courteous manner.",),
        "indirect": ("I'd like a friendlier way to say {draft}.",),
        "context": ("I'm about to mail a colleague. My draft says {draft}. Please word that politely.",),
    },
)


class NoTool(Family):
    """Nothing to look up and nothing to compute."""

    name = "no_tool"
    summary = "chat, rewriting, and questions answered by the query itself; any call is needless"
    harder = "always 1"

    wordings = Wordings((*(Form(p.kind, p.slots, p.wordings) for p in PLAIN), REWRITE, *TOPIC_FORMS))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        ask, answer = rng.choice((_draw_plain, _draw_plain, _draw_rewrite, _draw_chat))(rng)
        brief = brief_for(self.name, ask, rng)
        plan = (PlanNode(id="n0", op="say", args={"kind": ask["kind"]}, value=answer.value),)
        proof = {"closed book": "The query holds all that the answer needs; no tool adds anything."}
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=rng.choice((ALL, ALL, *OFFERS["calculator"], *OFFERS["search"])),
            oracle=Oracle(answer=answer, plan=plan, calls="forbidden", proof=proof),
            difficulty=1,
            knobs={"kind": ask["kind"]},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        if mind.slips("needless_call", "D1", "calls a tool for what needs none"):
            call = needless(ask, mind)
            if call is not None:
                yield from make(
                    mind, mind.rng.choice(("", "Let me check this with a tool.", "I'll look that up first.")), call
                )
        if mind.slips("refuses", "G5", "declines a harmless request"):
            return mind.rng.choice(
                ("I'm sorry, I can't help with that.", "I'm afraid I am unable to assist with this request.")
            )
        return _say(ask, mind)


def needless(ask: Ask, mind: Mind) -> Call | None:
    """A call that such a query could tempt to."""
    words = str(ask.get("text") or ask.get("draft") or ask.get("wanted") or ask["kind"])
    calls: dict[str, Call] = {
        "search": Call("search", {"query": words}),
        "python": Call("python", {"code": f"text = {words!r}\nprint(len(text))"}),
        "calculator": Call("calculator", {"expression": f"{ask['had']} - {ask['gone']}" if "had" in ask else "1 + 1"}),
    }
    fitting = sorted(set(calls) & mind.tools)
    return calls[mind.rng.choice(fitting)] if fitting else None


def _say(ask: Ask, mind: Mind) -> str:
    plain = next((p for p in PLAIN if p.kind == ask["kind"]), None)
    if plain is not None:
        wrong = mind.slips("misreports", "G2", "writes down something else than the query gives")
        value = plain.wrong(ask) if wrong else plain.truth(ask)
        return finish(mind, mind.rng.choice(plain.answers).format(value=value))
    if ask["kind"] == "rewrite":
        known = _DRAFTS.get(ask["draft"], (f"Would you mind if I put it this way: {ask['draft']}?",))
        return mind.rng.choice(("{}", "You could write: {}", "How about: {}")).format(mind.rng.choice(known))
    return mind.rng.choice(_TOPICS[ask["kind"].removeprefix("chat ")][1])


def _draw_plain(rng: random.Random) -> tuple[Ask, Answer]:
    plain = rng.choice(PLAIN)
    ask: Ask = {"kind": plain.kind, **plain.draw(rng)}
    if plain.truth(ask) != plain.check(ask):
        raise TruthError(f"no_tool/{plain.kind}: {plain.truth(ask)!r} and {plain.check(ask)!r} for {ask}")
    return ask, Answer(kind=plain.answer, value=plain.truth(ask))


def _draw_rewrite(rng: random.Random) -> tuple[Ask, Answer]:
    return {"kind": "rewrite", "draft": rng.choice(sorted(_DRAFTS))}, Answer(kind="free")


def _draw_chat(rng: random.Random) -> tuple[Ask, Answer]:
    return {"kind": f"chat {rng.choice(sorted(_TOPICS))}"}, Answer(kind="free")
