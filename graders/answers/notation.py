# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Notation of mathematics in one spelling: several boxes, matrices and vectors however they are set, turned brackets, "plus or minus".

Also what other scripts write between and behind figures: "2或-2", "4000千克".
"""

import re
from collections.abc import Callable

from graders.expression_tokens import LETTERS
from graders.number_words import SMALL, number_words
from graders.wording import ORDINALS, roman

_BOX = r"\\boxed\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_BETWEEN = r"\s*(?:\$|\\q?quad|\\text\{\s*(?:and|or)?,?\s*\}|,|;|and|or|\s)*"
_BOXES = re.compile(rf"\$?{_BOX}(?:{_BETWEEN}{_BOX})+\$?")
_ARRAY = re.compile(
    r"(?:\\left\s*)?[\[(]\s*\\begin\{array\}(?:\{[^{}]*\})?(.*?)\\end\{array\}\s*(?:\\right\s*)?[\])]", re.DOTALL
)
_CELL = r"[-−+]?[\w./]+"
_ROWS = re.compile(rf"\[\s*{_CELL}(?:[ ,]+{_CELL})*(?:\s*;\s*{_CELL}(?:[ ,]+{_CELL})*)+\s*\]")
_UNIT = r"(?:\\(?:mathbf|boldsymbol|hat|vec|bm)\s*\{?\s*(?:\\(?:hat|mathbf|vec)\s*\{?\s*)?\\?([ijk])(?:math)?\s*\}{0,2}|([îĵ]|k̂))"
_PLAIN_UNIT = r"([ijk])()(?![a-z])"
_FACTOR = (
    r"\(?(?:\d+(?:\.\d+)?(?:/\d+)?)?\s*(?:\\[dt]?frac\s*\{[^{}]+\}\s*\{[^{}]+\})?\s*(?:\\sqrt\s*\{?\w+\}?|√\d+)?\)?"
)
_VECTORS = tuple(
    (re.compile(rf"\s*([-−+]?\s*{factor})\s*(?:\\,|\\cdot)?\s*{unit}"), unit == _PLAIN_UNIT)
    for factor, unit in ((f"{_FACTOR}\\s*[a-z]?", _UNIT), (_FACTOR, _PLAIN_UNIT))
)
"""A component with its unit vector, set in bold or with a hat; and with a plain letter."""


def _matrix(rows: list[list[str]]) -> str:
    return "\\begin{pmatrix}" + "\\\\".join("&".join(row) for row in rows) + "\\end{pmatrix}"


def _by_rows(m: re.Match[str]) -> str:
    """ "[1 2; 3 4]"."""
    return _matrix([re.split(r"[ ,]+", row.strip()) for row in m[0][1:-1].split(";")])


def _components(text: str) -> str:
    """ "2\\mathbf{i} - 3\\mathbf{k}" as "(2, 0, -3)": two unit vectors at least, each once; plain letters with "j" among them."""
    for term, plain in _VECTORS:
        parts = list(term.finditer(text))
        if (
            not 2 <= len(parts) <= 3
            or "".join(m[0] for m in parts) != text
            or any(m[1][:1] not in "+-−" for m in parts[1:])
        ):
            continue
        found = {(m[2] or m[3]).translate(_HATS)[0]: re.sub(r"\s", "", m[1]).lstrip("+") for m in parts}
        if len(found) == len(parts) and all(m[1] for m in parts[1:]) and (not plain or "j" in found):
            names = "ijk" if "k" in found else "ij"
            return f"({', '.join(_one(found[name]) if name in found else '0' for name in names)})"
    return text


_HATS = str.maketrans("îĵ", "ij")


def _one(factor: str) -> str:
    """A factor that is not written is one."""
    return f"{factor}1" if factor in ("", "-", "−") else factor


_SEVERAL_BOXES: Callable[[re.Match[str]], str] = lambda m: ", ".join(re.findall(_BOX, m[0]))  # noqa: E731
_EASTERN = {
    "千克": "kg", "公斤": "kg", "毫克": "mg", "克": "g", "吨": "t", "千米": "km", "公里": "km", "厘米": "cm", "毫米": "mm", "平方米": "m²", "立方米": "m³",
    "米": "m", "小时": "h", "分钟": "min", "秒": "s", "天": "days", "年": "years", "元": "CNY", "美元": "USD", "升": "L", "毫升": "mL",
}  # fmt: skip
_WINDS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_BASES = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "sixteen": 16,
}
_SPELT: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_BOXES, _SEVERAL_BOXES),
    (_ARRAY, r"\\begin{pmatrix}\1\\end{pmatrix}"),
    (_ROWS, _by_rows),
    (re.compile(r"\\begin\{vmatrix\}([^&\\]+)&([^&\\]+)\\\\([^&\\]+)&([^&\\]+)\\end\{vmatrix\}"), r"((\1)(\4)-(\2)(\3))"),
    (re.compile(r"(?<=[\])])\s*\^\s*\{?\s*(?:T|\\top|\\intercal|\\(?:mathrm|text)\s*\{T\})\s*\}?$"), ""),
    (re.compile(r"\\left\s*\]"), "]"),
    (re.compile(r"\\right\s*\["), "["),
    (re.compile(r"\bplus[\s-]+or[\s-]+minus\s+|\bplus/minus\s+|\+/[-−]\s*", re.IGNORECASE), "±"),
    (re.compile(r"\\operatorname\*?\s*\{\s*(cis|arc[a-z]{3}|sech?|csch?|coth?|sgn|lg)\s*\}"), r"\\\1"),
    (re.compile(r"(?<=\d)j(?=\s*(?:$|[-+]\s*\d))"), "i"),
    (re.compile(r"\s*(?:\\text\s*\{)?\s*\((?:with\s+|of\s+)?(?:multiplicity\s+\w+|(?:a\s+)?(?:double|repeated|triple)\s+root|twice)\)\s*\}?", re.IGNORECASE), ""),
    (re.compile(r"\s*(?:或者?|또는|または)\s*(?=[-−+±\w\\(\[])"), " or "),
    (re.compile(r"\s*、\s*"), ", "),
    (re.compile(rf"(?<=\d)\s*({'|'.join(sorted(_EASTERN, key=len, reverse=True))})(?=$|[。，,；;])"), lambda m: f" {_EASTERN[m[1]]}"),
    (re.compile(r"。$"), ""),
    (re.compile(r"(?<=[A-Za-z²³])\s*\(((?:counter-?|anti-?)?clockwise|north|south|east|west|upwards?|downwards?|left|right)\)$"), r" \1"),
    (re.compile(r"(?<=[a-z²³])\s+at\s+(?=\d+(?:\.\d+)?\s?°)"), ", "),
    (re.compile(r"^[ABD-MO-TV-Z]\s?(?=\([^()]*[,;][^()]*\)$)"), ""),
    (re.compile(r"^([a-z])\s+mod\s+(\d+)\s*(?:=|≡)\s*(\d+)$"), r"\3 mod \2"),
    (re.compile(r"\bper\s+annum\b|\bp\.\s?a\.(?=\s|$)", re.IGNORECASE), "per year"),
    (re.compile(r"^(?:(?:it|the\s+(?:series|sequence|(?:improper\s+)?integral|limit|expression))\s+)?(?:converges\s+to|tends\s+to|approaches|evaluates\s+to|simplifies\s+to|diverges\s+to(?=\s+[-−+]?\s?(?:∞|infinity|\\infty)))\s+(?=\S)", re.IGNORECASE), ""),
    (re.compile(r"^(?:it|the\s+(?:series|sequence|(?:improper\s+)?integral|limit))\s+(?=(?:con|di)verges)|(?<=erge)nt$", re.IGNORECASE), lambda m: "s" if m[0] == "nt" else ""),
    (re.compile(r"^(?:quotient\s+(?:of\s+|is\s+|=\s*)?)?(\d+),?\s+(?:and\s+)?(?:with\s+)?(?:an?\s+)?remainder\s+(?:of\s+|is\s+|=\s*)?(\d+)$", re.IGNORECASE), r"\1 remainder \2"),
    (re.compile(r"^([A-Z][a-z]?)\((I{1,3}|IV|V|VI{1,2})\)(?:\s+ion)?$"), lambda m: f"{m[1]}{roman(m[2])}+"),
    (re.compile(rf"^(?:the\s+)?({'|'.join(ORDINALS)})\s+(option|choice)$", re.IGNORECASE), lambda m: f"{m[2]} {ORDINALS[m[1].lower()]}"),
    (re.compile(rf"^(?:\\({'|'.join(sorted(set(LETTERS.values())))})|([{''.join(LETTERS)}]))$"), lambda m: m[1] or LETTERS[m[2]]),
    (re.compile(r"^(?:(?:np\.|numpy\.|sp\.|sympy\.)?(?:Matrix|ImmutableMatrix|array|tensor)|frozenset|set|tuple|list)\((\[.*\]|\{.*\}|\(.*\))\)$", re.DOTALL), r"\1"),
    (re.compile(r"(?<=°)\s*([NSEW])\s+of\s+([NSEW])\b"), lambda m: f" {_WINDS[m[1]]} of {_WINDS[m[2]]}"),
    (re.compile(r"(?<=[A-Za-z])\^(\d|\{[^{}]+\})_(\w|\{[^{}]+\})"), r"_\2^\1"),
    (re.compile(rf"(?<=[\dA-F])_\{{?\s*(?:\\(?:text|mathrm)\s*\{{\s*)?({'|'.join(_BASES)})\s*\}}{{0,2}}$"), lambda m: f"_{_BASES[m[1]]}"),
    (re.compile(r"(?<=\d)\s*percentage$"), "%"),
    (re.compile(r"^[a-z]\s*(?:\\in|∈)\s*(?=\\emptyset|\\varnothing|∅)"), ""),
)  # fmt: skip


_SPOKEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\b(?:the\s+)?square\s+root\s+of\s+(\S+)", r"sqrt(\1)"),
        (r"\b(?:the\s+)?cube\s+root\s+of\s+(\S+)", r"(\1)^(1/3)"),
        (r"(?<=\S)\s+squared\b", "^2"),
        (r"(?<=\S)\s+cubed\b", "^3"),
        (r"(?<=\S)\s+factorial\b", "!"),
        (r"(?<=\S)\s+(?:raised\s+)?to\s+the\s+(?:power\s+(?:of\s+)?|(?=\d|[a-z]+th\b|second|third))", "^"),
        (
            rf"(?<=\^)({'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))(?:\s+power)?\b",
            lambda m: re.sub("[a-z]", "", ORDINALS.get(m[1].lower(), m[1])),
        ),
        (r"(?<=\S)\s+plus\s+(?=\S)", " + "),
        (r"(?<=\S)\s+minus\s+(?=\S)", " - "),
        (r"(?<=\S)\s+(?:times|multiplied\s+by)\s+(?=\S)", " * "),
        (r"(?<=\S)\s+divided\s+by\s+(?=\S)", " / "),
    )
)
_OPERATOR = re.compile(r"\b(?:squared|cubed|factorial|root|power|plus|minus|times|by|to\s+the)\b", re.IGNORECASE)
_FORMULA = re.compile(r"(?:sqrt|[a-z](?![a-z])|[\d\s.+\-*/^!()])+")


def _spoken(text: str) -> str:
    """ "2 to the power of 10", "x squared plus one": a formula in words; any other text as it is."""
    said = text
    for pattern, sign in _SPOKEN:
        said = pattern.sub(sign, said)
    if said == text:
        return text
    for word in reversed(number_words(said)):
        said = f"{said[: word.start]}{word.value}{said[word.end :]}"
    said = re.sub(r"[a-z]{3,}", lambda m: str(SMALL.get(m[0].lower(), m[0])), said, flags=re.IGNORECASE)
    return said if _FORMULA.fullmatch(said) else text


def plain_notation(text: str) -> str:
    """A text with its formulas written the plain way; any other text as it is."""
    if len(text) <= 80 and _OPERATOR.search(text):
        text = _spoken(text)
    if len(text) <= 120 and re.search("[ijkîĵ]", text):
        text = _components(text)
    for pattern, sign in _SPELT:
        text = pattern.sub(sign, text)
    return text
