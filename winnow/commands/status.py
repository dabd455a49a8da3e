"""`winnow status`: how a run stands."""

from winnow.commands import AsJson, RunPath, console, open_ledger


def status(run: RunPath, as_json: AsJson = False) -> None:
    """How a run stands: attempts, what was kept, and why the rest was not. Works while the run is going."""
    import orjson

    from winnow.folder import RunFolder
    from winnow.report import Report

    folder = RunFolder.open(run) if (run / "run.yaml").is_file() else None
    with open_ledger(run) as ledger:
        counts = ledger.counts()
    assert folder is not None, "open_ledger refuses a folder without a run"
    scenario = folder.scenario()
    planned = scenario.tasks.count * scenario.attempts
    stop = "finished" if counts.attempts >= planned else "under way"
    report = Report(scenario.name, folder, counts, planned, stop, seconds=0.0)
    if as_json:
        print(orjson.dumps(report.summary(), option=orjson.OPT_INDENT_2).decode())
    else:
        report.print(console())
