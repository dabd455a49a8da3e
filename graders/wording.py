# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Names and short texts compared as words: without case, accents, articles, titles, punctuation and the order that a comma turns round."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from graders.names import folded
from graders.number_words import number_words

Verdict = Literal["equal", "different", "undecided"]
Compare = Callable[[str, str], Verdict]
"""Whether two texts say the same, by all that the caller knows."""

ARTICLES = frozenset("the a an der die das den dem ein eine le la les l un une el los las lo il gli i o os as".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president king queen captain saint st rev hon herr frau monsieur madame pope emperor empress "
    "prince princess general admiral colonel major senator governor chancellor justice tsar czar kaiser mme señor señora gen lt col maj sgt capt captain adm gov sen pres lieutenant sergeant sheikh sultan archbishop bishop cardinal count duke earl baron baroness marquis".split()
)
LINKS = frozenset(["of"])
FIRMS = frozenset(
    "inc incorporated ltd limited corp corporation company co gmbh plc llc ag sa spa nv bv oy kgaa".split()
)
SUFFIX = frozenset("jr sr".split())
_SAME = {
    "usa": "united states", "us": "united states", "united states of america": "united states", "america": "united states",
    "uk": "united kingdom", "new york ny": "new york city", "new york city ny": "new york city", "new york city new york": "new york city", "great britain": "united kingdom", "nyc": "new york city", "la": "los angeles", "uae": "united arab emirates",
    "ussr": "soviet union", "eu": "european union", "un": "united nations", "mt": "mount", "st": "saint", "ft": "fort", "ww2": "world war 2", "2 world war": "world war 2", "1 world war": "world war 1",
    "wwii": "world war 2", "wwi": "world war 1", "ww1": "world war 1", "&": "and", "none of the above": "none", "none of them": "none", "none of these": "none", "neither of them": "neither", "neither of the two": "neither", "both of them": "both", "all of them": "all", "all of the above": "all", "all of these": "all", "n": "and", "n a": "none",
    "no solution": "none", "no solutions": "none", "does not exist": "none", "dne": "none", "empty set": "none", "emptyset": "none",
    "∅": "none", "undefined": "undefined", "infinity": "infinity", "bce": "bc", "ce": "ad", "infty": "infinity", "∞": "infinity", "inf": "infinity",
}  # fmt: skip
_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
    "xiii": "13",
    "xiv": "14",
    "xvi": "16",
}
ORDINALS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "seventh": "7",
    "eighth": "8",
    "ninth": "9",
    "tenth": "10",
    "eleventh": "11",
    "twelfth": "12",
    "thirteenth": "13",
    "fourteenth": "14",
    "fifteenth": "15",
    "sixteenth": "16",
    "seventeenth": "17",
    "eighteenth": "18",
    "nineteenth": "19",
    "twentieth": "20",
}
_LAST = {"i": "1", "v": "5", "x": "10"}
"""Numerals of one letter, read only behind a name: "World War I"."""
_SPELT = {
    "colour": "color",
    "harbour": "harbor",
    "centre": "center",
    "theatre": "theater",
    "grey": "gray",
    "autumn": "fall",
    "doughnut": "donut",
    "favourite": "favorite",
    "honour": "honor",
    "metre": "meter",
    "defence": "defense",
    "organisation": "organization",
    "labour": "labor",
}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[&∅∞]")
_LEADS = re.compile(
    r"^\s*(?:(?:so|thus|therefore|hence|then),?\s+)?(?:\*\*)?(?:(?:the|my)\s+)?(?:final\s+)?(?:correct\s+)?(?:answer|result|solution|value|option|choice)\s*(?:\*\*)?\s*(?:is|are|was|equals|would\s+be|:|=)+\s*:?\s*(?:\*\*(?=\s)\s*)?|^\s*I(?:'d|\s+would)?\s+(?:choose|pick|select|say|go\s+with|think|believe)\s+(?:that\s+)?(?:(?:the\s+answer|it)(?:\s+is|'s)\s+)?(?=(?:option|choice|\()?\s*\(?[A-H]\b|\d)|^\s*(?:答案(?:是|为|為)?|答え(?:は)?|정답은|Ответ|Antwort|Réponse|Respuesta|Risposta|Resposta)\s*[:：]?\s*|^\s*(?:die\s+(?:richtige\s+)?antwort|das\s+ergebnis|la\s+réponse|le\s+résultat|la\s+respuesta|el\s+resultado)\s+(?:ist|lautet|beträgt|est|es)(?:\s+de)?\s*:?\s*|^\s*(?:so|thus|therefore|hence|then),\s+|^\s*it\s+(?:gets|got|becomes|became|turns|turned|grows|grew)\s+|^\s*(?:as\s+far\s+as\s+I\s+(?:know|can\s+tell)|to\s+(?:the\s+best\s+of\s+)?my\s+knowledge|if\s+I\s+(?:recall|remember)\s+correctly|in\s+my\s+opinion|without\s+(?:a\s+|any\s+)?doubt|undoubtedly|definitely|clearly|obviously|sure|certainly|of\s+course)[,!]\s+(?=\S)|^\s*(?:probably|most\s+likely|presumably|I(?:'d|\s+would)?\s+(?:say|think|believe|guess|suppose)(?:,|\s+that|\s+(?:it\s+is|it's|it\s+was))?)\s+(?=\S)|^\s*(?:it|this|that|he|she|they)\s*(?:is|was|are|were|'s)\s+(?:(?:also\s+|commonly\s+|better\s+)?(?:known\s+as|called|named|referred\s+to\s+as)\s+(?=\S))?",
    re.IGNORECASE,
)


