"""The boundary of the exports."""

from pathlib import Path


class ExportError(Exception):
    """An export cannot be made: where, why, and what to do about it."""

    def __init__(self, place: Path | str, cause: str, remedy: str) -> None:
        super().__init__(f"{place}: {cause}. {remedy}")
        self.place, self.cause, self.remedy = str(place), cause, remedy
