# ruff: noqa: E501, SIM905  (word lists are data: broken up they cannot be read)
"""Given names of people in their forms: with middle initials or without, an initial for the whole, and the usual short form of English ones.

Names come as their words, small letters and no titles. Two full given names that are no forms of one another tell people apart.
"""

_FAMILIAR = frozenset(
    frozenset(pair.split("/"))
    for pair in "bill/william bob/robert dick/richard jim/james jack/john ted/edward ted/theodore tony/anthony mike/michael kate/catherine liz/elizabeth beth/elizabeth peggy/margaret "
    "harry/henry charlie/charles dave/david johnny/john jimmy/james bobby/robert billy/william larry/lawrence terry/terence hank/henry ned/edward sandy/alexander ray/raymond dan/daniel tom/thomas sam/samuel ben/benjamin joe/joseph steve/steven steve/stephen chris/christopher matt/matthew nick/nicholas "
    "ron/ronald don/donald ken/kenneth greg/gregory jeff/jeffrey tim/timothy andy/andrew ed/edward fred/frederick alex/alexander pat/patrick rick/richard rob/robert sue/susan kathy/katherine "
    "kathy/kathleen jenny/jennifer meg/margaret maggie/margaret betty/elizabeth abe/abraham jon/jonathan mick/michael phil/philip stan/stanley walt/walter".split()
)


def initials_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
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


def initials_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether each word may be the other one by an initial or a short form: "W. Lee" and "Bill Lee"."""
    return (
        len(a) == len(b)
        and (a[-1] == b[-1] or _initial(a[-1], b[-1]))
        and all(x == y or _initial(x, y) or _familiar(x, y) for x, y in zip(a[:-1], b[:-1], strict=True))
    )


def _initial(one: str, two: str) -> bool:
    return one[0] == two[0] and 1 in (len(one), len(two))


def nicknamed(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Bill Lee" for "William Henry Lee": a given name by its usual short form, with or without what stands in the middle."""
    return len(a) == 2 <= len(b) <= 4 and a[-1] == b[-1] and frozenset((a[0], b[0])) in _FAMILIAR


def _familiar(one: str, two: str) -> bool:
    """Whether a given name may be short for the other: "Will" and "William"."""
    short, long = sorted((one, two), key=len)
    return (len(short) >= 3 and long.startswith(short)) or frozenset((one, two)) in _FAMILIAR
