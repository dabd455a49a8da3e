"""What can be chosen of an export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from traces.stored import Stored


@dataclass(frozen=True)
class Options:
    """`test` is the share of tasks (never of rows) that goes to the test split. `about` is printed in the dataset card: scenario, seed,
    model. `where` picks among the kept trajectories."""

    test: float = 0.0
    where: Callable[[Stored], bool] | None = None
    licence: str = "cc-by-4.0"
    title: str = "Winnowed traces"
    about: Mapping[str, str] = field(default_factory=dict)

    def split(self, query: str) -> str:
        """`train` or `test`: equal queries, whoever asked them, are on the same side."""
        if not self.test:
            return "train"
        mark = blake2b(" ".join(query.casefold().split()).encode(errors="replace"), digest_size=8).digest()
        return "test" if int.from_bytes(mark, "big") < self.test * 2**64 else "train"
