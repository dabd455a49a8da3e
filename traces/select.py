"""A small, safe language to choose trajectories: `kept and tools >= 2 and difficulty > 3`, `0 < pass_rate < 1`, `"C2" in codes`.

    or, and, not, ( ), comparisons (== != < <= > >=, chained), `in`, `not in`; numbers, "text", true, false, none, [lists]

Nothing is executed: the text is parsed into closures over the fields below. A list of names (`tools`, `codes`) compares with a
number by its length. A comparison with none is false, but for == and !=. What is wrong is told before anything is read, with its position.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, NoReturn

from traces.record import Verdict
from traces.stored import Stored

Kind = Literal["bool", "number", "text", "names", "none", "list"]
_LONGEST = 2000
_DEEPEST = 50


class Candidate(NamedTuple):
    """What an expression is asked about. `pass_rate` is called only where it is named."""

    stored: Stored
    pass_rate: Callable[[], float | None]


class Field(NamedTuple):
    """A name of the language."""

    kind: Kind
    read: Callable[[Candidate], Any]
    meaning: str


FIELDS: Mapping[str, Field] = {
    "kept": Field("bool", lambda c: c.stored.decision == "keep", "whether it was kept"),
    "repaired": Field("bool", lambda c: c.stored.repair > 0, "whether it is a repair of an earlier trajectory"),
    "corrected": Field(
        "bool",
        lambda c: bool(c.stored.plain.get("corrected")),
        "whether its program was first wrong and then right, by itself or after a critique",
    ),
    "decision": Field("text", lambda c: c.stored.decision, "keep, repair, reject, error or none"),
    "family": Field("text", lambda c: c.stored.family, "the kind of task"),
    "difficulty": Field("number", lambda c: c.stored.difficulty, "1 to 9"),
    "steps": Field("number", lambda c: c.stored.steps, "assistant messages"),
    "calls": Field("number", lambda c: c.stored.calls, "tool calls"),
    "tokens": Field("number", lambda c: c.stored.tokens, "input and output tokens"),
    "attempt": Field("number", lambda c: c.stored.attempt, "number of the attempt at its task"),
    "tools": Field("names", lambda c: c.stored.tools_used, "the different tools called"),
    "codes": Field("names", lambda c: c.stored.codes, "error codes of the decision"),
    "ending": Field("text", lambda c: c.stored.ending, "how it ended: answered, turn_limit, ..."),
    "key": Field("text", lambda c: c.stored.key, "the trajectory's key"),
    "slot": Field("text", lambda c: c.stored.slot, "the task's slot"),
    "model": Field("text", lambda c: c.stored.plain["lineage"]["model"], "the model that was sampled"),
    "answerable": Field(
        "bool", lambda c: c.stored.task.oracle is None or c.stored.task.oracle.answerable, "by the oracle"
    ),
    "seconds": Field("number", lambda c: c.stored.duration, "how long the attempt took"),
    "notes": Field(
        "names", lambda c: tuple(kind or "words" for _, _, kind, _ in c.stored.notes), "good, bad or words, by people"
    ),
    "first_error.step": Field("number", lambda c: c.stored.first_bad_step, "the first bad step, or none"),
    "first_error.code": Field("text", lambda c: _first_code(c.stored), "its error code, or none"),
    "mistakes": Field(
        "number",
        lambda c: sum(label["value"] < 0 for label in c.stored.plain.get("labels", ())),
        "steps that are known to be wrong: the teacher logs its own, of other models nothing is known",
    ),
    "disputed": Field(
        "bool", lambda c: c.stored.disputed is not None, "whether critics and programs disagree on a step"
    ),
    "reward": Field(
        "number",
        lambda c: min((reward.value for reward in c.stored.rewards), default=None),
        "the least share of right continuations of a step (`winnow rewards`), or none",
    ),
    "reproduction": Field(
        "text",
        lambda c: reproduction(c.stored.verdicts),
        "by a stored verification: same, differs or unscored; or none",
    ),
    "pass_rate": Field(
        "number", lambda c: c.pass_rate(), "share of the task's judged attempts that were kept, or none"
    ),
}


def reproduction(verdicts: Iterable[Verdict]) -> str | None:
    """What came of running the calls again, where that was stored: same, differs or unscored."""
    found = {v.status for v in verdicts if v.grader == "reproduction"}
    if not found:
        return None
    return "differs" if "fail" in found else "same" if "pass" in found else "unscored"


def _first_code(stored: Stored) -> str | None:
    if stored.first_bad_step is None:
        return None
    return next((v.code for v in stored.verdicts if v.first_error and v.status == "fail"), None)


class SelectError(Exception):
    """An expression that cannot be read: `position` counts characters from 0."""

    def __init__(self, text: str, position: int, cause: str) -> None:
        super().__init__(f"{cause} (at character {position + 1})\n  {text}\n  {' ' * position}^")
        self.text, self.position, self.cause = text, position, cause


@dataclass(frozen=True)
class Expression:
    """A parsed expression. `names` are the fields it reads."""

    text: str
    names: frozenset[str]
    test: Callable[[Candidate], bool]


def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        SelectError: with the position, what is known, and the nearest name.
    """
    if len(text) > _LONGEST:
        raise SelectError(text[:60] + " ...", 60, f"the expression is longer than {_LONGEST} characters")
    parser = _Parser(text)
    node = parser.whole()
    return Expression(text, frozenset(parser.names), node.read)


