"""Reasoning in pieces, under one name or several: a few servers say every piece under two names, or all of it once more under another.

What comes under another name than the first is held back as long as it may be the same; where it turns out to be more, it is more
reasoning. Names that stand in one chunk and say different things are not put together: as in a whole answer, the first of them counts.
"""

from collections.abc import Mapping

from agents.chat.growing import Growing


class Thoughts:
    """`add` takes what a chunk says under each name and gives what is new, `end` what was still held back; `text` is all of it."""

    def __init__(self) -> None:
        self.text = ""
        self._named: dict[str, Growing] = {}
        self._first = ""
        self._given: dict[str, int] = {}
        self._beside: set[str] = set()

    def add(self, said: Mapping[str, str], *, last: bool = False) -> str:
        """Take a chunk in. `last` as in `Growing`."""
        if not said:
            return ""
        self._first = self._first or next(iter(said))
        for name, piece in said.items():
            self._named.setdefault(name, Growing()).add(piece, last=last)
        if self._first not in said:
            return "".join([self._news(name) for name in said])
        self._beside.update(said)
        return self._news(self._first)

    def end(self) -> str:
        """What was held back, once nothing more comes."""
        for growing in self._named.values():
            growing.end()
        return "".join([self._news(name, ended=True) for name in self._named])

    def _news(self, name: str, *, ended: bool = False) -> str:
        text = self._named[name].text
        start = self._given.get(name, 0)
        if name != self._first and name not in self._given:
            first = self._named[self._first].text
            goes_on = text.startswith(first)
            if first.startswith(text) or (goes_on and not ended) or (not goes_on and name in self._beside):
                return ""
            start = len(first) if goes_on else 0
        self._given[name] = len(text)
        self.text += text[start:]
        return text[start:]
