"""The tiers in order: the same words, typed values, what is only text, and then those that may block."""

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import partial

from graders.answers.absent import absent
from graders.answers.aliases import alias, known_apart
from graders.answers.cases import by_cases
from graders.answers.chemistry import chemical
from graders.answers.collected import assigned, collections
from graders.answers.coordinates import along, coordinates
from graders.answers.dressing import undressed
from graders.answers.identifiers import addresses, books, codes, offsets, paths, telephones, versions
from graders.answers.kinds import Collection, Parsed
from graders.answers.persons import acronym
from graders.answers.records import structured
from graders.answers.rewording import reworded
from graders.answers.sentence_lists import enumerates
from graders.answers.symbolic import symbolic
from graders.answers.texts import texts
from graders.answers.turns import heading
from graders.answers.typed import typed
from graders.answers.values import parse
from graders.answers.verbs import is_sentence
from graders.headlines import answered
from graders.same_names import same_name
from graders.wording import Verdict, lead_free

Tier = Callable[[str, str], Verdict]


def equivalent(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """Compare two answers. `tiers` are asked in turn where the built-in ones cannot tell; only they may block, for seconds at most."""
    verdict = built_in(given, reference)
    for tier in tiers:
        if verdict != "undecided":
            break
        verdict = tier(given, reference)
    return verdict


async def compared(given: str, reference: str, *, tiers: Sequence[Tier] = (symbolic,)) -> Verdict:
    """`equivalent` for an event loop: the tiers that may block are awaited in a thread."""
    verdict = built_in(given, reference)
    if verdict != "undecided" or not tiers:
        return verdict
    return await asyncio.to_thread(equivalent, given, reference, tiers=tiers)


_LONGEST = 2000
"""Characters of an answer that are read: of a longer text the end, where the answer stands; what that does not say is left open."""


_DEEPEST = 12
"""How often what is left of an answer is compared anew, one within the other."""


def built_in(given: str, reference: str, depth: int = 0) -> Verdict:
    """All tiers that never block."""
    if depth > _DEEPEST:
        return "undecided"
    compare: Tier = partial(built_in, depth=depth + 1)
    if max(len(given), len(reference)) > _LONGEST:
        return _by_the_end(given, reference)
    one, two = (undressed(lead_free(undressed(text))) for text in (given, reference))
    if one != two and one.upper() == two.upper() in _COMPOUNDS and one.title() in (one, two):
        return "different"
    if one == two or (_without_the(one) == _without_the(two) and len(one) > 1 and not _CASED.search(f"{one}\n{two}")):
        return "equal"
    if not one or not two:
        return "undecided"
    for told in (
        _places(one, two),
        _answered(one, two, compare),
        absent(one, two),
        structured(one, two),
        *(rule(one, two) for rule in _WHOLE),
    ):
        if told is not None:
            return told
    if _MARKED.findall(one) != _MARKED.findall(two) and _MARKED.sub("", one) == _MARKED.sub("", two):
        return "different" if len(one) <= 12 else "undecided"
    said = reworded(one, two, compare)
    return said if said is not None else _read(one, two, compare)


def _without_the(text: str) -> str:
    return text.casefold().removeprefix("the ")


def _by_the_end(given: str, reference: str) -> Verdict:
    """Long texts by the answers that they set apart at their ends, never by all their words."""
    if given == reference:
        return "equal"
    one, two = (text if len(text) <= _LONGEST else answered(text[-_LONGEST:]) for text in (given, reference))
    return "undecided" if one is None or two is None else built_in(one, two)


_CASED = re.compile(r"^[-−+]?\d[\d.,\s]*[^\W\d_][^\s\d]{0,7}$", re.MULTILINE)
"""Where a capital is another thing than a small letter: the sign of a unit behind a figure, "5 mW"."""
_COMPOUNDS = frozenset(["CO", "HF", "SI", "CS", "PO", "OS"])
"""Two elements whose signs together are that of another, but for a capital: "Co" is no "CO"."""
_WHOLE = (by_cases, chemical, versions, telephones, books, addresses, codes, offsets, paths)
"""What is compared as a whole before anything in it is read as a number."""
_PLACED = re.compile(r"\d['\"′″°\s]*(?:[NSEW]\b|north|south)|\.\d{3,},")


def _places(one: str, two: str) -> Verdict | None:
    """Two places by their coordinates."""
    if not _PLACED.search(one + two):
        return None
    if (mine := along(one)) and (theirs := along(two)):
        return "equal" if mine[1] == theirs[1] and mine[0].may_be(theirs[0]) else "different"
    here, there = coordinates(one), coordinates(two)
    here, there = here or (there and coordinates(one, bare=True)), there or (here and coordinates(two, bare=True))
    if not here or not there:
        return None
    return "equal" if all(x.may_be(y) for x, y in zip(here, there, strict=True)) else "different"


def _answered(one: str, two: str, compare: Tier) -> Verdict | None:
    """By what one of two texts sets apart as its answer."""
    for text, other in ((one, two), (two, one)):
        if (said := answered(text)) and not answered(other) and (verdict := compare(said, other)) != "undecided":
            return verdict
    return None


_WORDS_ONLY = re.compile(r"[^\W\d_](?:[^\W\d_]|[\s.,;:'’&\"-])*")


def _read(one: str, two: str, compare: Tier) -> Verdict:
    if alias(one, two) or acronym(one, two) or acronym(two, one):
        return "equal"
    if len(one) > 1 and len(two) > 1 and heading(one) and heading(two):
        return "equal" if heading(one) == heading(two) else "different"
    if known_apart(one, two):
        return "different"
    if _WORDS_ONLY.fullmatch(one) and _WORDS_ONLY.fullmatch(two) and same_name(one, two) == "equal":
        return "equal"
    a, b = parse(one), parse(two)
    told = enumerates(one, a)
    if a is not None and b is not None and told is enumerates(two, b):
        verdict = _values(a, b, one, two, compare)
        prose = told and any(is_sentence(text) and len(text.split()) > 5 for text in (one, two))
        if verdict == "equal" or (verdict is not None and not prose):
            return verdict
    return texts(one, two, a, b, compare)


_MARKED = re.compile(r"(?<=\w)(?:[+−*]|-(?!\w)|\s(?:sharp|flat)\b)(?=\W|$)")
"""What tells "A+" from "A-" and "C sharp" from "C"."""


_TIGHT_LIST = re.compile(r"[-−]?\d{1,4}(?:,[-−]?\d{1,4})+")


def _listed_like(model: Parsed, found: Parsed, text: str) -> Parsed:
    """ "-2,4" beside a list of as many as a list, and not as a decimal or as thousands."""
    if not isinstance(model, Collection) or isinstance(found, Collection) or not _TIGHT_LIST.fullmatch(text):
        return found
    items = tuple(text.split(","))
    return Collection(items, False, bare=True) if len(items) == len(model.items) else found


def _values(a: Parsed, b: Parsed, one: str, two: str, compare: Tier) -> Verdict | None:
    for several, other, text in ((a, b, two), (b, a, one)):
        if (
            isinstance(several, Collection)
            and several.braces
            and len(several.items) == 1
            and not isinstance(other, Collection)
        ):
            return compare(several.items[0], text)
    a, b = _listed_like(b, a, one), _listed_like(a, b, two)
    if isinstance(a, Collection) and isinstance(b, Collection):
        if (named := assigned(a, b, one, two, compare)) is not None:
            return named
        return collections(a, b, one, two, compare)
    return typed(a, b, one, two)
