"""Questions with options: which text the key names, and the options as part of the problem.

Options come as a list ("A)21", "21"), as a text ("a ) 38 , b ) 27"), or as `{"text": [...], "label": [...]}`; the key as a letter,
a label or a place that counts from nought.
"""

import re
from typing import Any, NamedTuple

from traces.imports import jsontext

_LETTERED = re.compile(r"^\s*[(\[]?([A-Za-z])\s*[)\].:]\s*(.*)$", re.DOTALL)
_IN_LINE = re.compile(r"(?:^|,)\s*\(?([a-h])\s*\)\s*(.*?)\s*(?=,\s*\(?[a-h]\s*\)|$)", re.IGNORECASE | re.DOTALL)


_ENDS = re.compile(
    r"(?:\b(?:answer|ans|option|choice)\b[^A-Za-z]{0,4}(?:is|will\s+be|would\s+be|=)?[^A-Za-z]{0,4}|^[^A-Za-z]{0,3})"
    r"\(?\s*([A-Ha-h])\s*\)?[\s.\"']*$",
    re.IGNORECASE,
)
"""A last line that names an option: "Answer B .", "the correct answer will be ( D )", "B"."""


def _stands(text: str, within: str) -> bool:
    """Whether an option's text stands in another one by itself."""
    return bool(text) and re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.]*\w)", within) is not None


class Options(NamedTuple):
    """What is offered, in order, each under its label."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]

    def chosen(self, key: Any) -> tuple[str, str]:
        """The label and the text that a key names. Raises ValueError where it names none."""
        wanted = str(key).strip().strip("().").casefold()
        for place, (label, text) in enumerate(zip(self.labels, self.texts, strict=True)):
            if label.casefold() == wanted or (isinstance(key, int) and not isinstance(key, bool) and key == place):
                return label, text
        for label, text in zip(self.labels, self.texts, strict=True):
            if text.casefold() == str(key).strip().casefold():
                return label, text
        raise ValueError(
            f"the key {key} is none of the options {', '.join(self.labels)}: give one of these, or its text"
        )

    def told(self, solution: str) -> str | None:
        """The label that a solution ends in, or that of the only option in its last sentence; None where neither tells one."""
        lines = [line for line in solution.strip().splitlines() if line.strip()]
        if lines and (m := _ENDS.search(lines[-1])) and m[1].upper() in [label.upper() for label in self.labels]:
            return m[1]
        last = re.split(r"[.!?]\s+(?=[A-Z])|\n", solution.strip().rstrip(". "))[-1]
        found = [label for label, text in zip(self.labels, self.texts, strict=True) if _stands(text, last)]
        return found[0] if len(found) == 1 and sum(_stands(text, solution) for text in self.texts) == 1 else None

    @property
    def written(self) -> str:
        """The options as lines behind a problem."""
        return "\n".join(f"{label}) {text}" for label, text in zip(self.labels, self.texts, strict=True))


def options_of(held: Any) -> Options | None:
    """The options of a field; None where it holds none."""
    held = jsontext.loose(held) if isinstance(held, str) and held.lstrip()[:1] in "[{" else held
    if isinstance(held, dict) and isinstance(held.get("text"), list):
        labels = held.get("label") or _letters(len(held["text"]))
        return (
            Options(tuple(map(str, labels)), tuple(map(str, held["text"])))
            if len(labels) == len(held["text"])
            else None
        )
    if isinstance(held, dict) and held and all(len(str(key)) == 1 for key in held):
        return Options(tuple(map(str, held)), tuple(map(str, held.values())))
    if isinstance(held, str):
        found = _IN_LINE.findall(held)
        return Options(tuple(label for label, _ in found), tuple(text for _, text in found)) if len(found) > 1 else None
    if not isinstance(held, list) or len(held) < 2:
        return None
    lettered = [_LETTERED.match(str(each)) for each in held]
    if all(lettered):
        return Options(tuple(m[1] for m in lettered if m), tuple(m[2].strip() for m in lettered if m))
    return Options(_letters(len(held)), tuple(str(each).strip() for each in held))


def _letters(count: int) -> tuple[str, ...]:
    return tuple(chr(ord("A") + n) for n in range(count))
