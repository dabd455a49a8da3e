# ruff: noqa: E501, SIM905  (word lists are data: broken up they cannot be read)
"""Places told with where they lie: "Paris" and "Paris, France", "Cambridge, MA" and "Cambridge, Massachusetts".

Of the countries only common ones are known, of the states those of the USA by their postal letters.
"""

import re

from graders.wording import tokens

STATES = dict(
    pair.split("=")
    for pair in (
        "al=alabama ak=alaska az=arizona ar=arkansas ca=california co=colorado ct=connecticut de=delaware fl=florida ga=georgia hi=hawaii "
        "id=idaho il=illinois in=indiana ia=iowa ks=kansas ky=kentucky la=louisiana me=maine md=maryland ma=massachusetts mi=michigan "
        "mn=minnesota ms=mississippi mo=missouri mt=montana ne=nebraska nv=nevada oh=ohio ok=oklahoma or=oregon pa=pennsylvania "
        "tn=tennessee tx=texas ut=utah vt=vermont va=virginia wa=washington wi=wisconsin wy=wyoming"
    ).split()
)
_COUNTRIES = frozenset(
    "usa|us|u.s|u.s.a|united states|uk|united kingdom|england|scotland|wales|canada|australia|france|germany|italy|spain|india|japan|china".split(
        "|"
    )
)


def same_state(one: str, two: str) -> bool:
    """ "Cambridge, MA" and "Cambridge, Massachusetts"."""
    (head, _, state), (other, _, other_state) = one.partition(","), two.partition(",")
    names = [STATES.get(s.strip().strip(".").lower(), s.strip().lower()) for s in (state, other_state)]
    return names[0] in STATES.values() and names[0] == names[1] and tokens(head) == tokens(other)


def place_within(one: str, two: str) -> bool:
    """ "Paris, France" and "Paris": a place with where it lies."""
    short, long = sorted((re.sub(r"^[Tt]he\s+", "", text) for text in (one, two)), key=len)
    head, comma, rest = long.partition(",")
    if long.startswith(f"{short},") and long.count(",") == 2:
        return rest.rpartition(",")[2].strip().strip(".").lower() in _COUNTRIES
    return (
        bool(comma)
        and "," not in rest
        and len(rest.split()) <= 3
        and tokens(head) == tokens(short)
        and not any(c.isdigit() for c in long)
    )
