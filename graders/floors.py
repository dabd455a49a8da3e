"""The floors under the grader card: below them the graders are not good enough to be relied on."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from graders.card import ALL, Card
from graders.wilson import Share

PRECISION, RECALL = 0.98, 0.95
KEEP_PRECISION, KEEP_RECALL = 0.99, 0.90
BLIND_PRECISION, BLIND_CATCH = 0.90, 0.70


class Below(NamedTuple):
    """A figure that is under its floor."""

    what: str
    share: Share
    floor: float

    @property
    def decided(self) -> bool:
        """Whether the whole interval is under it too. Else a larger sample may say otherwise."""
        return self.share.interval is not None and self.share.interval[1] < self.floor

    def __str__(self) -> str:
        return f"{self.what} is {self.share}, floor {self.floor:.2f}"


def below(card: Card, decided: Collection[str]) -> list[Below]:
    """The figures under their floors; what was not counted is under none. `decided`: the codes that a program decides with the oracle."""
    return [one for one in _floors(card, decided) if one.share.value is not None and one.share.value < one.floor]


def _floors(card: Card, decided: Collection[str]) -> Iterator[Below]:
    for code in sorted(decided):
        measure = card.seeing.of_code(code)
        yield Below(f"{code} precision", measure.precision, PRECISION)
        yield Below(f"{code} recall", measure.recall, RECALL)
    yield Below("keep precision", card.seeing.keep_precision, KEEP_PRECISION)
    yield Below("keep recall", card.seeing.keep_recall, KEEP_RECALL)
    yield Below("without the oracle: precision", card.blind.of_code(ALL).precision, BLIND_PRECISION)
    yield Below("without the oracle: catch rate", card.blind.catch_rate, BLIND_CATCH)
