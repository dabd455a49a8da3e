"""What a format is: a class in a file of its own under `traces/export/formats/`. Files are found, nothing is registered.

A format turns a `Group` (all trajectories of one slot) into `Line`s for named files. `RowFormat` is the usual case: one
trajectory, kept unless the options ask for others too, one line.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar, NamedTuple

from traces.export import checks
from traces.export.card import card, configs
from traces.export.checks import Fault, Rule
from traces.export.errors import ExportError
from traces.export.options import Options
from traces.export.report import ExportReport
from traces.export.row import JSON, Row, canonical
from traces.export.transforms import MENDS, TRANSFORMS
from traces.ledger import Counts, Filters
from traces.rows import EVERYTHING
from traces.stored import Stored

JUDGED = frozenset({"keep", "reject", "repair"})
"""Decisions that say what was right and wrong."""


class Line(NamedTuple):
    """One line of a file."""

    file: str
    value: Any
    mark: str = ""
    """What kind of row it is, where the card should tell how many there are of each."""
    key: str = ""
    """The trajectory it is of, where it is of one."""


class Refused(NamedTuple):
    """A row that was not written, and why."""

    key: str
    faults: list[Fault]


class LeftOut(NamedTuple):
    """A trajectory of which no row is made, though nothing is wrong with it: nothing to train, or a mistake that no row can hold."""

    key: str
    why: str


Item = Line | Refused | LeftOut
"""What a format makes of a trajectory."""

Group = list[Stored]
"""All trajectories of one slot that the format's filter lets through, in order."""


class Format(ABC):
    """One way of writing. Instances hold no state between groups."""

    name: ClassVar[str]
    summary: ClassVar[str]
    """One line for the list of formats."""
    lossy: ClassVar[str] = ""
    """What is lost on the way, in words; empty where the canonical row can be had back."""
    reads: ClassVar[Filters] = EVERYTHING
    picks: ClassVar[bool] = False
    """Whether the options may pick among a task's trajectories; formats that compare them need all."""
    chat: ClassVar[bool] = False
    """Whether lines have OpenAI-shaped messages and tools, whole or in parts, which chat templates render."""
    whole: ClassVar[bool] = False
    """Whether a line is a whole trace, so that the options may ask for others than the kept ones."""
    compares: ClassVar[bool] = False
    """Whether a mutant is set beside the trajectory it was made from, which has a slot of its own."""
    plain: ClassVar[bool] = False
    """Whether its trainer takes nothing but whole JSONL files."""
    logs: ClassVar[bool] = False
    """Whether its files are session logs, not rows."""
    tags: ClassVar[tuple[str, ...]] = ()
    """Tags of the card beside those of every card."""
    features: ClassVar[Mapping[str, str]] = {}
    """Columns and their types for the dataset card, as YAML writes them; empty where the format has no card."""

    def __init__(self, options: Options) -> None:
        """Raises ExportError where the format cannot be written in files of that kind."""
        if self.plain and (options.file_type != "jsonl" or options.shard_rows):
            raise ExportError(self.name, "this format is whole JSONL files", "Leave out the file type and shards")
        if options.file_type == "parquet" and not self.features:
            raise ExportError(self.name, "this format has no columns of a known type", "Choose jsonl or jsonl.zst")
        self.options = options

    @property
    def reading(self) -> Filters:
        """What is asked of the ledger."""
        return self.reads

    @abstractmethod
    def lines(self, group: Group) -> Iterator[Item]:
        """What is written of a slot."""

    def features_of(self, config: str) -> Mapping[str, str]:
        """The columns of a config: `default`, or the prefix of its files."""
        return self.features

    def extra_files(self, report: ExportReport, counts: Counts) -> Mapping[str, str]:
        """Files beside the data, by path: the dataset card where there are features."""
        return {"README.md": card(self, report, counts)} if self.features or self.logs else {}

    def configs(self, report: ExportReport) -> Mapping[str, Mapping[str, list[str]]]:
        """Config name to split to file, for the card."""
        return configs(report)


class RowFormat(Format):
    """A format of one line a kept trajectory. Repaired ones go to files of their own."""

    reads = Filters("keep", final=True)
    picks = True
    whole = True
    rules: ClassVar[Mapping[str, Rule]] = checks.ALWAYS
    file: ClassVar[str] = "data/{split}.jsonl"
    repaired_file: ClassVar[str] = "data/repaired-{split}.jsonl"

    @property
    def reading(self) -> Filters:
        return self.reads if self.options.rows == "kept" else Filters(mended=False)

    @abstractmethod
    def line(self, row: Row) -> JSON:
        """The line of a row that passed the checks."""

    @property
    def asked(self) -> Mapping[str, Rule]:
        """The rules that a row has to pass. Of masked rows any right turn is worth training, so the answer may be wrong."""
        masked = self.options.rows == "masked"
        return {name: rule for name, rule in self.rules.items() if not (masked and rule is checks.trained)}

    def transformed(self, row: Row, among: Mapping[str, Callable[[Row], Row]] = TRANSFORMS) -> Row:
        """The row with what the options ask for, marked."""
        for name, change in among.items():
            row = change(row) if name in self.options.transforms else row
        return row

    def lines(self, group: Group) -> Iterator[Item]:
        for stored in group:
            if stored.decision not in JUDGED:
                continue
            row = canonical(stored)
            if why := self._left_out(row):
                yield LeftOut(row.id, why)
            else:
                # Without its marks every turn is taken for right.
                yield from self._checked(replace(row, wrong=frozenset()) if self.options.rows == "all" else row)

    def _left_out(self, row: Row) -> str:
        if self.options.rows == "masked" and row.hopeless:
            return "every turn failed a verdict"
        unreadable = checks.unreadable(row)
        return checks.UNREADABLE if unreadable and unreadable <= row.wrong else ""

    def _checked(self, row: Row) -> Iterator[Item]:
        row = self.transformed(row, MENDS)
        faults = checks.check(row, self.asked)
        if not faults and (changed := self.transformed(row)) is not row:
            row, faults = changed, checks.check(changed, self.asked)
        if faults:
            yield Refused(row.id, faults)
        else:
            yield from self.written(row)

    def written(self, row: Row) -> Iterator[Line]:
        """What is written of a row that passed the checks: one line, unless a format says otherwise."""
        yield Line(self.place(row), self.line(row))

    def place(self, row: Row) -> str:
        """The file a row belongs to."""
        name = self.repaired_file if row.repaired else self.file
        return name.format(split=self.options.split(row.query))


@cache
def all_formats() -> Mapping[str, type[Format]]:
    """Every format by name."""
    from traces.export import formats

    found: dict[str, type[Format]] = {}
    for module in sorted(m.name for m in iter_modules(formats.__path__)):
        for value in vars(import_module(f"{formats.__name__}.{module}")).values():
            if isinstance(value, type) and issubclass(value, Format) and value.__module__.endswith(f".{module}"):
                found[value.name] = value
    return found
