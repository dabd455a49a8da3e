# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""An answer without what it is dressed in: markdown, LaTeX delimiters, quotation marks, a full stop; one spelling for each sign."""

import math
import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from graders.answers.notation import plain_notation
from graders.number_words import SMALL
from graders.wording import ORDINALS, roman
from scenarios.world.forms import MONTHS

_WRAPS = (
    re.compile(r"^\$\$(.*)\$\$$", re.S),
    re.compile(r"^\$(?=[^$]*[\\^_=a-zA-Z{(|\[+\-*/])([^$]+)\$$|^\$([-\d.,/]+)\$$", re.S),
    re.compile(r"^\\\((.*)\\\)$|^\\\[(.*)\\\]$", re.S),
    re.compile(r"^\\boxed\{(.*)\}$|^\\fbox\{(.*)\}$", re.S),
    re.compile(r"^\\(?:text|mathrm|textbf|mathbf|textit|operatorname|mbox|ce)\{([^{}]*)\}$"),
    re.compile(
        r"^\*\*(.+)\*\*$|^__(.+)__$|^`([^`]+)`$|^\"([^\"]+)\"$|^“([^”]+)”$|^'([^']+)'$|^<answer>(.*)</answer>$", re.S
    ),
    re.compile(r"^#{1,6}\s+(.+)$"),
    re.compile(r"^```[a-z]*\s*\n(.*?)\n?\s*```$", re.S),
    re.compile(r"^\*{3}([^*]+)\*{3}$|^\*([^*\s][^*]*)\*$|^_([^_\s][^_]*)_$"),
    re.compile(r"^<think(?:ing)?>.*?</think(?:ing)?>\s*(.+)$", re.S),
    re.compile(r"^both\s+(.+\s+and\s+.+)$", re.IGNORECASE),
)
_THIN = re.compile(r"(?<!\\)\\[,;:!](?![a-zA-Z])|(?<!\\)\\ |\\q?quad|~")
_WORDED = re.compile(r"\\(?:text|mathrm|textbf|mathbf|textit|mbox)\{\s*([^{}]*)\}")
_REPEATING = re.compile(r"(\d*)\.(\d*)\\overline\{(\d+)\}")
_Spelling = str | Callable[[re.Match[str]], str]


def _dozens(m: re.Match[str]) -> str:
    return str(12 * SMALL[m[1].lower()])


def _scores(m: re.Match[str]) -> str:
    many, more = (SMALL.get(word.lower()) if word else 0 for word in (m[1] or "one", m[2]))
    return m[0] if many is None or more is None else str(20 * many + more)


def _stones(m: re.Match[str]) -> str:
    return f"{14 * int(m[1]) + int(m[2])} pounds"


def _based(m: re.Match[str]) -> str:
    return f"{m[1]}_{m[2] or m[3]}"


_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def _two_scales(m: re.Match[str]) -> str:
    """ "1 million 200 thousand"."""
    value = Fraction(m[1].replace(",", "")) * _SCALES[m[2].lower()] + int(m[3]) * _SCALES[m[4].lower()]
    return str(value) if re.fullmatch(r"\d+(?:,\d{3})*(?:\.\d+)?", m[1]) else m[0]


def _sterling(m: re.Match[str]) -> str:
    """Pounds, shillings and pence of before 1971."""
    return f"£{float(int(m[1]) + Fraction(int(m[2]), 20) + Fraction(int(m[3] or 0), 240)):.4f}".rstrip("0").rstrip(".")


_LASTS = re.compile(
    r"^P(?=T?\d)(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$"
)


def _lasting(m: re.Match[str]) -> str:
    """ "PT1H30M" as "1 h 30 min"."""
    return " ".join(f"{many} {unit}" for many, unit in zip(m.groups(), ("d", "h", "min", "s"), strict=True) if many)


