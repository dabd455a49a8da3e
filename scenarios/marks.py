"""Reads YAML into plain values and remembers where each stood.

A subset of YAML 1.2, so that a file means what it seems to mean: `no` and `on` are text, `1:30` is text, `1e5` is a number.
Refused, each with its place: duplicate keys, tags, aliases (so no file can grow when it is read), keys that are not text, numbers
that are not finite or have over 15 digits, tabs as indentation, several documents, more than 1 MiB, more than 20 levels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NUMBER = 10**15
_HALF = re.compile("[\ud800-\udfff]")
Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""


class Mark(NamedTuple):
    """A place in a text, counted from 1; `(0, 0)` where there is none."""

    line: int = 0
    column: int = 0


class Fault(NamedTuple):
    """Something the text may not hold."""

    mark: Mark
    path: Path
    what: str
    allowed: str = ""
    lost: bool = True
    """Whether the value at `path` is lost, so that nothing else can be said of it."""


@dataclass
class Marked:
    """What a text says: `value`, the places of its `keys` and `values` by path, and what it may not hold."""

    value: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Reader(yaml.SafeLoader):
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias; write the value out", problem_mark=mark)
        if self.depth >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"more than {MAX_DEPTH} levels", problem_mark=mark)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


class Writer(yaml.SafeDumper):
    """Writes YAML that `read_marked` reads back as it was: text that looks like a number is quoted."""


_SCALARS: dict[str, tuple[str, list[str]]] = {
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    "int": (r"^[-+]?[0-9]+$", list("-+0123456789")),
    "float": (
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+.0123456789"),
    ),
}
_TAG = "tag:yaml.org,2002:"
for _class in (_Reader, Writer):
    _class.yaml_implicit_resolvers = {}
    for _name, (_pattern, _firsts) in _SCALARS.items():
        _class.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _firsts)


def read_marked(data: bytes | str) -> Marked:
    """Read one YAML document. Never raises for what a text may hold: what is wrong is in `faults`, and then `value` is incomplete."""
    found = Marked()
    try:
        found.value = _Builder(found).build(_compose(data))
    except _Refused as refused:
        found.faults.append(refused.fault)
    return found


class _Refused(Exception):
    def __init__(self, mark: Mark, what: str) -> None:
        self.fault = Fault(mark, (), what)


def _compose(data: bytes | str) -> yaml.Node | None:
    if len(data) > MAX_BYTES:
        raise _Refused(Mark(), f"more than {MAX_BYTES:,} bytes; a scenario is a few lines")
    text = _decoded(data) if isinstance(data, bytes) else data
    try:
        reader = _Reader(text)
        node: yaml.Node | None = reader.get_single_node()
    except yaml.reader.ReaderError as error:
        place = _mark_at(text, error.position)
        raise _Refused(place, f"the character U+{error.character:04X}, which YAML does not allow") from None
    except yaml.MarkedYAMLError as error:
        raise _Refused(_mark_of(error.problem_mark), _syntax(error, text)) from None
    return node


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise _Refused(
            _mark_at(before, len(before)), f"byte 0x{data[error.start]:02x}: the file is not UTF-8; save it as UTF-8"
        ) from None


def _mark_at(text: str, offset: int) -> Mark:
    before = text[:offset]
    return Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))


def _mark_of(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark()


def _syntax(error: yaml.MarkedYAMLError, text: str) -> str:
    lines = text.splitlines()
    line = error.problem_mark.line if error.problem_mark else 0
    indent = re.match(r"\s*", lines[line]) if line < len(lines) else None
    if "'\\t'" in (error.problem or "") or (indent and "\t" in indent.group()):
        return "a tab where YAML wants spaces; indent with spaces"
    if "single document" in (error.context or ""):
        return "a second document; a scenario is one"
    return ", ".join(part for part in (error.problem, error.context) if part)


class _Builder:
    """Turns nodes into values, noting places and faults on the way."""

    def __init__(self, found: Marked) -> None:
        self.found = found

    def build(self, node: yaml.Node | None, path: Path = ()) -> Any:
        if node is None:
            return None
        self.found.values[path] = _mark_of(node.start_mark)
        if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        return self._fault(node, path, f"the tag {node.tag.replace(_TAG, '!!')}", "plain values without tags")

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value or _HALF.search(key.value):
                self._fault(key, path, "a key that is no word", "keys of plain text")
                continue
            here = (*path, str(key.value))
            if key.value in first:
                what = f"duplicate key {key.value!r}, first given in line {first[key.value]}"
                self.found.faults.append(Fault(_mark_of(key.start_mark), here, what, "each key once", lost=False))
                continue
            first[key.value] = key.start_mark.line + 1
            self.found.keys[here] = _mark_of(key.start_mark)
            yield key.value, self.build(value, here)

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        kind = node.tag.removeprefix(_TAG)
        if kind in _SCALARS and not re.match(_SCALARS[kind][0], node.value):
            return self._fault(node, path, f"{node.value!r} tagged as {kind}", "plain values without tags")
        match kind:
            case "str" if _HALF.search(node.value):
                return self._fault(node, path, f"half a character in {node.value!r}", "whole characters")
            case "str":
                return node.value
            case "null":
                return None
            case "bool":
                return node.value.lower() == "true"
            case "int" | "float" if not node.value.lower().endswith(("inf", "nan")):
                return self._number(node, path, kind)
            case "float":
                return self._fault(node, path, f"{node.value}, which is no finite number", "a finite number")
        return self._fault(node, path, f"the tag {node.tag.replace(_TAG, '!!')}", "plain values without tags")

    def _number(self, node: yaml.ScalarNode, path: Path, kind: str) -> int | float | None:
        text = node.value
        if len(text) <= 40 and abs(float(text)) <= MAX_NUMBER:
            return int(text) if kind == "int" else float(text)
        self._fault(
            node, path, f"the number {text[:40]}{'...' if len(text) > 40 else ''}", "numbers of at most 15 digits"
        )
        return None

    def _fault(self, node: yaml.Node, path: Path, what: str, allowed: str) -> None:
        self.found.faults.append(Fault(_mark_of(node.start_mark), path, what, allowed))
