"""What every stored model shares: frozen, closed to unknown keys, hashed by content."""

import hashlib
import json

import orjson
from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that is never changed once made. Unknown keys are refused, so a typing slip cannot pass as data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def content_hash(value: object, length: int = 16) -> str:
    """The first `length` hex digits of the SHA-256 of `value` as sorted JSON: equal values give equal hashes on any machine."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    try:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate or an integer beyond 64 bits, as imported rows may hold
        text = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(text).hexdigest()[:length]
