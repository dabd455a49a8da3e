"""What a text sets apart as its answer, in any of the ways models do."""

import re

_HEADLINE = re.compile(
    r"\\boxed\{(?P<boxed>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|<answer>\s*(?P<tag>.*?)\s*</answer>|\*\*(?P<bold>[^*\n]{1,80})\*\*|^\s*####\s*(?P<hash>.+)$|"
    r"\b(?:final\s+answer|answer|result|antwort|ergebnis|réponse|résultat|respuesta|resultado)(?:\s+(?:is|ist|est|es))?\s*:\s*(?P<line>[^\n]+)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)


def headlines(text: str) -> tuple[str, ...]:
    """What a text sets apart as its answer: boxed, tagged, in bold, behind "Answer:"; strongest kind only, empty where nothing is."""
    found: dict[str, list[str]] = {}
    for m in _HEADLINE.finditer(text):
        if m.lastgroup and m[m.lastgroup]:
            found.setdefault(m.lastgroup, []).append(m[m.lastgroup])
    for kind in ("boxed", "tag", "hash", "line"):
        if kind in found:
            return (found[kind][-1],)
    return tuple(found.get("bold", ()))
