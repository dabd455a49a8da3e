"""Calls that come in pieces, put together whatever servers do to indexes, ids and names.

Seen: no index, one index for all, an index as text, an index only with later pieces, pieces of several calls in the order of the calls,
pieces of one call under growing indexes; ids missing, repeated, late, new in every piece; names repeated or in halves; arguments as
objects, said anew and longer each time, or said once more whole at the end.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from agents.chat.merging import merge

OWN = frozenset({"id", "index", "type", "function", "custom", "name", "arguments", "parameters", "input", "args"})
"""The fields of a call, or of a piece of one, that are read; what else stands there is carried along."""
_ARGUMENTS = ("arguments", "parameters", "input", "args")
_NOTHING = frozenset({"{}", "null"})
"""What some servers send first as arguments and mean nothing by."""


@dataclass
class Gathered:
    """One call so far. `arguments` holds its pieces as they came."""

    id: str | None = None
    index: int | None = None
    name: str = ""
    arguments: list[Any] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)

    def extend(self, piece: Mapping[str, Any]) -> None:
        """Take a piece in."""
        self.id = self.id or identity(piece.get("id"))
        name, arguments = name_and_arguments(piece)
        if name:
            self.name = name if name.startswith(self.name) else self.name + name
        if arguments not in (None, ""):
            self.arguments.append(arguments)
        merge(self.extras, {k: v for k, v in piece.items() if k not in OWN})

    @property
    def complete(self) -> bool:
        """Whether the arguments so far are an object, and so leave nothing to be added."""
        return _is_object(self.settled())

    def settled(self) -> Any:
        """The arguments: the pieces in a row, unless they are no object and saying them anew is what makes sense of them."""
        objects = [piece for piece in self.arguments if not isinstance(piece, str)]
        texts: list[str] = [piece for piece in self.arguments if isinstance(piece, str)]
        joined = "".join(texts)
        if objects and (objects[-1] or not _is_object(joined)):
            return objects[-1]
        if len(texts) < 2 or _is_object(joined):
            return joined
        *earlier, last = texts
        while len(earlier) > 1 and earlier[-1] == last and _is_object(last):  # said anew more than once
            earlier.pop()
        if texts[0].startswith("{") and all(after.startswith(before) for before, after in pairwise(texts)):
            return last
        before = "".join(earlier)
        if _is_object(last) and (last.startswith(before) or _same_object(before, last)):
            return last
        if texts[0] in _NOTHING and _is_object("".join(texts[1:])):
            return "".join(texts[1:])
        return joined

    def body(self) -> dict[str, Any]:
        """The call as a server sends it whole."""
        function = {"name": self.name, "arguments": self.settled()}
        return {**self.extras, "id": self.id, "type": "function", "function": function}


class Calls:
    """The calls of one message."""

    def __init__(self) -> None:
        self._calls: list[Gathered] = []

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, pieces: Sequence[Mapping[str, Any]]) -> None:
        """Take the pieces of calls that a chunk holds, or whole calls."""
        held = self._calls[-len(pieces) :] if 1 < len(pieces) <= len(self._calls) else []
        for place, piece in enumerate(pieces):
            call = self._continued(piece, held[place] if held else None)
            if call is None:
                call = Gathered(index=_index(piece.get("index")))
                self._calls.append(call)
            call.extend(piece)

    def bodies(self) -> list[dict[str, Any]]:
        """All calls: by index where each has its own, else as they came."""
        indexes = [call.index for call in self._calls if call.index is not None]
        distinct = len(set(indexes)) == len(self._calls)
        calls = sorted(self._calls, key=lambda call: call.index or 0) if distinct else self._calls
        return [call.body() for call in calls]

    def _continued(self, piece: Mapping[str, Any], in_place: Gathered | None) -> Gathered | None:
        """The call that a piece goes on with, None where it opens another. `in_place` is the one whose turn it is in its chunk."""
        id, index = identity(piece.get("id")), _index(piece.get("index"))
        name, arguments = name_and_arguments(piece)
        same_id = [c for c in self._calls if id and c.id == id]
        same_index = [c for c in self._calls if index is not None and c.index == index]
        if same_id:
            held = next((c for c in reversed(same_id) if c in same_index), same_id[-1])
            apart = index is not None and held.index is not None and held not in same_index
            return None if name and held.complete and (apart or _says_another(held, name, arguments)) else held
        if not name:
            placed = same_index or self._placed(id, index, in_place)
            return None if self._opens(id, index, placed, arguments) else (placed or self._calls)[-1]
        if not same_index:  # without id and index, only a name that is said again with more of the arguments tells
            last = self._calls[-1] if self._calls and not id and index is None else None
            return last if last and last.name == name and _goes_on(last, arguments) else None
        held = same_index[-1]
        if id and held.id and held.name:
            return held if name == held.name and _goes_on(held, arguments) else None
        return None if _starts_anew(held, name, arguments) else held

    def _placed(self, id: str | None, index: int | None, in_place: Gathered | None) -> list[Gathered]:
        """The call meant where those before came without an index: their places are theirs, also where pieces say nothing at all."""
        if id or any(call.index is not None for call in self._calls):
            return []
        call = in_place if index is None else self._calls[index] if 0 <= index < len(self._calls) else None
        return [call] if call and not call.complete else []

    def _opens(self, id: str | None, index: int | None, same_index: list[Gathered], arguments: Any) -> bool:
        """Whether a piece without a name opens a call: its name is yet to come."""
        if not self._calls or same_index:
            return not self._calls
        last = self._calls[-1]
        if id and index is None and last.name and last.arguments:
            return not (arguments and _goes_on(last, arguments))
        return bool(id or (index is not None and last.complete))


def identity(value: Any) -> str | None:
    """An id as text; None for none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def _starts_anew(held: Gathered, name: str, arguments: Any) -> bool:
    """Whether a piece without an id of its own, under an index that is taken, is another call all the same."""
    if not held.name:
        return False
    if not held.arguments:
        return bool(arguments and name != held.name)
    at_once = len(held.arguments) == 1  # a server that sends calls whole sends another, not the same again
    return held.complete and ((at_once and bool(arguments)) or _says_another(held, name, arguments))


