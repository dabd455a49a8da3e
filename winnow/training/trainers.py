"""Level 4 of the export's check: TRL takes the rows, trains two-layer random models on a few of them, and what it trains is looked at.

SFT for the rows of `trl`, DPO for those of `preference`, KTO for those of `kto`. The tokens in the loss must be the assistant's turns, no
row may be dropped, and the loss must be a number. A few rows of each file only: what trainers do to a row they do to all.
"""

import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from traces.export.errors import ExportError
from traces.export.findings import Findings
from traces.export.masking import ChatTokenizer
from traces.export.text import dumps
from traces.export.written import SIDES, manifest, read_lines, sample
from winnow.training.needs import TrainingError, require
from winnow.training.rows import JSON, Example
from winnow.training.tokenizer import build

MOST = 12
LONGEST = 30_000
"""Characters of a row that is trained on here; longer ones are passed over, as attention to all of a book would take all memory."""
_STEPS = 3
_PIECES = 1000


class Kind(NamedTuple):
    """How rows with these columns are trained; `learnt` maps the tokens that TRL made to the column with the messages learnt."""

    trainer: str
    columns: tuple[str, ...]
    learnt: Mapping[str, str]
    settings: Mapping[str, Any] = {}


KINDS = (
    Kind("SFT", ("messages", "tools"), {"labels": "messages"}, {"assistant_only_loss": True}),
    Kind("KTO", ("prompt", "completion", "label", "tools"), {"completion_ids": "completion"}),
    Kind("SFT", ("prompt", "completion", "tools"), {"labels": "completion"}),
    Kind("DPO", ("prompt", "chosen", "rejected", "tools"), {"chosen_ids": "chosen", "rejected_ids": "rejected"}),
)
_NO_TOKEN = -100


def try_out(folder: Path, chat: ChatTokenizer | None, declared: frozenset[str] = frozenset()) -> list[Findings]:
    """A finding for each file of an export. Without a tokenizer, one is made from the rows.

    Raises ExportError where the format is none that TRL takes, or what is needed is not installed.
    """
    try:
        require("torch", "transformers", "trl", "datasets", "accelerate")
    except TrainingError as error:
        raise ExportError(folder, "level 4 trains", str(error)) from error
    files = {name: count for name, count in manifest(folder)["rows"].items() if count}
    kinds = {name: _kind(folder / name) for name in files}
    if not any(kinds.values()):
        raise ExportError(folder, "TRL takes no rows of this format", "Try trl, preference or kto")
    _quiet()
    chat = chat or ChatTokenizer(build(list(_examples(folder, files)), _PIECES))
    return [_tried(folder, name, files[name], kind, chat, declared) for name, kind in kinds.items() if kind]


def _kind(file: Path) -> Kind | None:
    first = next(iter(read_lines(file)))
    return next((kind for kind in KINDS if set(kind.columns) <= set(first)), None)


def _examples(folder: Path, files: Mapping[str, int]) -> Iterator[Example]:
    for name, count in files.items():
        for line in few(folder / name, count):
            messages = [m for key in ("messages", "prompt", *SIDES) for m in line.get(key, ())]
            yield Example("", "", tuple(messages), tuple(line["tools"]), frozenset())


