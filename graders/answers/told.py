# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""What a sentence tells of a short answer: where it names it, and in which role it stands there.

A name is looked for word by word, whatever the case, accents, articles and titles, and numbers in words or figures; "steam ship" names
"steamship". Where those words are nowhere, the capitalised names of the sentence are compared one by one ("Spielberg").
Limits: roles are told from the words of the clause, not from its grammar; figures are left to `graders.answers.figured`.
"""

import re
from collections.abc import Sequence
from typing import Literal

from graders.answers.named_places import MOST_NAMES, NAME, Place, counted_otherwise, has_namesake, named, named_alike
from graders.answers.standing import Part, Standing, is_against, is_item, left_behind, part_at, parts
from graders.names import folded
from graders.wording import TITLES, Compare, Verdict

Role = Literal["asserted", "denied", "open", "aside", "past"]
"""Denied also where something else is set against it ("older than Bob"); open beside another candidate or with a "maybe"; aside and past
in a part that stands below what the sentence says."""


def told(sentence: str, short: str, compare: Compare) -> Verdict | None:
    """Whether a sentence puts a short answer forward; None where it does not name it."""
    if SIGNED.search(short):
        return None
    places = (
        list(named(sentence, short))
        or list(named_alike(sentence, short, compare))
        or list(named(sentence, short, inflected=True))
    )
    if not places:
        return "different" if counted_otherwise(sentence, short) or has_namesake(sentence, short, compare) else None
    top = max(part_at(sentence, place.start).standing for place in places)
    concluded = [part for part in parts(sentence) if part.standing == Standing.CONCLUDED]
    if top < Standing.CONCLUDED and _identified(sentence, concluded, short, compare):
        return "different"
    roles = {
        _role(sentence, place, short, compare)
        for place in places
        if top < Standing.CONCLUDED or part_at(sentence, place.start).standing == top
    }
    if "asserted" in roles:
        if _settled_before(sentence, places, short, compare):
            return "different"
        return "undecided" if "denied" in roles else "equal"
    if roles == {"denied"}:
        return "different"
    if "open" in roles:
        here = {part_at(sentence, place.start) for place in places}
        above = [part for part in parts(sentence) if part.standing >= Standing.SAID and part not in here]
        return "different" if _identified(sentence, above, short, compare) else "undecided"
    return _beneath(sentence, places, roles, short, compare)


SIGNED = re.compile(r"[=+<>≤≥≠^\\*±|%$€£#√∞]|(?<![\w\s])[-−]|(?:^|\s)[-−](?=\w)")
"""Signs that tell one formula from another, and that words leave out."""


_DENIES = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely)\b)|never|neither|nor|without|cannot|(?:wrong|false|incorrect|untrue|mistaken)\s+(?:to\s+\w+\s+)?that|no\s+(?:information|mention|record|evidence|indication|such)|except|excluding|nicht|kein\w*|pas|no\s+longer|other\s+than)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"\W*\s*(?:is|was|are|were|did|does|do|has|had|can|could|will|would)(?:\s+\w+ly)?(?:\s+not\b|n['’]t\b)|,?\s+is\s+(?:wrong|incorrect|mistaken|false)\b",
    re.IGNORECASE,
)
_KIN = r"wife|husband|widow|son|daughter|father|mother|brother|sister|friend|relative|rival|student|pupil|teacher|colleague|assistant|predecessor|successor|opposite|reverse|inverse|contrary"
_AGAINST = re.compile(
    rf"\b(?:than|compared\s+(?:to|with)|unlike|as\s+opposed\s+to|in\s+contrast\s+to|instead\s+of|versus|vs\.?|(?:years?|months?|weeks?|days?|hours?|decades?|centur(?:y|ies))\s+(?:after|before)|(?:{_KIN})s?\s+of)\s+(?:(?:(?:that|those)\s+)?(?:of|in|at|on|by|for|from)\s+)?(?:the\s+|an?\s+)?\W*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:before|prior\s+to|after|ahead\s+of)\s+\W*(?:(?:the|an?|my|your|his|her|its|our|their)\s+)?\W*$",
    re.IGNORECASE,
)
"""From where something else is told: "Ann came before Bob"."""
_BESIDE = re.compile(
    r"\b(?:near|close\s+to|denie[sd]\s+that|or|either|between|beating|defeating|beat|defeated|over|overtook|overtak\w+|surpass\w+|outsold|outscor\w+|eclips\w+|exceed\w+|lost\s+to|ahead\s+of|followed\s+by|behind|against|replac\w+|succeed\w+|alongside|along\s+with|together\s+with|such\s+as|like|including|as\s+well\s+as|both)\s+(?:the\s+|an?\s+)?\W*$",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|may(?!\s+\d)|could\s+(?:also\s+)?be|whether|first\s+thought|once\s+thought|rumou?red|alleged\w*|one\s+might\s+think|mistaken\w*|if)\b",
)
_OTHERS_SAY = re.compile(
    r"\b(?:many|some|most|people|others|everyone|they)\b[^,;.]*\b(?:sa[iy]|think|thought|believe|assume|claim|guess|expect)",
    re.IGNORECASE,
)
_YET = re.compile(r"[,;.]?\s+(?:but|however|yet)\b,?\s+(?!I\b)", re.IGNORECASE)
_ALSO = re.compile(
    r"\W{0,2}\s*(?:or|and|&)\s+(?:(?:by|in|on|at|to|for|from|with)\s+)?(?:the\s+)?\W?(?P<other>\w+)|,\s+(?:[A-ZÀ-Þ][\w'’.-]*\s?)+,?\s+(?:and|or)\s"
)
_ALSO_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]+,?\s+(?:and|&|or)\s+(?:the\s+)?\W?$")
_TOPIC = re.compile(r"\b(?:of|in|for|from|about)\s+(?:the\s+)?\W?$")
_SAYS = re.compile(r"\W?\s+(?:is|was|are|were|has|had|lies)\b")


def _role(sentence: str, place: Place, short: str, compare: Compare) -> Role:
    part = part_at(sentence, place.start)
    before, after = sentence[part.start : place.start], sentence[place.end : part.end]
    if part.standing == Standing.DENIED or _denies(before) or _DENIED_BEHIND.match(after) or _AGAINST.search(before):
        return "denied"
    if left_behind(sentence, part, place.start):
        return "denied"
    if _REFERENCE.search(before) and _name_before(sentence, place, short, compare):
        return "denied"
    if _OTHERS_SAY.search(before) and _YET.match(sentence, place.end + len(after)):
        return "denied"
    said = sentence[place.start : place.end]
    if re.search(r"\band\b|&", said) and re.search(r"\w,\s+(?:the\s+|an?\s+)?$", before):
        return "open"
    if (
        re.search(r"\b[a-z]", before)
        and (found := _IDENTIFIES.search(sentence[part.start : part.end]))
        and part.start + found.start() >= place.end
        and compare(_what(found), short) == "different"
    ):
        return "denied"
    if part.standing == Standing.ASIDE and _BEHIND.match(before):
        return "past"
    if _part_of_a_name(sentence, place, short, compare) or _BESIDE.search(before) or _MAYBE.search(before):
        return "open"
    if (
        (also := _ALSO.match(after))
        and sentence[place.start - 1 : place.start] not in tuple("'\"“`")
        and (also["other"] is None or also["other"][0].isupper() or not said[0].isupper())
    ):
        return "open"
    if _ALSO_BEFORE.search(before) or (_TOPIC.search(before) and _SAYS.match(after)):
        return "open"
    if part.standing <= Standing.ASIDE and not _fills(sentence, part, place):
        return "past" if part.standing == Standing.PAST else "aside"
    return "asserted"


def _fills(sentence: str, part: Part, place: Place) -> bool:
    """Whether a name is all that brackets hold, or stands behind a colon: another name for what is said, or the answer itself."""
    mark = sentence[: part.start].rstrip()[-1:]
    return mark in (":", "(") and not re.search(r"\w", sentence[part.start : place.start])


def _beneath(sentence: str, places: Sequence[Place], roles: set[Role], short: str, compare: Compare) -> Verdict:
    """By what stands above a name that is only told of in passing, or as what was before."""
    here = part_at(sentence, places[0].start)
    above = [part for part in parts(sentence) if part.standing > Standing.ASIDE]
    above = above or [part for part in parts(sentence) if part.standing > Standing.DENIED and part.start < here.start]
    if any(is_against(sentence, part_at(sentence, place.start)) for place in places):
        return "different"
    if is_item(sentence, here):
        later = [part for part in above if part.sentence > here.sentence]
        return "different" if _others(sentence, later, short, compare) else "undecided"
    if "past" in roles and above:
        before = any(part.sentence < here.sentence for part in above)
        return "different" if before or _others(sentence, above, short, compare) else "undecided"
    if _identified(sentence, above, short, compare):
        return "undecided" if _PARTICIPLE.match(sentence, here.start) else "different"
    return "equal" if not above or all(_ends(sentence, place) for place in places) else "undecided"


_PARTICIPLE = re.compile(r"(?:[a-z]{3,}ed|written|sung|known|made|built|starring|born)\b")
"""Begins what is told of a thing besides, and may have been asked for: "published under the name of Ann Lee"."""


def _identified(sentence: str, among: Sequence[Part], short: str, compare: Compare) -> bool:
    """Whether some parts end with what something is, which is not what was asked for."""
    found = (_IDENTIFIES.search(sentence[part.start : part.end]) for part in among)
    what = (m for m in found if m and bool(re.search(r"\d", _what(m))) >= bool(re.search(r"\d", short)))
    return any("different" in (compare(_what(m), short), compare(_head(_what(m)), short)) for m in what)


def _head(text: str) -> str:
    """The name that a text begins with: "Team B" of "Team B with 12 points"."""
    m = NAME.match(text)
    return m[0] if m else text


def _settled_before(sentence: str, places: Sequence[Place], short: str, compare: Compare) -> bool:
    """Whether a sentence has said what something is, another name, before the one asked for comes up as what it speaks of next."""
    heads = [(part_at(sentence, place.start), place) for place in places]
    first = min(part.start for part, _ in heads)
    earlier = [part for part in parts(sentence) if part.end <= first and part.standing >= Standing.SAID]
    if not _identified(sentence, earlier, short, compare):
        return False
    return all(
        _SUBJECT.fullmatch(sentence, part.start, place.start) and not _NOW.search(sentence, part.start, part.end)
        for part, place in heads
    )


_NOW = re.compile(r"\b(?:now|today|currently|actually|later|answer|correct\w*)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"\W*(?:(?:and|while|but|the|an?|his|her|its|their|second|next|then|only)\s+)*(?:(?:{_KIN})\s+)?\W*", re.IGNORECASE
)
"""What may stand before a name of which a clause speaks."""


def settled_by_stress(sentence: str, stressed: str, short: str, compare: Compare) -> Verdict | None:
    """What the only bold print of a sentence, which is another name, says against a name that comes up later and is not put forward."""
    at = sentence.find(f"**{stressed}**")
    places = [place for place in named(sentence, short) if place.start > at]
    if at < 0 or not places or not (stressed[0].isupper() and short[0].isupper()) or SIGNED.search(stressed):
        return None
    part = part_at(sentence, at)
    later = [p for p in (part_at(sentence, place.start) for place in places) if p.start > part.start]
    put = any(
        (m := _IDENTIFIES.search(sentence[p.start : p.end])) and compare(_what(m), short) == "equal" for p in later
    )
    return "undecided" if put or len(later) < len(places) else "different"


def _others(sentence: str, among: Sequence[Part], short: str, compare: Compare) -> bool:
    """Whether some parts hold a name that is not the one asked for."""
    found = [m[0] for part in among for m in NAME.finditer(sentence, part.start, part.end) if m[0] not in _NO_NAMES]
    return short[0].isupper() and any(compare(name, short) == "different" for name in found[:MOST_NAMES])


def _name_before(sentence: str, place: Place, short: str, compare: Compare) -> bool:
    """Whether another name stands before the one asked for."""
    return _others(sentence, [Part(0, place.start, Standing.SAID, 0)], short, compare)


def _ends(sentence: str, place: Place) -> bool:
    """Whether a name stands at the end of its part, where a sentence puts what is new."""
    return len(sentence[place.end : part_at(sentence, place.start).end].split()) <= 3


_BEHIND = re.compile(r"(?:followed\s+by|ahead\s+of|beating|defeating)\s+(?:the\s+)?$", re.IGNORECASE)
_NO_NAMES = frozenset(
    "The A An It He She They You We I This That These Those There Its His Her Their Your My Our In On At By From Since Based According However But And".split()
)
_IDENTIFIES = re.compile(
    r"(?:\b(?:is|was|are|were|been|became|named|called)|['’]s)\s+(?:(?:actually\s+|in\s+fact\s+|called\s+|named\s+)?(?:the\s+|an?\s+)?\W?([A-ZÀ-Þ\d][^,;:()]{1,60}?)|(?:[a-z]+\s+)?(?:by|in|at|to|from)\s+(?:the\s+)?\W?([A-ZÀ-Þ][^,;:()]{1,60}?))\W*$"
    r"|^\w+ed\s+(?:by|in|at|to|from)\s+(?:the\s+)?\W?([A-ZÀ-Þ][^,;:()]{1,60}?)\W*$"
)
"""A sentence that ends with what something is."""


def _what(m: re.Match[str]) -> str:
    """What `_IDENTIFIES` found."""
    return next(said for said in m.groups() if said)


def _denies(before: str) -> bool:
    """Whether what stands before a name in its clause denies it: behind the last comma, or before it where no verb follows the comma."""
    head, _, tail = before.rpartition(",")
    if _DENIES.search(tail):
        return True
    return (
        bool(head)
        and not re.search(r"\b(?:is|was|are|were|has|had|it|he|she|they)\b|'s\b", tail)
        and bool(_DENIES.search(head))
    )


_SMALL = frozenset(
    "the a an in on at by of from to for with and or as that is was are were his her its their this he she it if when only both even then so yes no but because while although since after before during".split()
)


def _part_of_a_name(sentence: str, place: Place, short: str, compare: Compare) -> bool:
    """Whether the words are part of a longer name: "Mexico" in "Mexico City"; "Obama" in "Barack Obama" is the name itself."""
    start, end = place
    if re.match(r"-[^\W\d_]|[+#]", sentence[end : end + 2]):
        return True
    if not sentence[start].isupper() or folded(sentence[start:end]) in TITLES:
        return False
    if (led := re.search(r"([A-ZÀ-Þ][\w'’.-]*)[ ]$", sentence[:start])) and (
        folded(led[1].strip(".")) not in TITLES | _SMALL
    ):
        start -= len(led[0])
    follows = re.match(r"\s(?:of\s(?:the\s)?)?[A-ZÀ-Þ\d][\w-]*", sentence[end:])
    if follows and sentence[start:end].count(" ") < 2 and (" " not in sentence[start:end] or " of " not in follows[0]):
        end += follows.end()
    return (start, end) != place and compare(sentence[start:end], short) != "equal"