_GROWN = {"doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4, "quintupled": 5}


def _grown(m: re.Match[str]) -> str:
    return f"{_GROWN[m[1].lower()]} times"


_ROUNDED = re.compile(
    r",?\s*\(?(?:(?:when\s+|if\s+)?(?:rounded|correct|accurate)(?=\)$)|(?:rounded|correct|accurate)\s+(?:off\s+|up\s+|down\s+)?to\s+)?(?:the\s+nearest\s+[a-z]{3,12}|(?:one|two|three|four|five|[1-9])\s*(?:d\.?\s?p\.?|s\.?\s?f\.?|decimals?(?:\s+places?)?|significant\s+(?:figures|digits)))\)?$",
    re.IGNORECASE,
)
"""How far a figure was rounded, told behind it: "(2 d.p.)", "rounded to the nearest tenth"."""
_QUARTERS = ("first", "second", "third", "fourth", "last")


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _century(m: re.Match[str]) -> str:
    value = roman(m[1])
    return f"{ordinal(value)} century" if value else m[0]


def _arrangements(m: re.Match[str]) -> str:
    above, below = int(m[1]), int(m[2])
    return str(math.perm(above, above - below)) if below <= above else m[0]


def _full_year(last: str) -> int:
    """The year that its last two figures mean: from 1931 to 2030."""
    return int(last) + (1900 if int(last) > 30 else 2000)


def _choices(m: re.Match[str]) -> str:
    return str(math.comb(int(m[1]), int(m[2])))


def _recurring(m: re.Match[str]) -> str:
    """ "0.1666..." as the fraction that it is."""
    return _repeating(m)


_RAISED = str.maketrans("²³⁴", "234")
_SMALL_TIMES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "fifty")
_AT = re.compile(r"^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")
_SPELT: tuple[tuple[re.Pattern[str], _Spelling], ...] = (
    (re.compile(r"\s*\^\s*\{?\s*\\circ\s*\}?|\\degree"), "°"),
    (re.compile(r"\\neq?(?![a-z])"), "≠"),
    (
        re.compile(r"^\\begin\{d?cases\}([^&]*)\\end\{d?cases\}$"),
        lambda m: ", ".join(row.strip(" ,") for row in m[1].split("\\\\")),
    ),
    (
        re.compile(r"(\\(?:max|min|gcd|lcm|operatorname\{\w+\})|\b(?:max|min|gcd|lcm))\s*\\?\{([^{}\\]*)\\?\}"),
        r"\1(\2)",
    ),
    (re.compile(r"_\{\s*(\w+)\s*\}(?!\w)"), r"_\1"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"(?<![\w\\$])\$([-−]?\d[\d.,/]*\s?[°%]?)\$(?![\d$])"), r"\1"),
    (re.compile(r"(?<=\d)\s*pct\b\.?", re.IGNORECASE), "%"),
    (
        re.compile(
            rf"^((?:one|two|three|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{'|'.join(_SMALL_TIMES)}|\d+))\s+[a-z]+$",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (re.compile(r"\s+(?=[,;](?:\s|$))"), ""),
    (re.compile(r"\bqtr\b\.?", re.IGNORECASE), "quarter"),
    (
        re.compile(r"^(0?[1-9]|[12]\d|3[01])/(0?[1-9]|[12]\d|3[01])/(\d{2})$"),
        lambda m: f"{m[1]}/{m[2]}/{_full_year(m[3])}",
    ),
    (
        re.compile(r"^(0[1-9]|[12]\d|3[01])([.-])(0[1-9]|1[0-2])\2(\d{2})$"),
        lambda m: f"{m[1]}{m[2]}{m[3]}{m[2]}{_full_year(m[4])}",
    ),
    (
        re.compile(rf"\b({'|'.join(MONTHS)})\s+({'|'.join(ORDINALS)})\b", re.IGNORECASE),
        lambda m: f"{m[1]} {ORDINALS[m[2].lower()]}",
    ),
    (re.compile(r"^\\(?:vec|mathbf|boldsymbol|overrightarrow|hat|bar)\s*\{(\w)\}(?=\s*=)"), r"\1"),
    (
        re.compile(
            r"^(?:\\?lim\b|\\(?:d?int|iint|oint|sum|prod|det|max|min|gcd|lim)(?![a-z])|\\frac\{d[a-z]?\}\{d[a-z]\})[^=]*=\s*(?=[^=]+$)"
        ),
        "",
    ),
    (re.compile(r"\b(\d+)-?\s+(to|or)\s+(\d+)-(?=[a-z])"), r"\1 \2 \3 "),
    (re.compile(r"^([$€£])\s?(\d[\d,]*)\s+(?:and\s+)?(\d{2})\s?(?:c|¢|p|ct|cents?|pence)$"), r"\1\2.\3"),
    (re.compile(r"(?<=\w\s)thousand\s+millions?\b|(?<=\w\s)milliards?\b", re.IGNORECASE), "billion"),
    (re.compile(r"\(([ap]\.?m\.?)\)$", re.IGNORECASE), r"\1"),
    (
        re.compile(r"((?:past|to)\s+[a-z]+)\s+([ap])\.?m\b\.?$", re.IGNORECASE),
        lambda m: f"{m[1]} in the {'evening' if m[2] in 'pP' else 'morning'}",
    ),
    (
        re.compile(rf"^((?:the\s+)?(?:{'|'.join(ORDINALS)}|last|\d(?:st|nd|rd|th))\s+[A-Z][a-z]+day)\s+in\s+(?=[A-Z])"),
        r"\1 of ",
    ),
    (re.compile(r"^£(\d{1,6})\s+(\d{1,2})\s?s\.?(?:\s+(\d{1,2})\s?d\.?)?$"), _sterling),
    (re.compile(r"(?<=\w\s)grand$"), "thousand"),
    (re.compile(r"(?<=\d)\s?Cr\b\.?"), " crore"),
    (re.compile(r"(?<=\d)\s*deg(?:rees?)?\.?\s+(?=(?:north|south|east|west|[NSEW])\b)"), "° "),
    (
        re.compile(r"^(\d[\d.,]*)\s+(million|billion)\s+(?:and\s+)?(\d{1,3})\s+(thousand|million)$", re.IGNORECASE),
        _two_scales,
    ),
    (re.compile(r"^(?:naught|nought)$", re.IGNORECASE), "0"),
    (re.compile(r"^([A-F])[\s-]+(plus|minus)$"), lambda m: m[1] + ("+" if m[2] == "plus" else "-")),
    (
        re.compile(
            r"\b(nineteen|eighteen|seventeen|twenty)[\s-]oh[\s-](one|two|three|four|five|six|seven|eight|nine)\b",
            re.IGNORECASE,
        ),
        lambda m: f"{SMALL[m[1].lower()]}0{SMALL[m[2].lower()]}",
    ),
    (re.compile(r"\b(fiscal)\s+(?=\d{4}\b)", re.IGNORECASE), r"\1 year "),
    (re.compile(r"^fifty[- ]fifty(?:\s+chance)?$", re.IGNORECASE), "50%"),
    (re.compile(r"(?<=\d(?:st|nd|rd|th))\s+(?:c|cent)\.?$"), " century"),
    (
        re.compile(r"\b(half|a\s+quarter|a\s+third|a\s+tenth)\s+of\s+(?:one|1|a)\s+(?=per\s?cent)", re.IGNORECASE),
        r"\1 a ",
    ),
    (re.compile(r"^the\s+years?\s+(?=\d{4}\b)"), ""),
    (re.compile(r"\bthe\s+([3-9]0)s$"), r"the 19\1s"),
    (
        re.compile(r"^(?:the\s+)?(first|second)\s+half\s+(?:of\s+)?([12]\d{3})$", re.IGNORECASE),
        lambda m: f"H{1 + (m[1].lower() == 'second')} {m[2]}",
    ),
    (re.compile(r"^([12]\d{3})[\s-]?H([12])$|^([12])H\s?([12]\d{3})$"), lambda m: f"H{m[2] or m[3]} {m[1] or m[4]}"),
    (re.compile(r"^3\s+quarters\b"), "three quarters"),
    (re.compile(r",?\s*(?:where\s+)?\(?[a-z]\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{?[ZN]\}?|ℤ|ℕ)(?:\^\+)?\)?$"), ""),
    (re.compile(r"(?<=[A-Za-z0-9)])\^\{?(\d*[+-])\}?$"), r"\1"),
    (re.compile(r"^(?:an?\s+)?(?:(\w+)\s+)?score(?:\s+and\s+(\w+))?(?=$|\s[a-z]+$)", re.IGNORECASE), _scores),
    (re.compile(r"^an?\s+bakers?'?s?\s+dozen\b", re.IGNORECASE), "13"),
    (
        re.compile(r"\b(\d)[\s-]*(?:foot|feet|ft\.?)[\s-]+(\d{1,2})(?:\s*(?:inch(?:es)?|in\.?))?$", re.IGNORECASE),
        r"\1 ft \2 in",
    ),
    (re.compile(r"^(\d{1,2})\s*(?:stone|st)\s+(\d{1,2})(?:\s*(?:pounds?|lbs?))?$", re.IGNORECASE), _stones),
    (re.compile(r"^(\d{1,4})\s*(BCE?)\s*(?:–|—|-|to)\s*(\d{1,4})\s*BCE?$"), r"\1–\3 \2"),
    (
        re.compile(
            r"\b(\d{1,2}(?:st|nd|rd|th))(?:\s+century)?\s*(?:–|—|-|to|and)\s*(?:the\s+)?(\d{1,2}(?:st|nd|rd|th))\s+centur(?:y|ies)\b"
        ),
        r"\1–\2 century",
    ),
    (re.compile(r"^(?:negative|minus)\s+infinity$", re.IGNORECASE), "-∞"),
    (re.compile(r"\\\$"), "$"),
    (re.compile(r"[’‘]"), "'"),
    (re.compile(r"(?<![°\d])\b(\d+)\s*'\s*(\d+)\s*(?:\"|'')"), r"\1 ft \2 in"),
    (re.compile(r"(?<=\d)\s*(?:remainder|rem\.?|r)\s*(?=\d)", re.IGNORECASE), " remainder "),
    (re.compile(r"^remainder\s+(?=\d+$)", re.IGNORECASE), ""),
    (re.compile(r"^(two|three|four|five|six)\s+dozen\b", re.IGNORECASE), _dozens),
    (re.compile(r"^(?:0x[0-9a-f]{1,16}|0b[01]{1,64})$", re.IGNORECASE), lambda m: str(int(m[0], 0))),
    (re.compile(r"^(\w+)\s*(?:\(base\s+(\d{1,2})\)|(?:in\s+)?base\s+(\d{1,2}))$", re.IGNORECASE), _based),
    (
        re.compile(
            r"^(?:(?:rounded|correct)\s+)?to\s+(?:the\s+nearest\s+\w+|\w+\s+(?:decimal\s+places?|significant\s+(?:figures|digits))),\s+(?=\S)",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"(\d\s?[×x]\s?10)[−](\d{1,3})(?![\d.])"), r"\1^-\2"),
    (re.compile(r"^GMT\s?(?=[+-]\d)"), "UTC"),
    (
        re.compile(
            rf"^(\d{{1,2}}\s+(?:{'|'.join(f'{month[:3]}|{month}' for month in MONTHS)}|Sept)\.?)\s+'?(\d{{2}})$"
        ),
        lambda m: f"{m[1]} {_full_year(m[2])}",
    ),
    (
        re.compile(
            r"^(?:(?P<dollars>\$)|€|£|¥)(?P<much>\s?\d[\d.,]*(?:\s?(?:thousand|million|billion|trillion|[kmb]n?))?)\s+(?(dollars)USD|(?:EUR|GBP|JPY))$",
            re.IGNORECASE,
        ),
        lambda m: m[0].rpartition(" ")[0],
    ),
    (re.compile(rf"\b({'|'.join(_SMALL_TIMES)})-?fold\b", re.IGNORECASE), lambda m: f"{SMALL[m[1].lower()]} times"),
    (
        re.compile(
            r"(?<=\d)\s?[x×]\s+(?=(?:increase|decrease|rise|growth|as|more|faster|larger|bigger|higher)\b)",
            re.IGNORECASE,
        ),
        " times ",
    ),
    (
        re.compile(
            r"\b(halves|quarters?|thirds?|fifths?|tenths?)\s+of\s+(?:1|one|a)\s*(?=%|per\s?cent)", re.IGNORECASE
        ),
        r"\1 ",
    ),
    (re.compile(r"(?<=[a-z\d]),?\s+(?:A\.?D\.?|C\.?E\.?)\s+(?=\d{3,4}$)"), " "),
    (re.compile(r"^(\d{1,2})\s*(?:hours?|hrs?|h)\s+(\d{1,2})$"), r"\1 h \2 min"),
    (re.compile(r"^(?:quarter|Q)\s*([1-4])(?:,\s*|\s+)(?:of\s+)?(\d{4})$", re.IGNORECASE), r"Q\1 \2"),
    (re.compile(r"^(?:an?\s+)?pH\s*(?:value\s+)?(?:of|is|=|≈|:)?\s*(?=\d)"), ""),
    (_AT, r"\1"),
    (re.compile(rf"(?<=\d){_ROUNDED.pattern}", re.IGNORECASE), ""),
    (re.compile(r"\b(\d+)\.(\d*?)(\d{1,6}?)\3{2,}(?:\.{3}|…|\\l?dots)"), _recurring),
    (
        re.compile(
            r"^(?:the\s+)?(?:set|list|array|point|vector|interval|tuple|ordered\s+pair|pair|coordinates|matrix|range)\s+(?:is\s+|of\s+)?(?=[\[({]|\\\{|\\begin)",
            re.IGNORECASE,
        ),
        "",
    ),
    (_LASTS, _lasting),
    (
        re.compile(r"^(?:\(?[A-Z][a-z]?(?:_\{?\d{1,3}\}?)?\)?(?:_\{?\d{1,3}\}?)?){2,}$"),
        lambda m: m[0] if re.fullmatch(r"[A-F]+_\d{1,2}", m[0]) else re.sub("[_{}]", "", m[0]),
    ),
    (re.compile(r"^(\d{1,4}|\d{0,2}\s?(?:pi|π))\s+over\s+(?=\d)"), r"\1/"),
    (
        re.compile(
            r"^(?:the\s+)?\d{2}(?:\.\d+)?\s?%\s+(?:CI|confidence\s+interval)\s*[:=]?\s*(?:is\s+)?(?=[\[(])",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"\bArt\.\s+(?=\d)"), "Article "),
    (re.compile(r"(?<=[A-Za-z\d)])([²³⁴])(?=[⁺⁻](?:\W|$))"), lambda m: m[1].translate(_RAISED)),
    (re.compile(r"(?<=\w)⁺"), "+"),
    (re.compile(r"(?<=[A-Za-z])⁻(?!\w)"), "-"),
    (re.compile(r"\b([A-G])(?:#|♯)(?!\w)"), r"\1 sharp"),
    (re.compile(r"\b([A-G])♭(?!\w)"), r"\1 flat"),
    (
        re.compile(rf"\bnumber\s+(one|{'|'.join(_SMALL_TIMES)})\b", re.IGNORECASE),
        lambda m: f"number {SMALL[m[1].lower()]}",
    ),
    (re.compile(r"^once$", re.IGNORECASE), "1 time"),
    (re.compile(r"(?<=\d)m\s+(?=(?:dollars|euros|pounds|USD|EUR|GBP)\b)"), " million "),
    (
        re.compile(rf"\b({'|'.join(ORDINALS)})\s+(?:of|day\s+of)\s+(?={'|'.join(MONTHS)})", re.IGNORECASE),
        lambda m: f"{ORDINALS[m[1].lower()]} ",
    ),
    (re.compile(rf"(?<=\d)(?:st|nd|rd|th)\s+day\s+of\s+(?={'|'.join(MONTHS)})"), " "),
    (re.compile(r"(?<=\d)[.,](?:[–—]|-{1,2})(?=\s|$)"), ""),
    (re.compile(r"\bFY\s?'?(\d{2})(?!\d)"), r"fiscal year 20\1"),
    (re.compile(r"\bFY\s?(?=\d{4})"), "fiscal year "),
    (re.compile(r"^(?:fiscal\s+)(?:year\s+)?(\d{4})[\s,-]*Q([1-4])$", re.IGNORECASE), r"Q\2 fiscal year \1"),
    (
        re.compile(
            r"^(?:(?:it|they)\s+)?(?:has\s+|have\s+)?(doubled|tripled|trebled|quadrupled|quintupled)$", re.IGNORECASE
        ),
        _grown,
    ),
    (re.compile(r"\b([12]\d{3})/(\d{2})(?![\d/])"), r"\1–\2"),
    (re.compile(r"\b(?:No|Nos|Nr)\.\s*(?=\d)|№\s*|#(?=\d)"), "number "),
    (
        re.compile(rf"^((?:in\s+)?\d+(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\s+(?:place|position|rank)$", re.IGNORECASE),
        r"\1",
    ),
    (re.compile("[″”](?=[NSEW\\s]|$)"), '"'),
    (re.compile("(?<=\\d)′"), "'"),
    (re.compile(r"^(\d{1,2})\s+choose\s+(\d{1,2})$"), _choices),
    (re.compile(r"^<([^<>]+,[^<>]+)>$"), r"(\1)"),
    (
        re.compile(r"(?<=[a-z\d.,])\s'(\d{2})$"),
        lambda m: f" {_full_year(m[1])}",
    ),
    (re.compile(r"\\langle(?![a-z])|⟨"), "("),
    (re.compile(r"\\rangle(?![a-z])|⟩"), ")"),
    (re.compile(r"(?<=\bm/s)\^\{?2\}?"), "²"),
    (re.compile(r"\\pmod\s*\{?(\w+)\}?"), r"mod \1"),
    (re.compile(r"(?<=[A-Z])_(\d)(?!\d)"), r"\1"),
    (re.compile(r"^(\d{1,2})h([0-5]\d)$"), r"\1:\2"),
    (re.compile(r"^([IVX]+)(?:th)?\s+century$"), _century),
    (re.compile(r"^(\d{1,2})!\s*/\s*(\d{1,2})!$"), _arrangements),
    (re.compile(r"^C\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$"), _choices),
    (
        re.compile(
            rf"^(?:the\s+)?({'|'.join(_QUARTERS)}|[1-4](?:st|nd|rd|th))\s+quarter(?:\s+of)?\s+((?:fiscal\s+year\s+)?\d{{4}})$",
            re.IGNORECASE,
        ),
        lambda m: f"Q{ORDINALS.get(m[1].lower(), m[1][0]).replace('l', '4')} {m[2]}",
    ),
    (re.compile(r"^([12]\d{3})[\s-]?Q([1-4])$"), r"Q\2 \1"),
    (re.compile(r"\b(\d{1,2})\s?h\s?(\d{1,2})\s?m(?:in)?\b"), r"\1 h \2 min"),
)
_PLAIN_SIGNS = str.maketrans("₀₁₂₃₄₅₆₇₈₉\u3000", "0123456789 ") | {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)
}
"""Lowered figures, and signs as wide as the letters of East Asia ("３，４５０"), as plain ones."""


