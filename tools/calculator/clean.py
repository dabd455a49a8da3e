"""Makes one spelling of what people and models type: Unicode operators, superscripts, currency, wrapping, trailing `=`.

`clean(text, variables)` returns ASCII-like text for the lexer; superscripts become marked groups, which the parser reads as postfix.
With `variables` the letter x stays a name; without, `3 x 4` is a product.
"""

import re

from tools.calculator import limits
from tools.calculator.commas import without_thousands
from tools.calculator.labels import trimmed
from tools.calculator.latex import from_latex
from tools.calculator.lexer import SUPERSCRIPT
from tools.calculator.result import CalculationError

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅙": "1/6",
    "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("×✕✖∗⋅·•∙⨯⨉＊", "*"),
        **dict.fromkeys("÷∕⁄／➗", "/"),
        **dict.fromkeys("−–—‒﹣－➖", "-"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\u2061\u2062\ufeff\u200e\u200f\ufe0e\ufe0f", ""),
        **dict.fromkeys("＋﹢➕", "+"),
        **dict.fromkeys("’‘‛′", "'"),
        **dict.fromkeys("“”″", '"'),
        "≤": "<=", "≥": ">=", "≠": "!=", "＝": "=", "≡": "=", "→": "->", "º": "°", "˚": "°",
        "π": " pi ", "𝜋": " pi ", "ℯ": " e ", "τ": " tau ", "∞": " inf ",
        "（": "(", "）": ")", "［": "[", "］": "]", "，": ",", "．": ".", "％": "%", "！": "!", "：": ":", "＾": "^",
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        **{c: f"@{c}" for c in "⌊⌋⌈⌉"},
    }
)  # fmt: skip
_CURRENCY = "$€£¥₹₩₽₺₪฿₫₴₦"
_MONEY = re.compile(rf"(?:US|CA|AU|C|A|NZ|HK)?\\?[{_CURRENCY}]")
_DOLLARS = re.compile(r"(?<=\d) *(?:dollars?|USD)\b", re.IGNORECASE)
_SUPER = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_MIXED = re.compile(r"(?<![\w.^/)\]])(?<!\^ )(\d+) +(\d+)/(\d+)(?!\w| *[\d.^!/(])")
_GROUPS = re.compile(r"(?<![\w.,])(?<![\d.,] )(\d{1,3}(?: \d{3})+)(?!\d| \d|,\d)(?P<over> *//? *\d+)?")
_MIXED_SIGN = re.compile(rf"(?<![\w.^/])(\d+)? ?([{''.join(_FRACTIONS)}])")
_TIMES = re.compile(r"(?<=[\d)\]!%°])( *)[xX](?= *[\d(.√\[])")
_SPACED = re.compile(r"\d \d{3}").search
_COMMA = re.compile(r"\d,\d\d").search
_HEX = re.compile(r"(?<![\w.])0[xX][0-9a-fA-F]+\b")
_WRAPS = (
    *(("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"), ("<<", ">>"), ("```", "```"), ("`", "`")),
    *(("**", "**"), ('"', '"'), ("'", "'"), ("$", "$")),
)
_WORDS = (
    (re.compile(r"\b(?:multiplied by|times)\b", re.IGNORECASE), "*"),
    (re.compile(r"\b(?:divided by)\b", re.IGNORECASE), "/"),
    (re.compile(r"\bplus\b", re.IGNORECASE), "+"),
    (re.compile(r"\bminus\b", re.IGNORECASE), "-"),
    (re.compile(r"\bto the power(?: of)?\b", re.IGNORECASE), "^"),
    (re.compile(r"\b(?:the )?(?:square root|sqrt) of\b", re.IGNORECASE), " sqrt "),
    (re.compile(r"\b(?:the )?cube root of\b", re.IGNORECASE), " cbrt "),
    (re.compile(r"\bhalf (?:of )?(?=[\d($])", re.IGNORECASE), "(1/2)*"),
    (re.compile(r"\b(?:twice|double) (?=[\d($])", re.IGNORECASE), "2*"),
    (re.compile(r"(?<=[\d%)])of(?=[\d($])"), " of "),
)
_WRAP_STARTS = frozenset("$\\<`*\"'≈")
_ANNOTATED = re.compile(r"(<<.*>>)[$\d.,]*", re.DOTALL).fullmatch
_WORDY = re.compile(r"times|multiplied|divided|plus|minus|to the|[te] of|[\d%)]of|half|twice|double").search
"""What the words have in common, to look for in small letters before each of them is looked for."""
_PLAIN = re.compile(r"[\d+\-*/()^.]*\d(?:[\d+\-*/()^. ]*[\d)])?").fullmatch


