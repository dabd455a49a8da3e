"""Rewrites the LaTeX that answers and calls are written in to the calculator's own spelling. A command not in the tables is refused."""

import re
from fractions import Fraction

from tools.calculator import limits
from tools.calculator.result import CalculationError

_PART = re.compile(r"\\[a-zA-Z]+\*?|\\.|\{,\}|[{}^_]|\d+(?:\.\d+)?|.", re.DOTALL)
_DIGITS = re.compile(r"(?<![\w.^)])(\d+) ?$")
_DECIMAL = re.compile(r"(?<![\w.,])(\d{1,50})\.(\d{0,50})$")
_SPACES = (
    "\\,",
    "\\;",
    "\\:",
    "\\!",
    "\\ ",
    "\\quad",
    "\\qquad",
    "\\displaystyle",
    "\\textstyle",
    "\\limits",
    "\\left",
    "\\right",
)
_SIZES = ("\\big", "\\Big", "\\bigg", "\\Bigg", "\\bigl", "\\bigr", "\\Bigl", "\\Bigr", "\\biggl", "\\biggr")
_SIGNS: dict[str, str] = {
    "\\cdot": "*", "\\times": "*", "\\ast": "*", "\\div": "/", "\\pi": " pi ", "\\tau": " tau ", "\\infty": " inf ",
    "\\le": "<=", "\\leq": "<=", "\\ge": ">=", "\\geq": ">=", "\\ne": "!=", "\\neq": "!=", "\\lt": "<", "\\gt": ">",
    "\\equiv": "=", "\\to": "->", "\\rightarrow": "->", "\\%": "%", "\\$": "$", "\\#": "#", "\\&": "&", "\\{": "[", "\\}": "]",
    "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\mid": "|", "\\|": "|", "\\lfloor": " floor(", "\\rfloor": ")",
    "\\lceil": " ceil(", "\\rceil": ")", "\\bmod": " mod ", "\\mod": " mod ", "\\degree": "°", "\\circ": "°",
    "\\lbrace": "[", "\\rbrace": "]", "\\lparen": "(", "\\rparen": ")", "\\lbrack": "[", "\\rbrack": "]", "\\cdotp": "*",
    "\\theta": " theta ", "\\alpha": " alpha ", "\\beta": " beta ", "\\phi": " phi ", "\\varphi": " phi ", "\\lambda": " lambda_ ",
    "\\colon": ":", "\\euro": "€", "\\pounds": "£", "{,}": ",",
}  # fmt: skip
_FUNCTIONS = frozenset(
    (
        "ln",
        "exp",
        "sin",
        "cos",
        "tan",
        "sec",
        "csc",
        "cot",
        "sinh",
        "cosh",
        "tanh",
        "arcsin",
        "arccos",
        "arctan",
        "arccot",
        "gcd",
        "lcm",
        "max",
        "min",
        "det",
        "mod",
        "lim",
        "log",
        "sqrt",
        "floor",
        "ceil",
        "abs",
    )
)
_TEXTS = (
    "\\text",
    "\\mathrm",
    "\\operatorname",
    "\\mathit",
    "\\mathbf",
    "\\textbf",
    "\\mbox",
    "\\boxed",
    "\\textrm",
    "\\mathsf",
    "\\fbox",
)
_FRACS = ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac")
_BINOMS = ("\\binom", "\\dbinom", "\\tbinom")


def from_latex(text: str) -> str:
    """The expression without LaTeX. Raises CalculationError: syntax, too_complex."""
    reader = _Reader(_PART.findall(text))
    return reader.until("")