def few(file: Path, count: int) -> list[JSON]:
    """A few rows of a file that are short enough to train on here, spread over a larger sample."""
    some = (line for _, line in sample(read_lines(file), count, 4 * MOST))
    short = [line for line in some if len(dumps(line)) <= LONGEST]
    return short[:: max(1, -(-len(short) // MOST))]


def _tried(folder: Path, name: str, count: int, kind: Kind, chat: ChatTokenizer, declared: frozenset[str]) -> Findings:
    rows = few(folder / name, count)
    found = Findings(f"{name}: {_STEPS} steps of {kind.trainer} with TRL", declared, of=count)
    if not rows:
        found.how = f"{name}: not trained on, as its rows have over {LONGEST:,} characters"
        return found
    try:
        trainer_rows, losses = _trained(rows, kind, chat)
    except Exception as error:  # trainers are others' programs: whatever they raise is what this is to find
        found.add(name, [("raises", f"{type(error).__name__}: {error}")])
        return found
    if len(trainer_rows) != len(rows):
        found.add(name, [("rows dropped", f"{len(rows) - len(trainer_rows)} of {len(rows)}")])
        return found
    infinite = [("loss is no number", str(losses))] if not losses or not all(map(math.isfinite, losses)) else []
    for number, (row, made) in enumerate(zip(rows, trainer_rows, strict=True), 1):
        found.add(f"{name}, row {number} of the sample", [*_mismatches(row, made, kind, chat), *infinite])
    return found


def _trained(rows: Sequence[JSON], kind: Kind, chat: ChatTokenizer) -> tuple[list[Any], list[float]]:
    """The rows as the trainer holds them, and the loss of each step."""
    import trl
    from transformers.trainer_callback import PrinterCallback

    if chat.template:
        chat.tokenizer.chat_template = chat.template
    with tempfile.TemporaryDirectory() as place:
        _random_model(chat, Path(place))
        settings = getattr(trl, f"{kind.trainer}Config")(
            output_dir=f"{place}/out",
            max_steps=_STEPS,
            per_device_train_batch_size=2,
            max_length=None,
            logging_steps=1,
            report_to=[],
            use_cpu=True,
            bf16=False,
            save_strategy="no",
            disable_tqdm=True,
            **kind.settings,
        )
        trainer = getattr(trl, f"{kind.trainer}Trainer")(
            model=place, args=settings, train_dataset=_dataset(rows, kind), processing_class=chat.tokenizer
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
        losses = [float(entry["loss"]) for entry in trainer.state.log_history if "loss" in entry]
        return list(trainer.train_dataset), losses


def _dataset(rows: Sequence[JSON], kind: Kind) -> Any:
    import datasets  # type: ignore[import-untyped]

    plain = datasets.Value("bool")
    features = datasets.Features(
        {name: plain if name == "label" else datasets.List(datasets.Json()) for name in kind.columns}
    )
    return datasets.Dataset.from_list([{name: row[name] for name in kind.columns} for row in rows], features=features)


def _random_model(chat: ChatTokenizer, place: Path) -> None:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.set_num_threads(1)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(chat.tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=131_072,
        pad_token_id=chat.tokenizer.pad_token_id,
        eos_token_id=chat.tokenizer.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(str(place))
    chat.tokenizer.save_pretrained(str(place))


def _mismatches(row: JSON, made: JSON, kind: Kind, chat: ChatTokenizer) -> Iterator[tuple[str, str]]:
    for tokens, column in kind.learnt.items():
        said = chat.tokenizer.decode([token for token in made[tokens] if token != _NO_TOKEN])
        meant = "".join(_turns(row, column, chat))
        if "".join(said.split()) == "".join(meant.split()):
            continue
        if column in SIDES and "".join(said.split()) == "".join(_after_the_prompt(row, column, chat).split()):
            yield "results trained", f"{column}: what tools said stands in the loss with what the assistant said"
        else:
            yield "other tokens trained", f"{column}: {said[:60]!r} where {meant[:60]!r} was said"


def _after_the_prompt(row: JSON, column: str, chat: ChatTokenizer) -> str:
    line = {**row, "messages": [*row["prompt"], *row[column]]}
    return chat.text(line).removeprefix(chat.text(line, len(row["prompt"]), prompt=True))


def _turns(row: JSON, column: str, chat: ChatTokenizer) -> Iterator[str]:
    """What the assistant said, as the template writes it: each turn less what the model is given to begin with."""
    line = row if column == "messages" else {**row, "messages": [*row["prompt"], *row[column]]}
    first = 0 if column == "messages" else len(row["prompt"])
    for place, message in enumerate(line["messages"]):
        if place >= first and message["role"] == "assistant":
            yield chat.text(line, place + 1).removeprefix(chat.text(line, place, prompt=True))


def _quiet() -> None:
    import warnings

    import datasets
    from transformers.utils import logging

    warnings.simplefilter("ignore", FutureWarning)
    datasets.disable_progress_bars()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
