"""The terminal that commands print to: text is shown as it is, whoever wrote it.

Nothing in a string is taken for markup or an emoji's name, and control, escape and direction characters are made visible, in tables too.
What is to have a style is a `Text`, whose characters nobody cleans here: `clean` what goes into one.
"""

import re
from typing import Any

from rich.console import Console
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text with control, escape and direction characters made visible."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class Terminal(Console):
    """A console for which a string is nothing but text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """The string as text, also where it stands in a table."""
        return super().render_str(clean(text), **options)
