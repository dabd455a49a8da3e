# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
r"""Small tasks told in words, as models write them to a calculator: "20% off 50", "increase 80 by 15%", "the sum of 5, 7 and 8".

Asked only where an expression could not be read, so that nothing read before changes. What has two meanings ("80 plus 15%", a percentile
without its definition, interest without its terms) is not guessed: the error stands.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from tools.calculator import limits
from tools.calculator.given import put_in
from tools.calculator.result import Problem
from tools.calculator.series import summed, unclear

_NUMBER = r"[-+]?[$€£₹]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s?(?:million|billion|thousand))?"
_N = rf"\(?({_NUMBER})\)?"
_P = r"(\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?:%|percent|per\s+cent|pct)"
_THE = r"(?:(?:what(?:'s|\s+is)|calculate|compute|find|evaluate|get)\s+)?(?:the\s+)?"
_ITEM = r"[-+]?(?:\d[\d,]*\d|\d)?(?:\.?\d+)(?:/\d+)?%?"
_ITEMS = rf"((?:{_ITEM})(?:\s*,\s*(?:and\s+)?{_ITEM}|\s+and\s+{_ITEM})+)"
_LISTED = {
    "sum": "sum", "total": "sum", "product": "prod", "average": "mean", "mean": "mean", "median": "median", "mode": "mode", "maximum": "max",
    "minimum": "min", "max": "max", "min": "min", "largest": "max", "smallest": "min", "greatest common divisor": "gcd", "gcd": "gcd",
    "greatest common factor": "gcd", "gcf": "gcd", "hcf": "gcd", "least common multiple": "lcm", "lowest common multiple": "lcm", "lcm": "lcm", "range": "ptp",
    "geometric mean": "geometric_mean", "harmonic mean": "harmonic_mean", "arithmetic mean": "mean", "standard deviation": "", "variance": "",
}  # fmt: skip
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_ORDINAL = r"(\d+)(?:st|nd|rd|th)"
_TIMES_UP = r"(?:increased|raised|grown|marked\s+up|up)"
_TIMES_DOWN = r"(?:decreased|reduced|lowered|discounted|marked\s+down|cut|down)"
_Made = Callable[[re.Match[str]], str | None]


def _up(m: re.Match[str], whole: int = 1, percent: int = 2) -> str:
    return f"({m[whole]})*(1+({m[percent]})/100)"


def _down(m: re.Match[str], whole: int = 1, percent: int = 2) -> str:
    return f"({m[whole]})*(1-({m[percent]})/100)"


def _list(m: re.Match[str]) -> str | None:
    """ "the sum of 5, 7 and 8"; a list whose commas may group digits is left alone."""
    name = _LISTED[re.sub(r"\s+", " ", m[1].lower())]
    items = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", m[2])
    grouped = re.search(r"\d,\d{3}(?!\d)", m[2])
    return (
        None
        if not name or grouped
        else f"{name}([{', '.join(items)}])"
        if name not in ("gcd", "lcm")
        else f"{name}({', '.join(items)})"
    )


def _part(m: re.Match[str]) -> str | None:
    below = _PARTS.get(m[2].lower().removesuffix("s")) or _PARTS.get(m[2].lower())
    return f"({_COUNTS[m[1].lower()]}/{below})*({m[3]})" if below else None


def _difference(m: re.Match[str]) -> str | None:
    """The difference of two numbers, the greater first: with the smaller one first its sign is open."""
    one, two = (Fraction(re.sub(r"[^\d.+-]", "", n)) if re.search(r"\d$", n) else None for n in m.groups())
    return f"({m[1]})-({m[2]})" if one is not None and two is not None and one >= two else None


def _changed(m: re.Match[str]) -> str:
    """In percent; what is asked as a decrease is told as a positive number."""
    sign = "-" if m[1].lower() in ("decrease", "drop", "decline", "reduction") else ""
    return f"{sign}(({m[3]})-({m[2]}))/({m[2]})*100"


def _rounded(m: re.Match[str]) -> str:
    """Halves upwards, as people round: `round` takes them to the even side."""
    scale = 10 ** int(_COUNTS.get(m[2].lower(), m[2]))
    return f"floor(({m[1]})*{scale} + 1/2)/{scale}"


def _weighted(m: re.Match[str]) -> str | None:
    pairs = re.findall(r"(\d+(?:\.\d+)?)\s*\(\s*(?:weight\s*)?(\d+(?:\.\d+)?)\s*(%?)\s*\)", m[1])
    over = "+".join(f"({x})*({w})" for x, w, _ in pairs)
    return f"({over})/({'+'.join(w for _, w, _ in pairs)})" if len(pairs) > 1 else None


_PATTERNS: tuple[tuple[str, _Made], ...] = (
    (rf"{_P}\s+off\s+(?:of\s+)?{_N}", lambda m: _down(m, 2, 1)),
    (rf"{_N}\s+(?:with\s+(?:an?\s+)?)?{_P}\s+(?:off|discount)", _down),
    (rf"(?:an?\s+)?{_P}\s+discount\s+on\s+{_N}", lambda m: _down(m, 2, 1)),
    (rf"{_N}\s+{_TIMES_UP}\s+by\s+{_P}", _up),
    (rf"{_N}\s+{_TIMES_DOWN}\s+by\s+{_P}", _down),
    (rf"(?:increase|raise|mark\s+up)\s+{_N}\s+by\s+{_P}", _up),
    (rf"(?:decrease|reduce|lower|mark\s+down|discount)\s+{_N}\s+by\s+{_P}", _down),
    (rf"{_P}\s+(?:more|greater|higher)\s+than\s+{_N}", lambda m: _up(m, 2, 1)),
    (rf"{_P}\s+(?:less|lower)\s+than\s+{_N}", lambda m: _down(m, 2, 1)),
    (rf"{_N}\s+(?:increased|raised)\s+by\s+{_N}", lambda m: f"({m[1]})+({m[2]})"),
    (rf"{_N}\s+(?:decreased|reduced)\s+by\s+{_N}", lambda m: f"({m[1]})-({m[2]})"),
    (rf"(?:an?\s+)?{_P}\s+(?:tip|commission)\s+(?:on|of)\s+{_N}", lambda m: f"({m[1]})/100*({m[2]})"),
    (rf"tip\s+(?:of\s+)?{_P}\s+on\s+{_N}", lambda m: f"({m[1]})/100*({m[2]})"),
    (rf"{_THE}(?:percent(?:age)?|%)\s+(change|increase|decrease|drop|decline|reduction|rise|growth)\s+(?:from|between)\s+{_N}\s+(?:to|and)\s+{_N}", _changed),
    (r"percent(?:age)?_?(change|increase|decrease)\(\s*([^(),]+),\s*([^(),]+)\)", _changed),
    (rf"{_N}\s+is\s+what\s+(?:percent(?:age)?|%)\s+of\s+{_N}", lambda m: f"({m[1]})/({m[2]})*100"),
    (rf"what\s+(?:percent(?:age)?|%)\s+of\s+{_N}\s+is\s+{_N}", lambda m: f"({m[2]})/({m[1]})*100"),
    (rf"{_THE}{_N}\s+as\s+(?:an?\s+)?(?:percent(?:age)?|%)\s+of\s+{_N}", lambda m: f"({m[1]})/({m[2]})*100"),
    (rf"{_THE}({'|'.join(_COUNTS)})[\s-]+({'|'.join(f'{p}s?' for p in _PARTS)})\s+of\s+{_N}", _part),
    (rf"{_THE}square\s+of\s+{_N}", lambda m: f"({m[1]})^2"),
    (rf"{_THE}cube\s+of\s+{_N}", lambda m: f"({m[1]})^3"),
    (rf"{_N}\s+raised\s+to\s+(?:the\s+power\s+(?:of\s+)?)?{_N}", lambda m: f"({m[1]})^({m[2]})"),
    (rf"{_N}\s+(?:raised\s+)?to\s+the\s+{_ORDINAL}(?:\s+power)?", lambda m: f"({m[1]})^({m[2]})"),
    (rf"{_THE}reciprocal\s+of\s+{_N}", lambda m: f"1/({m[1]})"),
    (rf"{_THE}factorial\s+of\s+(\d+)", lambda m: f"factorial({m[1]})"),
    (rf"{_THE}absolute\s+value\s+of\s+{_N}", lambda m: f"abs({m[1]})"),
    (rf"add\s+{_N}\s+(?:and|to)\s+{_N}", lambda m: f"({m[1]})+({m[2]})"),
    (rf"subtract\s+{_N}\s+from\s+{_N}", lambda m: f"({m[2]})-({m[1]})"),
    (rf"multiply\s+{_N}\s+(?:by|and|with)\s+{_N}", lambda m: f"({m[1]})*({m[2]})"),
    (rf"divide\s+{_N}\s+by\s+{_N}", lambda m: f"({m[1]})/({m[2]})"),
    (rf"{_THE}difference\s+(?:between|of)\s+{_N}\s+and\s+{_N}", _difference),
    (rf"{_THE}(?:quotient\s+of|ratio\s+of)\s+{_N}\s+(?:and|to)\s+{_N}", lambda m: f"({m[1]})/({m[2]})"),
    (rf"{_THE}remainder\s+(?:of\s+|when\s+)?{_N}\s+(?:is\s+)?divided\s+by\s+{_N}", lambda m: f"mod({m[1]}, {m[2]})"),
    (rf"{_THE}({'|'.join(re.escape(n).replace(chr(92) + ' ', chr(92) + 's+') for n in sorted(_LISTED, key=len, reverse=True))})\s+(?:of|for|between)\s+\[?{_ITEMS}\]?", _list),
    (rf"{_THE}weighted\s+(?:average|mean)\s+of\s+(.+)", _weighted),
    (rf"{_THE}log(?:arithm)?\s+(?:base\s+|_)(\d+)\s+of\s+{_N}", lambda m: f"log({m[2]}, {m[1]})"),
    (rf"{_THE}natural\s+log(?:arithm)?\s+of\s+{_N}", lambda m: f"ln({m[1]})"),
    (r"integrate\s+(.+?)\s+from\s+(\S+)\s+to\s+(\S+)(?:\s+(?:d|with\s+respect\s+to\s+)([a-z]))?", lambda m: f"integrate({m[1]}, {m[4] or _letter(m[1])}, {m[2]}, {m[3]})" if m[4] or _letter(m[1]) else None),
    (r"\\int\s*_\{?([^{}^_\s]+)\}?\s*\^\s*(?:\{([^{}]+)\}|(\S))\s*(.+?)\s*(?:\\[,;!:]\s*)?(?:\\mathrm\{d\}|d)([a-z])", lambda m: f"integrate({m[4]}, {m[5]}, {m[1]}, {m[2] or m[3]})"),
    (r"\\lim\s*_\{\s*([a-z])\s*(?:\\to|→|->)\s*([^{}]+?)\s*\}\s*(.+)", lambda m: f"limit({m[3]}, {m[1]}, {_endless(m[2])})"),
    (r"(?:the\s+)?limit\s+of\s+(.+?)\s+as\s+([a-z])\s+(?:approaches|goes\s+to|tends\s+to|->|→)\s+(\S+)", lambda m: f"limit({m[1]}, {m[2]}, {_endless(m[3])})"),
    (r"(?:the\s+)?derivative\s+of\s+([^,=]+?)\s*,?\s+at\s+([a-z])\s*=\s*(\S+)", lambda m: f"limit(diff({m[1]}, {m[2]}), {m[2]}, {m[3]})"),
    (rf"{_THE}(.+?)\s*,?\s+rounded\s+(?:off\s+)?to\s+(?:the\s+nearest\s+)?({'|'.join(_COUNTS)}|\d)\s+(?:decimal\s+(?:places?|digits?|points?)|decimals?|d\.?p\.?)", _rounded),
    (rf"{_THE}(.+?)\s*,?\s+rounded\s+(?:off\s+)?to\s+the\s+nearest\s+(?:whole\s+number|integer|unit|one)", lambda m: f"floor(({m[1]}) + 1/2)"),
    (rf"{_THE}(.+?)\s+(?:as|in)\s+an?\s+percent(?:age)?", lambda m: f"({m[1]})*100"),
    (r"(?:simplify|reduce)\s+(\d+\s*/\s*\d+)", lambda m: m[1]),
    (r"(\d+)\s+factorial", lambda m: f"factorial({m[1]})"),
    (r"(?:the\s+)?derivative\s+of\s+([^,=]+?)(?:\s+with\s+respect\s+to\s+([a-z]))?", lambda m: f"diff({m[1]}, {m[2] or _letter(m[1])})" if m[2] or _letter(m[1]) else None),
    (r"(?:d/d([a-z])|\\frac\{d\}\{d([a-z])\})\s*\(?(.+?)\)?", lambda m: f"diff({m[3]}, {m[1] or m[2]})" if m[3].count("(") == m[3].count(")") else None),
    (r"solve\s+(?:for\s+([a-z])\s*[:,]?\s*)?([^,]+?=[^,=]+?)(?:\s*,?\s*for\s+([a-z]))?", lambda m: f"solve({m[2]}, {m[1] or m[3] or _letter(m[2])})" if m[1] or m[3] or _letter(m[2]) else None),
    (r"(?:the\s+)?(?:number\s+of\s+)?days\s+(?:between|from)\s+(\d{4}-\d{2}-\d{2})\s+(?:and|to|until)\s+(\d{4}-\d{2}-\d{2})", lambda m: f"{m[2]} - {m[1]}"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), made) for pattern, made in _PATTERNS)
_ASKED = re.compile(
    r"^(?:(?:what(?:'s|\s+is)|how\s+much\s+is|calculate|compute|evaluate|find)\s+)+(?!(?:percent|%))", re.IGNORECASE
)
_CLOSED = re.compile(r"\s*(?:=\s*\??|\?|\.)\s*$")


def reworded(text: str) -> str | None:
    """A task in words as an expression; None where it is none that is known, or may mean two things."""
    if not isinstance(text, str) or len(text) > min(limits.CHARACTERS, 400):
        return None
    if (found := summed(text) or put_in(text)) is not None:
        return found
    plain = _CLOSED.sub("", " ".join(text.split()))
    plain = _ASKED.sub("", plain.strip("$ ") if plain.startswith("$\\") else plain)
    for pattern, made in _COMPILED:
        if m := pattern.fullmatch(plain):
            return made(m)
    return None


def explained(text: str, error: Problem) -> Problem:
    """The error, told better where a series or a sum sign was not understood."""
    why = (
        unclear(text)
        if isinstance(text, str) and len(text) <= limits.CHARACTERS and error.code in ("syntax", "not_allowed")
        else None
    )
    return Problem("syntax", why) if why else error


def _letter(text: str) -> str:
    """The only letter of an expression that can be its variable."""
    words = set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", text)) - {"e"}
    return words.pop() if len(words) == 1 else ""


def _endless(text: str) -> str:
    return text.replace("\\infty", "inf").replace("∞", "inf").replace("infinity", "inf")
