"""What an export came to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_EXAMPLES, _FILES = 20, 20


@dataclass
class ExportReport:
    """Rows by file, by the mark a format gives them, and refused rows by rule.

    `folder` is an empty path where nothing is written. `parts` has the files that each file of the format came to: shards, other types.
    `left_out` counts by reason what gave no row, and `left_out_first` has the first key of each. `examples` has the first few refused
    keys of each rule with the reason.
    """

    format: str
    folder: Path
    files: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    left_out_first: dict[str, str] = field(default_factory=dict)
    by_rule: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(self.files.values())

    @property
    def ok(self) -> bool:
        """Whether every row passed."""
        return not self.refused

    def wrote(self, file: str, written: str, mark: str = "") -> None:
        """A row of a file of the format stands in the file that was written."""
        if written not in self.files:
            self.parts.setdefault(file, []).append(written)
        self.files[written] = self.files.get(written, 0) + 1
        if mark:
            self.marks[mark] = self.marks.get(mark, 0) + 1

    def refuse(self, key: str, faults: Sequence[tuple[str, str]]) -> None:
        self.refused += 1
        for rule in dict.fromkeys(rule for rule, _ in faults):
            self.by_rule[rule] = self.by_rule.get(rule, 0) + 1
        for rule, detail in faults:
            if len(self.examples.setdefault(rule, [])) < _EXAMPLES:
                self.examples[rule].append((key, detail))

    def leave_out(self, key: str, why: str) -> None:
        """A trajectory came to no row."""
        self.left_out[why] = self.left_out.get(why, 0) + 1
        self.left_out_first.setdefault(why, key)

    def words(self) -> str:
        """The report as text."""
        where = f"in {self.folder}" if self.folder.parts else "would be written"
        lines = [f"{self.format}: {self.rows:,} rows {where}"]
        lines += [] if self.folder.parts else ["  (nothing was written)"]
        lines += [f"  {file}: {n:,}" for file, n in sorted(self.files.items())[:_FILES]]
        if (more := len(self.files) - _FILES) > 0:
            lines.append(f"  and {more:,} files more")
        lines += [f"  {mark}: {n:,}" for mark, n in sorted(self.marks.items())]
        lines += [
            f"  left out: {n:,}, as {self.left_out_first[why]}: {why}" for why, n in sorted(self.left_out.items())
        ]
        if self.refused:
            lines.append(f"  refused: {self.refused:,} rows, listed in refused.jsonl")
        for rule, n in sorted(self.by_rule.items()):
            key, detail = self.examples[rule][0]
            lines.append(f"    {rule}: {n:,}, as {key}: {detail}")
        return "\n".join(lines)
