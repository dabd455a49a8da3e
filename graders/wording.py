# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Names and short texts compared as words: without case, accents, articles, titles, punctuation and the order that a comma turns round."""

import re
from functools import lru_cache
from typing import Literal

from graders.names import folded
from graders.number_words import number_words

Verdict = Literal["equal", "different", "undecided"]

ARTICLES = frozenset("the a an der die das den dem ein eine le la les l un une el los las lo il gli i o os as".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president king queen captain saint st rev hon herr frau monsieur madame pope emperor empress "
    "prince princess general admiral colonel major senator governor chancellor justice tsar czar kaiser mme señor señora gen lt col maj sgt capt captain adm gov sen pres lieutenant sergeant sheikh sultan archbishop bishop cardinal count duke earl baron baroness marquis".split()
)
_KIND = frozenset(
    "river lake mount mountain desert language inc incorporated ltd limited corp corporation company co gmbh plc llc ag sa spa nv bv oy kgaa ocean fc cf afc hurricane typhoon cyclone operation mission motor motors group holding holdings airlines airways".split()
)
_LINKS = frozenset(["of"])
FIRMS = frozenset(
    "inc incorporated ltd limited corp corporation company co gmbh plc llc ag sa spa nv bv oy kgaa".split()
)
_SUFFIX = frozenset("jr sr".split())
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
    r"^\s*(?:(?:so|thus|therefore|hence|then),?\s+)?(?:\*\*)?(?:(?:the|my)\s+)?(?:final\s+)?(?:correct\s+)?(?:answer|result|solution|value|option|choice)\s*(?:\*\*)?\s*(?:is|are|was|equals|would\s+be|:|=)+\s*:?\s*(?:\*\*(?=\s)\s*)?|^\s*I(?:'d|\s+would)?\s+(?:choose|pick|select|say|go\s+with|think|believe)\s+(?:that\s+)?(?:(?:the\s+answer|it)(?:\s+is|'s)\s+)?(?=(?:option|choice|\()?\s*\(?[A-H]\b|\d)|^\s*(?:答案(?:是|为|為)?|答え(?:は)?|정답은|Ответ|Antwort|Réponse|Respuesta|Risposta|Resposta)\s*[:：]?\s*|^\s*(?:die\s+(?:richtige\s+)?antwort|das\s+ergebnis|la\s+réponse|le\s+résultat|la\s+respuesta|el\s+resultado)\s+(?:ist|lautet|beträgt|est|es)(?:\s+de)?\s*:?\s*|^\s*(?:so|thus|therefore|hence|then),\s+|^\s*it\s+(?:gets|got|becomes|became|turns|turned|grows|grew)\s+|^\s*(?:as\s+far\s+as\s+I\s+(?:know|can\s+tell)|to\s+(?:the\s+best\s+of\s+)?my\s+knowledge|if\s+I\s+(?:recall|remember)\s+correctly|in\s+my\s+opinion|sure|certainly|of\s+course)[,!]\s+(?=\S)|^\s*(?:probably|most\s+likely|presumably|I(?:'d|\s+would)?\s+(?:say|think|believe|guess|suppose)(?:,|\s+that|\s+(?:it\s+is|it's|it\s+was))?)\s+(?=\S)|^\s*(?:it|this|that|he|she|they)\s*(?:is|was|are|were|'s)\s+",
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


def _core(words: tuple[str, ...], drop: frozenset[str]) -> tuple[str, ...]:
    words = words[:-1] if len(words) > 1 and words[-1] in ("one", "ones") else words
    kept = tuple(w for w in words if w not in drop)
    return kept or words


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_PLACED = re.compile(
    r"^(?:on|in|at|from|to|by|because\s+of|due\s+to)\s+(?=\S)|^(?:the\s+)?(?:United\s+)?(?:Kingdom|Commonwealth|State|Federal\s+Republic|Republic(?!\s+of\s+(?:the\s+)?(?:China|Korea|Congo)\b)|Grand\s+Duchy|Principality|Sultanate)\s+of\s+(?=[A-Z])",
    re.IGNORECASE,
)


