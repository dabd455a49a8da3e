"""Runs inside sandbox sessions, as text: how plain values travel between the session of the solution and that of its tests.

Only plain data travels (numbers, text, bytes, lists, tuples, sets, dictionaries, dates, fractions), rebuilt from text on arrival, so
nothing of the solution's making, such as an object that equals everything, ever reaches the tests. This file knows no file beside it.
"""

import ast as _ast
import builtins as _builtins
import datetime as _datetime
import decimal as _decimal
import fractions as _fractions
import json as _json
import pathlib as _pathlib
import random as _random
import sys as _sys
import traceback as _traceback
import types as _types
from collections.abc import Callable
from itertools import product as _product
from typing import Any


class Untold(BaseException):
    """A value that cannot travel. A BaseException, so that no test takes it for a failure of the solution."""


class Unknown(BaseException):
    """A call whose result is not known yet."""


_CALLS = {
    "complex": (complex, lambda v: [v.real, v.imag]),
    "date": (_datetime.date, lambda v: [v.year, v.month, v.day]),
    "datetime": (
        _datetime.datetime,
        lambda v: [v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond],
    ),
    "time": (_datetime.time, lambda v: [v.hour, v.minute, v.second, v.microsecond]),
    "timedelta": (_datetime.timedelta, lambda v: [v.days, v.seconds, v.microseconds]),
    "Fraction": (_fractions.Fraction, lambda v: [v.numerator, v.denominator]),
    "Decimal": (_decimal.Decimal, lambda v: [str(v)]),
    "range": (range, lambda v: [v.start, v.stop, v.step]),
    "bytearray": (bytearray, lambda v: [bytes(v)]),
}
_SEQUENCES: dict[str, Any] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}


def encode(value: Any, depth: int = 0) -> Any:
    """A value as JSON can hold it. Raises Untold."""
    kind = type(value)
    if depth > 60:
        raise Untold("nested too deeply")
    if value is None or kind in (bool, str):
        return value
    if kind in (int, float):
        return {kind.__name__: repr(value)}
    if kind is bytes:
        return {"bytes": value.hex()}
    if kind.__name__ in _SEQUENCES and kind is _SEQUENCES[kind.__name__]:
        return {kind.__name__: [encode(inner, depth + 1) for inner in value]}
    if kind is dict:
        return {"dict": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]}
    for name, (made, parts) in _CALLS.items():
        if kind is made and getattr(value, "tzinfo", None) is None:
            return {name: [encode(part, depth + 1) for part in parts(value)]}  # type: ignore[no-untyped-call]
    if kind.__module__ == "numpy" and hasattr(value, "tolist"):
        return {"array": [str(value.dtype), encode(value.tolist(), depth + 1)]}
    raise Untold(f"{kind.__module__}.{kind.__name__}" + (" compares as it likes" if _own_comparison(kind) else ""))


def _own_comparison(kind: type) -> bool:
    """Whether a class of the solution says itself what its objects equal, so that it could equal anything."""
    found = (
        getattr(kind, f"__{name}__", None) for name in ("eq", "ne", "lt", "gt", "le", "ge", "bool", "len", "contains")
    )
    return any(getattr(getattr(f, "__code__", None), "co_filename", "") == "<solution>" for f in found)


def decode(data: Any) -> Any:
    """The value again."""
    if not isinstance(data, dict):
        return data
    ((name, inside),) = data.items()
    if name in ("int", "float"):
        return int(inside) if name == "int" else float(inside)
    if name == "bytes":
        return bytes.fromhex(inside)
    if name in _SEQUENCES:
        return _SEQUENCES[name](decode(inner) for inner in inside)
    if name == "dict":
        return {decode(k): decode(v) for k, v in inside}
    if name == "array":
        import numpy

        return numpy.array(decode(inside[1]), dtype=inside[0])[()]
    return _CALLS[name][0](*(decode(part) for part in inside))


