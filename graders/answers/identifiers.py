"""Figures that name and do not count: versions and telephone numbers. They are the same where all their figures are."""

import re

from graders.wording import Verdict

_VERSION = re.compile(
    r"(?P<lead>(?:version|release|ver\.?|v\.?)\s*)?(?P<figures>\d+(?:\.\d+)+)(?P<tail>[-+ ]?[a-z][\w.-]*)?", re.I
)
_TELEPHONE = re.compile(
    r"(?:tel(?:ephone)?\.?:?\s*|phone:?\s*)?(?P<figures>\+?[\d()][\d()\s./-]{5,22}\d)", re.IGNORECASE
)
_DIALLED = re.compile(r"^\+\d|^\(\d{2,4}\)|^0\d+[\s/-]|^\d{3}[-.\s]\d{3}[-.\s]\d{4}$|^1-\d{3}-")


def versions(one: str, two: str) -> Verdict | None:
    """Two versions, one of them with three parts at least or called one: "v3.2.1"; None where neither is known for one."""
    mine, theirs = _VERSION.fullmatch(one), _VERSION.fullmatch(two)
    if not mine or not theirs:
        return None
    if not (mine["lead"] or theirs["lead"] or min(m["figures"].count(".") for m in (mine, theirs)) > 1):
        return None
    same = mine["figures"] == theirs["figures"] and (mine["tail"] or "").lower() == (theirs["tail"] or "").lower()
    return "equal" if same else "different"


def telephones(one: str, two: str) -> Verdict | None:
    """Two telephone numbers, one of them dialled by its look; None where neither is."""
    mine, theirs = _TELEPHONE.fullmatch(one), _TELEPHONE.fullmatch(two)
    if not mine or not theirs or not any(_DIALLED.match(m["figures"]) for m in (mine, theirs)):
        return None
    first, second = (re.sub(r"\D", "", m["figures"].replace("+", "00")) for m in (mine, theirs))
    if first == second:
        return "equal"
    return "undecided" if _national(first) == _national(second) else "different"


def _national(figures: str) -> str:
    """The last nine figures: two numbers that share them may differ in the code of the country alone."""
    return figures[-9:]
