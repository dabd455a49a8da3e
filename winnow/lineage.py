"""Where a trajectory comes from, in words: how its query was made, what it was repaired or mutated from, which tools failed on purpose."""

from collections.abc import Iterator
from typing import NamedTuple

from traces.ledger import attempt_key
from traces.record import Imported, Trajectory
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
