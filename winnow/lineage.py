"""Where a trajectory comes from, in words: how its query was made, what it was repaired or mutated from, which tools failed on purpose."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from traces.ledger import Ledger, attempt_key
from traces.record import Imported, Trajectory
from traces.stored import Stored
from traces.task import Outage, Written


class Fact(NamedTuple):
    """A line about a trajectory. `keys` are trajectories that it names, which a run need not have; they stand after the text."""

    name: str
    text: str
    keys: tuple[str, ...] = ()


def facts(trace: Trajectory) -> Iterator[Fact]:
    """What is known of where it comes from; attempts at the same task are left to whoever has the ledger."""
    written, lineage = trace.task.written, trace.lineage
    if written:
        yield Fact("query", made_from(written), tuple(attempt_key(parent, 1) for parent in written.parents))
    if lineage.imported:
        yield Fact("imported", found_at(lineage.imported))
    if lineage.repaired_from:
        yield Fact("repaired", "from", (lineage.repaired_from,))
    if lineage.mutated_from:
        yield Fact("mutated", "one step was planted in", (lineage.mutated_from,))
    for outage in trace.task.outages:
        yield Fact("outage", fails(outage))


def own_ids(ledger: Ledger, keys: Iterable[str]) -> dict[str, str]:
    """By key the id that an imported row gave itself; those without one are left out."""
    found = ((key, stored) for key in keys if (stored := ledger.stored_one(key)))
    return {key: own for key, stored in found if (own := _own_id(stored)) is not None}


def keys_of(ledger: Ledger, own: str) -> list[str]:
    """The keys of the imported rows that gave themselves this id, in order. It reads the whole ledger."""
    return [stored.key for stored in ledger.stored() if _own_id(stored) == own]


def _own_id(stored: Stored) -> str | None:
    imported = stored.plain.get("lineage", {}).get("imported") or {}
    return str(imported["id"]) if imported.get("id") is not None else None


def difficulty(trace: Trajectory) -> str:
    """Of its task, as it is shown: nobody has told that of an imported one."""
    return level(0 if trace.lineage.imported else trace.task.difficulty)


def level(difficulty: int) -> str:
    """A difficulty as tables show it: 0 stands for one that nobody told."""
    return str(difficulty) if difficulty else "–"


def made_from(written: Written) -> str:
    """How a model came to write a query, in a line."""
    parents = f" of {', '.join(written.parents)}" if written.parents else ""
    topic = f" on {written.topic}" if written.topic else ""
    page = f" from page {written.source}" if written.source else ""
    needs = f", to need {' and '.join(written.needs)}" if written.needs else ""
    mended = ", rewritten when it was read again" if written.rewritten else ""
    return f"written by {written.model or 'a model'}: {written.technique}{parents}{topic}{page}{needs}{mended}"


def found_at(imported: Imported) -> str:
    """The place of a row that was imported, and what it lacked."""
    id = f", id {imported.id}" if imported.id is not None else ""
    missing = f"; it does not tell {', '.join(imported.missing)}" if imported.missing else ""
    return f"{imported.file}, line {imported.line} ({imported.form}){id}{missing}"


def fails(outage: Outage) -> str:
    """Which calls fail and how, such as "call 2 of search fails (timeout)"."""
    calls = f"call {outage.first}" if outage.last == outage.first else f"calls {outage.first} to {outage.last}"
    if outage.last is None:
        calls = "every call" if outage.first == 1 else f"every call from number {outage.first}"
    verb = "fails" if calls.startswith("every") or outage.last == outage.first else "fail"
    return f"{calls} of {outage.tool} {verb} on purpose ({outage.error})"
