"""Structured answers compared as data: JSON objects and lists of them, and calls ("f(city='Rome', days=3)")."""

import ast
import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from graders.answers.formulas import KNOWN
from graders.wording import Verdict


class Call(NamedTuple):
    name: str
    positional: tuple[object, ...]
    named: tuple[tuple[str, object], ...]


_CALL = re.compile(r"[A-Za-z_][\w.]{2,}\([^()=]*,[^()=]*\)")
"""A call without names of arguments."""


def structured(one: str, two: str) -> Verdict | None:
    """Two records or calls by their values; None where either is none."""
    if not (_may_be(one) and _may_be(two)):
        return None
    a, b = _data(one), _data(two)
    return None if a is None or b is None else _compare(a, b)


def _may_be(text: str) -> bool:
    return (
        len(text) <= 10_000
        and (("{" in text and ":" in text) or ("(" in text and "=" in text) or _CALL.fullmatch(text) is not None)
        and text[-1] in "})]"
    )


def _data(text: str) -> object:
    """A record, a call or a list of them; None for anything else, sets and tuples of figures among it."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        found = _python(text)
    return found if _holds_record(found) else None


def _python(text: str) -> object:
    try:
        return _value(
            ast.parse(text.replace("null", "None").replace("true", "True").replace("false", "False"), mode="eval").body
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        return None


def _value(node: ast.expr) -> object:
    if isinstance(node, ast.Call):
        named = ((k.arg or "", _value(k.value)) for k in node.keywords)
        return Call(
            ast.unparse(node.func), tuple(_value(a) for a in node.args), tuple(sorted(named, key=lambda k: k[0]))
        )
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(each) for each in node.elts]
    if isinstance(node, ast.Dict):
        return {_value(k): _value(v) for k, v in zip(node.keys, node.values, strict=True) if k is not None}
    return ast.literal_eval(node)


def _holds_record(found: object) -> bool:
    if isinstance(found, Call):
        return bool(found.named) or (len(found.name) > 2 and found.name not in KNOWN and len(found.positional) > 1)
    return isinstance(found, dict) or (isinstance(found, list) and bool(found) and all(_holds_record(x) for x in found))


def _compare(a: object, b: object) -> Verdict:
    if isinstance(a, Call) and isinstance(b, Call):
        if len(a.positional) != len(b.positional) and a.name == b.name:
            return "undecided"
        return _all(
            _compare(x, y)
            for x, y in ((a.name, b.name), (list(a.positional), list(b.positional)), (dict(a.named), dict(b.named)))
        )
    if isinstance(a, dict) and isinstance(b, dict):
        return _all(_compare(a[key], b[key]) for key in a) if a.keys() == b.keys() else "different"
    if isinstance(a, list) and isinstance(b, list):
        return _all(map(_compare, a, b)) if len(a) == len(b) else "different"
    return _plain(a, b)


def _plain(a: object, b: object) -> Verdict:
    """Two plain values; a number in quotation marks is left open."""
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return "equal" if a is b else "undecided" if str(a).lower() == str(b).lower() else "different"
    if isinstance(a, str) and isinstance(b, str):
        same = a.split() == b.split() or a.casefold().split() == b.casefold().split()
        return "equal" if same else "undecided" if _near(a) == _near(b) else "different"
    if isinstance(a, int | float) and isinstance(b, int | float):
        return "equal" if a == b else "different"
    return "undecided" if str(a) == str(b) else "different"


def _near(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _all(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    return "different" if "different" in found else "undecided" if "undecided" in found else "equal"
