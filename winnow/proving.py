"""The checks of an export after it is written: loaded (level 1), rendered (2), tokenized (3), trained on (4).

Whatever they need is read before anything is written, so that a wrong name costs no export.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from traces.export import ChatTokenizer, Template
    from traces.export.row import JSON
    from traces.export.run import Screen


class Proof(NamedTuple):
    """What the checks of written files said, and whether all rows passed."""

    words: tuple[str, ...] = ()
    ok: bool = True

    def and_(self, words: tuple[str, ...], ok: bool) -> "Proof":
        return Proof((*self.words, *words), self.ok and ok)


@dataclass(frozen=True)
class Checks:
    """The checks of a written export up to a level. Level 1 is left out where a format has no card to load by."""

    level: int
    template: "Template | None"
    tokenizer: "ChatTokenizer | None"
    max_length: int | None
    declared: frozenset[str]

    @classmethod
    def of(
        cls, level: int, template: Path | None, tokenizer: Path | None, max_length: int | None, allow: Sequence[str]
    ) -> Self:
        """Everything is read here, before anything is written. Raises ExportError."""
        from traces.export import ChatTokenizer, Template, losses

        chat = Template.load(template) if template and level > 1 else None
        own = chat.text if chat and template != tokenizer else None
        loaded = ChatTokenizer.load(tokenizer, own) if tokenizer and level > 2 else None
        return cls(level, chat, loaded, max_length, losses(allow))

    def screens(self) -> "tuple[Screen, ...]":
        """What each row is held against before it is written."""
        return tuple(
            screen for screen, there in ((self._rendered, self.template), (self._tokenized, self.tokenizer)) if there
        )

    def _rendered(self, row: "JSON") -> list[tuple[str, str]]:
        from traces.export.rendering import faults

        assert self.template
        return self._undeclared(faults(self.template, row, self.declared))

    def _tokenized(self, row: "JSON") -> list[tuple[str, str]]:
        from traces.export.masking import mask_faults

        assert self.tokenizer
        return self._undeclared(mask_faults(self.tokenizer, row, self.max_length)[0])

    def _undeclared(self, faults: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [fault for fault in faults if fault[0] not in self.declared]

    def run(self, folder: Path) -> Proof:
        """Raises ExportError where a format cannot be checked so."""
        from traces.export import measure, prove, render_all

        proof = Proof()
        if self.level == 1 or (self.level and (folder / "README.md").is_file()):
            differences = prove(folder)
            told = differences or ["loaded with datasets: every row came back as it was written"]
            proof = proof.and_(tuple(told), not differences)
        if self.template:
            found = render_all(folder, self.template, self.declared)
            proof = proof.and_((found.words(),), found.ok)
        if self.tokenizer:
            measured = measure(folder, self.tokenizer, self.declared, self.max_length)
            proof = proof.and_((measured.words(),), measured.findings.ok)
        if self.level > 3:
            from winnow.training.trainers import try_out

            for found in try_out(folder, self.tokenizer):
                proof = proof.and_((found.words(),), found.ok)
        return proof
