"""Spans of code and JSON by Pygments, as class names of the stylesheet; nothing is highlighted that is too long to read."""

from functools import cache
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token

from winnow.view.marking import Span

LONGEST = 30_000


def highlighted(text: str, language: str) -> list[Span]:
    """Spans for the tokens that have a colour."""
    if len(text) > LONGEST:
        return []
    spans = []
    for start, kind, value in _lexer(language).get_tokens_unprocessed(text):
        css = _css(kind)
        if css and value.strip():
            spans.append(Span(start, start + len(value), css))
    return spans


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, ensurenl=False, stripnl=False)


@cache
def _css(kind: Any) -> str:
    """One of seven classes; the finer kinds of Pygments would only be more colours."""
    for parent, css in _CLASSES:
        if kind in parent:
            return css
    return ""


_CLASSES = (
    (Token.Comment, "hl-comment"),
    (Token.Keyword, "hl-keyword"),
    (Token.Name.Function, "hl-name"),
    (Token.Name.Class, "hl-name"),
    (Token.Name.Builtin, "hl-name"),
    (Token.Name.Tag, "hl-name"),
    (Token.Literal.String, "hl-string"),
    (Token.Literal.Number, "hl-number"),
    (Token.Operator.Word, "hl-keyword"),
)