class _Reader:
    def __init__(self, parts: list[str]) -> None:
        self.parts = parts
        self.at = 0
        self.depth = 0

    def until(self, end: str) -> str:
        """What stands up to `end` (or the end of the text), rewritten."""
        self.deeper()
        out: list[str] = []
        while self.at < len(self.parts):
            part = self.take()
            if part == end:
                break
            if part == "}":
                raise CalculationError("syntax", "A closing brace } has no opening brace.")
            self.put(part, out)
        else:
            if end:
                raise CalculationError("syntax", f"The LaTeX group is not closed; {end} is missing.")
        self.depth -= 1
        return "".join(out)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > 2 * limits.DEPTH:
            raise CalculationError("too_complex", f"LaTeX groups are nested more than {limits.DEPTH} deep.")

    def take(self) -> str:
        if self.at >= len(self.parts):
            raise CalculationError("syntax", "The LaTeX ends where an argument is missing.")
        part = self.parts[self.at]
        self.at += 1
        return part

    def put(self, part: str, out: list[str]) -> None:
        if part in _FRACS:
            self.fraction(out)
        elif part in _BINOMS:
            out.append(f" comb({self.argument(last=False)},{self.argument()})")
        elif part == "\\sqrt":
            out.append(self.root())
        elif part in ("\\overline", "\\bar"):
            self.repeating(out)
        elif part == "\\pmod":
            out.append(f" mod ({self.argument()})")
        elif part in _TEXTS:
            out.append(f" {self.argument()} " if part != "\\boxed" else f"({self.argument()})")
        elif part in ("^", "_"):
            out.append(self.raised() if part == "^" else f"_({self.lowered(out)})")
        elif part == "{":
            out.append(self.group())
        elif part.startswith("\\") or part == "{,}":
            out.append(self.command(part))
        else:
            out.append(part)

    def argument(self, last: bool = True) -> str:
        """A braced group, or the one digit, letter or command that TeX takes as argument. After the last no digit may follow."""
        self.deeper()
        part = self.take()
        while part == " ":
            part = self.take()
        found = self.until("}") if part == "{" else self.one(part, last)
        self.depth -= 1
        return found

    def one(self, part: str, last: bool) -> str:
        if part[0].isdigit() and len(part) > 1:
            if last:
                raise CalculationError(
                    "syntax",
                    f"It is not clear which digits of {part} belong to the LaTeX command before it; use braces.",
                )
            self.at -= 1
            self.parts[self.at] = part[1:]
            return part[0]
        out: list[str] = []
        self.put(part, out)
        return "".join(out)

    def fraction(self, out: list[str]) -> None:
        top, bottom = self.argument(last=False), self.argument()
        before = _DIGITS.search("".join(out[-3:]))
        if before and top.isdecimal() and bottom.isdecimal() and 0 < Fraction(top) < Fraction(bottom):
            joined = "".join(out)
            out[:] = [joined[: len(joined) - len(before[0])], f"({before[1]}+{top}/{bottom})"]
        else:
            out.append(f"(({top})/({bottom}))")

    def repeating(self, out: list[str]) -> None:
        """`0.1\\overline{6}` is 1/6."""
        before, digits = _DECIMAL.search("".join(out)), self.argument()
        if before is None or not digits.isdecimal() or len(digits) > limits.ROUND_DIGITS:
            raise CalculationError(
                "syntax", "A line over digits marks those that repeat, after a decimal point: 0.1\\overline{6}."
            )
        scale = 10 ** len(before[2])
        value = Fraction(int(before[1] + before[2]), scale) + Fraction(int(digits), (10 ** len(digits) - 1) * scale)
        out[:] = ["".join(out)[: before.start()], f"({value})"]

    def root(self) -> str:
        degree = ""
        if self.at < len(self.parts) and self.parts[self.at] == "[":
            self.at += 1
            degree = self.until("]")
        body = self.argument()
        return f" root({body},{degree})" if degree else f" sqrt({body})"

    def raised(self) -> str:
        rest = self.parts[self.at : self.at + 1]
        if rest and rest[0][0].isdigit():
            return "^"
        raised = self.argument()
        return "°" if raised.strip() == "°" else f"^({raised})"

    def lowered(self, out: list[str]) -> str:
        """A base: `\\log_10 5` has base 10, as an argument follows; of `\\log_28` it cannot be told."""
        digits = self.parts[self.at] if self.at < len(self.parts) else ""
        after = next((part for part in self.parts[self.at + 1 :] if part != " "), "")
        logarithm = bool(out) and out[-1].strip() == "log"
        if digits.isdecimal() and (not logarithm or after[:1].isalnum() or after[:1] in ("(", "{", "\\")):
            self.at += 1
            return digits
        return self.argument()

    def group(self) -> str:
        inside = self.until("}")
        if "@choose" in inside:
            top, _, bottom = inside.partition("@choose")
            return f" comb({top},{bottom})"
        return f"({inside})" if inside.strip() else ""

    def command(self, part: str) -> str:
        if part in _SPACES or part in _SIZES:
            return self.after_left() if part in ("\\left", "\\right") else " "
        if part in _SIGNS:
            return _SIGNS[part]
        if part == "\\log" and not self.based():
            return " log10 "
        if part[1:] in _FUNCTIONS:
            return f" {part[1:]}" if self.at < len(self.parts) and self.parts[self.at] == "_" else f" {part[1:]} "
        if part == "\\choose":
            return "@choose"
        raise CalculationError(
            "syntax", f"The LaTeX command {part} is not known here; write the expression in plain characters."
        )

    def based(self) -> bool:
        """Whether a base follows the logarithm; without one it is 10, as in schools."""
        rest = [part for part in self.parts[self.at : self.at + 3] if part != " "]
        return rest[:1] == ["_"]

    def after_left(self) -> str:
        if self.at < len(self.parts) and self.parts[self.at] == ".":
            self.at += 1
        return ""
