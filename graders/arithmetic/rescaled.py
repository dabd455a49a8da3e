"""What an expression would have come to with one operand in another unit or scale."""

from collections.abc import Iterator
from fractions import Fraction

from graders.arithmetic.tokens import tidy, tokens_of
from graders.arithmetic.values import Parser
from graders.numbers import Mention

_SLIPS = tuple(Fraction(f) for f in (100, 1000, 10, 60, 3600, 24, 7, 12, 10**6))
_PINT = (
    Fraction(1609344, 10**6),
    Fraction(3048, 10**4),
    Fraction(45359237, 10**8),
    Fraction(254, 100),
    Fraction(1852, 1000),
)


def rescaled(expression: str) -> Iterator[tuple[str, Fraction]]:
    """The values an expression would have with one operand (or the whole) in another unit or scale, each with that operand's text."""
    tokens = tidy(tokens_of(expression))
    if any(t.kind == "stop" for t in tokens):
        return
    factors = [*_SLIPS, *(1 / f for f in _SLIPS), *_PINT, *(1 / f for f in _PINT)]
    whole = Parser(tokens, "figure", False, False).parse()
    if whole:
        yield from ((expression, whole.mid * f) for f in factors)
    for place, token in enumerate(tokens):
        if token.mention is None:
            continue
        marked = token.mention._replace(percent=True)
        changed = [(marked, "on"), *((_times(token.mention, f), "figure") for f in factors)]
        for mention, percent in changed:
            variant = [*tokens[:place], token._replace(mention=mention), *tokens[place + 1 :]]
            if value := Parser(variant, percent, False, False).parse():
                yield token.text, value.mid


def _times(mention: Mention, factor: Fraction) -> Mention:
    return mention._replace(readings=tuple(r._replace(value=r.value * factor) for r in mention.readings))
