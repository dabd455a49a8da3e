"""The checks of an export: rendered (level 2) and tokenized (3) as it is written, loaded (1) and trained on (4) once it is.

Whatever they need is read before anything is written, so that a wrong name costs no export.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from traces.export import ChatTokenizer, Measuring, Rendering
    from traces.export.row import JSON
    from traces.export.run import Screen


class Proof(NamedTuple):
    """What the checks said, and whether all rows passed."""

    words: tuple[str, ...] = ()
    ok: bool = True

    def and_(self, words: str, ok: bool) -> "Proof":
        return Proof((*self.words, words), self.ok and ok)


@dataclass(frozen=True)
class Checks:
    """The checks of an export up to a level. Level 1 is left out where a format has no card to load by."""

    level: int
    rendering: "Rendering | None"
    measuring: "Measuring | None"
    tokenizer: "ChatTokenizer | None"
    declared: frozenset[str]

    @classmethod
    def of(
        cls, level: int, template: Path | None, tokenizer: Path | None, max_length: int | None, allow: Sequence[str]
    ) -> Self:
        """Everything is read here, before anything is written. Raises ExportError."""
        from traces.export import ChatTokenizer, Measuring, Rendering, Template, losses

        declared = losses(allow)
        chat = Template.load(template) if template and level > 1 else None
        own = chat.text if chat and template != tokenizer else None
        loaded = ChatTokenizer.load(tokenizer, own) if tokenizer and level > 2 else None
        return cls(
            level,
            Rendering(chat, declared) if chat else None,
            Measuring(loaded, declared, max_length) if loaded else None,
            loaded,
            declared,
        )

    def screens(self, *, refusing: bool = True) -> "tuple[Screen, ...]":
        """What each row is held against before it is written; without `refusing`, it is looked at and written whatever is said."""
        found = [screen for screen in (self.rendering, self.measuring) if screen]
        return tuple(found) if refusing else tuple(map(_only_looking, found))

    def run(self, folder: Path, rows: int) -> Proof:
        """What the screens saw, and what the checks of the files see, where these have rows.

        Raises ExportError where a format cannot be checked so.
        """
        from traces.export import prove

        proof = Proof()
        if rows and (self.level == 1 or (self.level and (folder / "README.md").is_file())):
            differences = prove(folder)
            told = differences or ["loaded with datasets: every row came back as it was written"]
            proof = proof.and_("\n".join(told), not differences)
        proof = self._looked_at(proof)
        if rows and self.level > 3:
            from winnow.training.trainers import try_out

            for found in try_out(folder, self.tokenizer, self.declared):
                proof = proof.and_(found.words(), found.ok)
        return proof

    def dry(self) -> Proof:
        """What the screens saw where nothing was written, and what needs files and so was not done."""
        missing = [what for least, what in ((1, "loading with datasets"), (4, "training")) if self.level >= least]
        told = [f"not done, as it needs the files: {' and '.join(missing)}"] if missing else []
        proof = self._looked_at(Proof())
        return Proof((*proof.words, *told), proof.ok)

    def _looked_at(self, proof: Proof) -> Proof:
        if self.rendering:
            proof = proof.and_(self.rendering.findings.words(), self.rendering.findings.ok)
        if self.measuring:
            proof = proof.and_(self.measuring.words(), self.measuring.findings.ok)
        return proof


def _only_looking(screen: "Screen") -> "Screen":
    def looked_at(key: str, row: "JSON") -> list[tuple[str, str]]:
        screen(key, row)
        return []

    return looked_at
