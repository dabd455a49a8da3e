"""How well the model says what the held-out rows say, without sampling: a turn counts where each of its tokens is the likeliest."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from winnow.training.tokens import IGNORED, Encoded, padded


class HeldOut(NamedTuple):
    """`calls` and `answers`: turns said to the letter, of how many. Another wording of a right turn is a miss."""

    loss: float
    calls: tuple[int, int]
    answers: tuple[int, int]

    def words(self) -> str:
        return (
            f"held out: loss {self.loss:.3f}, calls to the letter {_share(self.calls)}, answers {_share(self.answers)}"
        )


def _share(part: tuple[int, int]) -> str:
    return f"{part[0] / part[1]:.0%} of {part[1]}" if part[1] else "none"


def measure(model: Any, rows: Sequence[Encoded], pad: int) -> HeldOut:
    """Go through rows, eight at a time."""
    import torch

    model.eval()
    loss, tokens, hits = 0.0, 0, {True: [0, 0], False: [0, 0]}
    with torch.no_grad():
        for start in range(0, len(rows), 8):
            batch = sorted(rows, key=lambda row: len(row.ids))[start : start + 8]
            ids, labels = (torch.tensor(part) for part in padded(batch, pad))
            logits = model(input_ids=ids).logits[:, :-1]
            loss += float(
                torch.nn.functional.cross_entropy(
                    logits.flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED, reduction="sum"
                )
            )
            tokens += int((labels[:, 1:] != IGNORED).sum())
            _count(logits.argmax(-1), batch, hits)
    model.train()
    return HeldOut(loss / max(1, tokens), (hits[True][0], hits[True][1]), (hits[False][0], hits[False][1]))


def _count(best: Any, batch: Sequence[Encoded], hits: dict[bool, list[int]]) -> None:
    for place, row in enumerate(batch):
        for (start, end), calls in zip(row.turns, row.calls, strict=True):
            hits[calls][0] += best[place, start - 1 : end - 1].tolist() == row.ids[start:end]
            hits[calls][1] += 1
