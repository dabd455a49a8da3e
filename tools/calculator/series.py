r"""Sums and products over a range as people write them: `\sum_{i=1}^{5} i^2`, `sum(i^2, i, 1, 5)`, `1 + 2 + ... + 10`.

Read only where there is one meaning. A body that goes on with `+` outside brackets may or may not belong to the sum; two terms and an
ellipsis may grow evenly or by a factor; a last term that does not fit the others is a slip. All of these are left to the error.
"""

import re
from fractions import Fraction
from itertools import pairwise

_TERM = r"[-+]?\d[\d,]*(?:\.\d+)?(?:/\d+)?"
_DOTS = r"(?:\.{2,}|…|⋯|\\(?:c|l)?dots[cbm]?)"
_LIMITS = r"_\{?\s*(?P<name>[a-zA-Z])\s*=\s*(?P<low>[^{}^]+?)\s*\}?\s*\^\s*(?:\{(?P<high>[^{}]+)\}|(?P<short>\w+))"
_BIG = re.compile(rf"(?:\\(?P<kind>sum|prod)|(?P<sign>[∑Σ∏]))(?:\\limits)?\s*{_LIMITS}\s*(?P<body>.+)$", re.DOTALL)
_CALLED = re.compile(
    r"(?P<kind>sum|product|prod)\(\s*(?P<body>[^()]*(?:\([^()]*\)[^()]*)*?),\s*(?P<name>[a-zA-Z])\s*(?:,\s*|=\s*|\s+from\s+)(?P<low>-?\w+)\s*(?:,|\.\.+|\s+to\s+)\s*(?P<high>-?\w+)\s*\)",
    re.IGNORECASE,
)
_RANGED = re.compile(r"\bin\s+(?P<low>-?\d+)\s*(?:\.\.+|…)\s*(?P<high>-?\d+)\s*\)")
_TOLD = (
    re.compile(
        r"(?:the\s+)?(?P<kind>sum|product)\s+of\s+(?P<body>[^,=]+?)\s*,?\s+(?:for|over|with|as)\s+(?P<name>[a-zA-Z])\s*(?:=|from|in|goes\s+from|running\s+from)\s*(?P<low>-?\d+)\s*(?:to|through|\.\.+|-|…)\s*(?P<high>-?\d+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:the\s+)?(?P<kind>sum|product)\s+(?:from|for|over)\s+(?P<name>[a-zA-Z])\s*=\s*(?P<low>-?\d+)\s*(?:to|through)\s*(?P<high>-?\d+)\s*(?:of|:)\s*(?P<body>[^,=]+)",
        re.IGNORECASE,
    ),
)
_INTEGERS = re.compile(
    r"(?:the\s+)?(?P<kind>sum|product)\s+of\s+(?:(?:all|the)\s+)*(?P<which>even\s+|odd\s+)?(?:(?:the\s+)?(?:whole\s+|natural\s+|positive\s+)?(?:integers|numbers)\s+)?(?:from\s+|between\s+)?(?P<low>\d+)\s+(?:to|through)\s+(?P<high>\d+)(?:\s*,?\s*inclusive)?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:the\s+)?sum\s+of\s+the\s+first\s+(?P<count>\d+)\s+(?P<which>even|odd|natural|positive|counting)\s+(?:numbers|integers)",
    re.IGNORECASE,
)
_SERIES = re.compile(
    rf"(?P<head>{_TERM}(?:\s*[-+*×·]\s*{_TERM})*?)\s*(?P<op>[+*×·]|\\cdot|\\times)\s*{_DOTS}\s*(?P=op)\s*(?P<last>{_TERM})"
)
_MOST = 10**6
"""Terms beyond which a series is left alone."""


def summed(text: str) -> str | None:
    """The same in the calculator's own words; None where it is no such sum, or has no certain meaning."""
    plain = text.strip().rstrip(" .=?").strip("$ ")
    if ranged := _RANGED.search(plain):
        return f"{plain[: ranged.start()]}in range({ranged['low']}, {int(ranged['high']) + 1})){plain[ranged.end() :]}"
    if first := _FIRST.fullmatch(plain):
        return _of_first(int(first["count"]), first["which"].lower())
    if whole := _INTEGERS.fullmatch(plain):
        return _of_integers(whole)
    for pattern in (_CALLED, *_TOLD):
        if m := pattern.fullmatch(plain):
            return _over(m["kind"].lower(), m["body"], m["name"], m["low"], m["high"])
    if big := _BIG.search(plain):
        return _big(plain, big)
    series = _SERIES.fullmatch(plain)
    return _continued(series) if series else None