_YEARS = re.compile(r"(?<!\d)([12]\d)(\d\d)\s?[-–/]\s?(\d\d)(?!\d)")
"""The last year by its last two figures: "the war of 1787-92"."""
_NUMERAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(text: str) -> int | None:
    """What a well-formed Roman numeral is worth."""
    if not text or not _NUMERAL.fullmatch(text):
        return None
    digits = [_WORTH[c] for c in text]
    return sum(-d if any(d < later for later in digits[i + 1 : i + 2]) else d for i, d in enumerate(digits))


def lead_free(text: str) -> str:
    """A text without "The answer is" before it."""
    bare = _LEADS.sub("", text, count=1).strip()
    return bare[:-2].strip() if bare.endswith("**") and bare.count("**") % 2 else bare


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[str, ...]:
    """The words that tell a name from another, in order: folded, numbers as figures, initials joined, known short forms written out."""
    spelt = text
    for number in reversed(number_words(text)):
        if number.value.denominator == 1:
            spelt = f"{spelt[: number.start]}{number.value}{spelt[number.end :]}"
    if " " in spelt.strip():
        spelt = re.sub(r"\b(?=[XVIL]*[XVI])[XVIL]{2,}\b", lambda m: str(roman(m[0]) or m[0]), spelt)
    spelt = re.sub(
        r"\b(?:[A-Za-z]\.\s?)+[A-Za-z](?:\.|\b)", lambda m: m[0].replace(".", "").replace(" ", "") + " ", spelt
    )
    if " " in spelt.strip():
        spelt = re.sub(r"\bUS\b", "United States", spelt)
    spelt = re.sub(r"\b[AaEe]l-(?=[^\W\d_]{3})", "", spelt)
    spelt = _YEARS.sub(lambda m: f"{m[1]}{m[2]} {m[1]}{m[3]}" if m[3] > m[2] else m[0], spelt)
    spelt = re.sub(r"(?<=\d)\.?\s+(?:Jahrhunderts?|Jh\b\.?|siècle|siglo|secolo|século)", " century", spelt)
    words = [folded(w) for w in _WORD.findall(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", spelt))]
    words = [_SPELT.get(w, ORDINALS.get(w, w)) for w in words]
    if len(words) > 1:
        words = [_ROMAN.get(w, w) for w in words]
        words[-1] = _LAST.get(words[-1], words[-1]) if spelt.rstrip(" .")[-1:].isupper() else words[-1]
    whole = _SAME.get(" ".join(w for w in words if w != "the"))
    return (
        tuple(whole.split())
        if whole
        else tuple(_SAME.get(w, w) if len(words) == 1 or w in ("&", "n", "mt", "st", "bce", "ce") else w for w in words)
    )


def core(words: tuple[str, ...], drop: frozenset[str]) -> tuple[str, ...]:
    words = words[:-1] if len(words) > 1 and words[-1] in ("one", "ones") else words
    kept = tuple(w for w in words if w not in drop)
    return kept or words