def _goes_on(held: Gathered, arguments: Any) -> bool:
    """Whether a piece with the name of a call, but another id, is more of its arguments: some servers make up an id for every piece."""
    if not arguments:
        return bool(held.arguments)
    settled = held.settled()
    if not isinstance(arguments, str) or not isinstance(settled, str) or _is_object(arguments) or _is_object(settled):
        return False
    within = bool(re.sub(r"\\.", "", settled).count('"') % 2)  # a text is open
    return within or not arguments.lstrip().startswith("{") or settled.rstrip()[-1:] in ("", ":", "[", ",")


def _says_another(held: Gathered, name: str, arguments: Any) -> bool:
    """Whether a piece with a name, after a call that is whole, is more than that call said once more."""
    if not held.name:
        return False
    if not arguments:
        return name != held.name
    settled = held.settled()
    again = isinstance(arguments, str) and isinstance(settled, str) and arguments.startswith(settled)
    return not (name == held.name and (again or _same_object(arguments, settled)))


def name_and_arguments(call: Mapping[str, Any]) -> tuple[str, Any]:
    """Name and arguments of a call or of a piece of one, wherever in it they stand; an empty name and None where they do not."""
    function = call
    for key in ("function", "custom"):
        if isinstance(call.get(key), dict):
            function = call[key]
            break
    name, arguments = function.get("name") or call.get("name"), None
    for key in _ARGUMENTS:
        if key in function:
            arguments = function[key]
            break
    return name if isinstance(name, str) else "", arguments


def _index(value: Any) -> int | None:
    if (isinstance(value, str) and value.isdecimal()) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_object(value: Any) -> bool:
    return _object(value) is not None


def _same_object(one: Any, other: Any) -> bool:
    found = _object(one)
    return found is not None and found == _object(other)


def _object(value: Any) -> dict[str, Any] | None:
    """Arguments as the object they are, also encoded twice; None where they are none, or not whole yet."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str) or not value.rstrip().endswith(("}", '"')):
        return None
    try:
        found = json.loads(value, strict=False)
        found = json.loads(found, strict=False) if isinstance(found, str) else found
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
