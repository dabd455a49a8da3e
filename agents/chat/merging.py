"""Fields that are streamed and that this program only carries: signatures, sound, citations, thoughts, searches run by the server."""

from collections.abc import Mapping, Sequence
from typing import Any

_GROWING = frozenset(
    {"refusal", "transcript", "data", "text", "thinking", "summary", "reasoning", "tool_plan", "content", "arguments", "input", "output"}
)  # fmt: skip
"""Texts that come in pieces; any other text is said whole, and said anew it replaces what it was."""
_TELLING = 8
"""So many characters do not repeat by chance: a piece that begins with all before it says it anew."""
_THINKS = frozenset({"thinking", "reasoning.text", "reasoning.summary"})


def merge(held: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Take the fields of a piece in: texts grow, lists are joined (their items by `index` where they have one), the rest is replaced."""
    for key, value in new.items():
        if value is not None:
            held[key] = _merged(key, held.get(key), value)


def renew(held: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Take fields in that are said anew as a whole, as what stands beside the choices of a chunk is."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(held.get(key), dict):
            renew(held[key], value)
        elif value is not None:
            held[key] = _copied(value)


def extend(held: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Take lists in that go on in every piece, such as log probabilities: what is equal to an item before is another all the same."""
    for key, value in new.items():
        if isinstance(value, list):
            held[key] = [*(held.get(key) or ()), *value]
        elif value is not None or key not in held:
            held[key] = value


def _merged(key: str, old: Any, value: Any) -> Any:
    if isinstance(old, str) and isinstance(value, str):
        return _grown(key, old, value) if key in _GROWING else value or old
    if isinstance(old, dict) and isinstance(value, dict):
        merge(old, value)
        return old
    if isinstance(old, list) and isinstance(value, list):
        return _joined(old, value)
    return _joined([], value) if isinstance(value, list) else _copied(value)


def _grown(key: str, old: str, value: str) -> str:
    said_anew = (
        key != "data" and len(old) >= _TELLING and value.startswith(old)
    )  # sound repeats itself where it is silent
    return value if said_anew else old + value


def _joined(old: list[Any], new: Sequence[Any]) -> list[Any]:
    for item in new:
        same = _same(old, item)
        if same is not None:
            merge(same, item)
        elif item not in old:
            old.append(_copied(item))
    return old


def _same(old: list[Any], item: Any) -> dict[str, Any] | None:
    """The item that another goes on with: of the same place and type; a thought without a place goes on until it is signed."""
    if not isinstance(item, dict):
        return None
    if "index" in item:
        alike = (o for o in old if isinstance(o, dict) and all(o.get(k) == item.get(k) for k in ("index", "type")))
        return next(alike, None)
    last = old[-1] if old and isinstance(old[-1], dict) else {}
    return (
        last if item.get("type") in _THINKS and last.get("type") == item["type"] and not last.get("signature") else None
    )


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _copied(v) for k, v in value.items()}
    return [_copied(v) for v in value] if isinstance(value, list) else value
