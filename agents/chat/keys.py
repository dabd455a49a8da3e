"""Keys of this process, so that no text that leaves it holds one: servers and libraries echo keys in their errors.

A set for the whole process on purpose: a key that one role uses must not stand in the error text of another.
"""

_KNOWN: set[str] = set()
_SHORTEST = 6
"""Shorter values are no keys worth hiding, and would be found in ordinary words."""


def remember(key: str) -> str:
    """Hide this key from now on; gives it back."""
    if len(key) >= _SHORTEST:
        _KNOWN.add(key)
    return key


def hide(text: str) -> str:
    """The text without any known key."""
    for key in _KNOWN:
        if key in text:
            text = text.replace(key, "[key]")
    return text