_EDGES = re.compile(
    r"\s*[\[(](?:sources?\b|docs?\b|chunk\b|page\s|https?:|[\w-]+\.(?:txt|pdf|md|html?)\b)[^\[\]()]*[\])]$|(?<=[^.\s])[.;]$|^•\s+|^-\s+(?=[^\W\d_][^\W\d_]|[A-H]$|[\"“'*_`])(?!(?:a?sin|a?cos|a?tan|ln|log|exp|sqrt|pi|inf)\b)|,$"
)
"""A full stop, and the mark of an item, which is no minus before a formula."""
_GROUPED = re.compile(r"(?<=\d)\s?(?:\\,|,?\s?\\!|\{\s?,\s?\})\s?(?=\d{3}(?!\d))")
"""Between groups of three figures: "14{,}916", "11,\\!111"."""
_COUNTED_ROOT = re.compile(r"(?<=\b[a-z])([₀-₉])(?=\s*=)")
"""The second root as "x₂ = 3", which is no formula of a compound."""


@lru_cache(maxsize=1024)
def undressed(text: str) -> str:
    """A text without markdown, LaTeX delimiters, quotation marks and a final full stop."""
    plain = _GROUPED.sub("", plain_notation(text.strip().replace("\u00a0", " ")))
    plain = _COUNTED_ROOT.sub(lambda m: f"_{m[1]}", _THIN.sub(" ", plain)).translate(_PLAIN_SIGNS)
    while True:
        before = plain
        plain = _EDGES.sub("", plain).strip()
        for wrap in _WRAPS:
            if m := wrap.match(plain):
                plain = next(g for g in m.groups() if g is not None).strip()
        if plain == before:
            return _spelt(plain)