def answer(function: Callable[..., Any], asked: str) -> str:
    """In the solution's session: make the calls, in order, and tell what each returned or raised, and what its arguments are afterwards."""
    told: list[Any] = []
    for call in _json.loads(asked):
        arguments, named = decode(call[0]), decode(call[1])
        called = ", ".join([*map(_shown, arguments), *(f"{name}={_shown(value)}" for name, value in named.items())])
        try:
            returned = function(*arguments, **named)
            told.append({"returned": encode(returned), "left": encode(arguments), "shown": _shown(returned)})
        except Untold as untold:
            told.append({"untold": str(untold)})
        except Exception as error:
            names = [kind.__name__ for kind in type(error).__mro__]
            told.append({"raised": names, "said": str(error)[:500], "at": _at(error)})
        told[-1]["called"] = called
    return _json.dumps(told)


def _shown(value: Any) -> str:
    """A value as a report shows it, cut where it is long."""
    try:
        text = repr(value)
    except Exception:
        text = f"a {type(value).__name__}"
    return text if len(text) <= 200 else f"{text[:200]}..."


def _at(error: BaseException) -> str:
    """The line of the solution that raised."""
    lines = [f.lineno for f in _traceback.extract_tb(error.__traceback__) if f.filename == "<solution>"]
    return f" (line {lines[-1]} of the program)" if lines else ""


def json_in(name: str) -> Any:
    """What stands in a file of the work folder, which is then no longer there."""
    path = _pathlib.Path(name)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    return _json.loads(text)


def in_short(text: str) -> str:
    """A text, or the name of the file in which it stands where it is too long for an answer."""
    if len(text) < 200_000:
        return text
    _pathlib.Path("told.json").write_text(text, encoding="utf-8")
    return "told.json"


class Anything:
    """Stands for a result not known yet, while a test is only listened to: it agrees with all that is said of it."""

    def __call__(self, *_: Any, **__: Any) -> "Anything":
        return self

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return 0

    def __int__(self) -> int:
        return 0

    __index__ = __int__

    def __float__(self) -> float:
        return 0.0

    def __iter__(self) -> Any:
        return iter(())

    def __contains__(self, item: object) -> bool:
        return True

    def _same(self, *_: Any) -> "Anything":
        return self

    def _yes(self, *_: Any) -> bool:
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __ne__ = _yes
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _same
    __neg__ = __abs__ = __getitem__ = __round__ = _same


class Stub:
    """Stands for the solution in the session of the tests: it replays what the solution answered, and notes what it was asked."""

    def __init__(self, name: str, known: str, *, listening: bool) -> None:
        self.__name__ = name
        self._known: list[Any] = _json.loads(known)
        self._listening = listening
        self.asked: list[Any] = []

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        place = len(self.asked)
        self.asked.append([encode(list(arguments)), encode(named)])
        if place < len(self._known) and self._known[place]["call"] == self.asked[place]:
            return self._replay(self._known[place]["answer"], arguments)
        if self._listening:
            return Anything()
        raise Unknown

    def _replay(self, answer: dict[str, Any], arguments: tuple[Any, ...]) -> Any:
        if "untold" in answer:
            raise Untold(answer["untold"])
        if "raised" in answer:
            raise _error(answer["raised"], answer["said"])
        for given, left in zip(arguments, decode(answer["left"]), strict=True):
            _become(given, left)
        return decode(answer["returned"])


def _error(names: list[str], said: str) -> Exception:
    """The nearest built-in kind of exception; one of a kind that a solution defines itself counts as its parent."""
    kinds = (getattr(_builtins, name, None) for name in names)
    kind = next((k for k in kinds if isinstance(k, type) and issubclass(k, Exception)), Exception)
    try:
        return kind(said)
    except TypeError:
        return Exception(said)


def _become(given: Any, left: Any) -> None:
    """Give an argument the content it had after the call, where the solution changed it in place."""
    if type(given) is list and given != left:
        given[:] = left
    elif type(given) in (dict, set) and given != left:
        given.clear()
        given.update(left)


class _Listening(_ast.NodeTransformer):
    """Asserts become mere expressions whose failure stops nothing, so that one pass hears every call."""

    def visit_Assert(self, node: _ast.Assert) -> _ast.Try:
        handler = _ast.ExceptHandler(type=_ast.Name("Exception", _ast.Load()), name=None, body=[_ast.Pass()])
        return _ast.Try(body=[_ast.Expr(node.test)], handlers=[handler], orelse=[], finalbody=[])


