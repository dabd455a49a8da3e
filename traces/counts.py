"""What a run has come to, summed from the facets: no counting over the trajectories themselves."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple


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
    def judged(self) -> int:
        """Attempts of which something was decided."""
        return self.kept + self.rejected

    @property
    def rate_told(self) -> str:
        """The keep rate as it is shown: of none that was judged nothing is known."""
        return f"{self.keep_rate:.0%}" if self.judged else "–"

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
    length: Mapping[int, Tally]
    """By the number of steps."""
    queries: Mapping[str, int] = {}
    """Tasks by how their query came to be, where that is known."""
    uncoded: Mapping[str, Tally] = {}
    """Those whose decision names no code, by ending: not kept all the same where nothing shows the answer to be right, or there is none."""
    undecided: Mapping[str, Tally] = {}
    """Those without a decision, by ending; under an empty one those of which no trajectory was recorded."""

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


class Solved(NamedTuple):
    """Tasks by the share of their judged attempts that was kept: none, some (the edge of what the solver can do), all."""

    never: int = 0
    sometimes: int = 0
    always: int = 0


def solved(db: sqlite3.Connection) -> Solved:
    """Go through the final trajectories, not their bodies."""
    rates = (
        "SELECT sum(f.decision = 'keep') AS kept, count(*) AS judged FROM attempt a JOIN facet f ON f.id = a.facet"
        " WHERE f.final AND f.decision IN ('keep', 'reject', 'repair') GROUP BY a.slot"
    )
    sums = "sum(kept = 0), sum(kept > 0 AND kept < judged), sum(kept = judged)"
    return Solved(*(n or 0 for n in db.execute(f"SELECT {sums} FROM ({rates})").fetchone()))


def read(db: sqlite3.Connection) -> Counts:
    """Sum the facets; their number, not that of trajectories, is what it costs."""
    sums = "coalesce(sum(n * steps), 0), coalesce(sum(calls), 0), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0)"
    steps, calls, input_tokens, output_tokens = db.execute(f"SELECT {sums} FROM facet").fetchone()
    whole = _tallies(db, "''")
    slots = {(kind, stage): n for kind, stage, n in db.execute("SELECT kind, stage, n FROM slot_count ORDER BY stage")}
    return Counts(
        total=whole.get("", Tally()),
        tasks=sum(n for (kind, _), n in slots.items() if kind == "task"),
        discards={stage: n for (kind, stage), n in slots.items() if kind == "discard"},
        trajectories=db.execute("SELECT coalesce(sum(n), 0) FROM facet WHERE ending != ''").fetchone()[0],
        steps=steps,
        calls=calls,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        family=_tallies(db, "family"),
        difficulty=_tallies(db, "difficulty"),
        tool=_each(_tallies(db, "tools")),
        code=_each(_tallies(db, "codes")),
        length={steps: tally for steps, tally in _tallies(db, "steps").items() if steps},
        ending={kind: tally for kind, tally in _tallies(db, "ending").items() if kind},
        queries={stage: n for (kind, stage), n in slots.items() if kind == "task" and stage},
        uncoded=_tallies(db, "ending", "codes = '' AND decision IN ('reject', 'repair')"),
        undecided=_tallies(db, "ending", "final AND decision IN ('error', 'none')"),
    )


def _tallies(db: sqlite3.Connection, column: str, where: str = "true") -> dict[Any, Tally]:
    """A tally for each value of a column, among the facets of which something holds."""
    kinds = {name: f"final AND decision IN ({values})" for name, values in _FATES.items()}
    kinds |= {"attempts": "final", "repaired": "final AND mended AND decision = 'keep'", "revised": "NOT final"}
    sums = ", ".join(f"sum(CASE WHEN {kinds[name]} THEN n ELSE 0 END)" for name in Tally._fields)
    found = db.execute(f"SELECT {column} AS k, {sums} FROM facet WHERE {where} GROUP BY k ORDER BY k")
    return {key: Tally(*numbers) for key, *numbers in found}


_FATES = {"kept": "'keep'", "rejected": "'reject', 'repair'", "errors": "'error'", "unjudged": "'none'"}


def _each(lists: Mapping[str, Tally]) -> dict[str, Tally]:
    """Tallies of lists of names as tallies of the names."""
    groups: defaultdict[str, list[Tally]] = defaultdict(list)
    for names, tally in lists.items():
        for name in names.split():
            groups[name].append(tally)
    return {name: Tally(*map(sum, zip(*groups[name], strict=True))) for name in sorted(groups)}
