"""What readers keep of a text, so that it is read once, is forgotten when much was read: memory is bounded however long texts are."""

import sys

_MOST = 8_000_000
"""Characters of traces between one forgetting and the next: hundreds of usual traces, or one with a very long page."""
_read = 0


def make_room(characters: int) -> None:
    """To be called before a trace of so many characters is judged."""
    global _read
    _read += characters
    if _read > _MOST:
        _read = characters
        for name, module in list(sys.modules.items()):
            for value in vars(module).values() if name.partition(".")[0] == "graders" else ():
                if callable(getattr(value, "cache_clear", None)) and value.cache_parameters()["maxsize"]:
                    value.cache_clear()
