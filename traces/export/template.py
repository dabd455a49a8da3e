"""A user's chat template, rendered as `transformers` renders it: sandboxed, `trim_blocks`, `lstrip_blocks`, the same extra names.

`Template.load` takes a Jinja file, a `tokenizer_config.json` or the folder of a tokenizer or model. The date is fixed, so that a
check gives the same result every day.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from traces.export.errors import ExportError
from traces.export.row import JSON

_TODAY = datetime(2026, 1, 1)
_SPECIAL = {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>", "unk_token": "<unk>"}
_ANY_ERROR = Exception  # a template is a program of the user's: it may raise whatever its expressions raise


class TemplateFailure(Exception):
    """The template did not render a row: it raised, or an expression in it failed."""


@dataclass(frozen=True)
class Template:
    """The text of a template and the special tokens it may name. `with_tools` is the one to take where a row has tools."""

    text: str
    with_tools: str = ""
    special: Mapping[str, str] = field(default_factory=lambda: _SPECIAL)

    @classmethod
    def load(cls, path: Path) -> "Template":
        """Raises ExportError where there is no template at the place, or one that Jinja cannot read."""
        try:
            found = _from_folder(path) if path.is_dir() else _from_file(path)
            _ = found._plain, found._tools
        except OSError as error:
            cause = error.strerror or str(error)
            raise ExportError(path, f"the chat template cannot be read ({cause})", _REMEDY) from error
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise ExportError(path, f"the file is not what its name says ({error})", _REMEDY) from error
        except jinja2.TemplateSyntaxError as error:
            place = f"{path}, line {error.lineno}"
            raise ExportError(place, f"Jinja cannot read the template ({error.message})", "Correct it") from error
        return found

    def render(self, messages: Sequence[JSON], tools: Sequence[JSON], *, prompt: bool = False) -> str:
        """The text of a conversation. Raises TemplateFailure."""
        names = {"messages": list(map(_both_names, messages)), "tools": list(tools) or None, "documents": None}
        template = self._tools if tools else self._plain
        try:
            return template.render(**self.special, **names, add_generation_prompt=prompt)
        except _ANY_ERROR as error:
            raise TemplateFailure(f"{type(error).__name__}: {error}") from error

    @cached_property
    def _plain(self) -> jinja2.Template:
        return _environment().from_string(self.text)

    @cached_property
    def _tools(self) -> jinja2.Template:
        return _environment().from_string(self.with_tools or self.text)


_REMEDY = "Give a Jinja file, or the folder of a tokenizer with chat_template.jinja or tokenizer_config.json"


def _from_folder(folder: Path) -> Template:
    config = folder / "tokenizer_config.json"
    known = json.loads(config.read_text(encoding="utf-8")) if config.is_file() else {}
    for own in (folder / "chat_template.jinja", folder / "chat_template.json"):
        if own.is_file():
            return Template(_from_file(own).text, special=_special(known))
    return _from_config(folder, known)


def _from_file(file: Path) -> Template:
    text = file.read_text(encoding="utf-8")
    return _from_config(file, json.loads(text)) if file.suffix == ".json" else Template(text)


def _from_config(place: Path, config: JSON) -> Template:
    template = config.get("chat_template")
    if isinstance(template, str):
        return Template(template, special=_special(config))
    if isinstance(template, list) and template:
        named = {each["name"]: each["template"] for each in template}
        first = named.get("default", template[0]["template"])
        return Template(first, named.get("tool_use", ""), _special(config))
    raise ExportError(place, "there is no chat template", _REMEDY)


def _special(config: JSON) -> Mapping[str, str]:
    given = {name: value for name, value in config.items() if name.endswith("_token")}
    texts = {name: value["content"] if isinstance(value, dict) else value for name, value in given.items()}
    return _SPECIAL | {name: value for name, value in texts.items() if isinstance(value, str)}


def _both_names(message: JSON) -> JSON:
    """Reasoning under the name that gpt-oss templates read too, as transformers 5.23 and later give it."""
    if "reasoning_content" not in message:
        return message
    return {"thinking": message["reasoning_content"], **message}


class _Generation(Extension):
    """`{% generation %}`, which marks what is trained: here its body stands as it is."""

    tags = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _environment() -> ImmutableSandboxedEnvironment:
    found = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, loopcontrols], autoescape=False
    )
    found.filters["tojson"] = _tojson
    found.globals["raise_exception"] = _raise
    found.globals["strftime_now"] = _TODAY.strftime
    return found


def _tojson(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def _raise(message: str) -> None:
    raise jinja2.TemplateError(message)
