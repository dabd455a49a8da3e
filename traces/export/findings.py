"""What a check of a written export found: rules with counts and the first example of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Findings:
    """`looked` rows were looked at, a sample of `of` where that is given. Rules in `declared` are losses the user knows of: no failures."""

    how: str
    declared: frozenset[str] = frozenset()
    looked: int = 0
    of: int | None = None
    failed: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.failed

    def add(self, key: str, faults: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Count a row with what is wrong with it; gives what of that is no declared loss."""
        self.looked += 1
        undeclared = [fault for fault in faults if fault[0] not in self.declared]
        self.failed += bool(undeclared)
        for rule in dict.fromkeys(rule for rule, _ in faults):
            self.by_rule[rule] = self.by_rule.get(rule, 0) + 1
        for rule, detail in faults:
            self.examples.setdefault(rule, (key, detail))
        return undeclared

    def words(self) -> str:
        """The findings as text."""
        sample = "" if self.of in (None, self.looked) else f", a sample of {self.of:,}"
        verdict = f"{self.failed:,} fail" if self.failed else "every row passes"
        lines = [f"{self.how}: {self.looked:,} rows{sample}: {verdict}"]
        for rule, count in sorted(self.by_rule.items()):
            key, detail = self.examples[rule]
            mark = " (declared)" if rule in self.declared else ""
            lines.append(f"  {rule}{mark}: {count:,} rows, as {key}: {detail}")
        return "\n".join(lines)
