"""What a run has come to, summed from the facets: no counting over the trajectories themselves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from traces.rows import Facet

K = TypeVar("K", str, int)


class Tally(NamedTuple):
    """Attempts of one kind by how they came out. `repaired` are those of `kept` that took a repair; `revised` counts
    trajectories that were sent back for one; `unjudged` attempts have no decision."""

    attempts: int = 0
    kept: int = 0
    repaired: int = 0
    rejected: int = 0
    errors: int = 0
    unjudged: int = 0
    revised: int = 0

    @property
    def keep_rate(self) -> float:
        """Kept among those judged; 0 where none was."""
        judged = self.kept + self.rejected
        return self.kept / judged if judged else 0.0


class Counts(NamedTuple):
    """The counters of a run. `steps`, `calls` and tokens are sums over all trajectories, repairs included."""

    total: Tally
    tasks: int
    discards: Mapping[str, int]
    trajectories: int
    steps: int
    calls: int
    input_tokens: int
    output_tokens: int
    family: Mapping[str, Tally]
    difficulty: Mapping[int, Tally]
    tool: Mapping[str, Tally]
    code: Mapping[str, Tally]
    """By each code of the decision."""
    ending: Mapping[str, Tally]

    @property
    def attempts(self) -> int:
        return self.total.attempts

    @property
    def kept(self) -> int:
        return self.total.kept

    @property
    def repaired(self) -> int:
        return self.total.repaired

    @property
    def rejected(self) -> int:
        return self.total.rejected

    @property
    def errors(self) -> int:
        return self.total.errors

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


def summed(facets: Iterable[Facet], tasks: int, discards: Mapping[str, int]) -> Counts:
    """The counts of all facets."""
    rows = list(facets)
    return Counts(
        total=_tally(rows),
        tasks=tasks,
        discards=discards,
        trajectories=sum(row.n for row in rows if row.ending),
        steps=sum(row.n * row.steps for row in rows),
        calls=sum(row.calls for row in rows),
        input_tokens=sum(row.input_tokens for row in rows),
        output_tokens=sum(row.output_tokens for row in rows),
        family=_grouped((row.family, row) for row in rows),
        difficulty=_grouped((row.difficulty, row) for row in rows),
        tool=_grouped((tool, row) for row in rows for tool in row.tools),
        code=_grouped((code, row) for row in rows for code in row.codes),
        ending=_grouped((row.ending, row) for row in rows if row.ending),
    )


def _grouped(pairs: Iterable[tuple[K, Facet]]) -> dict[K, Tally]:
    groups: defaultdict[K, list[Facet]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: _tally(groups[key]) for key in sorted(groups)}


def _tally(rows: Iterable[Facet]) -> Tally:
    found: Counter[str] = Counter()
    for row in rows:
        found[_fate(row)] += row.n
        if row.final:
            found["attempts"] += row.n
            found["repaired"] += row.n if row.mended and row.decision == "keep" else 0
    return Tally(**found)


def _fate(row: Facet) -> str:
    if not row.final:
        return "revised"
    return {"keep": "kept", "reject": "rejected", "repair": "rejected", "error": "errors"}.get(row.decision, "unjudged")