_OF_A_KIND = re.compile(
    r"\((?:country|state|city|town|river|band|film|novel|book|album|song|island|province)\)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
"""What tells one of several of a name from the others."""


_TOLD_APART = re.compile(r"(?<=\w)\s+\(([^\W\d_]+)\)\s*$")
"""One word in brackets behind a name, which says which of several it is: "Mercury (planet)"."""


_RANKS = re.compile(r",?\s+(?:Ph\.?\s?D\.?|M\.D\.|MD|MBE|OBE|CBE|KBE|FRS|Esq\.?|QC|KC|DSc|MSc|BSc|MBA)$")
"""What stands behind a name and tells a rank or a degree."""
_REMARK = re.compile(r"(?<=\w)\s+\(([^()]{2,40})\)\s*$")
"""What stands in brackets behind a name, and may say which of several it is: "Georgia (country)"."""
_TELLING = re.compile(r"[<>≤≥≠=^±]|(?<=\w)[+#]")


def same_name(given: str, reference: str) -> Verdict:
    """Whether two short texts name the same thing; signs of mathematics that only one has leave it open."""
    verdict = _same_words(given, reference)
    apart = verdict == "equal" and _TELLING.findall(given) != _TELLING.findall(reference)
    return "undecided" if apart else verdict


def _same_words(given: str, reference: str) -> Verdict:
    given, reference = (_RANKS.sub("", text) for text in (given, reference))
    if "," in given + reference and _OF_A_KIND.search(f"{given}\n{reference}"):
        return "undecided"
    remarks = [_REMARK.search(t) for t in (given, reference)]
    if (
        remarks[0]
        and remarks[1]
        and tokens(remarks[0][1]) != tokens(remarks[1][1])
        and not re.search(r"\d", "".join(m[1] for m in remarks if m))
    ):
        heads = [tokens(t[: m.start()]) for t, m in zip((given, reference), remarks, strict=True) if m]
        return "undecided" if heads[0] == heads[1] else "different"
    told = [_TOLD_APART.search(t) for t in (given, reference)]
    if told[0] and told[1] and told[0][1].casefold() != told[1][1].casefold():
        return "undecided" if tokens(given[: told[0].start()]) == tokens(reference[: told[1].start()]) else "different"
    if (mark := told[0] or told[1]) and _KIND & set(tokens(reference if told[0] else given)) - {folded(mark[1])}:
        return "undecided"
    one, two = (_PLACED.sub("", _without_brackets(t)) for t in (given, reference))
    initials = re.search(r"[a-z]\s[AIO]\.?\s[A-Z]", f"{one}\n{two}")
    a, b = (
        _core(tokens(t), frozenset(w for w in ARTICLES if len(w) > 1) if initials else ARTICLES) for t in (one, two)
    )
    if not a or not b:
        return "undecided" if a or b else "equal"
    if (
        a == b
        or re.sub(r"['’]", "", "".join(a)) == re.sub(r"['’]", "", "".join(b))
        or _core(a, _LINKS) == _core(b, _LINKS)
        or tuple(map(_stem, a)) == tuple(map(_stem, b))
    ):
        return "equal"
    born = {words[-1] for words in (a, b) if words[-1] in _SUFFIX}
    if _initials_aside(a, b) or _nicknamed(a, b) or _nicknamed(b, a) or _transcribed(a, b):
        return "equal"
    titles = {words[0] for words in (a, b) if len(words) > 1 and words[0] in TITLES}
    a, b = (_untitled(words) for words in (a, b))
    if a == b and len(titles) > 1:
        return "undecided"
    if len(born) > 1:
        return "different"
    if a == b or _turned(one, two, a, b) or _kinds_aside(a, b) or _initials_aside(a, b):
        return "equal"
    if (
        _turned_round(one, two)
        or _turned_round(two, one)
        or _place_within(one, two)
        or _of_aside(a, b)
        or _umlauts_aside(one, two)
        or _letters_first(one, a, b)
        or _letters_first(two, b, a)
        or _of_a_realm(one, two)
        or _of_a_realm(two, one)
    ):
        return "equal"
    return _overlap(a, b)


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the titles before it and "Jr." behind it; "King" at the end is part of it."""
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return _core(words, _SUFFIX)


_STATES = dict(
    pair.split("=")
    for pair in (
        "al=alabama ak=alaska az=arizona ar=arkansas ca=california co=colorado ct=connecticut de=delaware fl=florida ga=georgia hi=hawaii "
        "id=idaho il=illinois in=indiana ia=iowa ks=kansas ky=kentucky la=louisiana me=maine md=maryland ma=massachusetts mi=michigan "
        "mn=minnesota ms=mississippi mo=missouri mt=montana ne=nebraska nv=nevada oh=ohio ok=oklahoma or=oregon pa=pennsylvania "
        "tn=tennessee tx=texas ut=utah vt=vermont va=virginia wa=washington wi=wisconsin wy=wyoming"
    ).split()
)


def same_state(one: str, two: str) -> bool:
    """ "Cambridge, MA" and "Cambridge, Massachusetts"."""
    (head, _, state), (other, _, other_state) = one.partition(","), two.partition(",")
    names = [_STATES.get(s.strip().strip(".").lower(), s.strip().lower()) for s in (state, other_state)]
    return names[0] in _STATES.values() and names[0] == names[1] and tokens(head) == tokens(other)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _umlauts_aside(one: str, two: str) -> bool:
    """ "Zuerich" and "Zürich"."""
    return (one != one.translate(_UMLAUTS) and tokens(one.translate(_UMLAUTS)) == tokens(two)) or (
        two != two.translate(_UMLAUTS) and tokens(two.translate(_UMLAUTS)) == tokens(one)
    )


def _without_brackets(text: str) -> str:
    return re.sub(r"(?:\s+[(\[]|\[(?=\d+\]))(?:[^()\[\]]|\([^()]*\))*[)\]]\s*$", "", text).strip() or text


def _turned(one: str, two: str, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Pell, Ann" for "Ann Pell"."""
    return sorted(a) == sorted(b) and (one.count(",") == 1) != (two.count(",") == 1)


_REALM = re.compile(
    r"(?:King|Queen|Emperor|Empress|Prince|Princess|Tsar|Tsarina|Sultan|Duke)\s+[^,]+?(?=\s+of\s+(?:the\s+)?[A-Z][^,]*$)"
)


def _of_a_realm(long: str, short: str) -> bool:
    """ "Queen Victoria of the United Kingdom"."""
    head = _REALM.match(long)
    return head is not None and " of " not in short and tokens(head[0]) == tokens(short)


def _letters_first(text: str, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "UC Berkeley" for "University of California, Berkeley": the first letters of some words, then the same words."""
    letters, rest = short[0], short[1:]
    full = _core(long, _LINKS)
    if not (rest and 2 <= len(letters) <= 4 and letters.upper() in re.split(r"\W", text)):
        return False
    return full[len(letters) :] == rest and letters == "".join(w[0] for w in full[: len(letters)])


def _turned_round(one: str, two: str) -> bool:
    """ "supply of oxygen" and "oxygen supply", plain words on both sides."""
    m = re.fullmatch(r"(?:the\s+)?([a-z-]+)\s+of\s+(?:the\s+)?([a-z-]+)", one)
    return m is not None and tokens(f"{m[2]} {m[1]}") == tokens(two.removeprefix("the "))


_OF = frozenset(
    "cathedral church tower bridge palace castle temple bay bishop count court senate congress university battle treaty museum lake gulf duchy province county isle island siege kingdom".split()
)


def _of_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "University of Oxford" and "Oxford University"."""
    return (
        ("of" in a) != ("of" in b)
        and not ("university" in a and {*a, *b} & set(_STATES.values()))
        and sorted(w for w in a if w != "of") == sorted(w for w in b if w != "of")
        and bool(_OF & set(a))
    )


def _kinds_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "River Osk", "Osk River" and "Osk"."""
    plain_a, plain_b = _core(a, _KIND), _core(b, _KIND)
    kinds_a, kinds_b = ({"company" if w in FIRMS else w for w in words if w in _KIND} for words in (a, b))
    if plain_a != plain_b and len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return (
            len(short) > 1
            and short[-1].isdigit()
            and long[: len(short) + 1] == (*short, "of")
            and len(long) <= len(short) + 3
        )
    return plain_a == plain_b and (not kinds_a or not kinds_b or kinds_a == kinds_b)


def _initials_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "John F. Kennedy" and "John Kennedy": the same but for middle initials; "J. Kennedy" is left open."""
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    short, long = sorted((a, b), key=len)
    if len(short) == 2 < len(long) and len(short[0]) > 1 and short[0] == "".join(w[0] for w in long[:-1]):
        return True
    if a[0] != b[0]:
        return len(a) == len(b) > 2 and set(a[1:-1]) == set(b[1:-1]) and _initial(a[0], b[0])
    middle_a, middle_b = a[1:-1], b[1:-1]
    short, long = sorted((middle_a, middle_b), key=len)
    return (not short and all(len(w) == 1 for w in long)) or (
        len(short) == len(long)
        and all(x[0] == y[0] and 1 in (len(x), len(y)) for x, y in zip(short, long, strict=True))
    )


def _initial(one: str, two: str) -> bool:
    return one[0] == two[0] and 1 in (len(one), len(two))


def _place_within(one: str, two: str) -> bool:
    """ "Paris, France" and "Paris": a place with where it lies."""
    short, long = sorted((one, two), key=len)
    head, comma, rest = long.partition(",")
    if long.startswith(f"{short},") and short.count(",") == 1 and long.count(",") == 2:
        return rest.rpartition(",")[2].strip().strip(".").lower() in _COUNTRIES
    if "," not in short and long.startswith(f"{short},") and long.count(",") == 2:
        return rest.rpartition(",")[2].strip().strip(".").lower() in _COUNTRIES
    return (
        bool(comma)
        and "," not in rest
        and len(rest.split()) <= 3
        and tokens(head) == tokens(short)
        and not any(c.isdigit() for c in long)
    )


_VAGUELY = frozenset(["late", "early", "end", "mid", "middle", "beginning", "start", "turn"])
"""Parts of a year or a century, told in many ways."""
_COUNTRIES = frozenset(
    [
        "usa",
        "us",
        "u.s",
        "u.s.a",
        "united states",
        "uk",
        "united kingdom",
        "england",
        "scotland",
        "wales",
        "canada",
        "australia",
        "france",
        "germany",
        "italy",
        "spain",
        "india",
        "japan",
        "china",
    ]
)


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> Verdict:
    """Different where hardly anything is shared, or where what differs tells things apart; else left open."""
    shared = set(map(_stem, a)) & set(map(_stem, b))
    if not shared and 1 < len(a) == len(b) and all(_like(x, y, 4) for x, y in zip(a, b, strict=True)):
        return "undecided"
    if not shared and len(a) + len(b) > 2 and any(_like(x, y) for x in a for y in b):
        return "undecided"
    if not shared or any(w.isdigit() for w in set(a) ^ set(b)):
        return "different"
    left, right = set(map(_stem, a)) - shared, set(map(_stem, b)) - shared
    if (left or right) and (left | right) <= _APART:
        return "different"
    if left and right:
        if any(w.isdigit() for w in shared) and _VAGUELY & (left | right):
            return "undecided"
        if any(_abbreviates(x, right) for x in left) or any(_abbreviates(x, left) for x in right):
            return "undecided"
        if any(_like(x, y) for x in left for y in right):
            return "undecided"
        return "undecided" if _initials_fit(a, b) else "different"
    return "undecided"


def _like(one: str, two: str, least: int = 6) -> bool:
    """Whether two words of so many letters at least may be spellings of one name: "Mohammed" and "Muhammad"."""
    if min(len(one), len(two)) < least or one[0] != two[0] or abs(len(one) - len(two)) > 2:
        return False
    skeletons = [re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouyh]", "", word)) for word in (one, two)]
    return skeletons[0] == skeletons[1]


def _abbreviates(word: str, others: set[str]) -> bool:
    """Whether a word may be made of the first letters of the others: "uc" and "university", "california"."""
    return 2 <= len(word) <= 4 and len(others) >= 2 and set(word) <= {w[0] for w in others}


_APART = frozenset(
    "north south east west northern southern eastern western new upper lower great little early late".split()
)
"""Words that tell one from another of the same name."""


def _initials_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return (
        len(a) == len(b)
        and (a[-1] == b[-1] or _initial(a[-1], b[-1]))
        and all(x == y or _initial(x, y) or _familiar(x, y) for x, y in zip(a[:-1], b[:-1], strict=True))
    )


_FAMILIAR = frozenset(
    frozenset(pair.split("/"))
    for pair in "bill/william bob/robert dick/richard jim/james jack/john ted/edward ted/theodore tony/anthony mike/michael kate/catherine liz/elizabeth beth/elizabeth peggy/margaret "
    "harry/henry charlie/charles dave/david johnny/john jimmy/james bobby/robert billy/william larry/lawrence terry/terence hank/henry ned/edward sandy/alexander ray/raymond dan/daniel tom/thomas sam/samuel ben/benjamin joe/joseph steve/steven steve/stephen chris/christopher matt/matthew nick/nicholas "
    "ron/ronald don/donald ken/kenneth greg/gregory jeff/jeffrey tim/timothy andy/andrew ed/edward fred/frederick alex/alexander pat/patrick rick/richard rob/robert sue/susan kathy/katherine "
    "kathy/kathleen jenny/jennifer meg/margaret maggie/margaret betty/elizabeth abe/abraham jon/jonathan mick/michael phil/philip stan/stanley walt/walter".split()
)


def _nicknamed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Bill Lee" for "William Henry Lee": a given name by its usual short form, with or without what stands in the middle."""
    return len(a) == 2 <= len(b) <= 4 and a[-1] == b[-1] and frozenset((a[0], b[0])) in _FAMILIAR


def _transcribed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words differ in the vowels of a single long one: "Dostoevsky", "Dostoyevsky"."""
    apart = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return (
        len(a) == len(b) > 1
        and len(apart) == 1
        and "".join(apart[0]).isalpha()
        and _like(*apart[0])
        and apart[0][0][-1] == apart[0][1][-1]
    )


def _familiar(one: str, two: str) -> bool:
    """Whether a given name may be short for the other: "Will" and "William"."""
    short, long = sorted((one, two), key=len)
    return (len(short) >= 3 and long.startswith(short)) or frozenset((one, two)) in _FAMILIAR


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
    words, wanted = tokens(sentence), _core(tokens(reference), ARTICLES)
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
