"""The export itself: stream the ledger, check, write, and stand in place only when whole."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from traces.export.errors import ExportError
from traces.export.folder import Folder
from traces.export.format import Format, Line, Refused, all_formats
from traces.export.options import Options
from traces.export.report import ExportReport
from traces.ledger import Ledger
from traces.stored import Stored

MANIFEST_VERSION = 1


def export(ledger: Ledger, format: str, folder: Path | str, options: Options | None = None) -> ExportReport:
    """Write what a ledger holds in one of the formats. Memory does not grow with the number of rows.

    Raises:
        ExportError: an unknown format, a target that is not empty, or a disk that does not take it; then nothing is left behind.
        LedgerError: the ledger cannot be read.
    """
    target = Path(folder)
    writer = _format(format)(options or Options())
    report = ExportReport(format, target)
    with Folder(target) as out:
        for item in _lines(ledger, writer):
            if isinstance(item, Line):
                out.line(item.file, item.value)
                report.wrote(item.file)
            else:
                report.refuse(item.key, item.faults)
                out.line("refused.jsonl", {"key": item.key, "faults": [fault._asdict() for fault in item.faults]})
        for name, text in writer.extra_files(report, ledger.counts()).items():
            out.text(name, text)
        rows = dict(sorted(report.files.items()))
        out.note({"manifest": MANIFEST_VERSION, "format": format, "rows": rows, "refused": report.refused})
    return report


def _format(name: str) -> type[Format]:
    known = all_formats()
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise ExportError(name, "there is no such format", f"{hint}Known are {', '.join(sorted(known))}")
    return known[name]


def _lines(ledger: Ledger, writer: Format) -> Iterator[Line | Refused]:
    where = writer.options.where
    for _, group in groupby(ledger.stored(writer.reads), key=_slot):
        picked = [stored for stored in group if where is None or where(stored)]
        if picked:
            yield from writer.lines(picked)


def _slot(stored: Stored) -> str:
    return stored.slot
