"""The sizes a model can have. Short convolutions with attention between them, as in LFM2: a layout in which small models learn to copy."""

from typing import Any, NamedTuple

from winnow.training.template import END, PAD


class Shape(NamedTuple):
    """`layers` has a letter a layer: c for a short convolution, a for attention."""

    layers: str
    width: int
    inner: int
    heads: int
    pieces: int
    """Byte-level pieces of the tokenizer."""
    tokens: int
    """Tokens seen in training, unless told otherwise."""
    warmup: int
    """Of them, tokens of copying exercises before the rows."""


SIZES = {
    "tiny": Shape("caca", 128, 384, 4, 1536, 2_200_000, 350_000),
    "test": Shape("ca", 48, 96, 2, 600, 60_000, 20_000),
}
KERNEL = 6
"""Tokens that a short convolution sees. Digits are copied by what stands before them: with 3, "4747.79" went round in circles."""
LONGEST = 1024
"""Tokens of a row; longer ones are left out, never cut."""


def model(shape: Shape, tokenizer: Any, seed: int) -> Any:
    """A model with random weights, the same for the same seed."""
    import torch
    from transformers import Lfm2Config, Lfm2ForCausalLM

    torch.manual_seed(seed)
    kinds = {"c": "conv", "a": "full_attention"}
    made = Lfm2ForCausalLM(
        Lfm2Config(
            vocab_size=len(tokenizer),
            hidden_size=shape.width,
            intermediate_size=shape.inner,
            num_hidden_layers=len(shape.layers),
            num_attention_heads=shape.heads,
            num_key_value_heads=shape.heads,
            layer_types=[kinds[letter] for letter in shape.layers],
            block_auto_adjust_ff_dim=False,
            conv_L_cache=KERNEL,
            max_position_embeddings=4 * LONGEST,
            rope_parameters={"rope_type": "default", "rope_theta": 1_000_000.0},
            pad_token_id=tokenizer.convert_tokens_to_ids(PAD),
            eos_token_id=tokenizer.convert_tokens_to_ids(END),
            bos_token_id=None,
        )
    )
    made.generation_config.do_sample = (
        True  # a server's temperature of 0 turns it off; without it no temperature would count
    )
    made.generation_config.top_k = 0
    return made


def parameters(made: Any) -> int:
    """How many numbers a model has; tied ones count once."""
    return sum(part.numel() for part in made.parameters())
