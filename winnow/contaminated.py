"""The file of a run that lists the queries found in a benchmark, with where."""

from pathlib import Path

import orjson

from scenarios.gates.contamination import Hit

CONTAMINATED = "contaminated.jsonl"


def list_contaminated(folder: Path, slot: str, query: str, hit: Hit) -> None:
    """Add a query to the list of a run's folder."""
    with (folder / CONTAMINATED).open("ab") as file:
        file.write(orjson.dumps({"slot": slot, "query": query, **hit._asdict()}, option=orjson.OPT_APPEND_NEWLINE))


def told(hit: Hit) -> str:
    """The reason, in a line."""
    return f"{hit.kind} of {hit.file}:{hit.line}: {hit.shared}"
