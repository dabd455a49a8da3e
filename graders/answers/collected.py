"""Collections compared: pairwise where both have an order, else each item with one of the other."""

from collections.abc import Callable, Sequence

from graders.answers.kinds import Collection
from graders.wording import Verdict

Compare = Callable[[str, str], Verdict]


def collections(a: Collection, b: Collection, one: str, two: str, compare: Compare) -> Verdict:
    """Pairwise where both are ordered, else each item with one of the other's; sets do not count repeats."""
    left, right = (list(dict.fromkeys(c.items)) if c.braces else list(c.items) for c in (a, b))
    if (a.braces and not b.bare and not b.braces) or (b.braces and not a.bare and not a.braces):
        return "different"
    if len(left) != len(right):
        return "different"
    if a.ordered and b.ordered:
        if _round(one) != _round(two) and len(left) == 2 and _shut(one, two):
            return "undecided"
        return _all_of([compare(x, y) for x, y in zip(left, right, strict=True)])
    pairwise = _all_of([compare(x, y) for x, y in zip(left, right, strict=True)])
    if pairwise == "equal" or a.ordered or b.ordered:
        return pairwise
    return _matched(left, right, compare)


def _round(text: str) -> bool:
    return text.startswith("(")


def _shut(one: str, two: str) -> bool:
    """Whether one is in round and one in square brackets: a pair or an open interval against a list or a closed one."""
    return {one[0], two[0]} == {"(", "["}


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