def run_test(prompt: str, test: str, form: str, name: str, known: str, listening: bool) -> str:
    """In the session of the tests: one pass over them with a stub in the solution's place. Gives JSON: status, reason, calls."""
    stub = Stub(name, known, listening=listening)
    try:
        status, reason = _pass(prompt, test, form, name, stub, listening)
    except Unknown:
        status, reason = "unknown", ""
    except Untold as untold:
        status, reason = "untold", str(untold)
    return _json.dumps({"status": status, "reason": reason, "asked": stub.asked})


def run_beside(space: dict[str, Any], test: str, form: str, name: str) -> str:
    """The tests in one session with the solution, whose names stand in `space`."""
    space["candidate"] = space[name]
    _as_module(space)
    try:
        exec(compile(test, "<test>", "exec"), space)
        _carry_out(space, form, space[name])
    except BaseException as error:
        return _json.dumps({"status": "failed", "reason": _reason(error) + _at(error)})
    return _json.dumps({"status": "passed", "reason": ""})


def _pass(prompt: str, test: str, form: str, name: str, stub: Stub, listening: bool) -> tuple[str, str]:
    _random.seed(0)
    space: dict[str, Any] = {"__name__": "tests"}
    exec(compile(prompt, "<prompt>", "exec"), space)
    space |= {name: stub, "candidate": stub}
    _as_module({**space, "__getattr__": _unheard})
    tree = _ast.parse(test)
    if listening:
        tree = _ast.fix_missing_locations(_Listening().visit(tree))
    try:
        exec(compile(tree, "<test>", "exec"), space)
        _carry_out(space, form, stub)
    except NameError as error:
        return "untold", _reason(error)
    except Exception as error:
        return "failed", _reason(error)
    return "passed", ""


_MODULE = "solution"
"""The module that tests may import the solution from."""


def _as_module(space: dict[str, Any]) -> None:
    """Let tests import what stands in `space` as a module."""
    module = _types.ModuleType(_MODULE)
    module.__dict__.update(space)
    _sys.modules[_MODULE] = module


def _unheard(name: str) -> Any:
    """A name of the solution other than its entry point, which no stub stands for. Python asks for some of its own."""
    if name.startswith("__"):
        raise AttributeError(name)
    raise Untold(f"{_MODULE}.{name}")


def _carry_out(space: dict[str, Any], form: str, candidate: Any) -> None:
    """What a test that was only defined still needs: a call of `check`, of each `test_*` function, or a run of its cases."""
    if form == "check":
        space["check"](*[candidate][: space["check"].__code__.co_argcount])
    elif form == "functions":
        for name, function in [*space.items()]:
            if name.startswith("test") and callable(function):
                _tested(function, candidate)
    elif form == "unittest":
        _cases(space)


def _tested(function: Any, candidate: Any) -> None:
    """A test function, once for each of its parameters where `pytest.mark.parametrize` gives it some."""
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
    if not marks:
        function(*[candidate][: function.__code__.co_argcount])
        return
    for chosen in _product(*(_parameters(*mark.args[:2]) for mark in marks)):
        function(**{name: value for given in chosen for name, value in given.items()})


def _parameters(names: Any, values: Any) -> list[dict[str, Any]]:
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [
        value.values if type(value).__name__ == "ParameterSet" else [value] if len(names) == 1 else value
        for value in values
    ]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _cases(space: dict[str, Any]) -> None:
    import io
    import unittest

    kinds = [
        v
        for v in space.values()
        if isinstance(v, type) and issubclass(v, unittest.TestCase) and v is not unittest.TestCase
    ]
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(kind) for kind in kinds)
    result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    if not result.testsRun:
        raise AssertionError("no test case was found")
    if not result.wasSuccessful():
        case, trace = (result.failures + result.errors)[0]
        places = [line.split("line ")[1].split(",")[0] for line in trace.splitlines() if 'File "<test>"' in line]
        where = f" ({case.id().rpartition('.')[2]}, line {places[-1]})" if places else ""
        raise AssertionError(trace.strip().splitlines()[-1] + where)


def _reason(error: BaseException) -> str:
    """The failing line of the test and the exception, in one line. Frames that hide themselves as in pytest are not the user's lines."""
    frames = [
        number
        for frame, number in _traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == "<test>" and not frame.f_locals.get("__tracebackhide__")
    ]
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    if not frames and type(error) is AssertionError and str(error):
        return str(error)[:600]
    return f"line {frames[-1]} of the test: {said}"[:600] if frames else said[:600]
