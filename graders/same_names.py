# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""Whether two names or short texts name the same thing, by their words, with the forms that names have: titles, initials, places, short given names."""

import re

from graders.names import folded
from graders.wording import ARTICLES, FIRMS, LINKS, SUFFIX, TITLES, Verdict, core, tokens

_KIND = frozenset(
    "river lake mount mountain desert language inc incorporated ltd limited corp corporation company co gmbh plc llc ag sa spa nv bv oy kgaa ocean fc cf afc hurricane typhoon cyclone operation mission motor motors group holding holdings airlines airways".split()
)


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
    a, b = (core(tokens(t), frozenset(w for w in ARTICLES if len(w) > 1) if initials else ARTICLES) for t in (one, two))
    if not a or not b:
        return "undecided" if a or b else "equal"
    if (
        a == b
        or re.sub(r"['’]", "", "".join(a)) == re.sub(r"['’]", "", "".join(b))
        or core(a, LINKS) == core(b, LINKS)
        or tuple(map(_stem, a)) == tuple(map(_stem, b))
    ):
        return "equal"
    born = {words[-1] for words in (a, b) if words[-1] in SUFFIX}
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
    return core(words, SUFFIX)


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


_NUMBERED = re.compile(r"[A-ZÀ-Þ][\w-]+\s+[IVX]{1,5}(?=\s+of\s+(?:the\s+)?[A-Z][^,]*$)")
"""One of a name by number: "William I" of England."""


def _of_a_realm(long: str, short: str) -> bool:
    """ "Queen Victoria of the United Kingdom"."""
    head = _REALM.match(long) or _NUMBERED.match(long)
    return head is not None and " of " not in short and tokens(head[0]) == tokens(short)


def _letters_first(text: str, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "UC Berkeley" for "University of California, Berkeley": the first letters of some words, then the same words."""
    letters, rest = short[0], short[1:]
    full = core(long, LINKS)
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
    plain_a, plain_b = core(a, _KIND), core(b, _KIND)
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
    short, long = sorted((re.sub(r"^[Tt]he\s+", "", text) for text in (one, two)), key=len)
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