def clean(text: str, variables: bool = False) -> str:
    """The text for the lexer. Raises CalculationError: empty, too_long, syntax, units."""
    if len(text) > limits.CHARACTERS:
        raise CalculationError(
            "too_long", f"The expression has {len(text)} characters; at most {limits.CHARACTERS} are read."
        )
    if _PLAIN(text):
        return _mixed(text)
    if "  " in text or not text.isprintable():
        text = " ".join(text.split())
    text = text.strip()
    if text[:1] in _WRAP_STARTS:
        text = _unwrapped(text)
    if not text.isascii():
        text = _ascii(text)
    if text[-1:] == "\\":
        text = text.rstrip("\\ ")
    if "\\" in text or "^{" in text or "_{" in text or "{,}" in text:
        text = from_latex(text)
    text = trimmed(text, variables)
    if not text.isascii() or "$" in text or "ollar" in text or "USD" in text:
        text = _without_money(text)
    if _WORDY(text.lower()):
        for pattern, sign in _WORDS:
            text = pattern.sub(sign, text)
    if not variables and ("x" in text or "X" in text) and not _HEX.search(text):
        text = _TIMES.sub(r"\1*", text)
    if "," in text and _COMMA(text):
        text = without_thousands(text)
    if not text or text.isspace():
        raise CalculationError("empty", "There is no expression; give one such as 2 + 3.")
    return _mixed(text)


def _mixed(text: str) -> str:
    """Numbers with spaces: `1 000 000` outside lists, and mixed numbers as sums: `1 1/2` is (1+1/2) where the fraction is proper."""
    if " " not in text:
        return text
    if "[" not in text and _SPACED(text):
        text = _GROUPS.sub(_grouped, text)
    if "/" not in text:
        return text
    return _MIXED.sub(lambda m: f"({m[1]}+{m[2]}/{m[3]})" if 0 < int(m[2]) < int(m[3]) else m[0], text)


def _grouped(m: re.Match[str]) -> str:
    """`1 000` is 1000. `2 100/200` may be a mixed number or a quotient, and is refused."""
    over = (m["over"] or "").strip("/ ")
    if over and m[1].count(" ") == 1 and 0 < int(m[1].split()[1]) < int(over):
        raise CalculationError(
            "syntax", f"{m[0]!r} may be a mixed number or a quotient; write it without the space, or with a +."
        )
    return m[1].replace(" ", "") + (m["over"] or "")


def _unwrapped(text: str) -> str:
    """Without math delimiters, code marks and annotation brackets around the whole, and what repeats the result after them."""
    text = text.lstrip("≈ ")
    if annotated := _ANNOTATED(text):
        text = annotated[1]
    while True:
        for start, end in _WRAPS:
            inside = text[len(start) : -len(end)]
            if (
                len(text) >= len(start) + len(end)
                and text.startswith(start)
                and text.endswith(end)
                and start not in inside
            ):
                text = inside.strip()
                break
        else:
            return text


def _ascii(text: str) -> str:
    text = text.replace(SUPERSCRIPT, "?")
    text = _MIXED_SIGN.sub(lambda m: f"({m[1]}+{_FRACTIONS[m[2]]})" if m[1] else f"({_FRACTIONS[m[2]]})", text)
    if any(sign in text for sign in _FRACTIONS):
        raise CalculationError(
            "syntax", "A fraction sign stands after something that is no whole number; write a*(1/2)."
        )
    text = _SUPER.sub(lambda m: f"{SUPERSCRIPT}({m[0].translate(_SUPERSCRIPT)})", text)
    return text.translate(_CHARACTERS)


def _without_money(text: str) -> str:
    text, words = _DOLLARS.subn("", text)
    found = {sign[-1] for sign in _MONEY.findall(text)} | ({"$"} if words else set())
    if not found:
        return text
    if len(found) > 1:
        raise CalculationError("units", f"Several currencies ({' '.join(sorted(found))}) in one expression; use one.")
    return _MONEY.sub(" ", text)
