"""An answer without what it is dressed in: markdown, LaTeX delimiters, quotation marks, a full stop."""

import re

_WRAPS = (
    re.compile(r"^\$\$(.*)\$\$$", re.S),
    re.compile(r"^\$(?=[^$]*[\\^_=a-zA-Z{(|\[+\-*/])([^$]+)\$$|^\$([-\d.,/]+)\$$", re.S),
    re.compile(r"^\\\((.*)\\\)$|^\\\[(.*)\\\]$", re.S),
    re.compile(r"^\\boxed\{(.*)\}$|^\\fbox\{(.*)\}$", re.S),
    re.compile(r"^\\(?:text|mathrm|textbf|mathbf|textit|operatorname)\{([^{}]*)\}$"),
    re.compile(
        r"^\*\*(.+)\*\*$|^__(.+)__$|^`([^`]+)`$|^\"([^\"]+)\"$|^“([^”]+)”$|^'([^']+)'$|^<answer>(.*)</answer>$", re.S
    ),
)


_THIN = re.compile(r"\\[,;:!](?![a-zA-Z])|\\ |\\quad|~")


def undressed(text: str) -> str:
    """A text without markdown, LaTeX delimiters, quotation marks and a final full stop."""
    plain = _THIN.sub(" ", re.sub(r"(?<=\d)\\,(?=\d{3}(?!\d))", "", text.strip().replace("\u00a0", " ")))
    while True:
        before = plain
        plain = re.sub(r"(?<=[^.\s])[.;]$|^[-•]\s+(?=\D)|,$", "", plain).strip()
        for wrap in _WRAPS:
            if m := wrap.match(plain):
                plain = next(g for g in m.groups() if g is not None).strip()
        if plain == before:
            return (
                re.sub(r"\\text\{\s*([^{}]*)\}|\\mathrm\{\s*([^{}]*)\}", lambda m: f" {m[1] or m[2]}", plain)
                .replace("\\%", "%")
                .replace("\\$", "$")
                .strip()
            )
