"""The export itself: stream the ledger, check, write, and stand in place only when whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import get_args

import orjson

from traces.export.caps import Caps
from traces.export.card import config_of
from traces.export.checks import Fault
from traces.export.columns import reserved
from traces.export.errors import ExportError
from traces.export.folder import Folder
from traces.export.format import Format, Item, LeftOut, Line, Refused, all_formats
from traces.export.options import Options
from traces.export.report import ExportReport
from traces.export.row import JSON
from traces.export.shards import FileType, Shards
from traces.export.text import dumps
from traces.ledger import Ledger
from traces.select import Candidate, Expression, parse
from traces.stored import Stored

MANIFEST_VERSION = 1


Screen = Callable[[str, JSON], Iterable[tuple[str, str]]]
"""What a template or a tokenizer says against the chat row of a key: rules with details."""


def export(
    ledger: Ledger, format: str, folder: Path | str, options: Options | None = None, screens: Sequence[Screen] = ()
) -> ExportReport:
    """Write what a ledger holds in one of the formats. Memory does not grow with the number of rows.

    Chat rows that a screen says something against are refused like others that fail a check.

    Raises:
        ExportError: an unknown format, one without chat rows where there are screens, a target that is not empty, or a disk that does not
            take it; then nothing is left behind.
        SelectError: the expression of `options.where` cannot be read.
        LedgerError: the ledger cannot be read.
    """
    target = Path(folder)
    writer = _writer(format, options)
    report = ExportReport(format, target)
    chosen = _chosen(ledger, writer, screens)
    with Folder(target) as out:
        for item in chosen:
            _count(report, item, _written(out, writer, item) if isinstance(item, Line) else "")
            if isinstance(item, Refused):
                out.line("refused.jsonl", {"key": item.key, "faults": [fault._asdict() for fault in item.faults]})
        for name, text in writer.extra_files(report, ledger.counts()).items():
            out.text(name, text)
        rows = dict(sorted(report.files.items()))
        refused, left_out = report.refused, sum(report.left_out.values())
        out.note(
            {"manifest": MANIFEST_VERSION, "format": format, "rows": rows, "refused": refused, "left_out": left_out}
        )
    return report


def preview(
    ledger: Ledger, format: str, options: Options | None = None, screens: Sequence[Screen] = ()
) -> ExportReport:
    """What `export` would write and refuse, without writing anything. Raises as `export` does."""
    writer = _writer(format, options)
    report = ExportReport(format, Path())
    for item in _chosen(ledger, writer, screens):
        _count(report, item, item.file if isinstance(item, Line) else "")
    return report


def _count(report: ExportReport, item: Item, file: str) -> None:
    match item:
        case Line():
            report.wrote(item.file, file, item.mark)
        case LeftOut():
            report.leave_out(item.key, item.why)
        case Refused():
            report.refuse(item.key, item.faults)


def _chosen(ledger: Ledger, writer: Format, screens: Sequence[Screen]) -> Iterator[Item]:
    items = _lines(ledger, writer, parse(writer.options.where or "true"))
    items = items if writer.logs else map(_readable, items)
    if not screens:
        return items
    _refuse_what_has_no_chat(writer)
    return map(partial(_screened, screens), items)


def _refuse_what_has_no_chat(writer: Format) -> None:
    if not writer.chat:
        names = ", ".join(sorted(name for name, format in all_formats().items() if format.chat))
        raise ExportError(writer.name, "it has no rows for a chat template", f"Check one of {names}")


def _screened(screens: Sequence[Screen], item: Item) -> Item:
    if not isinstance(item, Line):
        return item
    # Rows are looked at as a reader has them: arguments may be text.
    row = orjson.loads(dumps(item.value))
    key = item.key or str(item.value.get("id", ""))
    faults = [Fault(rule, detail) for screen in screens for rule, detail in screen(key, row)]
    return Refused(key, faults) if faults else item


def _readable(item: Item) -> Item:
    """A line with columns that would be misread is refused."""
    if not isinstance(item, Line) or (why := _misread(tuple(item.value))) is None:
        return item
    return Refused(item.key or str(item.value.get("id", "")), [Fault("columns", why)])


@cache
def _misread(columns: tuple[str, ...]) -> str | None:
    return reserved(columns)


def _written(out: Folder, writer: Format, item: Line) -> str:
    """The file that a line went to. Session logs are files of their own, of which there may be very many."""
    if writer.logs:
        out.line(item.file, item.value)
        return item.file
    return _rows_of(out, writer, item.file).write(item.value)


def _rows_of(out: Folder, writer: Format, file: str) -> Shards:
    options = writer.options
    return out.rows(file, options.file_type, options.shard_rows, writer.features_of(config_of(file)[0]))


def _writer(format: str, options: Options | None) -> Format:
    writer = _format(format)(options or Options())
    if writer.options.rows != "kept" and not writer.whole:
        raise ExportError(format, "it chooses its rows by itself", "Leave out which rows are taken")
    if not writer.picks and writer.options.leaves_out:
        raise ExportError(
            format,
            "it needs all of a task's attempts, so none can be left out by select, most per task, distinct or cap",
            "Choose with `where`",
        )
    if not writer.compares and writer.options.pairs != "step":
        raise ExportError(format, "it has no pairs, of steps or of traces", "Export preference, or leave them out")
    return writer


def _format(name: str) -> type[Format]:
    known = all_formats()
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        if name in get_args(FileType):
            hint = f"How rows are stored is the file type: --file-type {name}, with a format beside it. "
        raise ExportError(name, "there is no such format", f"{hint}Known are {', '.join(sorted(known))}")
    return known[name]


def _lines(ledger: Ledger, writer: Format, where: Expression) -> Iterator[Item]:
    caps = Caps(writer.options.caps)
    for slot, group in groupby(ledger.stored(writer.reading), key=_slot):
        rate = partial(ledger.pass_rate, slot)
        found = [stored for stored in group if where.test(Candidate(stored, rate))]
        found = [*_originals(ledger, found, where), *found] if writer.compares else found
        if not writer.picks:
            yield from writer.lines(found) if found else ()
            continue
        for stored in writer.options.picked(found):
            yield from caps.through(Candidate(stored, rate), _keyed(stored.key, writer.lines([stored])))


def _keyed(key: str, items: Iterable[Item]) -> Iterator[Item]:
    return (item._replace(key=key) if isinstance(item, Line) else item for item in items)


def _originals(ledger: Ledger, group: Sequence[Stored], where: Expression) -> Iterator[Stored]:
    """What the mutants of a slot were made from, where the choice takes it too."""
    here = {stored.key for stored in group}
    sources = dict.fromkeys(stored.plain["lineage"].get("mutated_from") for stored in group)
    for key in sources:
        found = ledger.stored_one(key) if key and key not in here else None
        if found and where.test(Candidate(found, partial(ledger.pass_rate, found.slot))):
            yield found


def _slot(stored: Stored) -> str:
    return stored.slot
