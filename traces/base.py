"""What every stored model shares: frozen, closed to unknown keys, hashed by content."""

import hashlib
import json

import orjson
from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that is never changed once made. Unknown keys are refused, so a typing slip cannot pass as data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def json_bytes(value: object, *, ordered: bool = False) -> bytes:
    """A value as JSON, also where it holds what orjson refuses, as models and imported rows may: a lone surrogate, or an integer beyond
    64 bits. `ordered` sorts the keys.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS if ordered else None)
    except TypeError:
        return json.dumps(value, sort_keys=ordered, separators=(",", ":")).encode()


def content_hash(value: object, length: int = 16) -> str:
    """The first `length` hex digits of the SHA-256 of `value` as sorted JSON: equal values give equal hashes on any machine."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    text = json_bytes(value, ordered=True)
    return hashlib.sha256(text).hexdigest()[:length]
