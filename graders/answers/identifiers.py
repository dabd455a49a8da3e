"""What names and does not count: versions, telephone numbers, numbers of books and addresses. The same where all their figures are."""

import re

from graders.wording import Verdict

_VERSION = re.compile(
    r"(?:(?P<name>(?!(?:version|release|ver)\b)[a-z][a-z+#]+)\s+)?(?P<lead>(?:version|release|ver\.?|v\.?)\s*)?"
    r"(?P<figures>\d+(?:\.\d+)+)(?P<tail>[-+ ]?[a-z][\w.-]*)?",
    re.I,
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
    if (
        bool(mine["name"]) is not bool(theirs["name"])
        and mine["figures"] == theirs["figures"]
        and mine["tail"] == theirs["tail"]
    ):
        return "equal"
    if not (mine["lead"] or theirs["lead"] or min(m["figures"].count(".") for m in (mine, theirs)) > 1):
        return None
    if mine["name"] and theirs["name"] and mine["name"].lower() != theirs["name"].lower():
        return None
    same = mine["figures"] == theirs["figures"] and (mine["tail"] or "").lower() == (theirs["tail"] or "").lower()
    return "equal" if same else "different"


_ABROAD = re.compile(r"^\+|^(?=1\D\d{3}\D\d{3}\D\d{4}$)")
"""Before the code of a country: "+49", and the 1 of North America before ten figures in groups."""


def telephones(one: str, two: str) -> Verdict | None:
    """Two telephone numbers, one of them dialled by its look; None where neither is."""
    mine, theirs = _TELEPHONE.fullmatch(one), _TELEPHONE.fullmatch(two)
    if not mine or not theirs or not any(_DIALLED.match(m["figures"]) for m in (mine, theirs)):
        return None
    first, second = (re.sub(r"\D", "", _ABROAD.sub("00", m["figures"])) for m in (mine, theirs))
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


_CODE = re.compile(r"(?P<letters>[A-Za-z]{2,6})[-_\s/]?(?P<figures>\d{2,}[A-Za-z\d]*(?:[-_\s/][A-Za-z\d]+)*)")


def codes(one: str, two: str) -> Verdict | None:
    """Two codes of letters and figures, one of them with a dash in it: "INV-2023-04" is "INV 2023 04"; None where neither is."""
    mine, theirs = _CODE.fullmatch(one), _CODE.fullmatch(two)
    if not mine or not theirs or not any(re.match(r"[A-Z]+-\d|[A-Z]+\d+-", t) for t in (one, two)):
        return None
    first, second = (re.sub(r"[^A-Za-z\d]", "", t).casefold() for t in (one, two))
    return "equal" if first == second else "different"


_OFFSET = re.compile(r"UTC\s?(?P<sign>[+−-])\s?0?(?P<hours>\d{1,2})(?::?(?P<minutes>[03-5][05]))?")


def offsets(one: str, two: str) -> Verdict | None:
    """Two zones by how far they are from UTC: "UTC+1" is "UTC+01:00"; None where either is none."""
    mine, theirs = _OFFSET.fullmatch(one), _OFFSET.fullmatch(two)
    if not mine or not theirs:
        return None
    first, second = ((m["sign"] == "+", m["hours"], (m["minutes"] or "00")) for m in (mine, theirs))
    return "equal" if first == second else "different"


_PATH = re.compile(r"(?:~|[A-Za-z]:)?(?:[/\\\\][\w.-]+)+[/\\\\]?")


def paths(one: str, two: str) -> Verdict | None:
    """Two places of files, of two names at least; None where either is none."""
    if (
        not (_PATH.fullmatch(one) and _PATH.fullmatch(two))
        or min(len(re.findall(r"[/\\\\]\w", t)) for t in (one, two)) < 2
    ):
        return None
    return (
        "equal" if re.split(r"[/\\\\]", one.rstrip("/\\")) == re.split(r"[/\\\\]", two.rstrip("/\\")) else "different"
    )


_PAPER = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<paper>10\.\d{4,9}/\S+)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,}(?::\d+)?)(?P<path>/[^\s#]*?)?/?(?P<part>#\S*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?:mailto:)?(?P<box>[\w.+-]+)@(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,})", re.IGNORECASE)


def addresses(one: str, two: str) -> Verdict | None:
    """Two addresses of pages, papers, or mailboxes; None where either is none. The scheme, "www." and a last slash tell nothing."""
    if (mine := _PAPER.fullmatch(one)) and (theirs := _PAPER.fullmatch(two)):
        return "equal" if mine["paper"].casefold() == theirs["paper"].casefold() else "different"
    if (mine := _MAIL.fullmatch(one)) and (theirs := _MAIL.fullmatch(two)):
        boxes = [f"{m['box']}@{m['host']}".casefold() for m in (mine, theirs)]
        return "equal" if boxes[0] == boxes[1] else "different"
    mine, theirs = _ADDRESS.fullmatch(one), _ADDRESS.fullmatch(two)
    if not mine or not theirs or not (_surely(mine) or _surely(theirs)):
        return None
    return "equal" if _page(mine) == _page(theirs) else "different"


def _surely(found: re.Match[str]) -> bool:
    return bool(found["scheme"] or found["host"].lower().startswith("www.") or found["path"])


def _page(found: re.Match[str]) -> tuple[str, str, str]:
    return found["host"].lower().removeprefix("www."), (found["path"] or "").rstrip("/"), found["part"] or ""
