"""What a check of a written export found: rules with counts and the first example of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Findings:
    """`looked` rows of `of` were looked at. Rules in `declared` are losses that the user knows of: told, and no failure."""

    how: str
    declared: frozenset[str] = frozenset()
    looked: int = 0
    of: int = 0
    failed: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    examples: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.failed

    def add(self, key: str, faults: Sequence[tuple[str, str]]) -> None:
        """Count a row with what is wrong with it."""
        self.looked += 1
        self.failed += any(rule not in self.declared for rule, _ in faults)
        for rule in dict.fromkeys(rule for rule, _ in faults):
            self.by_rule[rule] = self.by_rule.get(rule, 0) + 1
        for rule, detail in faults:
            self.examples.setdefault(rule, (key, detail))

    def words(self) -> str:
        """The findings as text."""
        sample = "" if self.looked == self.of else f", a sample of {self.of:,}"
        verdict = f"{self.failed:,} fail" if self.failed else "every row passes"
        lines = [f"{self.how}: {self.looked:,} rows{sample}: {verdict}"]
        for rule, count in sorted(self.by_rule.items()):
            key, detail = self.examples[rule]
            mark = " (declared)" if rule in self.declared else ""
            lines.append(f"  {rule}{mark}: {count:,} rows, as {key}: {detail}")
        return "\n".join(lines)
