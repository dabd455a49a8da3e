"""The topics shipped with Winnow, one a line in a file for each domain; `topics` reads them, or the user's own file."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

Domain = Literal["search", "math", "programming"]
DOMAINS: tuple[Domain, ...] = get_args(Domain)
_HERE = Path(__file__).parent


class TopicsError(Exception):
    """A file of topics cannot be used: which, why, and what to do."""


@cache
def topics(domain: Domain, file: Path | None = None) -> tuple[str, ...]:
    """The topics of a domain, in order. Raises TopicsError where a file of one's own cannot be read or is empty."""
    found = _lines(file or _HERE / f"{domain}.txt")
    if not found:
        raise TopicsError(f"{file}: no topics. Give one a line")
    return found


@cache
def personas() -> tuple[str, ...]:
    """Who may ask."""
    return _lines(_HERE.parent / "personas.txt")


def _lines(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise TopicsError(f"{path}: cannot be read: {why}. Give a text file with one topic a line") from error
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
