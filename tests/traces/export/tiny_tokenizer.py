"""A tokenizer of single bytes with the tokens of ChatML, saved as models are."""

from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast


def save(folder: Path, template: str) -> Path:
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tiny = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(letters)}, merges=[]))
    tiny.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tiny.decoder = decoders.ByteLevel()
    tiny.add_special_tokens(["<|im_start|>", "<|im_end|>"])
    fast = PreTrainedTokenizerFast(tokenizer_object=tiny, eos_token="<|im_end|>")
    fast.chat_template = template
    fast.save_pretrained(str(folder))
    return folder
