"""Results of games: "3–1" is "3-1" and "won 3-1", not "1-3"; "a 2-1 victory for Italy" is "Italy won 2–1", and not "Italy lost 2–1".

Limits: one score in a text; who won is told from the names that both texts have, not from their order.
"""

import re

from graders.names import folded
from graders.wording import Compare, Verdict

_SCORE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_PLAYED = re.compile(r"(?<![\d.])(\d{1,3})\s*(?:-|–|—|:|to|to\s+the\s+score\s+of)\s*(\d{1,3})(?![\d.]*\d)")
_WON = re.compile(r"\b(?:won|wins?|beats?|beat|defeated|victory|victorious|triumph\w*)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|loses?|loss|defeat|beaten)\b", re.IGNORECASE)
_GAME = re.compile(
    rf"{_WON.pattern}|{_LOST.pattern}|\b(?:drew|draw|tied|tie|score[ds]?|ended|finished|result)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<![\w.])[A-ZÀ-Þ][\w'’-]*")
_NO_NAMES = frozenset(["A", "An", "The", "It", "They", "Final", "In"])


def score(text: str, other: str, compare: Compare) -> Verdict | None:
    """A score against a score, a score against a result in words, and two results in words."""
    mine, theirs = _SCORE.fullmatch(text), _SCORE.fullmatch(other)
    if mine and theirs:
        return "equal" if mine.groups() == theirs.groups() else "different"
    told = _PLAYED.findall(other) if _GAME.search(other) else []
    if mine:
        return "equal" if len(told) == 1 and told[0] == mine.groups() else None
    return None if theirs or len(told) != 1 else _results(text, other)


def _results(text: str, other: str) -> Verdict | None:
    played = [_PLAYED.findall(each) if _GAME.search(each) and len(each) <= 80 else [] for each in (text, other)]
    if not all(len(each) == 1 for each in played):
        return None
    if sorted(played[0][0]) != sorted(played[1][0]):
        return "different"
    names = [{folded(name) for name in _NAME.findall(each)} - {folded(n) for n in _NO_NAMES} for each in (text, other)]
    if not all(names) or not (names[0] <= names[1] or names[1] <= names[0]):
        return "different" if all(names) and not names[0] & names[1] else None
    if any(len(each) > 1 for each in names):
        return None
    mine, theirs = (bool(_WON.search(each)) - bool(_LOST.search(each)) for each in (text, other))
    return "equal" if mine == theirs else "different" if mine * theirs < 0 else None
