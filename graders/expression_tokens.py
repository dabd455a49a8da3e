# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""The tokens of a mathematical expression in plain notation or LaTeX: numbers, names, functions, signs and brackets.

A text with anything else in it has no tokens at all. Spacing, `\\left` and `\\right` are left out.
"""

import re
from typing import NamedTuple

_GREEK = (
    "alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|kappa|lambda|mu|nu|xi|(?:var)?rho|sigma|tau|(?:var)?phi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Sigma|Phi|Psi|Omega|hbar|ell"
)
LETTERS = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Greek letters by the names that LaTeX has for them."""
_TOKEN = re.compile(
    r"\s*(?:(?P<num>\d+(?:\.\d+)?|\.\d+)|(?P<frac>\\[dtc]?frac|\\[dt]?binom)|(?P<sqrt>\\sqrt|√|∛)|(?P<fn>\\?(?:arcsin|arccos|arctan|arccot|arcsec|arccsc|asin|acos|atan|sinh|cosh|tanh|sin|cos|tan|cot|sec|cosec|csc|cis|sqrt|ln|log|lg|exp|abs)(?![a-zA-Z]))|"
    rf"(?P<name>\\?pi(?![a-zA-Z])|π|τ|φ|(?:\\angle\s*\{{?[A-Z]{{1,3}}(?![A-Za-z])\}}?|\\(?:{_GREEK})(?![a-zA-Z])|[A-Za-zα-ρσ-ωϵ])(?:_(?:\{{\s*\\?\w+\s*\}}|\\?\w+))?)|(?P<op>\*\*|\\cdot|\\times|\\div|[-+*/^!·×÷−]|_)|(?P<open>[(\[{{]|\\left\s*[(\[|{{]|\\{{)|(?P<close>[)\]}}]|\\right\s*[)\]|}}]|\\}})|(?P<bar>\|)|(?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
_OPS = {"**": "^", "\\cdot": "*", "\\times": "*", "\\div": "/", "·": "*", "×": "*", "÷": "/", "−": "-"}
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOISE = re.compile(
    r"\\hspace\s*\{[^{}]*\}|\\[,;!: ]|\\(?:displaystyle|mathrm|mathit|operatorname|quad|,)|\\left(?=[.])|\\right(?=[.])|\$|~|&"
)


class Token(NamedTuple):
    """A token, with the name of the group in `_TOKEN` that it matched as its kind."""

    kind: str
    text: str


def formula_tokens(text: str) -> list[Token] | None:
    """The tokens of a text; None where something in it is none."""
    clean = _NOISE.sub(" ", text).strip()
    found, position = [], 0
    while position < len(clean):
        m = _TOKEN.match(clean, position)
        if not m or m.end() == position:
            return None
        kind = m.lastgroup or ""
        found.append(Token(kind, _OPS.get(m[kind], m[kind]).replace("\\left", "").replace("\\right", "").strip()))
        position = m.end()
    return found


def plain_name(text: str) -> str:
    """A name in one spelling: "x_{1}" as "x_1", "\\varepsilon" as "epsilon"."""
    bare = re.sub(r"[\\{}\s]|(?<=\\)var", "", text)
    return LETTERS.get(bare[0], bare[0]) + bare[1:]
