"""Pieces of Markdown."""

from collections.abc import Iterable, Sequence
from inspect import cleandoc


def page(title: str, *parts: str) -> str:
    """A whole page with its title, and the notice that it is generated."""
    notice = "<!-- Generated from the code by `make docs`; what is changed here is lost. -->"
    return "\n\n".join([notice, f"# {title}", *(part for part in parts if part)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar or a line break in a cell does no harm. Empty where there are no rows."""
    lines = [_row(heads), _row(["---"] * len(heads)), *(_row([_cell(cell) for cell in row]) for row in rows)]
    return "\n".join(lines) if len(lines) > 2 else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def code(text: str, *, empty: str = "") -> str:
    """Text as inline code."""
    return f"`{text}`" if text else empty


def block(text: str, language: str = "") -> str:
    """Text as a code block."""
    return f"```{language}\n{text.strip()}\n```"


def prose(docstring: str | None) -> str:
    """A docstring as paragraphs."""
    return cleandoc(docstring or "")
