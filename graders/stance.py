# ruff: noqa: E501  (word lists and patterns are data: broken up they cannot be read)
"""What an answer does: answers, says that it cannot be known, declines, asks back, or only announces what it is going to do.

By phrases in English and the commoner European languages. Limits: irony and very long-winded hedging are read as an answer.
"""

import re
from functools import lru_cache
from typing import Literal

from graders.names import words

Stance = Literal["answers", "unknown", "declines", "asks", "announces", "empty"]

_UNKNOWN = re.compile(
    r"""
      \b(?:could|can|was|were|am|is|are|did|do|does|have|has|had|would)(?:\s+not|n't|n’t|not)\s+(?:\w+\s+){0,3}?
        (?:find|found|determine|determined|establish|established|locate|located|say|tell|know|known|verify|confirm|confirmed|answer|answered|available|able|stated|
           given|listed|recorded|contain|include|state|mention|mentioned|provide|provided|specified|specify|disclosed|published|possible|enough|identify|identified|finish|complete|obtain|retrieve|access|solve|compute|calculate|any)\b
    | \bcannot\s+(?:\w+\s+){0,3}?(?:find|determine|be\s+determined|be\s+known|be\s+found|be\s+answered|be\s+established|say|tell|know|verify|confirm|answer|provide|give|identify|be\s+\w+ed)\b
    | \b(?:unable|impossible)\s+to\s+(?:find|determine|say|tell|locate|answer|verify|confirm|establish|know|provide|give|identify)\b
    | \b(?:no|without|lack(?:s|ing)?|insufficient|not\s+enough|nothing)\s+(?:\w+\s+){0,3}?(?:information|data|record|records|mention|source|sources|page|pages|evidence|answer|document|documents|results?|figure|details?|indication|states?|says|on\s+(?:this|that))\b
    | \b(?:is|are|remains?)\s+(?:\w+\s+)?(?:unknown|unavailable|undisclosed|unclear|undetermined|not\s+known|indeterminate)\b
    | \bI\s+(?:don't|do\s+not|don’t)\s+know\b | \b(?:none|neither)\s+of\s+(?:the|these|those|my)\s+\w+(?:\s+\w+){0,3}\s+(?:states?|mentions?|gives?|says?|contains?|lists?|tells?)\b
    | \bnot\s+(?:available|stated|known|found|given|listed|recorded|mentioned|disclosed|provided|specified|answerable|possible\s+to)\b
    | \bunanswerable\b | \bdoes\s+not\s+(?:seem\s+to\s+|appear\s+to\s+)?(?:exist|appear)\b | \bturned\s+up\s+nothing\b | \bfound\s+nothing\b
    | \b(?:nicht\s+(?:\w+\s+){0,4}?(?:finden|gefunden|ermitteln|bestimmen|beantworten|bekannt|verfügbar|angegeben|möglich|sagen)|keine\s+(?:\w+\s+)?(?:Angaben?|Informationen|Daten|Hinweise)|unbekannt|weiß\s+(?:es\s+|ich\s+)?nicht)\b
    | \b(?:n['’e]\s?(?:ai|a|est|sont|peux|peut|pas|figure|sais)\b(?:\s+\w+){0,4}\s+(?:pas|aucune?|rien)|introuvable|aucune\s+(?:information|donnée|source)|pas\s+(?:pu\s+)?(?:trouv|détermin|disponible|connu)\w*)
    | \b(?:no\s+(?:\w+\s+){0,3}?(?:encontr\w+|puedo|pude|sé|hay|consta|se\s+puede|se\s+sabe|disponible|figura)|desconocid[oa]|não\s+(?:\w+\s+){0,2}?(?:encontr\w+|posso|pude|sei|há|consta|está|é\s+possível)|non\s+(?:\w+\s+){0,2}?(?:trovat\w+|posso|so|risulta|disponibile|è\s+possibile))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DECLINES = re.compile(
    r"\b(?:(?:I(?:'m| am|’m)\s+(?:very\s+|so\s+|really\s+)?(?:sorry|afraid)|sorry|unfortunately|regrettably|apologies)\b[^.!?\n]{0,60}?"
    r"(?:\bI\s+(?:can't|cannot|can\s+not|can’t|couldn't|could\s+not|don't|do\s+not|won't|am\s+(?:unable|not\s+able)|have\s+no\s+way)|\bI'm\s+(?:unable|not\s+able))|"
    r"I(?:'m|’m| am)\s+(?:unable|not\s+able)\s+to\s+(?:\w+\s+)?(?:help|assist|do|answer|provide|work|comply|fulfil|complete|handle|support|calculate|compute|determine|give|respond|solve)|"
    r"I\s+(?:can't|cannot|can\s+not|can’t|won't|will\s+not|won’t|must\s+decline\s+to)\s+(?:\w+\s+)?(?:help|assist|do|answer|provide|work|comply|fulfil|complete|handle|support|calculate|compute|determine|give|respond|solve)|"
    r"I\s+must\s+decline|as\s+an\s+AI\b.{0,40}\bcannot|kann\s+ich\s+(?:leider\s+)?nicht|je\s+ne\s+peux\s+pas|no\s+puedo\s+(?:ayudar|responder)|do\s+not\s+know\s+how\s+to\s+help)\b",
    re.IGNORECASE,
)
_WONT_HELP = re.compile(
    r"\b(?:can't|cannot|can\s+not|can’t|couldn't|unable\s+to|not\s+able\s+to|won't|will\s+not|decline\s+to|something\s+I\s+cannot)\s+(?:\w+\s+){0,2}?"
    r"(?:help|assist|answer|comply|fulfil|complete|respond|determine|work\s+this\s+out|do\s+(?:this|that)|provide)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:^|[.!\n]\s*)(?:(?:OK|Okay|Sure|Alright|Great|First|Next|Now),?\s+)?(?:let\s+me|let's|I(?:'ll|’ll| will|'m\s+going\s+to| am\s+going\s+to| need\s+to| should)\s+(?:now\s+|first\s+|next\s+|try\s+to\s+)?)\s*"
    r"(?:search|look|check|find|open|run|calculate|compute|use|query|fetch|try|start|execute|gather|verify|read|retrieve)\b[^.!?\n]*[.:…]*\s*$",
    re.IGNORECASE,
)

_NEGATED = re.compile(r"\b(?:can't|cannot|can’t|unable|not able|won't|refus\w+|declin\w+|no)\b", re.IGNORECASE)
_HELPING = frozenset(
    [
        "sorry",
        "afraid",
        "unable",
        "help",
        "assist",
        "this",
        "that",
        "with",
        "request",
        "question",
        "answer",
        "cannot",
        "able",
    ]
)


@lru_cache(maxsize=512)
def says_unknown(text: str) -> bool:
    """Whether the text says anywhere that something cannot be known or found."""
    return bool(_UNKNOWN.search(text.replace("’", "'")))


@lru_cache(maxsize=512)
def declines(text: str) -> bool:
    return bool(_DECLINES.search(text))


@lru_cache(maxsize=512)
def stance(text: str) -> Stance:
    """What an answer does as a whole."""
    stripped = text.strip()
    if not stripped:
        return "empty"
    if (
        len(stripped) < 400
        and _ANNOUNCES.search(stripped)
        and not re.search(r"\banswer\b|\\boxed|</?answer>", stripped, re.I)
    ):
        return "announces"
    if says_unknown(stripped):
        return "unknown"
    if declines(stripped):
        return "declines"
    if (
        stripped.endswith("?")
        and len(stripped) < 300
        and re.match(r"(?:could|can|would|which|do|did|what|please|who|are|is)\b", stripped.split(". ")[-1], re.I)
    ):
        return "asks"
    return "answers"


def refuses_help(text: str, query: str) -> bool:
    """Whether a text declines to help at all. Where a refusal is what was asked for ("put it politely: I can't come"), it shares its words."""
    if len(text) > 300 or not _WONT_HELP.search(text):
        return False
    asked = {w for w in words(query) if len(w) > 3}
    return not _NEGATED.search(query) or not asked & {w for w in words(text) if len(w) > 3} - _HELPING


def gives_up(text: str) -> bool:
    """Whether an answer says it cannot be known, or declines."""
    return stance(text) in ("unknown", "declines")
