"""What can be wrong with what is imported."""

from pathlib import Path


class RowError(ValueError):
    """One row cannot be read; the message is the cause. The rows around it are not concerned."""


class SourceError(Exception):
    """A whole file cannot be read: where, why, and what to do about it."""

    def __init__(self, place: Path | str, cause: str, remedy: str) -> None:
        super().__init__(f"{place}: {cause}. {remedy}")
