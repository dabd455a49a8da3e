"""Names for the entities of one world, by kind and number."""

from collections.abc import Mapping

from scenarios.world.config import WorldConfig
from scenarios.world.draws import Draw
from scenarios.world.kinds import KINDS
from scenarios.world.names import Speller, given_names, long_stems, stems, unknown_name

_NEAR = ("", " Minor", " Harbour", " Vale")
_CODE_LETTERS = tuple("BCDFGHJKLMNPQRSTVWXZ")


class Namer:
    """Gives every entity of a world its name. Names differ unless `name_collisions` says otherwise.

    No two kinds share an invented word, so that a town's name is no part of a bridge's.
    """

    def __init__(self, seed: int, counts: Mapping[str, int], config: WorldConfig) -> None:
        self._seed = seed
        self._counts = counts
        self._config = config
        self._kinds = list(counts)
        few = max(counts.values()) * len(counts) < 80_000
        self._stems = stems(f"{seed} stems") if few else long_stems(f"{seed} stems")
        self._codes = _codes(seed, counts["shipment"])
        self._given = given_names(f"{seed} given")

    def name(self, kind: str, number: int) -> str:
        """The name of the `number`-th entity of a kind."""
        return unknown_name(lambda n: self._spell(kind, n), self._bearer(kind, number), self._counts[kind])

    def _bearer(self, kind: str, number: int) -> int:
        """The number whose name this one bears: its own, or where names collide the one before it."""
        rate = self._config.name_collisions
        return (
            number - 1
            if rate and number % 2 and Draw(self._seed, "same name", kind, number).chance(2 * rate)
            else number
        )

    def _spell(self, kind: str, number: int) -> str:
        stem, place = divmod(number, self._config.shared_stems)
        if kind == "shipment":
            return f"Consignment {self._codes.word(stem)}-{10_000 + number * 7_919 % 90_000}"
        word = self._stems.word(stem * len(self._kinds) + self._kinds.index(kind))
        if kind == "person":
            return f"{self._given.word(number % self._given.space)} {word}"
        if kind == "town":
            return word + _NEAR[place]
        endings = KINDS[kind].endings
        return f"{word} {endings[(stem * 7 + place) % len(endings)]}"


def _codes(seed: int, count: int) -> Speller:
    letters = 3 if count < 4_000 else 4
    return Speller(*[_CODE_LETTERS] * letters, key=f"{seed} codes")
