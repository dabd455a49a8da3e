"""The training loop: copying exercises first, then the rows, for so many tokens; a checkpoint now and then, from which it goes on.

Deterministic for a seed on one thread, also across a break: what was seen before the break is passed over, not seen again.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from winnow.training.heldout import HeldOut, measure
from winnow.training.optimiser import Optimisers, optimisers
from winnow.training.rows import Example
from winnow.training.shape import LONGEST
from winnow.training.tokenizer import pieces_of
from winnow.training.tokens import IGNORED, Encoded, batches, encode, fitting, padded
from winnow.training.warmup import exercises

BATCH = 1536
"""Tokens of a batch, padding and all."""
_EXERCISES = 8000
_SAVES = 20
"""How often what was learnt so far is saved."""
_LOOKS = 8
"""How often the held-out rows are looked at."""


@dataclass
class Training:
    """A training under way. `tokens` counts those seen, without padding; `tell` hears of each step."""

    model: Any
    tokenizer: Any
    rows: Sequence[Encoded]
    held_out: Sequence[Encoded]
    copying: Sequence[Encoded]
    total: int
    warmup: int
    seed: int
    checkpoint: Path
    tell: Callable[["Training"], None] = lambda training: None
    steps: int = 0
    tokens: int = 0
    loss: float = 0.0
    looks: list[tuple[int, HeldOut]] = field(default_factory=list)
    seconds: float = 0.0
    """Processor time."""
    _optimisers: Optimisers = field(init=False)

    def __post_init__(self) -> None:
        self._optimisers = optimisers(self.model)
        self._pad = self.tokenizer.pad_token_id

    def run(self) -> None:
        """Train to the end, from the checkpoint where there is one."""
        self._restore()
        before = time.process_time()
        saved = self._saves()
        for batch in islice(self._batches(), self.steps, None):
            self._step(batch)
            if self._saves() > saved:
                self.seconds, before = self.seconds + time.process_time() - before, time.process_time()
                saved = self._saves()
                self._save()
            if self.tokens >= self.total:
                break

    def _saves(self) -> int:
        return _SAVES * min(self.tokens, self.total) // self.total

    def _batches(self) -> Iterator[list[Encoded]]:
        seen, exercises = 0, batches(self.copying, BATCH, self.seed)
        while seen < self.warmup:
            batch = next(exercises)
            seen += _size(batch)
            yield batch
        yield from batches(self.rows, BATCH, self.seed)

    def _step(self, batch: list[Encoded]) -> None:
        loss = _loss(self.model, batch, self._pad)
        loss.backward()
        self._optimisers.step(self.tokens / self.total)
        self.steps, self.tokens = self.steps + 1, self.tokens + _size(batch)
        self.loss = 0.98 * self.loss + 0.02 * float(loss.detach()) if self.steps > 1 else float(loss.detach())
        if len(self.looks) < _LOOKS * self.tokens // self.total:
            self.looks.append((self.tokens, measure(self.model, self.held_out, self._pad)))
        self.tell(self)

    def _save(self) -> None:
        import torch

        kept = ("steps", "tokens", "loss", "looks", "seconds")
        state = {name: getattr(self, name) for name in kept}
        state |= {"model": self.model.state_dict(), "optimisers": self._optimisers.state()}
        half = self.checkpoint.with_suffix(".part")
        torch.save(state, half)
        os.replace(half, self.checkpoint)

    def _restore(self) -> None:
        import torch

        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=False)
        self.model.load_state_dict(state.pop("model"))
        self._optimisers.restore(state.pop("optimisers"))
        for name, value in state.items():
            setattr(self, name, value)


def prepared(tokenizer: Any, rows: Sequence[Example]) -> list[Encoded]:
    """Rows as tokens; those that are too long are left out."""
    return fitting((encode(tokenizer, row) for row in rows), LONGEST)


def copying(tokenizer: Any, seed: int) -> list[Encoded]:
    """Enough copying exercises for a warm-up."""
    return prepared(tokenizer, list(islice(exercises(pieces_of(tokenizer), seed), _EXERCISES)))


def _size(batch: Sequence[Encoded]) -> int:
    return sum(len(row.ids) for row in batch)


def _loss(model: Any, batch: list[Encoded], pad: int) -> Any:
    """The mean over the learnt tokens; only their hidden states go through the head.

    In single precision: half of it is no quicker at this size, where batches of many lengths have their kernels made anew.
    """
    import torch

    ids, labels = (torch.tensor(part) for part in padded(batch, pad))
    hidden = model.model(input_ids=ids[:, :-1]).last_hidden_state
    learnt = labels[:, 1:] != IGNORED
    return torch.nn.functional.cross_entropy(model.lm_head(hidden[learnt]), labels[:, 1:][learnt])
