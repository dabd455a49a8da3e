# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Collections compared: pairwise where both have an order, else each item with one of the other."""

import re
from collections.abc import Sequence

from graders.answers.enumerations import bracketed
from graders.answers.kinds import Collection
from graders.wording import Compare, Verdict, tokens


def collections(a: Collection, b: Collection, one: str, two: str, compare: Compare) -> Verdict:
    """Pairwise where both are ordered, else each item with one of the other's; sets do not count repeats."""
    a, b = _both_signs(_column(a)), _both_signs(_column(b))
    left, right = (list(dict.fromkeys(c.items)) if c.braces else list(c.items) for c in (a, b))
    if (a.braces and not b.bare and not b.braces) or (b.braces and not a.bare and not a.braces):
        return "different"
    if len(left) != len(right):
        return "undecided" if sorted(tokens(" ".join(left))) == sorted(tokens(" ".join(right))) else "different"
    if sum(map(bracketed, left)) != sum(map(bracketed, right)) and (a.braces or b.braces):
        return "different"
    if all(_SCORE.fullmatch(item) for item in (*left, *right)):
        return _all_of([compare(x, y) for x, y in zip(left, right, strict=True)])
    if a.ordered and b.ordered:
        if _round(one) != _round(two) and len(left) == 2 and _shut(one, two):
            return "undecided"
        return _all_of([compare(x, y) for x, y in zip(left, right, strict=True)])
    pairwise = _all_of([compare(x, y) for x, y in zip(left, right, strict=True)])
    if pairwise == "equal" or a.ordered or b.ordered:
        return pairwise
    verdict = _matched(left, right, compare)
    if verdict != "equal" and (_last_word_shared(left) or _last_word_shared(right)):
        return _matched(_last_word_shared(left) or left, _last_word_shared(right) or right, compare)
    return verdict


def _last_word_shared(items: Sequence[str]) -> list[str]:
    """ "Ann" and "Bob Pell" as "Ann Pell" and "Bob Pell"; empty where the last item has nothing to share."""
    *first, last = items
    if not first or len(last.split()) < 2 or any(len(item.split()) != len(last.split()) - 1 for item in first):
        return []
    return [*(f"{item} {last.split()[-1]}" for item in first), last]


_ASSIGNED = re.compile(
    r"(?:the\s+)?([A-Za-zα-ω](?:_?\{?[\da-z]+\}?)?(?=\s*=)|\\[a-z]+|[A-Za-z][A-Za-z -]*[A-Za-z](?=\s*[:=]|\s+(?:is|was|of)\s|\s+[-−]?\d))\s*(?:=|:|\bis\b|\bwas\b|\bof\b|(?=\s[-−]?\d))\s*(.+)"
)


def _assignments(items: Sequence[str]) -> dict[str, str] | None:
    """Values by the letters they are given to: "x = 2, y = 5"; roots of one letter are none."""
    found = [m for item in items if (m := _ASSIGNED.fullmatch(item.strip()))]
    named = {m[1].lower() if len(m[1]) > 1 else m[1]: m[2].strip() for m in found}
    roots = {name[:1] for name in named if len(name) < 3 or "_" in name}
    several = len(roots) + sum(len(name) > 2 and "_" not in name for name in named)
    return named if len(found) == len(items) == len(named) == several > 1 else None


_COUNTED = re.compile(r"(?P<many>\d[\d.,]*|[a-z]+)\s+(?P<noun>[a-z]{3,}(?:\s[a-z]+)?)", re.IGNORECASE)


def _counts(items: Sequence[str]) -> dict[str, str] | None:
    """How many of each: "two cats and three dogs"."""
    found = [m for item in items if (m := _COUNTED.fullmatch(item.strip()))]
    named = {m["noun"].lower().removesuffix("s"): m["many"] for m in found}
    return named if len(named) == len(items) > 1 else None


def assigned(a: Collection, b: Collection, one: str, two: str, compare: Compare) -> Verdict | None:
    """Two lists of which one gives values to letters at least: by letter, or against a tuple in the order of the alphabet."""
    mine, theirs = _counts(a.items), _counts(b.items)
    if mine is not None and theirs is not None and mine.keys() == theirs.keys():
        return _all_of([compare(mine[noun], theirs[noun]) for noun in mine])
    mine, theirs = _assignments(a.items), _assignments(b.items)
    if mine is not None and theirs is not None:
        if mine.keys() != theirs.keys():
            return None
        return _all_of([compare(mine[name], theirs[name]) for name in mine])
    named, plain = (mine, b) if mine else (theirs, a)
    if not named or len(named) != len(plain.items):
        return None
    in_order = [compare(named[name], item) for name, item in zip(sorted(named), plain.items, strict=True)]
    if plain.ordered:
        return _all_of(in_order)
    return "equal" if _all_of(in_order) == "equal" else None


_SCORE = re.compile(r"\d{1,3}\s*[-–—]\s*\d{1,3}")
"""A result of a set or a game: their order counts."""


def _column(found: Collection) -> Collection:
    """A matrix of one column or one row as the vector that it is."""
    cells = [m[1] for item in found.items if (m := re.fullmatch(r"\[([^\[\],]+)\]", item))]
    if found.ordered and len(cells) == len(found.items):
        return found._replace(items=tuple(cells))
    row = re.fullmatch(r"\[([^\[\]]+,[^\[\]]+)\]", found.items[0]) if len(found.items) == 1 else None
    return found._replace(items=tuple(cell.strip() for cell in row[1].split(","))) if row else found


def _both_signs(found: Collection) -> Collection:
    """A set or a list of "\\pm 2, \\pm 5" with each of them twice, once for either sign."""
    if (found.ordered and not found.bare) or not any(_EITHER.search(item) for item in found.items):
        return found
    items = (
        (_EITHER.sub(sign, item).lstrip("+ ") for sign in "+-") if _EITHER.search(item) else (item,)
        for item in found.items
    )
    return found._replace(items=tuple(each for pair in items for each in pair))


_EITHER = re.compile(r"\\pm(?![a-z])\s*|±\s*")


def _round(text: str) -> bool:
    return text.startswith("(")


def _shut(one: str, two: str) -> bool:
    """Whether one is in round and one in square brackets: a pair or an open interval against a list or a closed one."""
    return {one[0], two[0]} == {"(", "["} and not re.search(r"['\"]", one + two)


def _matched(left: list[str], right: list[str], compare: Compare) -> Verdict:
    rest, undecided = list(right), False
    for item in left:
        verdicts = {other: compare(item, other) for other in rest}
        hit = next((o for o, v in verdicts.items() if v == "equal"), None)
        if hit is None:
            if "undecided" not in verdicts.values():
                return "different"
            undecided = True
            hit = next(o for o, v in verdicts.items() if v == "undecided")
        rest.remove(hit)
    return "undecided" if undecided else "equal"


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    if "different" in verdicts:
        return "different"
    return "undecided" if "undecided" in verdicts else "equal"
