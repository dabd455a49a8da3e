"""Fields that are streamed and that this program only carries: signatures, sound, citations, searches run by the server."""

from collections.abc import Mapping
from typing import Any

_SAID_ONCE = frozenset(
    {"id", "type", "role", "format", "signature", "name", "index", "expires_at", "provider", "model"}
)


def merge(held: dict[str, Any], new: Mapping[str, Any]) -> None:
    """Take new fields in: texts grow, lists are joined (their items by `index` where they have one), the rest is replaced."""
    for key, value in new.items():
        if value is None:
            continue
        held[key] = _merged(key, held.get(key), value)


def _merged(key: str, old: Any, value: Any) -> Any:
    if isinstance(old, str) and isinstance(value, str):
        return (value or old) if key in _SAID_ONCE else old + value
    if isinstance(old, dict) and isinstance(value, dict):
        merge(old, value)
        return old
    if isinstance(old, list) and isinstance(value, list):
        return _joined(old, value)
    return _copied(value)


def _joined(old: list[Any], new: list[Any]) -> list[Any]:
    for item in new:
        same = _same(old, item)
        if same is None:
            if item not in old:
                old.append(_copied(item))
        else:
            merge(same, item)
    return old


def _same(old: list[Any], item: Any) -> dict[str, Any] | None:
    if not isinstance(item, dict) or "index" not in item:
        return None
    return next(
        (o for o in old if isinstance(o, dict) and all(o.get(k) == item.get(k) for k in ("index", "type"))), None
    )


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _copied(v) for k, v in value.items()}
    return [_copied(v) for v in value] if isinstance(value, list) else value
