# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""A short answer in a sentence: by what it sets apart (`set_apart`), by its figure (`figured`), by the role of its name (`told`), by its
kind, such as a date or a list (`sentence_kinds`). What none of these reads is held to the words alone.
"""

import re

from graders.answers.absent import refuses
from graders.answers.figured import DENIAL, MOST, figure_told
from graders.answers.frequencies import told_often
from graders.answers.kinds import Clock, Collection, Parsed, Quantity, Truth
from graders.answers.named_places import NAME
from graders.answers.sentence_kinds import READINGS
from graders.answers.set_apart import only_formula, only_hours, only_sign, printed
from graders.answers.standing import Standing, by_standing, part_at
from graders.answers.statements import untold
from graders.answers.symbolic import is_formula, shows
from graders.answers.told import SIGNED, settled_by_stress, told
from graders.answers.verbs import is_sentence
from graders.claims import claimed_numbers
from graders.dates import Day
from graders.headlines import headlines
from graders.number_words import SMALL
from graders.says import says
from graders.wording import Compare, Verdict, tokens

_INTERJECTIONS = frozenset(
    "yes no sure certainly correct right great hello hi okay ok thanks yep nope true false absolutely unfortunately sorry good".split()
)
_NO_TIME = re.compile(r"\b(?:never|none|no\s+one|nobody)\b|\bno\s+(?!idea)[a-z]", re.IGNORECASE)
_LASTED = re.compile(r"(?<![\d:])\d{1,2}(?::\d{2}){1,2}(?![\d:]|\s?[ap]\.?m)", re.IGNORECASE)
_PREDICATE = re.compile(
    r"^(?:[^,;]*?)\b(?:is|was|are|were|ist|war|est|es|fue)\s+(?:called\s+|named\s+|known\s+as\s+)?([^,;]{1,80})$"
)


def sentence(long: str, short: str, b: Parsed | None, compare: Compare) -> Verdict | None:
    """A longer text against a short answer; None where the longer one is no sentence around it."""
    words = len(long.split())
    if (
        words < 4
        or (
            words <= len(short.split()) + 1
            and not isinstance(b, Collection)
            and (is_sentence(short) or not is_sentence(long))
        )
        or (is_formula(long) and shows(long))
    ):
        return None
    if (at_once := _at_once(long, short, compare)) is not None:
        return at_once
    if (told_so := told_often(long, short) or only_sign(long, short) or only_hours(long, short, compare)) is not None:
        return told_so
    apart = (*(said for said in headlines(long) if said[-1:] != ":"), *only_formula(long, short), *printed(long))
    stressed = [(long.find(f"**{each}**"), compare(each, short)) for each in apart]
    if all(at >= 0 for at, _ in stressed):
        found = by_standing(long, [each for each in stressed if part_at(long, each[0]).standing >= Standing.SAID])
    else:
        found = next((verdict for _, verdict in stressed if verdict != "undecided"), None)
        if found:
            return found
    if found == "equal":
        return "equal"
    if isinstance(b, Quantity):
        if refuses(long) and not any(compare(m.text, short) == "equal" for m in claimed_numbers(long)[:MOST]):
            return "different"
        verdict = figure_told(long, short, b, compare) or _lap(long, b, short, compare)
        if len(short.split()) > 1 and b.noun and verdict in (None, "undecided"):
            verdict = told(long, short, compare) or verdict
        if verdict is None and not b.value and is_sentence(long) and _NO_TIME.search(long):
            return "equal" if _without_number(long) else "undecided"
        return "different" if verdict is None and not b.measures and _without_number(long) else verdict
    named = told(long, short, compare) if is_sentence(long) and not isinstance(b, Day | Clock | Truth) else None
    if named == "equal" and found == "different" and len(apart) == 1:
        named = settled_by_stress(long, apart[0], short, compare) or named
    if named == "equal" or (named == "different" and not isinstance(b, Collection)):
        return named
    if named is None and refuses(long) and not isinstance(b, Truth) and not _shared(long, short):
        return "different"
    for kind, read in READINGS:
        if isinstance(b, kind) and not (kind is Collection and is_sentence(short)):
            return read(long, short, compare)
    if found and named is None:
        return found
    if named is not None or not is_sentence(long):
        return named
    if not DENIAL.search(long) and len(short.split()) > 2 and untold(long, short) > 1 / 2:
        return "different"
    if (said := _PREDICATE.search(long)) and not DENIAL.search(long) and compare(said[1], short) == "equal":
        return "equal"
    if is_formula(short) and shows(short):
        return compare(said[1], short) if said and not DENIAL.search(long) and is_formula(said[1]) else "undecided"
    return says(long, short) if not SIGNED.search(short) else "undecided"


def _at_once(long: str, short: str, compare: Compare) -> Verdict | None:
    """By a name that is a sentence of its own before all others: "Houston. It is the fourth city after Chicago"."""
    first = re.match(r"\W*((?:the\s+)?[A-ZÀ-Þ][^.!?\n;:]{1,40}?)(?:[.!]\s+(?=[A-ZÀ-Þ])|\s*\n)", long, re.IGNORECASE)
    if not first or not NAME.fullmatch(first[1].removeprefix("The ")) or first[1].split()[0].lower() in _INTERJECTIONS:
        return None
    if not NAME.fullmatch(short.removeprefix("the ").removeprefix("The ")):
        return None
    verdict = compare(first[1], short)
    return None if verdict == "undecided" else verdict


def _lap(long: str, b: Quantity, short: str, compare: Compare) -> Verdict | None:
    """ "It lasts 3:45" for what is asked for in minutes and seconds."""
    found = _LASTED.findall(long) if any(m.powers == (("s", 1),) for m in b.measures) else []
    return compare(found[0], short) if len(found) == 1 else None


def _without_number(text: str) -> bool:
    """Whether a sentence has no number at all, in figures or words."""
    return (
        is_sentence(text) and not re.search(r"\d", text) and not SMALL.keys() & set(re.findall(r"[a-z]+", text.lower()))
    )


def _shared(long: str, short: str) -> bool:
    """Whether all words that tell something of the short text stand in the long one."""
    telling = {word for word in tokens(short) if len(word) > 3 or word.isdigit()}
    return bool(telling) and telling <= set(tokens(long))
