"""Whether an answer names the right thing, and prefers it to the others that the query offers."""

import re
from collections.abc import Sequence

from graders.headlines import headlines
from graders.names import names
from graders.outcomes.kinds import Outcome
from graders.outcomes.words import enumerations, names_in_order, places, rival
from graders.same_names import same_name
from traces.task import Answer


def text_told(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    accepted = [a for a in (answer.value, *answer.accepted) if a]
    for headline in headlines(text):
        if any(places(a, headline) for a in accepted):
            return Outcome("right", given=headline)
    if any(
        list(run.names) == items
        for a in accepted
        if (items := names_in_order(a))
        for run in enumerations(items, text)[-1:]
    ):
        return Outcome("right", given=text.strip()[:80])
    stated = [a for a in accepted if places(a, text)]
    if stated and _either(stated, text):
        return Outcome("wrong", "offers more than one answer", text.strip()[:80])
    if not stated and any(
        same_name(told, a) == "equal" for told in (headlines(text) or (text,))[-1:] for a in accepted
    ):
        return Outcome("right", given=text.strip()[:80])
    if not stated:
        return Outcome("wrong", f"does not name it; says {text.strip()[:80]!r}", text.strip()[:80])
    rivals = [
        n.text
        for n in (*names(query), *(n for o in others for n in names(o)))
        if rival(n.text, accepted) and places(n.text, text)
    ]
    if any(places(r, headline) and len(headline) < 80 for r in rivals for headline in headlines(text)):
        return Outcome("wrong", f"says {headlines(text)[0]}", headlines(text)[0])
    if not rivals or all(places(a, query) == [] for a in stated):
        denied = _denied(stated[0], text)
        return Outcome("wrong" if denied else "right", "denies it" if denied else "", stated[0])
    return _preferred(stated, rivals, text)


def _either(stated: Sequence[str], text: str) -> bool:
    """Whether the text leaves open which of several it is."""
    name = "|".join(map(re.escape, stated))
    return bool(
        re.search(
            rf"\b(?:either\s+(?:\w+\s+)?(?:{name})\s+or\b|either\s+(?:[A-Z]\w+\s+){{1,3}}or\s+(?:{name})\b)", text
        )
    )


def _denied(name: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:not|isn't|wasn't|never)\s+(?:the\s+)?{re.escape(name)}", text, re.I))


def _preferred(stated: Sequence[str], rivals: Sequence[str], text: str) -> Outcome:
    """Between names that the query offers: the one the first sentence, or the concluding one, puts first."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]
    concluding = [
        s
        for s in sentences
        if re.match(r"\W*(?:so|therefore|thus|hence|answer|overall|in conclusion|that means|this means)\b", s, re.I)
    ]
    for sentence in (*concluding, *sentences):
        mine = min((p[0] for s in stated if (p := places(s, sentence))), default=None)
        theirs = min((p[0] for r in rivals if (p := places(r, sentence))), default=None)
        if mine is None and theirs is None:
            continue
        first_is_mine = theirs is None or (mine is not None and mine < theirs)
        given = stated[0] if first_is_mine else rivals[0]
        reverse = re.search(
            r"\b(?:is|was|are|were|has|have|had)\s+(?:\w+\s+)?(?:less|fewer|lower|smaller|shorter|not|older|younger|earlier|later)\b",
            sentence,
            re.I,
        )
        if reverse and mine is not None and theirs is not None:
            return Outcome("undecided", f"compares {stated[0]} and {rivals[0]} without a plain answer", given)
        return Outcome("right" if first_is_mine else "wrong", "" if first_is_mine else f"says {given}", given)
    return Outcome("undecided", "names several of those the query offers")
