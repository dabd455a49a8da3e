"""Templates to pages. Everything that is put into one is escaped, unless `marking` made it."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from winnow.lineage import difficulty
from winnow.view.marking import coded, markup, plain
from winnow.view.strips import cells, told

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """A page, whole."""
    return _template(template).render(values)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "plain": plain,
        "marked": markup,
        "coded": _coded,
        "percent": _percent,
        "grouped": _grouped,
        "seconds": _seconds,
    }
    environment.globals |= {"cells": cells, "told": told, "difficulty": difficulty}
    return environment.get_template(name)


def _shown(value: Any) -> Any:
    """What a template puts out: what is invisible in a text is written out, wherever it stands."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _coded(text: str) -> Markup:
    return markup(text, coded(text))


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _grouped(number: int) -> str:
    return f"{number:,}"


def _seconds(duration: float) -> str:
    return f"{duration:.1f} s" if duration >= 0.1 else f"{1000 * duration:.0f} ms"
