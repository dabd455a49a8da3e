"""What names and does not count: versions, telephone numbers, numbers of books and addresses. The same where all their figures are."""

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


_BOOK = re.compile(r"(?:ISBN(?:-1[03])?:?\s*)?(?P<figures>97[89](?:[\s-]?\d){10}|\d(?:[\s-]?\d){8}[\s-]?[\dXx])")


def books(one: str, two: str) -> Verdict | None:
    """Two numbers of books, one of them written in groups or called one; None where neither is."""
    mine, theirs = _BOOK.fullmatch(one), _BOOK.fullmatch(two)
    if not mine or not theirs or not any(re.match(r"ISBN|(?:\d+-){3,4}[\dXx]$", t) for t in (one, two)):
        return None
    first, second = (re.sub(r"[\s-]", "", m["figures"]).upper() for m in (mine, theirs))
    if len(first) != len(second):
        return "undecided" if first[-10:-1] == second[-10:-1] else "different"
    return "equal" if first == second else "different"


_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?)(?P<path>/[^\s#]*?)?/?(?P<part>#\S*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?:mailto:)?(?P<box>[\w.+-]+)@(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,})", re.IGNORECASE)


def addresses(one: str, two: str) -> Verdict | None:
    """Two addresses of pages, or of mailboxes; None where either is none. The scheme, "www." and a last slash tell nothing."""
    if (mine := _MAIL.fullmatch(one)) and (theirs := _MAIL.fullmatch(two)):
        return "equal" if mine[0].casefold() == theirs[0].casefold() else "different"
    mine, theirs = _ADDRESS.fullmatch(one), _ADDRESS.fullmatch(two)
    if not mine or not theirs or not (_surely(mine) or _surely(theirs)):
        return None
    return "equal" if _page(mine) == _page(theirs) else "different"


def _surely(found: re.Match[str]) -> bool:
    return bool(found["scheme"] or found["host"].lower().startswith("www.") or found["path"])


def _page(found: re.Match[str]) -> tuple[str, str, str]:
    return found["host"].lower().removeprefix("www."), (found["path"] or "").rstrip("/"), found["part"] or ""
