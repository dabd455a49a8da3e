"""Letters of a choice: "(B)", "B.", "Option B", "B) Paris", "A and C"; rules of `graders.answers.rewording` and what they read."""

import re

from graders.wording import Compare, Verdict

_NAMED_OPTION = re.compile(
    r"\(([A-Ha-h])\)\s*(\S.*)|(?:option|choice)?\s*([A-H][.):]|[a-h]\))\s+(\S.*)|([A-H])\s+\(([^()]+)\)", re.DOTALL
)


def option_said(text: str) -> str | None:
    """What stands behind the letter of a choice: "42" for "(C) 42"."""
    m = _NAMED_OPTION.fullmatch(text) if len(text) <= 300 else None
    return (m[2] or m[4] or m[6]).strip() if m else None


_OPTION = re.compile(
    r"(?:answer\s+)?(?:option|choice)?\s*\(?([A-Ha-h])\)?[.):]?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL
)


def letters(text: str) -> frozenset[str] | None:
    """The letters of several choices: "A, C and D", "(A) and (C)", "ACD"; a single letter is no choice of several."""
    bare = re.sub(
        r"\b(?:options?|choices?|answers?|statements?|items?|only|both|(?:is|are)\s+(?:true|correct))\b|\.$",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    if re.fullmatch(r"[A-H]{2,6}", bare.strip()) and len(set(bare.strip())) == len(bare.strip()):
        return frozenset(bare.strip()) if list(bare.strip()) == sorted(bare.strip()) else None
    found = re.findall(r"\(?\b([A-H])\b\)?", bare)
    rest = re.sub(r"\(?\b[A-H]\b\)?|\band\b|&|[,;\s]", "", bare)
    if not rest and len(found) > 1:
        return frozenset(found)
    romans = re.findall(r"\b[IVX]{1,4}\b", bare)
    rest = re.sub(r"\b[IVX]{1,4}\b|\band\b|&|[,;\s]", "", bare)
    return frozenset(romans) if romans and not rest and (len(romans) > 1 or bare != text) else None


_SET_APART = re.compile(r"(?:answer|option|choice)\b|\([A-H]\)|[A-H][.):]", re.IGNORECASE)
"""How a letter before more words is known to be one of a choice: "A is wrong" begins with none."""


def options(one: str, two: str) -> Verdict | None:
    """Letters of a choice: "(B)", "B.", "Option B", "B) Paris"."""
    if any(re.fullmatch(r"(?:option|choice)\s+\d", t, re.IGNORECASE) for t in (one, two)):
        figures = [re.sub(r"(?:option|choice)\s+|[()]", "", t, flags=re.IGNORECASE) for t in (one, two)]
        return ("equal" if figures[0] == figures[1] else "different") if all(map(str.isdigit, figures)) else None
    letters = [_OPTION.fullmatch(t) for t in (one, two)]
    if not letters[0] or not letters[1]:
        return None
    rests = [m[2] for m in letters if m]
    if any(rest and not _SET_APART.match(t) for rest, t in zip(rests, (one, two), strict=True)):
        return None
    bare = [re.search(r"[().:]|option|choice", t, re.I) or len(t) == 1 for t in (one, two)]
    if not all(bare) or all(rests):
        return None
    return "equal" if letters[0][1].upper() == letters[1][1].upper() else "different"


def option(text: str, other: str, compare: Compare) -> Verdict | None:
    return options(text, other)


def behind_letter(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(C) 25" against "25"."""
    said = option_said(text) if len(other) > 1 and not option_said(other) else None
    return "equal" if said and compare(said, other) == "equal" else None


def other_option(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(C) 15 m/s" against "(D) 20 m/s": another letter and another thing; the same thing under another letter is left open."""
    mine, theirs = _LETTERED.fullmatch(text), _LETTERED.fullmatch(other)
    if not (mine and theirs) or mine[1] == theirs[1]:
        return None
    return "undecided" if compare(mine[2], theirs[2]) == "equal" else "different"


_LETTERED = re.compile(r"\(?([A-H])[).:]\s+(\S.{0,200})", re.DOTALL)


def several_letters(text: str, other: str, compare: Compare) -> Verdict | None:
    mine, theirs = letters(text), letters(other)
    return None if mine is None or theirs is None else "equal" if mine == theirs else "different"
