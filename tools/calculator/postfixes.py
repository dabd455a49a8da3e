"""What may stand after a value: ! % ° superscripts, and words such as `squared`, `million`, `choose`."""

import re

from tools.calculator.calls import Calls
from tools.calculator.functions import trigonometry
from tools.calculator.lexer import read_number
from tools.calculator.tree import Call, Degrees, Each, Factorial, Items, Name, Node, Num, Percent, Power, Product

_AFTER_PERCENT = frozenset(
    ("end", ")", "]", "}", ",", "*", "/", "//", "**", "^", "=", "==", "<", ">", "<=", ">=", "!=", "|", "%", ":")
)
_INFIX = frozenset(
    (
        "of",
        "mod",
        "modulo",
        "MOD",
        "Mod",
        "to",
        "in",
        "into",
        "as",
        "choose",
        "percent",
        "pct",
        "for",
        "and",
        "or",
        "if",
    )
)
_SCALE_NAMES = frozenset(("C", "F"))
_CHOICE = re.compile(r"(nCr|nPr|C|P)(\d*)")
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}


_SHORT_SCALES = {"k": 10**3, "M": 10**6, "mn": 10**6, "B": 10**9, "bn": 10**9}
_LISTS = (Call, Items, Each)
_TRIGONOMETRY = frozenset(f.name for f in trigonometry.FUNCTIONS)


class Postfixes(Calls):
    """Reads a value and the signs after it."""

    __slots__ = ()

    def postfix(self) -> Node:
        node = self.primary()
        while True:
            token = self.token
            kind = token.kind
            if kind == "!" or kind == "!!":
                node = self.factorial(node)
            elif kind == "super":
                self.next()
                if self.token.kind == "√":
                    raise self.error("A raised number before √ may be an exponent or the root's degree; use brackets")
                node = Power(node, Num(token.value))  # type: ignore[arg-type]
            elif kind == "°":
                self.next()
                node = self.temperature(node) if self.is_name(_SCALE_NAMES) else self.degrees(node)
            elif kind == "[" and not token.spaced and isinstance(node, _LISTS):
                node = self.indexed(node)
            elif kind == "%" and self.is_percent():
                self.next()
                node = Percent(node)
            elif kind == "name" and not self.variables:
                worded = self.worded(node, str(token.value))
                if worded is None:
                    return node
                node = worded
            else:
                return node

    def temperature(self, node: Node) -> Node:
        self.units = True
        return Product((node, Name("degC" if self.next().value == "C" else "degF")), ("*",))

    def indexed(self, node: Node) -> Node:
        """`sorted([3, 1])[0]`."""
        self.deeper()
        self.next()
        index = self.comparison()
        self.expect("]", "to close the index")
        self.depth -= 1
        return Call("item", (node, index))

    def degrees(self, node: Node) -> Node:
        if isinstance(node, Call) and node.name in _TRIGONOMETRY:
            raise self.error(
                f"Degrees belong to the argument; write {node.name}(45°), or degrees(...) to convert a result"
            )
        self.angles = True
        return Degrees(node)

    def factorial(self, node: Node) -> Node:
        step = 2 if self.next().kind == "!!" else 1
        if self.token.kind in ("!", "!!"):
            raise self.error("More than two ! in a row are ambiguous; use brackets")
        return Factorial(node, step)

    def worded(self, node: Node, word: str) -> Node | None:
        """What a word after a value makes of it; None where it is not a postfix."""
        if word in ("percent", "pct"):
            self.next()
            return Percent(node)
        if word in ("squared", "cubed"):
            self.next()
            return Power(node, Num(2 if word == "squared" else 3))
        if word in ("deg", "degree", "degrees") and self.peek().kind != "(":
            self.next()
            return self.degrees(node)
        if isinstance(node, Num) and (word in _SCALES or (word in _SHORT_SCALES and self.is_short())):
            self.next()
            return Num(node.value * (_SCALES.get(word) or _SHORT_SCALES[word]))
        choice = _CHOICE.fullmatch(word)
        if word == "choose" or (choice and isinstance(node, Num) and (choice[2] or self.peek().kind == "number")):
            self.next()
            chosen = Num(read_number(choice[2])) if choice and choice[2] else self.primary()
            return Call("perm" if choice and choice[1] in ("P", "nPr") else "comb", (node, chosen))
        return None

    def is_short(self) -> bool:
        """Whether the letter is glued to its number and no name."""
        value = self.token.value
        return not self.token.spaced and value not in self.bound and not any(t.value == "for" for t in self.tokens)

    def is_percent(self) -> bool:
        """Whether % is a percent sign and not the remainder operator."""
        after, glued = self.peek(), not self.token.spaced
        if after.kind in ("+", "-"):
            return glued or self.peek(2).spaced
        if after.kind in _AFTER_PERCENT or (after.kind == "name" and after.value in _INFIX):
            return True
        if glued and (after.spaced != (after.kind == "(")):
            raise self.error("It is not clear whether % is percent or remainder here; write /100 * or mod")
        return False
