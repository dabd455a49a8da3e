"""Why trajectories were not kept, as reports and pages list it."""

from collections import Counter
from typing import NamedTuple

from graders.codes import CODES
from traces.counts import Counts, Tally
from traces.endings import undecided, without_code

_NAMES = {code.code: code.name for code in CODES}


class Reason(NamedTuple):
    """An error code with its name; without a code where the decision names none."""

    code: str
    name: str
    tally: Tally

    @property
    def lost(self) -> int:
        """Trajectories that it cost: rejected or sent back."""
        return self.tally.rejected + self.tally.revised


def name_of(code: str) -> str:
    """The short name of an error code."""
    return _NAMES.get(code, "?")


def told(reason: str) -> str:
    """A code with its name; a reason in words as it is."""
    return f"{reason} {_NAMES[reason]}" if reason in _NAMES else reason


def not_judged(counts: Counts) -> dict[str, int]:
    """Attempts of which nothing was decided, by why in words, the commonest first."""
    found = Counter[str]()
    for ending, tally in counts.undecided.items():
        found[undecided(ending)] += tally.attempts
    return dict(found.most_common())


def reasons(counts: Counts) -> list[Reason]:
    """All that cost any trajectory, the commonest first."""
    found = [Reason(code, name_of(code), tally) for code, tally in counts.code.items()]
    found += [Reason("", without_code(ending), tally) for ending, tally in counts.uncoded.items()]
    return sorted((r for r in found if r.lost), key=lambda r: (-r.lost, r.code, r.name))
