"""What an assistant says beside its calls, in many wordings. Each says only what is true of the call beside it."""

import random
import re
from collections.abc import Sequence
from typing import Literal

Moment = Literal[
    "search",
    "again",
    "open",
    "open several",
    "calculate",
    "code",
    "retry",
    "waiting",
    "instead",
    "insist",
    "check",
    "several",
    "files",
]

_SAID: dict[Moment, tuple[str, ...]] = {
    "search": (
        "",
        "",
        "I'll look up {what}.",
        "Let me search for {what}.",
        "First I need {what}.",
        "I'll start by finding {what}.",
        "Searching for {what}.",
        "To answer this I need {what}.",
        "Let me find {what}.",
    ),
    "several": (
        "",
        "I'll look these up side by side: {what}.",
        "These can be looked up at the same time: {what}.",
        "Let me search for {what} in one go.",
        "I need several facts: {what}.",
    ),
    "again": (
        "That didn't show what I need, so I'll word the search differently: {what}.",
        "Not there yet. Another try for {what}.",
        "Nothing usable so far; I'll rephrase the search for {what}.",
        "Let me try other words to find {what}.",
    ),
    "open": (
        "",
        "",
        "I'll open the page {what} to read it in full.",
        "Let me read {what}.",
        "The page {what} should have it; opening it.",
        "Opening {what} for the details.",
        "{what} looks like the right page.",
    ),
    "open several": (
        "",
        "",
        "I'll open {what} to read them in full.",
        "Let me read {what}.",
        "These should have it: {what}.",
        "Opening {what} for the details.",
        "{what} look like the right pages.",
    ),
    "calculate": (
        "",
        "",
        "I'll calculate {what}.",
        "Now {what}.",
        "Next comes {what}.",
        "Let me work out {what} with the calculator.",
        "Time to compute {what}.",
        "The calculator can give me {what}.",
    ),
    "code": (
        "",
        "I'll run a short program for {what}.",
        "Let me write some code for {what}.",
        "Code is the safe way to get {what}.",
        "I'll compute {what} in Python.",
        "A few lines of Python will give {what}.",
    ),
    "check": (
        "Before answering I'll check {what}.",
        "Let me verify {what}.",
        "A quick check of {what}.",
        "To be safe, I'll confirm {what}.",
    ),
    "retry": (
        "That call was not right. Trying again.",
        "I made a mistake in the call; here it is corrected.",
        "The call failed, so I'll fix it.",
        "Let me correct that call.",
        "Sorry, that call was wrong. Once more.",
    ),
    "waiting": (
        "The tool did not answer; I'll try once more.",
        "No answer from the tool. One more try.",
        "That failed through no fault of the call, so I'll repeat it.",
        "The service did not respond. Trying again.",
        "Let me try that again; it may have been a passing problem.",
    ),
    "instead": (
        "{what} does not work, so I'll do this in Python.",
        "{what} is not available. Python can compute it as well.",
        "Since {what} fails, I'll use the code interpreter instead.",
        "Without {what} I can still work this out in Python.",
    ),
    "insist": (
        "Trying again.",
        "Once more.",
        "Maybe it works now.",
        "Let me try that another time.",
        "I'll keep trying.",
    ),
    "files": (
        "",
        "I'll look at {what} first.",
        "Let me see how {what} is laid out.",
        "First a look at {what}.",
        "I'll read {what} to see its columns.",
    ),
}


def say(rng: random.Random, moment: Moment, what: str = "") -> str:
    """One wording for this moment."""
    text = rng.choice(_SAID[moment]).format(what=what)
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


_VOWEL = re.compile(r"(?!uni|use|usu|eu|one\b)[aeiou]|8|1[18](?!\d)", re.IGNORECASE)


def one(what: str, a: str = "a") -> str:
    """With the article that its sound asks for: "a mass", "an area", "an 8% fee", "a unit"."""
    return f"{a}{'n' if _VOWEL.match(what) else ''} {what}"


def followed(text: str, sentence: str) -> str:
    """The text with a sentence after it, in a paragraph of its own where the text ends with a block of code."""
    return f"{text}\n\n{sentence}" if text.endswith("```") else f"{text} {sentence}"
