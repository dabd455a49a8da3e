"""Rows as tokens with labels, and batches of rows of like length.

A token is in the loss where the template says that the assistant spoke and the row says that the turn is learnt.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from winnow.training.rows import Example

IGNORED = -100
"""The label of a token outside the loss, as torch has it."""
_WINDOW = 64
"""Batches whose rows are sorted by length together."""


class Encoded(NamedTuple):
    """A row: tokens, and for each the token itself where it is learnt, IGNORED elsewhere. `turns` are the spans of learnt turns."""

    ids: list[int]
    labels: list[int]
    turns: tuple[tuple[int, int], ...]
    calls: tuple[bool, ...]
    """For each learnt turn whether it makes calls."""


def encode(tokenizer: Any, row: Example) -> Encoded:
    """The row by the tokenizer's chat template."""
    done = tokenizer.apply_chat_template(
        list(row.messages), list(row.tools) or None, return_dict=True, return_assistant_tokens_mask=True
    )
    ids, spans = list(done["input_ids"]), _spans(done["assistant_masks"])
    said = [bool(message.get("tool_calls")) for message in row.messages if message["role"] == "assistant"]
    assert len(spans) == len(said), "each turn of the assistant is one span of the mask"
    learnt = [(span, calls) for place, (span, calls) in enumerate(zip(spans, said, strict=True)) if place in row.learnt]
    labels = [IGNORED] * len(ids)
    for (start, end), _ in learnt:
        labels[start:end] = ids[start:end]
    return Encoded(ids, labels, tuple(span for span, _ in learnt), tuple(calls for _, calls in learnt))


def _spans(mask: Iterable[int]) -> list[tuple[int, int]]:
    found, place = [], 0
    for inside, group in groupby(mask):
        length = sum(1 for _ in group)
        found += [(place, place + length)] if inside else []
        place += length
    return found


def fitting(rows: Iterable[Encoded], longest: int) -> list[Encoded]:
    """Those with at most so many tokens: a row is never cut, since a call that is cut teaches calls that do not end."""
    return [row for row in rows if len(row.ids) <= longest and row.turns]


def batches(rows: Sequence[Encoded], tokens: int, seed: int) -> Iterator[list[Encoded]]:
    """Batches without end, of `tokens` tokens at most with the padding, in an order that hangs on the seed alone."""
    epoch = 0
    while rows:
        order = list(rows)
        random.Random(f"{seed}/{epoch}").shuffle(order)
        yield from _epoch(order, tokens, random.Random(f"{seed}/{epoch}/batches"))
        epoch += 1


def _epoch(rows: Sequence[Encoded], tokens: int, rng: random.Random) -> Iterator[list[Encoded]]:
    mean = max(1, sum(len(row.ids) for row in rows) // len(rows))
    window = max(1, _WINDOW * tokens // mean)
    for start in range(0, len(rows), window):
        alike = sorted(rows[start : start + window], key=lambda row: len(row.ids))
        found = list(_packed(alike, tokens))
        rng.shuffle(found)
        yield from found


def _packed(rows: Iterable[Encoded], tokens: int) -> Iterator[list[Encoded]]:
    batch: list[Encoded] = []
    longest = 0
    for row in rows:
        longest = max(longest, len(row.ids))
        if batch and longest * (len(batch) + 1) > tokens:
            yield batch
            batch, longest = [], len(row.ids)
        batch.append(row)
    if batch:
        yield batch


def padded(batch: Sequence[Encoded], pad: int) -> tuple[list[list[int]], list[list[int]]]:
    """Tokens and labels of a batch, as long as its longest row."""
    longest = max(len(row.ids) for row in batch)
    ids = [row.ids + [pad] * (longest - len(row.ids)) for row in batch]
    return ids, [row.labels + [IGNORED] * (longest - len(row.labels)) for row in batch]
