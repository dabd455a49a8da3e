"""Where a text has formulas in LaTeX: between dollar signs, in brackets or an environment; and how it comes apart at lines and commas.

Dollar signs around an amount of money set no formula. A figure (`asy`) is none either. Nothing here says what a formula is worth.
"""

import re
from collections.abc import Iterator

from graders.arithmetic.vectors import as_points

SEGMENT = re.compile(
    r"\$\$(.+?)\$\$|(?<!\\)\$((?:[^$\\]|\\.)+?)\$(?!\d)|\\\[(.+?)\\\]|\\\((.+?)\\\)|"
    r"\\begin\{((?:align|equation|gather|eqnarray|multline)\*?)\}(.+?)\\end\{\5\}",
    re.DOTALL,
)
"""A formula with the signs that set it apart from the text."""
FIGURE = re.compile(r"\[asy\].*?\[/asy\]", re.DOTALL)
"""A drawing in the text, whose lines are a program."""
GROUPS = re.compile(r"(?<=\d)(?:\{,\}|\\,|,?\\!|,)(?=\d{3}(?!\d))")
"""What sets the thousands of a number apart."""
THIN = re.compile(r"(?<!\\)\\[,:!]")
LINES = re.compile(r"\\\\(?:\[[^\]]*\])?|\\q?quad|\\(?:Long)?[Rr]ightarrow|\\implies|\\iff")
"""What parts the statements of a formula: the end of a line, a wide space, an arrow."""
TEXT = re.compile(r"\\(?:text|mathrm|mbox|textrm|textbf|mathbf|operatorname)\s*\{([^{}]*)\}")
"""Words inside a formula."""
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{(?:aligned|align|split|gathered|alignedat)\*?\}(?:\{\d\})?(?:\[\w\])?")
_PROSE = re.compile(r"(?<![\\a-zA-Z])[a-zA-Z]{3,}[ \n]+[a-zA-Z]{2,}")
_LETTER = re.compile(r"\d(?![xX]\d)[a-zA-Z](?![a-zA-Z])|(?<![a-zA-Z\d])[a-wyzA-WYZ]\s*[-+=*/)]")
"""A letter that stands for a number, as no "x" between two numbers does."""


def without_formulas(text: str) -> str:
    """A text without its formulas and figures, for readers of plain arithmetic; an amount of money between two signs is no formula."""
    return SEGMENT.sub(
        lambda m: " . " if is_formula(m) and (re.search(r"[\\^]", m[0]) or _LETTER.search(m[0])) else m[0],
        FIGURE.sub(" ", text),
    )


def is_formula(m: re.Match[str]) -> bool:
    """Whether what stands between two dollar signs is a formula: text between two amounts of money is none."""
    if m[2] and m[2][0].isdigit() and m.start() and m.string[m.start() - 1] == ".":  # ".$500$"
        return False
    return m[2] is None or not _PROSE.search(TEXT.sub(" ", m[2]))


def inner_of(m: re.Match[str]) -> str:
    """A formula without the signs that set it apart, and without inner environments."""
    found = next(g for g in (m[1], m[2], m[3], m[4], m[6]) if g is not None)
    return _ENVIRONMENT.sub(" ", as_points(found)) if "\\begin" in found else found


def apart_at_commas(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no bracket."""
    depth = start = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and not depth:
            yield text[start:i]
            start = i + 1
    yield text[start:]