_HUNDREDTH = re.compile(
    rf"\b((?:one|two|three|four|five|six|seven|eight|nine|an?)[- ]hundred)[- ](?:and[- ])?(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?({'|'.join(ORDINALS)})\b",
    re.IGNORECASE,
)


def _hundredth(m: re.Match[str]) -> str:
    first = m[1].lower().split("-")[0].split()[0]
    return ordinal(100 * SMALL.get(first, 1) + SMALL.get((m[2] or "").lower(), 0) + int(ORDINALS[m[3].lower()]))


_COMPOUND = re.compile(
    rf"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]({'|'.join(ORDINALS)})\b", re.IGNORECASE
)


def _spelt(text: str) -> str:
    plain = _REPEATING.sub(_repeating, re.sub(r" {2,}", " ", _WORDED.sub(r" \1", text)))
    plain = _HUNDREDTH.sub(_hundredth, plain)
    plain = _COMPOUND.sub(lambda m: ordinal(SMALL[m[1].lower()] + int(ORDINALS[m[2].lower()])), plain)
    for pattern, sign in _SPELT:
        plain = pattern.sub(sign, plain)
    return plain.strip()


def _repeating(m: re.Match[str]) -> str:
    """A decimal that repeats, as the fraction that it is."""
    whole, fixed, cycle = m[1] or "0", m[2], m[3]
    tail = Fraction(int(cycle), (10 ** len(cycle) - 1) * 10 ** len(fixed))
    value = Fraction(f"{whole}.{fixed or 0}") + tail
    return f"{value.numerator}/{value.denominator}"
