"""What people put around a question: greetings, who they are, why they ask, thanks. It never changes what is asked."""

import random
import re
from collections.abc import Iterator

PERSONAS: dict[str, tuple[str, ...]] = {
    "": ("",),
    "analyst": (
        "I'm putting together a briefing for my team.",
        "This is for a desk study I have to hand in today.",
        "I'm filling a gap in our quarterly review.",
        "My report has one blank cell left.",
    ),
    "student": (
        "I'm working on an assignment for class.",
        "This is for a school project.",
        "My teacher set us this one.",
        "I'm revising and want to be sure of this.",
    ),
    "clerk": (
        "I'm completing a form at the office.",
        "Our records need this by noon.",
        "The auditor asked me for this.",
        "I'm reconciling some paperwork.",
    ),
    "editor": (
        "I'm fact-checking an article before it goes to print.",
        "We run the piece tomorrow and I must get this right.",
        "A reader wrote in about this.",
        "I need this for a caption.",
    ),
    "planner": (
        "I'm planning the next few months.",
        "We're drawing up a budget.",
        "This goes into a planning sheet.",
        "I'm preparing a meeting with a client.",
    ),
    "curious": (
        "I was wondering about something.",
        "This has been bugging me since breakfast.",
        "We have a bet going at home.",
        "Out of pure curiosity:",
    ),
}
GREETINGS: dict[str, tuple[str, ...]] = {
    "plain": ("", "", "", "Hello.", "Good morning.", "A question:", "Please help me with this:"),
    "terse": ("", "", "", "", "Quick one:", "Short question:"),
    "chatty": ("Hey!", "Hi there!", "Hiya,", "Hey, quick question.", "Okay so,", "Hi, hope you're well.", "Heya!"),
    "formal": ("", "Good day.", "Dear assistant,", "To whom it may concern:", "With kind regards in advance:"),
    "indirect": ("", "", "Hello,", "If you don't mind,", "When you have a moment,"),
    "context": ("", "", "Hello!", "Good afternoon.", "Some background first."),
}
THANKS: dict[str, tuple[str, ...]] = {
    "plain": ("", "", "", "Thanks.", "Thank you!", "Please be exact."),
    "terse": ("", "", "", "Thx.", "Thanks."),
    "chatty": ("Thanks a bunch!", "Cheers!", "Ta!", "", "You're a star.", "No rush though."),
    "formal": (
        "",
        "Many thanks.",
        "Thank you in advance.",
        "I would be obliged for a precise answer.",
        "Kind regards.",
    ),
    "indirect": ("", "", "I'd be grateful.", "That would help me a lot.", "Thank you."),
    "context": ("", "", "Thanks for your help.", "It has to be right.", "I'd like to double-check what we have."),
}
_JOINS = re.compile(r"[,:]$")


def put_on(core: str, persona: str, style: str, rng: random.Random) -> str:
    """`core` with what such a person says around it."""
    greeting = rng.choice(GREETINGS.get(style, ("",)))
    reason = rng.choice(PERSONAS.get(persona, ("",))) if style != "terse" else ""
    before = [part for part in (greeting, reason) if part]
    if len(before) == 2 and _JOINS.search(greeting):
        before = [reason] if rng.random() < 0.5 else [greeting]
    if before and _JOINS.search(before[-1]) and not _keeps_case(core):
        core = core[:1].lower() + core[1:]
    thanks = rng.choice(THANKS.get(style, ("",)))
    stop = "." if thanks and re.search(r"[\w\"]$", core) else ""
    return " ".join([*before, core + stop, thanks]).strip()


def _keeps_case(core: str) -> bool:
    """Whether the first word must keep its capital: a name, an initialism, "I"."""
    first = re.match(r"[\w'’]+", core)
    return first is None or first[0].replace("’", "'") not in _OPENERS


_OPENERS = frozenset(
    re.findall(
        r"[\w']+",
        """
    What Which How Who When Where Why What's Who's How's Where's Here's That's It's It Could Can Would Will Should
    May Might Please Tell Give Find Work Compute Calculate Determine Look Take Suppose Assume Imagine Consider Say
    Let Riddle Add Count Simulate Run Open Using Given If Is Are Was Were Do Does Did Don't Has Have Had Got Need
    Perhaps Maybe Proceeding Starting Going Based The A An My Our We You Your They There There's This That These Those
    Some Any Every Each All Both Two Three Four On In At For By From After Before Of Out With To As Up Over
    Between Among Kindly Okay Ok Hey Hi Draft Write So And But Still Just Only Someone Somebody People
    """,
    )
)


def take_off(query: str) -> Iterator[str]:
    """The query with ever less taken off its ends: most first, the query itself last."""
    starts = list(_strip_starts(query.strip()))
    ends = [_END.sub("", query.strip()), query.strip()]
    seen: set[str] = set()
    for end in ends:
        for start in reversed(starts):
            text = end[start:].strip()
            if text and text not in seen:
                seen.add(text)
                yield text


def _strip_starts(query: str) -> Iterator[int]:
    at = 0
    yield at
    for _ in range(2):
        found = _START.match(query, at)
        if not found or found.end() == at:
            return
        at = found.end()
        yield at


def _any(texts: set[str]) -> str:
    words = (
        r"[\W_]*".join(map(re.escape, re.findall(r"\w+", text)))
        for text in sorted(texts, key=len, reverse=True)
        if text
    )
    return "|".join(words)


_START = re.compile(
    rf"\W*(?:{_any({t for group in (*PERSONAS.values(), *GREETINGS.values()) for t in group})})\b[\s.,;:!?…–—-]*",
    re.IGNORECASE,
)
_END = re.compile(rf"[\s.,;:!?…–—-]*\b(?:{_any({t for group in THANKS.values() for t in group})})\W*$", re.IGNORECASE)
