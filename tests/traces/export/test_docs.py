"""The page on exports names every format and every field of the selection language."""

import re
from pathlib import Path

from traces.export import all_formats
from traces.select import FIELDS

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


def named(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    table = PAGE.split(heading)[1].split("\n\n")[0]
    return {name for line in table.splitlines() if "|" in line for name in re.findall(r"`([^`]+)`", line.split("|")[1])}


def test_every_format_is_on_the_page() -> None:
    assert named("| format | for |") == set(all_formats())


def test_every_field_is_on_the_page() -> None:
    assert named("| name | meaning |") == set(FIELDS)
