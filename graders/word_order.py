# ruff: noqa: E501, SIM905  (word lists are data: broken up they cannot be read)
"""One name with its words in another order, or with the kind or realm of what it names: "Osk River", "River Osk" and "Osk".

Only the words are compared; whether there are two of a name is not known here.
"""

import re

from graders.place_names import STATES
from graders.wording import FIRMS, core, tokens

KINDS = frozenset(
    "river lake mount mountain desert language inc incorporated ltd limited corp corporation company co gmbh plc llc ag sa spa nv bv oy kgaa ocean fc cf afc hurricane typhoon cyclone operation mission motor motors group holding holdings airlines airways".split()
)
_OF = frozenset(
    "cathedral church tower bridge palace castle temple bay bishop count court senate congress university battle treaty museum lake gulf duchy province county isle island siege kingdom".split()
)
_REALM = re.compile(
    r"(?:King|Queen|Emperor|Empress|Prince|Princess|Tsar|Tsarina|Sultan|Duke)\s+[^,]+?(?=\s+of\s+(?:the\s+)?[A-Z][^,]*$)"
)
_NUMBERED = re.compile(r"[A-ZÀ-Þ][\w-]+\s+[IVX]{1,5}(?=\s+of\s+(?:the\s+)?[A-Z][^,]*$)")
"""One of a name by number: "William I" of England."""


def turned(one: str, two: str, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Pell, Ann" for "Ann Pell"."""
    return sorted(a) == sorted(b) and (one.count(",") == 1) != (two.count(",") == 1)


def turned_round(one: str, two: str) -> bool:
    """ "supply of oxygen" and "oxygen supply", plain words on both sides."""
    m = re.fullmatch(r"(?:the\s+)?([a-z-]+)\s+of\s+(?:the\s+)?([a-z-]+)", one)
    return m is not None and tokens(f"{m[2]} {m[1]}") == tokens(two.removeprefix("the "))


def of_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "University of Oxford" and "Oxford University"."""
    return (
        ("of" in a) != ("of" in b)
        and not ("university" in a and {*a, *b} & set(STATES.values()))
        and sorted(w for w in a if w != "of") == sorted(w for w in b if w != "of")
        and bool(_OF & set(a))
    )


def kinds_aside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "River Osk", "Osk River" and "Osk"."""
    plain_a, plain_b = core(a, KINDS), core(b, KINDS)
    kinds_a, kinds_b = ({"company" if w in FIRMS else w for w in words if w in KINDS} for words in (a, b))
    if plain_a != plain_b and len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return (
            len(short) > 1
            and short[-1].isdigit()
            and long[: len(short) + 1] == (*short, "of")
            and len(long) <= len(short) + 3
        )
    return plain_a == plain_b and (not kinds_a or not kinds_b or kinds_a == kinds_b)


def of_a_realm(long: str, short: str) -> bool:
    """ "Queen Victoria of the United Kingdom"."""
    head = _REALM.match(long) or _NUMBERED.match(long)
    return head is not None and " of " not in short and tokens(head[0]) == tokens(short)
