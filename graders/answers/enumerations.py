"""Several values: tuples, sets, lists in words, matrices, "plus or minus"."""

import re

from graders.answers.kinds import Collection
from graders.expressions import expression

_BRACKETS = {"(": ")", "[": "]", "{": "}"}


def read_collection(text: str) -> Collection | None:
    plain = (
        text.replace("\\left", "")
        .replace("\\right", "")
        .replace("\\{", "{")
        .replace("\\}", "}")
        .replace("\\langle", "(")
        .replace("\\rangle", ")")
        .strip()
    )
    if matrix := _MATRIX.fullmatch(plain):
        return _rows(matrix[2], matrix[1].strip())
    head = plain[:1]
    if bracketed(plain):
        inner = plain[1:-1].strip()
        items = cut(inner)
        if head == "(" and len(items) < 2:
            return None
        return Collection(items, head != "{", braces=head == "{")
    items = cut((_PLAIN_LINES if "\n" in plain else _FIRST_MARK).sub("", plain))
    if re.search(r"\\pm|±", plain) and (len(items) == 1 or plain.count("=") > 1):
        return Collection(
            tuple(
                re.sub(r"\\pm|±", sign, plain).strip(" +") if sign == "+" else re.sub(r"\\pm|±", sign, plain)
                for sign in "+-"
            ),
            False,
            bare=True,
        )
    if _ROW.fullmatch(plain):
        return Collection(tuple(plain.split()), False, bare=True)
    if numbered := _NUMBERED.fullmatch(plain):
        return Collection(tuple(re.split(r"\s+\d{1,2}[.)]\s+", numbered[1])), False, bare=True)
    if lettered := _LETTERED.fullmatch(plain):
        return Collection(tuple(re.split(r"[,;]?\s+\(?[b-h]\)\s+", lettered[1])), False, bare=True)
    if _ARROW.search(plain) and len(steps := [step.strip() for step in _ARROW.split(plain)]) > 1 and all(steps):
        return Collection(tuple(steps), True, bare=True)
    if roman := _ROMAN.fullmatch(plain):
        return Collection(tuple(re.split(r"[,;]?\s+\((?:ii|iii|iv|v)\)\s+", roman[1])), False, bare=True)
    return Collection(items, False, bare=True) if len(items) > 1 else None


_MATRIX = re.compile(
    r"([^=]{0,30}?)(?:\\cdot|\\times|\*)?\s*\\begin\{[bpBsmall]*matrix\}(.*?)\\end\{[bpBsmall]*matrix\}", re.DOTALL
)


def _rows(inside: str, factor: str) -> Collection | None:
    """A matrix by its rows, each entry multiplied by what stands before it; None where that is no factor."""
    if factor and factor != "-" and not expression(factor):
        return None
    rows = [[cell.strip() for cell in row.split("&")] for row in inside.split("\\\\") if row.strip()]
    if factor:
        rows = [[f"{factor}({cell})" if factor == "-" else f"({factor})({cell})" for cell in row] for row in rows]
    return Collection(tuple(f"[{', '.join(row)}]" for row in rows), True)


_ARROW = re.compile(r"\s*(?:→|⟶|\\(?:right|longright)?arrow\b|\\to\b)\s*|\s+->\s+")
"""From one to the next: "first → second → third"."""
_ROW = re.compile(r"[-−]?\d{1,4}(?:\s+[-−]?\d{1,4}){2,}")
"""Figures side by side: "1 2 3"."""
_NUMBERED = re.compile(r"1[.)]\s+(.+?\s+2[.)]\s+.+)", re.DOTALL)
_ROMAN = re.compile(r"\(i\)\s+(.+?\s+\(ii\)\s+.+)", re.DOTALL)
_LETTERED = re.compile(r"\(?a\)\s+(.+?\s+\(?b\)\s+.+)", re.DOTALL)
_PLAIN_LINES = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", re.MULTILINE)
_FIRST_MARK = re.compile(r"^(?:[*•]|\d{1,2}[.)])\s+")
"""What begins an item in a single line: "-" would be a minus."""


def bracketed(text: str) -> bool:
    """Whether one pair of brackets holds a whole text."""
    return text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]]) and _closes_last(text)


def _closes_last(text: str) -> bool:
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        if depth == 0:
            return i == len(text) - 1
    return False


_ITEM_CUT = re.compile(
    r"\s*;\s*|\s*\n+\s*|\s*,\s+(?:and|or|und|et|(?:y|e)(?!\s*=))\s+|\s*,\s*(?!\d{3}(?!\d))|,\s+|\s+(?:and|or|und|oder|et|ou|y(?!\s*=))\s+|\s+&\s+|\s+as\s+well\s+as\s+|(?<=[^\W\d_]{3})\s+/\s+(?=[^\W\d_]{3})"
)


def cut(text: str) -> tuple[str, ...]:
    """The items of an enumeration, cut at commas, semicolons, lines and "and", never inside brackets."""
    items, depth, start, position = [], 0, 0, 0
    while position < len(text):
        c = text[position]
        depth += (c in "([{") - (c in ")]}")
        m = _ITEM_CUT.match(text, position) if depth == 0 and c in ",;\n& \t" else None
        if m and m.end() > position:
            items.append(text[start:position])
            start = position = m.end()
        else:
            position += 1
    items.append(text[start:])
    return tuple(item.strip() for item in items if item.strip())
