"""Whether a sentence gives a short reference as its answer, by where the words of the reference stand in it."""

import re

from graders.wording import ARTICLES, Verdict, core, tokens

_TOGETHER = r"\b[A-ZÀ-Þ][\w'’.-]+,?\s+(?:and|&|und|et|y)\s+{name}\b|\b{name},?\s+(?:and|&|und|et|y)\s+[A-ZÀ-Þ]"
"""A name that a sentence tells together with another: neither alone is what it says."""


_TOPIC = r"\b(?:of|in|for|from|about)\s+(?:the\s+)?{name}\s+(?:is|was|are|were|has|had|lies)\b"


_NOT = re.compile(r"\b(?:not|no|never|isn't|wasn't|aren't|neither|nor|except|nicht|kein\w*|pas|non)\b", re.IGNORECASE)


_ASIDE = re.compile(
    r"[,;]?\s+(?:who|which|whose|whom|where|while|whereas|beating|defeating|followed|compared|although|though|unlike|succeeding|replacing|ahead|despite|along|together|as\s+opposed|over\s+(?=[A-Z]))\b[^,;]*(?=[,;.]|$)|\([^()]*\)"
)
"""What a sentence says beside its point."""


def says(sentence: str, reference: str) -> Verdict:
    """Whether a whole sentence gives a short reference as its answer; a denial, or another candidate beside it, leaves it open."""
    words, wanted = tokens(sentence), core(tokens(reference), ARTICLES)
    if not wanted or len(words) <= len(wanted):
        return "undecided"
    places = [i for i in range(len(words)) if words[i : i + len(wanted)] == wanted]
    if not places and _NOT.search(sentence):
        return "undecided"
    if not places:
        return "undecided" if set(wanted) & set(words) else "different"
    if re.search(
        rf"\b(?:not|isn't|wasn't|never)\s+(?:the\s+|an?\s+)?{re.escape(reference.strip())}\W*$", sentence, re.IGNORECASE
    ):
        return "different"
    main = tokens(_ASIDE.sub(" ", sentence))
    if not any(main[i : i + len(wanted)] == wanted for i in range(len(main))):
        return "undecided"
    if _NOT.search(sentence) or re.search(
        r"\b(?:or|but|either|maybe|perhaps|possibly|might|may|than|unlike)\b", sentence, re.IGNORECASE
    ):
        return "undecided"
    if re.search(_TOGETHER.format(name=re.escape(reference.strip())), sentence):
        return "undecided"
    topic = re.findall(_TOPIC.format(name=re.escape(reference.strip())), sentence, re.IGNORECASE)
    return "undecided" if len(topic) >= len(places) else "equal"
