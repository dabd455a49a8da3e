"""Python programs that differ from one in a single place, as a careless programmer's would: another comparison, operator, constant or word,
or a statement left out.

Whether a mutant does anything else is not known here: run it. Equal programs and seeds give equal mutants.
"""

import ast
import random
from collections.abc import Iterator
from typing import NamedTuple

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATE: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}  # fmt: skip
_WORDS = {"min": "max", "max": "min", "any": "all", "all": "any", "append": "extend", "lower": "upper", "upper": "lower",
          "startswith": "endswith", "endswith": "startswith", "floor": "ceil", "ceil": "floor", "lstrip": "rstrip",
          "rstrip": "lstrip"}  # fmt: skip


class Mutant(NamedTuple):
    """A program with one change, and what was changed, in words."""

    why: str
    code: str


def mutants_of(code: str, name: str, most: int, rng: random.Random) -> list[Mutant]:
    """Up to `most` different mutants of the function `name`, chosen by chance. Raises SyntaxError for what is no Python."""
    count = len(list(_changes(_function(ast.parse(code), name))))
    found: dict[str, Mutant] = {}
    for place in rng.sample(range(count), count):
        tree = ast.parse(code)
        why = list(_changes(_function(tree, name)))[place].make()
        found.setdefault(changed := ast.unparse(ast.fix_missing_locations(tree)) + "\n", Mutant(why, changed))
        if len(found) == most:
            break
    return list(found.values())


class _Change(NamedTuple):
    """A place of a tree that can be changed; `make` does it and says what."""

    node: ast.AST
    kind: str
    at: int = 0

    def make(self) -> str:
        match self.node:
            case ast.Compare(ops=ops):
                old, new = type(ops[self.at]), _COMPARE[type(ops[self.at])]
                ops[self.at] = new()
                return f"compares by {new.__name__} instead of {old.__name__}"
            case ast.BinOp(op=op) | ast.AugAssign(op=op):
                self.node.op = _OPERATE[type(op)]()
                return f"computes {type(self.node.op).__name__} instead of {type(op).__name__}"
            case ast.BoolOp(op=op):
                self.node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
                return f"joins conditions by {type(self.node.op).__name__}"
            case ast.Constant(value=bool() | int() | float() as value):
                self.node.value = not value if isinstance(value, bool) else value + 1
                return f"has {self.node.value!r} for {value!r}"
            case ast.Name(id=word):
                self.node.id = _WORDS[word]
                return f"calls {self.node.id} for {word}"
            case ast.Attribute(attr=word):
                self.node.attr = _WORDS[word]
                return f"calls {self.node.attr} for {word}"
        body = getattr(self.node, self.kind)
        left = body[self.at]
        body[self.at] = ast.Pass()
        return f"leaves out `{ast.unparse(left).splitlines()[0][:80]}`"


def _changes(function: ast.AST) -> Iterator[_Change]:
    for node in ast.walk(function):
        match node:
            case ast.Compare(ops=ops):
                yield from (_Change(node, "ops", at) for at, op in enumerate(ops) if type(op) in _COMPARE)
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPERATE:
                yield _Change(node, "op")
            case ast.BoolOp():
                yield _Change(node, "op")
            case ast.Constant(value=value) if isinstance(value, bool | int | float):
                yield _Change(node, "value")
            case ast.Name(id=word, ctx=ast.Load()) if word in _WORDS:
                yield _Change(node, "id")
            case ast.Attribute(attr=word) if word in _WORDS:
                yield _Change(node, "attr")
        for part in ("body", "orelse"):
            statements = getattr(node, part, None)
            for at, statement in enumerate(statements if isinstance(statements, list) else ()):
                if isinstance(statement, ast.Assign | ast.AugAssign | ast.If | ast.For | ast.Expr) and not _says(
                    statement
                ):
                    yield _Change(node, part, at)


def _says(statement: ast.stmt) -> bool:
    """Whether it is a docstring or another mere value."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _function(tree: ast.Module, name: str) -> ast.AST:
    """The definition of the function; the whole program where it is bound in another way."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return next((node for node in tree.body if isinstance(node, kinds) and node.name == name), tree)
