"""Reads what stored models look like off their source: each class with its docstring, each field with its type, default and docstring."""

import ast
from collections.abc import Iterator
from inspect import cleandoc, getsource
from itertools import zip_longest
from types import ModuleType
from typing import NamedTuple


class FieldDoc(NamedTuple):
    """A field as its source gives it; `default` is empty where a value must be given."""

    name: str
    type: str
    default: str
    meaning: str


class ModelDoc(NamedTuple):
    """A model class with its fields, in order."""

    name: str
    meaning: str
    fields: tuple[FieldDoc, ...]


class ChoiceDoc(NamedTuple):
    """A closed list of values: a module-level `Literal`."""

    name: str
    values: tuple[str, ...]
    meaning: str


def models(module: ModuleType) -> Iterator[ModelDoc]:
    """The classes of a module that have annotated fields."""
    for node in ast.parse(getsource(module)).body:
        if isinstance(node, ast.ClassDef) and (fields := tuple(_fields(node))):
            yield ModelDoc(node.name, cleandoc(ast.get_docstring(node) or ""), fields)


def choices(module: ModuleType) -> Iterator[ChoiceDoc]:
    """The closed lists of a module."""
    body = ast.parse(getsource(module)).body
    for node, after in zip_longest(body, body[1:]):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Subscript(value=ast.Name(id="Literal"), slice=values)
            ):
                listed = values.elts if isinstance(values, ast.Tuple) else [values]
                yield ChoiceDoc(name, tuple(ast.literal_eval(value) for value in listed), _string(after))


def _fields(node: ast.ClassDef) -> Iterator[FieldDoc]:
    for field, after in zip_longest(node.body, node.body[1:]):
        match field:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                yield FieldDoc(name, ast.unparse(annotation), _default(value), _string(after))


def _default(value: ast.expr | None) -> str:
    match value:
        case None:
            return ""
        case ast.Call(keywords=[ast.keyword(arg="default_factory", value=made)]):
            return f"{ast.unparse(made)}()"
    return ast.unparse(value)


def _string(node: ast.stmt | None) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return cleandoc(text)
    return ""