def unclear(text: str) -> str | None:
    """Why a sum or a series is not computed, where it is one."""
    if re.search(rf"\d\s*[-+*×·]\s*{_DOTS}\s*[-+*×·]\s*\S", text):
        return "It is not certain how the series goes on; write three terms or more and the last, or sum(range(1, 11))."
    if (big := _BIG.search(text)) and _several(big["body"]):
        return "It is not clear how far the sum sign reaches; put all that it covers in brackets."
    return None


def _over(kind: str, body: str, name: str, low: str, high: str) -> str | None:
    call = "sum" if kind.startswith("sum") else "prod"
    return f"{call}(({body}) for {name} in range({low}, ({high})+1))"


def _big(text: str, m: re.Match[str]) -> str | None:
    """A sum or product sign with its limits; what stands before it multiplies or is added."""
    if _several(m["body"]):
        return None
    kind = m["kind"] or ("prod" if m["sign"] == "∏" else "sum")
    return f"{text[: m.start()]}{_over(kind, m['body'], m['name'], m['low'], m['high'] or m['short'])}"


def _several(body: str) -> bool:
    """Whether a body goes on with + or - outside brackets, or with another sum: how far the sign reaches is then open."""
    depth = 0
    for place, c in enumerate(body.strip()):
        depth += (c in "([{") - (c in ")]}")
        if depth < 0 or (depth == 0 and c in "+-=<>," and place):
            return True
    return "\\sum" in body or "\\prod" in body


def _of_first(count: int, which: str) -> str:
    step, low = {"even": (2, 2), "odd": (2, 1)}.get(which, (1, 1))
    return f"{count}*({2 * low}+({count}-1)*{step})/2"


def _of_integers(m: re.Match[str]) -> str | None:
    low, high, which = int(m["low"]), int(m["high"]), (m["which"] or "").strip().lower()
    if low > high or (m["kind"].lower() == "product" and which):
        return None
    if m["kind"].lower() == "product":
        return f"prod(range({low}, {high + 1}))"
    step = 2 if which else 1
    low += bool(which) and (low % 2 == 0) != (which == "even")
    high -= bool(which) and (high % 2 == 0) != (which == "even")
    return f"({low}+{high})*({(high - low) // step + 1})/2" if low <= high else None


def _continued(m: re.Match[str]) -> str | None:
    """Terms, an ellipsis and a last term: the sum or product where exactly one even growth fits."""
    op = "+" if m["op"] == "+" else "*"
    parts = re.split(r"\s*(?:\+|(?<=\d)\s*-(?=\s*\d))\s*|\s*(?:[*×·]|\\cdot|\\times)\s*", m["head"])
    if (op == "+" and re.search(r"\d\s*[-*×·]", m["head"])) or (op == "*" and re.search(r"\d\s*[-+]", m["head"])):
        return None
    try:
        terms = [Fraction(part.replace(",", "")) for part in (*parts, m["last"])]
    except (ValueError, ZeroDivisionError):
        return None
    return _grown(terms[:-1], terms[-1], op)


def _grown(terms: list[Fraction], last: Fraction, op: str) -> str | None:
    if len(terms) < 2 or terms[0] == terms[1]:
        return None
    step, even = terms[1] - terms[0], all(b - a == terms[1] - terms[0] for a, b in pairwise(terms))
    count = (last - terms[0]) / step + 1
    evenly = even and count.denominator == 1 and len(terms) < count <= _MOST
    powers = _count_of_powers(terms, last)
    if evenly == bool(powers):
        return None
    if evenly and op == "+":
        return f"({terms[0]}+({last}))*{count}/2"
    if evenly:
        whole = step.denominator == terms[0].denominator == 1 and count <= 1000
        return f"prod(range({terms[0]}, {last + step / abs(step)}, {step}))" if whole else None
    ratio = terms[1] / terms[0]
    return f"({terms[0]})*(({ratio})^{powers}-1)/(({ratio})-1)" if op == "+" else None


def _count_of_powers(terms: list[Fraction], last: Fraction) -> int:
    """How many terms there are where each is the one before it times the same factor; 0 where they are not."""
    if 0 in terms or len({b / a for a, b in pairwise(terms)}) != 1:
        return 0
    ratio, reached, count = terms[1] / terms[0], terms[-1], len(terms)
    while count < 400 and abs(reached) != abs(last) and (abs(reached) < abs(last)) == (abs(ratio) > 1):
        reached, count = reached * ratio, count + 1
    return count if reached == last and count > len(terms) else 0
