"""Level 3: what a tokenizer makes of the rows, and which tokens a trainer that goes by `{% generation %}` would train.

Trained must be the assistant's turns, all of them, with the token that ends each, and nothing else. The tokens are those of
`transformers` with `return_assistant_tokens_mask`. Limits: flags on single messages (`train`, `weight`) are the trainer's, not looked at.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, Self

from traces.export.errors import ExportError
from traces.export.findings import Findings
from traces.export.row import JSON
from traces.export.written import conversations

_ANY_ERROR = Exception  # the template and the tokenizer are the user's programs: they may raise anything


class Tokens(NamedTuple):
    """A row as tokens: `starts` and `ends` are places in `text`, `trained` is the assistant mask."""

    text: str
    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    trained: Sequence[int]


class Turn(NamedTuple):
    """A turn of the assistant in the text, the white space after it left out.

    From `header` on it is the assistant's, from `start` on it must be trained: what the template gives a model to begin with may be.
    """

    message: int
    header: int
    start: int
    end: int
    calls: bool


@dataclass(frozen=True)
class ChatTokenizer:
    """A fast tokenizer and the template to use with it."""

    tokenizer: Any
    template: str | None = None

    @classmethod
    def load(cls, folder: Path, template: str | None = None) -> Self:
        """Raises ExportError where `transformers` is not installed, or the folder has no fast tokenizer."""
        try:
            from transformers import AutoTokenizer
        except ImportError:
            raise ExportError(folder, "the check needs the package transformers", "Install transformers 5") from None
        if not folder.is_dir():
            raise ExportError(folder, "there is no such folder", "Name the folder of a tokenizer or model")
        try:
            found = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        except _ANY_ERROR as error:
            raise ExportError(folder, f"the tokenizer cannot be loaded ({error})", "Mend or replace it") from error
        if not found.is_fast:
            raise ExportError(folder, "the tokenizer is a slow one, which has no mask", "Save its fast form")
        return cls(found, template)

    def text(self, line: JSON, upto: int | None = None, *, prompt: bool = False) -> str:
        """The text of a row, or of its first messages."""
        options = {"tokenize": False, "add_generation_prompt": prompt, "chat_template": self.template}
        return str(self.tokenizer.apply_chat_template(line["messages"][:upto], line.get("tools") or None, **options))

    def tokens(self, line: JSON) -> Tokens:
        """The whole row as a trainer has it."""
        done = self.tokenizer.apply_chat_template(
            line["messages"],
            line.get("tools") or None,
            chat_template=self.template,
            return_dict=True,
            return_assistant_tokens_mask=True,
            tokenizer_kwargs={"return_offsets_mapping": True},
        )
        starts, ends = zip(*done["offset_mapping"], strict=True)
        return Tokens(self.text(line), done["input_ids"], starts, ends, done["assistant_masks"])

    def is_special(self, id: int) -> bool:
        return id in self.tokenizer.added_tokens_decoder


class Measuring:
    """Level 3 of the rows that pass through it on their way to a file: what the mask does, and how long the rows are."""

    def __init__(
        self, tokenizer: ChatTokenizer, declared: frozenset[str] = frozenset(), max_length: int | None = None
    ) -> None:
        self._tokenizer, self._max_length = tokenizer, max_length
        self.findings = Findings("tokenized, trained by the assistant mask", declared)
        self.lengths: Counter[int] = Counter()

    def __call__(self, key: str, line: JSON) -> list[tuple[str, str]]:
        """What is wrong with the tokens of a row and nobody declared."""
        faults, length = token_faults(self._tokenizer, line, self._max_length)
        self.lengths.update([length] if length else ())
        return self.findings.add(key, faults)

    def words(self) -> str:
        """The result as text."""
        shares = ((50, "half"), (90, "90%"), (99, "99%"), (100, "all"))
        told = [f"{name} up to {self._percentile(share):,}" for share, name in shares if self.lengths]
        return "\n".join([self.findings.words(), *([f"  tokens a row: {', '.join(told)}"] if told else [])])

    def _percentile(self, share: int) -> int:
        lengths = sorted(self.lengths)
        seen = list(accumulate(self.lengths[length] for length in lengths))
        return lengths[bisect_left(seen, -(-seen[-1] * share // 100))]


def token_faults(
    tokenizer: ChatTokenizer, line: JSON, max_length: int | None = None
) -> tuple[list[tuple[str, str]], int]:
    """What is wrong with a row, rule and detail, and its number of tokens (0 where the template raises), of a pair the longer side's.

    Trainers go by the mask where a row is whole. Where it is prompt and completion they train all that the second adds.
    """
    looked = [_looked_at(tokenizer, each, max_length, whole="prompt" not in line) for each in conversations(line)]
    return list(dict.fromkeys(found for faults, _ in looked for found in faults)), max(length for _, length in looked)


def _looked_at(
    tokenizer: ChatTokenizer, line: JSON, max_length: int | None, whole: bool
) -> tuple[list[tuple[str, str]], int]:
    try:
        tokens = tokenizer.tokens(line)
        turns = list(_turns(partial(tokenizer.text, line), line["messages"], tokens.text))
    except _ANY_ERROR as error:
        return [("raises", f"{type(error).__name__}: {error}")], 0
    found = list(_told_apart(turns, line))
    if whole and not any(tokens.trained):
        found = [("nothing trained", "no token is in the assistant mask; has the template {% generation %}?")]
    elif not found:
        found = [*_ended(tokenizer, tokens, turns if whole else turns[-1:])]
        found += [*_untrained(tokens, turns), *_strays(tokens, turns)] if whole else []
    return [*found, *(_cut(tokens, turns, max_length) if max_length else ())], len(tokens.ids)


def _told_apart(turns: list[Turn], line: JSON) -> Iterator[tuple[str, str]]:
    if len(turns) < sum(message["role"] == "assistant" for message in line["messages"]):
        yield "no prefix", "a turn cannot be told apart: what comes before it renders otherwise alone"


def _turns(text_of: Any, messages: list[JSON], whole: str) -> Iterator[Turn]:
    for place, message in enumerate(messages):
        if message["role"] == "assistant":
            earlier, before, after = text_of(place), text_of(place, prompt=True), text_of(place + 1)
            if whole.startswith(after) and after.startswith(before):
                yield Turn(
                    place, min(len(earlier), len(before)), len(before), len(after.rstrip()), "tool_calls" in message
                )


def _within(tokens: Tokens, start: int, end: int) -> range:
    """The tokens that stand between two places of the text."""
    return range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))


def _ended(tokenizer: ChatTokenizer, tokens: Tokens, turns: list[Turn]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        last = _within(tokens, turn.start, turn.end)[-1]
        if not tokenizer.is_special(tokens.ids[last]):
            yield (
                "no end of turn",
                f"message {turn.message} ends with {_said(tokens, last)!r}, which is no special token",
            )


def _untrained(tokens: Tokens, turns: list[Turn]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        inside = _within(tokens, turn.start, turn.end)
        missed = [n for n in inside if not tokens.trained[n] and _said(tokens, n)]
        if missed and missed[0] == inside[-1]:
            yield (
                "end of turn not trained",
                f"{_said(tokens, missed[0])!r} ends message {turn.message} and is not trained",
            )
        elif missed:
            whole = "not" if len(missed) == len(inside) else f"{len(missed)} of {len(inside)} tokens not"
            yield "turn not trained", f"message {turn.message} is {whole} trained"


def _strays(tokens: Tokens, turns: list[Turn]) -> Iterator[tuple[str, str]]:
    inside = {n for turn in turns for n in _within(tokens, turn.header, turn.end)}
    strays = [n for n, trained in enumerate(tokens.trained) if trained and n not in inside and _said(tokens, n)]
    if strays:
        text = tokens.text[tokens.starts[strays[0]] :][:40]
        yield "other text trained", f"{len(strays)} tokens outside the assistant's turns are trained, from {text!r} on"


def _said(tokens: Tokens, n: int) -> str:
    return tokens.text[tokens.starts[n] : tokens.ends[n]].strip()


def _cut(tokens: Tokens, turns: list[Turn], most: int) -> Iterator[tuple[str, str]]:
    over = [turn for turn in turns if bisect_left(tokens.starts, turn.end) > most]
    calls = [turn.message for turn in over if turn.calls]
    if calls:
        yield (
            "a call would be cut",
            f"{len(tokens.ids):,} tokens; {most:,} end before the call of message {calls[0]} does",
        )
    elif over:
        yield (
            "an answer would be cut",
            f"{len(tokens.ids):,} tokens; {most:,} end before message {over[0].message} does",
        )
