"""`winnow status`: how a run stands."""

from typing import TYPE_CHECKING, NamedTuple

from winnow.commands import AsJson, Refusal, RunPath, console, open_ledger

if TYPE_CHECKING:
    from traces.counts import Counts
    from winnow.folder import RunFolder
    from winnow.pulse import Pulse


class _Plan(NamedTuple):
    name: str
    attempts: int
    whole: bool
    source: str = ""
    critics: bool = False
    tries: int = 0
    """Attempts at each task of a run whose techniques are told apart; 0 for others."""


def status(run: RunPath, as_json: AsJson = False) -> None:
    """How a run stands: attempts, what was kept, and why the rest was not. Works while the run is going."""
    import orjson

    from winnow.criticism import CriticSummary
    from winnow.folder import FolderError, RunFolder
    from winnow.left_out import LeftOut
    from winnow.pulse import Pulse
    from winnow.report import Report, example_of
    from winnow.techniques import Techniques

    with open_ledger(run) as ledger:
        counts = ledger.counts()
    folder = RunFolder.open(run)
    try:
        plan = _plan(folder, counts)
    except FolderError as error:
        raise Refusal(error) from error
    with open_ledger(run) as ledger:
        critics = CriticSummary.of(ledger) if plan.critics else None
    pulse = Pulse.read(folder.pulse)
    alive = pulse is not None and pulse.alive(folder.ledger)
    stop = _stop(plan, folder, pulse, alive)
    with open_ledger(run) as ledger:  # of a run under way they would cost a look at every trace, each time it is asked
        techniques = Techniques.of(ledger, plan.tries) if plan.tries and stop == "finished" else None
        example = example_of(ledger)
        left_out = LeftOut.of(ledger, folder)
    report = Report(
        plan.name,
        folder,
        counts,
        plan.attempts,
        stop,
        seconds=0.0,
        critics=critics,
        techniques=techniques,
        example=example,
        left_out=left_out,
        reason=folder.told("reason") if stop == folder.told("stop") else "",
    )
    if as_json:
        told = {**report.summary(), "source": plan.source, "pulse": pulse.model_dump() if pulse else None}
        print(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    report.print(console())
    if pulse:
        # What the run last said of its attempts is a little older than the ledger that is told of above.
        now = pulse.model_copy(update={"done": counts.attempts, "total": plan.attempts}) if alive else pulse
        console().print(now.line(alive=alive), soft_wrap=True, style="bold" if alive else "bold yellow")
    if plan.source:
        console().print(plan.source, soft_wrap=True, style="dim")


def _stop(plan: _Plan, folder: "RunFolder", pulse: "Pulse | None", alive: bool) -> str:
    """How it stands in a word: what it said at its end, unless it has been gone on with since."""
    if pulse is not None:
        return "under way" if alive else "killed"
    if plan.whole:
        return "finished"
    from traces.database import being_written

    under_way = plan.source and being_written(folder.ledger)
    return "under way" if under_way else folder.told("stop") or "interrupted"


def _plan(folder: "RunFolder", counts: "Counts") -> _Plan:
    """What was planned: by the scenario, or by what was there to be imported or judged again."""
    from winnow.techniques import told_for

    origin = folder.origin()
    if origin is None:
        scenario = folder.scenario()
        planned = (scenario.tasks.count - sum(counts.discards.values())) * scenario.attempts
        tries = scenario.attempts if told_for(scenario) else 0
        return _Plan(scenario.name, planned, counts.attempts >= planned, "", bool(scenario.critics.members), tries)
    how = {
        "import": "imported from",
        "regrade": "judged again, from",
        "errors": "errors made on purpose, with",
        "verify": "run again, from",
    }[origin.kind]
    broken = f"; {origin.broken:,} rows could not be read" if origin.broken else ""
    return _Plan(origin.name, counts.attempts, origin.complete, f"{how} {', '.join(origin.sources)}{broken}")