class _Token(NamedTuple):
    kind: Literal["number", "text", "name", "sign", "end"]
    text: str
    at: int


class _Node(NamedTuple):
    kind: Kind
    read: Callable[[Candidate], Any]
    at: int


_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<text>\"[^\"]*\"|'[^']*')|(?P<name>[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<sign>==|!=|<=|>=|[<>()\[\],]))"
)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TOLD: Mapping[Kind, str] = {"bool": "true or false", "names": "list of names", "none": "none"}
_WORDS = ("and", "or", "not", "in", "true", "false", "none")


def _tokens(text: str) -> list[_Token]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            place += len(text[place:]) - len(text[place:].lstrip())
            hint = ": use == to compare" if text[place] == "=" else ""
            raise SelectError(text, place, f"{text[place]!r} means nothing here{hint}")
        kind: Any = match.lastgroup
        found.append(_Token(kind, match[kind], match.start(kind)))
        place = match.end()
    return [*found, _Token("end", "", len(text))]


class _Parser:
    def __init__(self, text: str) -> None:
        self._text, self._tokens, self._depth = text, _tokens(text), 0
        self.names: set[str] = set()

    def whole(self) -> _Node:
        node = self._truth(self._any())
        if self._now.kind != "end":
            self._fail(self._now.at, f"{self._now.text!r} was not expected; `and` or `or` goes between conditions")
        return node

    @property
    def _now(self) -> _Token:
        return self._tokens[0]

    def _fail(self, at: int, cause: str) -> NoReturn:
        raise SelectError(self._text, at, cause)

    def _take(self, *texts: str) -> _Token | None:
        if self._now.kind in ("name", "sign") and self._now.text in texts:
            return self._tokens.pop(0)
        return None

    def _any(self) -> _Node:
        return self._joined("or", any, self._all)

    def _all(self) -> _Node:
        return self._joined("and", all, self._not)

    def _joined(self, word: str, join: Callable[[Any], bool], part: Callable[[], _Node]) -> _Node:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        reads = [self._truth(node).read for node in parts]
        return _Node("bool", lambda c: join(read(c) for read in reads), parts[0].at)

    def _not(self) -> _Node:
        if token := self._take("not"):
            inner = self._nested(self._not, token.at)
            read = self._truth(inner).read
            return _Node("bool", lambda c: not read(c), token.at)
        return self._comparison()

    def _nested(self, part: Callable[[], _Node], at: int) -> _Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail(at, "the expression is nested too deeply")
        node = part()
        self._depth -= 1
        return node

    def _comparison(self) -> _Node:
        left = self._operand()
        tests: list[Callable[[Candidate], bool]] = []
        while sign := self._sign():
            right = self._operand()
            tests.append(self._compared(left, sign, right))
            left = right
        return _Node("bool", lambda c: all(test(c) for test in tests), left.at) if tests else left

    def _sign(self) -> _Token | None:
        if self._now.text == "not" and self._tokens[1].text == "in":
            token = self._tokens.pop(0)
            self._tokens.pop(0)
            return token
        return self._take("in", *_ORDER)

    def _compared(self, left: _Node, sign: _Token, right: _Node) -> Callable[[Candidate], bool]:
        if sign.text in ("in", "not"):
            if right.kind not in ("list", "names") or left.kind in ("list", "names"):
                self._fail(sign.at, "`in` wants one value before it and a list or `tools` or `codes` after it")
            wanted = sign.text == "in"
            return lambda c: (left.read(c) in right.read(c)) is wanted
        left, right = _sized(left, right), _sized(right, left)
        if "list" in (left.kind, right.kind) or not (left.kind == right.kind or "none" in (left.kind, right.kind)):
            told = (_TOLD.get(node.kind, node.kind) for node in (left, right))
            self._fail(sign.at, f"{' and '.join(f'a {kind}' for kind in told)} cannot be compared with {sign.text}")
        return _ordered(left.read, sign.text, right.read)

    def _operand(self) -> _Node:
        token = self._tokens.pop(0) if self._now.kind != "end" else self._now
        if token.kind == "number":
            return _constant("number", float(token.text) if "." in token.text else int(token.text), token.at)
        if token.kind == "text":
            return _constant("text", token.text[1:-1], token.at)
        if token.text == "(":
            inner = self._nested(self._any, token.at)
            self._expect(")", token.at)
            return inner
        if token.text == "[":
            return self._list(token.at)
        if token.kind != "name":
            self._fail(token.at, f"{token.text!r} was not expected" if token.text else "a value is missing here")
        return self._name(token)

    def _expect(self, sign: str, opened: int) -> None:
        if not self._take(sign):
            self._fail(self._now.at, f"{sign!r} is missing for what opens at character {opened + 1}")

    def _list(self, at: int) -> _Node:
        values: list[Any] = []
        while not self._take("]"):
            token = self._tokens.pop(0) if self._now.kind in ("number", "text") else None
            if token is None:
                hint = f'; did you mean "{self._now.text}"?' if self._now.kind == "name" else ""
                self._fail(self._now.at, f"a list holds numbers and texts{hint}")
            values.append(float(token.text) if token.kind == "number" else token.text[1:-1])
            if self._now.text != "]":
                self._expect(",", at)
        return _constant("list", values, at)

    def _name(self, token: _Token) -> _Node:
        constants: dict[str, tuple[Kind, Any]] = {
            "true": ("bool", True),
            "false": ("bool", False),
            "none": ("none", None),
        }
        if token.text in constants:
            return _constant(*constants[token.text], token.at)
        if token.text in _WORDS:
            self._fail(token.at, f"a value is missing before {token.text!r}")
        if token.text not in FIELDS:
            near = get_close_matches(token.text, [*FIELDS, *_WORDS], 1)
            hint = f"did you mean {near[0]}? " if near else ""
            self._fail(token.at, f"{token.text} is not known; {hint}known are {', '.join(FIELDS)}")
        self.names.add(token.text)
        field = FIELDS[token.text]
        return _Node(field.kind, field.read, token.at)

    def _truth(self, node: _Node) -> _Node:
        if node.kind != "bool":
            self._fail(node.at, f"a {_TOLD.get(node.kind, node.kind)} is no condition; compare it with something")
        return node


def _constant(kind: Kind, value: Any, at: int) -> _Node:
    return _Node(kind, lambda _: value, at)


def _sized(node: _Node, other: _Node) -> _Node:
    """A list of names beside a number is its length."""
    if node.kind == "names" and other.kind == "number":
        return _Node("number", lambda c: len(node.read(c)), node.at)
    return node


def _ordered(
    left: Callable[[Candidate], Any], sign: str, right: Callable[[Candidate], Any]
) -> Callable[[Candidate], bool]:
    compare = _ORDER[sign]

    def test(candidate: Candidate) -> bool:
        a, b = left(candidate), right(candidate)
        if (a is None or b is None) and sign not in ("==", "!="):
            return False
        return compare(a, b)

    return test
