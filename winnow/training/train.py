"""From a run to a trained model in a folder: export, tokenizer, training, card.

The folder holds `data/` (the export that the model saw), `training.json` (what was asked, and how it went) and the model as transformers
saves it; `config.json` stands there only once the training is whole.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from traces.export import Options, export
from traces.export.options import Rows
from traces.ledger import Ledger
from winnow.about import about_run
from winnow.folder import RunFolder
from winnow.training.card import model_card
from winnow.training.heldout import HeldOut
from winnow.training.loop import Training, copying, prepared
from winnow.training.needs import TrainingError, require
from winnow.training.rows import Example, examples
from winnow.training.shape import SIZES, Shape, model, parameters
from winnow.training.tokenizer import build

HELD_OUT = 0.05
_FEWEST = 20


@dataclass(frozen=True)
class Asked:
    """What a model is trained on and how. `tokens` 0 takes the size's own number."""

    run: str
    rows: Rows = "kept"
    where: str = ""
    size: str = "tiny"
    tokens: int = 0
    seed: int = 0

    @property
    def shape(self) -> Shape:
        if self.size not in SIZES:
            raise TrainingError(f"no size {self.size!r}. Sizes: {', '.join(SIZES)}")
        return SIZES[self.size]

    @property
    def total(self) -> int:
        return self.tokens or self.shape.tokens

    @property
    def warmup(self) -> int:
        """The same share of a shorter or longer training."""
        return self.shape.warmup * self.total // self.shape.tokens


def train(asked: Asked, out: Path, tell: Callable[[Training], None], *, resume: bool = False) -> Training:
    """Train and save. Raises TrainingError, ExportError, FolderError, LedgerError, SelectError."""
    require()
    _claim(asked, out, resume=resume)
    data = out / "data"
    if not (data / "manifest.json").exists():
        run = RunFolder.open(Path(asked.run))
        options = Options(rows=asked.rows, where=asked.where, test=HELD_OUT, about=about_run(run.path))
        with Ledger.open(run.ledger, readonly=True) as ledger:
            export(ledger, "trl", data, options)
    return fit(asked, examples(data, "train"), examples(data, "test"), out, tell)


def fit(
    asked: Asked, rows: list[Example], held_out: list[Example], out: Path, tell: Callable[[Training], None]
) -> Training:
    """Train on rows and save in a folder. Raises TrainingError."""
    import torch

    if len(rows) < _FEWEST:
        raise TrainingError(f"{asked.run}: {len(rows)} rows to train on are too few; {_FEWEST} is the least")
    torch.set_num_threads(1)
    tokenizer = build(rows, asked.shape.pieces)
    training = Training(
        model(asked.shape, tokenizer, asked.seed),
        tokenizer,
        prepared(tokenizer, rows),
        prepared(tokenizer, held_out),
        copying(tokenizer, rows, asked.seed),
        asked.total,
        asked.warmup,
        asked.seed,
        out / "checkpoint.pt",
        tell,
    )
    training.run()
    _save(asked, training, len(rows), out)
    return training


def _claim(asked: Asked, out: Path, *, resume: bool) -> None:
    """Make the folder ours, or find it so."""
    note, text = out / "training.json", orjson.dumps(asdict(asked))
    if (out / "config.json").exists():
        raise TrainingError(f"{out}: a model stands here. Choose another folder with --out")
    if resume and note.exists() and orjson.loads(note.read_bytes()) == asdict(asked):
        return
    if resume and note.exists():
        raise TrainingError(
            f"{out}: another training was begun here. Ask for the same, or choose another folder with --out"
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise TrainingError(f"{out}: not an empty folder. Go on with --resume, or choose another folder with --out")
    out.mkdir(parents=True, exist_ok=True)
    note.write_bytes(text)


def _save(asked: Asked, training: Training, rows: int, out: Path) -> None:
    about = {
        "name": out.name,
        "rows": f"{asked.rows}{f', {asked.where}' if asked.where else ''}: {rows:,} to train on",
        "parameters": f"{parameters(training.model):,}",
        "tokens seen": f"{training.tokens:,} in {training.steps:,} steps, {asked.warmup:,} of them copying exercises",
        "processor time": f"{training.seconds:.0f} s on one thread",
        "seed": str(asked.seed),
    }
    looks = [_look(tokens, look) for tokens, look in training.looks]
    training.tokenizer.save_pretrained(str(out))
    card = model_card(about, looks, about_run(Path(asked.run)))
    (out / "README.md").write_text(card, encoding="utf-8")
    (out / "log.json").write_bytes(orjson.dumps({**about, "looks": looks}, option=orjson.OPT_INDENT_2))
    training.model.save_pretrained(str(out))
    training.checkpoint.unlink(missing_ok=True)


def _look(tokens: int, look: HeldOut) -> dict[str, Any]:
    """A look as plain values."""
    shares = {name: f"{part[0]} of {part[1]}" for name, part in (("calls", look.calls), ("answers", look.answers))}
    return {"tokens": tokens, "loss": round(look.loss, 4), **shares}
