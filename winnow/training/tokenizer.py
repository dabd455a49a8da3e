"""The tiny model's tokenizer, made from the rows it is trained on: byte-level pieces, one token a digit, and a token for constant text.

Constant text is the header of a turn, the JSON around a tool's first argument, and a system message that all rows share. What it makes
easy it makes no claim for: valid JSON around an argument is one token to this model. For the trained model a number has no thousands
separators either: it reads and writes 8,535.09 as 8535.09, so that a number is copied digit for digit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from traces.export.text import dumps
from winnow.training.rows import Example
from winnow.training.template import CHAT_TEMPLATE, END, PAD, RESPONSE_TEMPLATE, call_head, call_tail, role_header

ROLES = ("tools", "system", "user", "assistant", "tool")
_SEPARATOR = r"(?<=\d),(?=\d{3}(?:\D|$))"
"""A comma between the thousands of a number. In a list without spaces it may be another's: rows with such lists lose it too."""
_SHARED = 0.05
"""Share of the rows from which on a system message is worth a token of its own."""


def build(rows: Sequence[Example], pieces: int, *, separators: bool = True) -> Any:
    """A fast tokenizer of `pieces` byte-level pieces at most beside the added tokens, with chat and response template.

    Without `separators`, the commas between a number's thousands are not seen, and text does not come back as it was.
    """
    from transformers import PreTrainedTokenizerFast

    made = PreTrainedTokenizerFast(
        tokenizer_object=_pieces(rows, pieces, separators),
        eos_token=END,
        pad_token=PAD,
        clean_up_tokenization_spaces=False,
        model_max_length=4096,
    )
    made.chat_template = CHAT_TEMPLATE
    made.response_template = RESPONSE_TEMPLATE
    return made


def load(folder: Path) -> Any:
    """The tokenizer of a trained model."""
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)


def pieces_of(tokenizer: Any) -> list[str]:
    """The pieces of text of more than a byte that the tokenizer has, constant text left out."""
    ids = set(range(len(tokenizer))) - set(tokenizer.added_tokens_decoder)
    texts = (tokenizer.decode([id]) for id in sorted(ids))
    return [text for text in texts if len(text) > 1 and "\ufffd" not in text]


def _pieces(rows: Sequence[Example], count: int, separators: bool) -> Any:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    if not separators:
        tokenizer.normalizer = normalizers.Replace(Regex(_SEPARATOR), "")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"\d"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=count, min_frequency=3, initial_alphabet=alphabet, special_tokens=[PAD, END], show_progress=False
    )
    tokenizer.train_from_iterator(_texts(rows), trainer)
    tokenizer.add_tokens([AddedToken(text, normalized=False) for text in _constants(rows)])
    return tokenizer


def _texts(rows: Iterable[Example]) -> Iterator[str]:
    for row in rows:
        yield " ".join(tool["function"]["name"] for tool in row.tools) + " "
        for message in row.messages:
            if message["role"] != "system" and not message.get("tool_calls"):
                yield message["content"]
            yield from (dumps(call["function"]["arguments"]) for call in message.get("tool_calls", ()))


def _constants(rows: Sequence[Example]) -> list[str]:
    """The added tokens, in an order that depends on the rows alone."""
    systems = Counter(m["content"] for row in rows for m in row.messages if m["role"] == "system")
    heads = {
        call_head(call["function"]["name"], first)
        for row in rows
        for message in row.messages
        for call in message.get("tool_calls", ())
        if (first := _first_text(call["function"]["arguments"])) is not None
    }
    shared = sorted(text for text, count in systems.items() if text and count >= _SHARED * len(rows))
    return [*map(role_header, ROLES), *sorted(heads), call_tail(), *shared]


def _first_text(arguments: dict[str, Any]) -> str | None:
    first = next(iter(arguments.items()), None)
    return first[0] if first and isinstance(first[1], str) else None
