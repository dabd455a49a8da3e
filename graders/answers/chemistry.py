"""What chemists write: nuclides, reactions, and how electrons are arranged; each by what it says, not how it is set."""

import re
from collections import Counter

from graders.answers.aliases import alias
from graders.wording import Verdict

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_NUCLIDE = re.compile(
    r"\\?\^\{?\s*(?P<mass>\d{1,3})\s*\}?(?:_\{?\s*\d{1,3}\s*\}?)?\s*(?:\\(?:text|mathrm|ce)\s*\{)?(?P<sign>[A-Z][a-z]?)\}?"
    r"|_\{?\s*\d{1,3}\s*\}?\^\{?\s*(?P<third>\d{1,3})\s*\}?\s*(?P<same>[A-Z][a-z]?)"
    r"|(?P<name>[A-Za-z]{1,12})-(?P<number>\d{1,3})|(?P<small>\d{1,3})(?P<after>[A-Z][a-z]?)"
)
_ARROW = re.compile(r"\s*(?:⟶|→|⇌|⇄|↔|-{1,2}>|=>|\\(?:long)?rightarrow|\\to\b|\\rightleftharpoons)\s*")
_STATE = re.compile(r"\s*\((?:s|l|g|aq)\)|[\s_{}^]|\\(?:text|mathrm|ce)")
_SHELLS = re.compile(r"(?:\[[A-Z][a-z]?\])?(?:[1-7][spdf]\d{1,2}?(?=[1-7][spdf]|$))+")
_HYBRID = re.compile(r"sp[23]?(?:d2?)?")


def chemical(one: str, two: str) -> Verdict | None:
    """Two nuclides, reactions or arrangements of electrons; None where both are none of these."""
    if _ARROW.search(one) and _ARROW.search(two):
        return _reactions(one, two)
    first, second = (re.sub(r"[\s^{},]", "", text.translate(_RAISED)) for text in (one, two))
    if any(pattern.fullmatch(first) and pattern.fullmatch(second) for pattern in (_SHELLS, _HYBRID)):
        filled = [sorted(re.findall(r"\[\w+\]|[1-7][spdf]\d{1,2}?(?=[1-7][spdf]|$)", text)) for text in (first, second)]
        return "equal" if first == second or (filled[0] and filled[0] == filled[1]) else "different"
    return _nuclides(one, two)


def _reactions(one: str, two: str) -> Verdict | None:
    """What goes in and what comes out, in any order and without the states; None where it is no reaction of formulas."""
    sides = [[_species(side) for side in _ARROW.split(text)] for text in (one, two)]
    if any(len(each) != 2 or None in each for each in sides):
        return None
    return "equal" if sides[0] == sides[1] else "different"


def _species(side: str) -> Counter[str] | None:
    bare = [
        re.sub(r"^1(?=[A-Z(])", "", _STATE.sub("", part))
        for part in re.split(r"\s+\+\s+|(?<=[A-Za-z\d)])\+(?=\d?[A-Z])", side)
    ]
    return (
        Counter(bare) if all(re.fullmatch(r"(?:\d*(?:[A-Z][a-z]?|[()\[\]\d+-])+|e-)", part) for part in bare) else None
    )


def _nuclides(one: str, two: str) -> Verdict | None:
    mine, theirs = _nuclide(one), _nuclide(two)
    if not mine or not theirs or all(text[0].isdigit() for text in (one, two)):
        return None
    same = mine[0] == theirs[0] or alias(mine[0], theirs[0])
    return "equal" if same and mine[1] == theirs[1] else "different"


def _nuclide(text: str) -> tuple[str, str] | None:
    """The element by its sign or name, and how many particles its nucleus has."""
    m = _NUCLIDE.fullmatch(re.sub(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"^{m[0].translate(_RAISED)}", text))
    if not m:
        return None
    name = m["sign"] or m["same"] or m["name"] or m["after"]
    return (name, m["mass"] or m["third"] or m["number"] or m["small"]) if alias(name, name) or len(name) < 3 else None
