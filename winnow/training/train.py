"""From a run to a trained model in a folder: export, tokenizer, training, card.

The folder holds `data/` (the export that the model saw), `training.json` (what was asked, and how it went) and the model as transformers
saves it; `config.json` stands there only once the training is whole.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
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
_LOOKED_AT = 160
"""Held-out rows looked at, at most: more of them take longer than they tell."""
_FEWEST = 20


@dataclass(frozen=True)
class Asked:
    """What a model is trained on and how. `tokens` 0 takes the size's own number.

    `leak` is the share of what was rejected that is trained on too, drawn at random: what a grader with that much less recall lets through.
    """

    runs: tuple[str, ...]
    rows: Rows = "kept"
    where: str = ""
    leak: float = 0.0
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
    data = list(_exported(asked, out / "data"))
    rows, held_out = ([row for folder in data for row in examples(folder, split)] for split in ("train", "test"))
    if asked.leak:
        rows += [
            row
            for folder in _leaked(asked, out / "data")
            for row in examples(folder, "train")
            if _let_through(asked, row)
        ]
    return fit(asked, rows, held_out, out, tell)


def _exported(asked: Asked, data: Path) -> Iterator[Path]:
    """The export of each run."""
    for number, run in enumerate(asked.runs, 1):
        yield _export(Path(run), data / str(number), Options(rows=asked.rows, where=asked.where, test=HELD_OUT))


def _leaked(asked: Asked, data: Path) -> Iterator[Path]:
    where = f"({asked.where}) and not kept" if asked.where else "not kept"
    for number, run in enumerate(asked.runs, 1):
        yield _export(Path(run), data / f"{number}-rejected", Options(rows="all", where=where, test=HELD_OUT))


def _export(run: Path, folder: Path, options: Options) -> Path:
    if not (folder / "manifest.json").exists():
        with Ledger.open(RunFolder.open(run).ledger, readonly=True) as ledger:
            export(ledger, "trl", folder, replace(options, about=about_run(run)))
    return folder


def _let_through(asked: Asked, row: Example) -> bool:
    return random.Random(f"{asked.seed}/{row.id}").random() < asked.leak


def fit(
    asked: Asked, rows: list[Example], held_out: list[Example], out: Path, tell: Callable[[Training], None]
) -> Training:
    """Train on rows and save in a folder. Raises TrainingError."""
    import torch

    if len(rows) < _FEWEST:
        raise TrainingError(
            f"{', '.join(asked.runs)}: {len(rows)} rows to train on are too few; {_FEWEST} is the least"
        )
    torch.set_num_threads(1)
    tokenizer = build(rows, asked.shape.pieces, separators=False)
    training = Training(
        model(asked.shape, tokenizer, asked.seed),
        tokenizer,
        prepared(tokenizer, rows),
        prepared(tokenizer, held_out[:: 1 + len(held_out) // _LOOKED_AT]),
        copying(tokenizer, asked.seed),
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
    note, text = out / "training.json", orjson.dumps(asdict(asked), option=orjson.OPT_INDENT_2)
    if (out / "config.json").exists():
        raise TrainingError(f"{out}: a model stands here. Choose another folder with --out")
    if resume and note.exists() and note.read_bytes() == text:
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
        "runs": ", ".join(Path(run).name for run in asked.runs),
        "rows": f"{_chosen(asked)}: {rows:,} to train on",
        "parameters": f"{parameters(training.model):,}",
        "tokens seen": f"{training.tokens:,} in {training.steps:,} steps, {asked.warmup:,} of them copying exercises",
        "processor time": f"{training.seconds:.0f} s on one thread",
        "seed": str(asked.seed),
    }
    looks = [_look(tokens, look) for tokens, look in training.looks]
    training.tokenizer.save_pretrained(str(out))
    card = model_card(about, looks, about_run(Path(asked.runs[0])))
    (out / "README.md").write_text(card, encoding="utf-8")
    (out / "log.json").write_bytes(orjson.dumps({**about, "looks": looks}, option=orjson.OPT_INDENT_2))
    training.model.save_pretrained(str(out))
    training.checkpoint.unlink(missing_ok=True)


def _chosen(asked: Asked) -> str:
    where = f", {asked.where}" if asked.where else ""
    return f"{asked.rows}{where}{f', and {asked.leak:.0%} of the rejected' if asked.leak else ''}"


def _look(tokens: int, look: HeldOut) -> dict[str, Any]:
    """A look as plain values."""
    shares = {name: f"{part[0]} of {part[1]}" for name, part in (("calls", look.calls), ("answers", look.answers))}
    return {"tokens": tokens, "loss": round(look.loss, 4), **shares}
