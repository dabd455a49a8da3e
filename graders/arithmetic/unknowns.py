"""Equations with unknowns, held to the values that the same text gives those: "4x = 32" beside "x = 8", "with x = 3: 2x + 1 = 7".

A value counts where the text finds it and gives no other; a linear equation in that unknown alone must then hold. Where values are put
in ("when x = 3 and y = 2"), so must what the sentence says next. What is supposed, one of several cases, or measured in two units is
left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from graders.arithmetic.assertions import OPEN, doubted
from graders.arithmetic.consequences import Equation, equation, is_value
from graders.arithmetic.latex import FIGURE, GROUPS, LINES, SEGMENT, THIN, apart_at_commas, inner_of, is_formula
from graders.expression_nodes import Value
from graders.expressions import Expression, close, expression


class Statement(NamedTuple):
    """An equality or a chain of them, with the text before and behind it."""

    written: str
    before: str
    behind: str


_SENTENCE = re.compile(r"[.!?;]\s|\n")
_CLAUSE = re.compile(
    r",\$?\s|\b(?:so|then|thus|hence|therefore|means|gives?|gets?|have|finds?|yields)\s", re.IGNORECASE
)
_PUT_IN = re.compile(
    r"\b(?:when|for|at|if|with|where|given|since|as|because|using|once|knowing|set(?:s|ting)?|substitut\w+|plug\w*|put(?:s|ting)?|let(?:ting)?|tak(?:e|ing))\b",
    re.IGNORECASE,
)
"""Before a value: it is put in, or known."""
_NOT_FOUND = re.compile(
    r"\b(?:when|for|at|if|where|set(?:s|ting)?|substitut\w+|plug\w*|put(?:s|ting)?|let(?:ting)?|tak(?:e|ing)|suppos\w+|assum\w+|tr(?:y|ies|ying)|"
    r"guess\w*|either|cases?|line|axis|asymptote|points?|until|from)\b",
    re.IGNORECASE,
)
"""Before a value: it is not what the unknown comes to."""
_SEVERAL = re.compile(r"[^\w\n]*(?:or\b|(?:and|to|through)?[^\w\n]*-?\d+(?:\.\d+)?(?:[\s,.;$]|\Z))")
"""Behind a value: it is one of several."""
_CONCLUDES = re.compile(r"\b(?:so|hence|thus|therefore|then)\b[^.]{0,30}$", re.IGNORECASE)
_OF = re.compile(r"\b(?:root|solution|zero|satisf\w+|not|fails?)\b|n't\b", re.IGNORECASE)
_DECIMAL = re.compile(r"\d\.\d|(?<!\d)\.\d")
_UNIT = re.compile(r"\s*([a-z]{3,})", re.IGNORECASE)


def unsolved(found: Iterable[Statement]) -> Iterator[str]:
    """Linear equations that do not hold for the only value that is found for their unknown."""
    values: defaultdict[str, dict[Value, Statement]] = defaultdict(dict)
    linear: list[tuple[Equation, Statement]] = []
    several: set[str] = set()
    for statement in found:
        here = equation(statement.written)
        if here is None:
            continue
        solution = here.solution()
        if solution is None or (is_value(here) and not is_found(statement)):
            several |= {here.name} if is_value(here) else set()
        elif is_value(here):
            values[here.name][solution] = statement
        elif not _NOT_FOUND.search(_clause(statement)):
            linear.append((here, statement))
    for here, statement in linear:
        known = values.get(here.name, {})
        if here.name in several or len(known) != 1:
            continue
        ((value, told),) = known.items()
        rounded = _DECIMAL.search(told.written) is not None
        if here.holds(value) is False and not (rounded and _nearly(here, value)) and not _two_units(statement, told):
            yield f"{here.written} does not hold for {told.written.strip()}"


def misput(found: Iterable[Statement]) -> Iterator[str]:
    """Chains that do not hold for the values that their own sentence puts in, or for those found before where they conclude from them."""
    put: dict[str, Value] = {}
    known: dict[str, Value] = {}
    several: set[str] = set()
    last = ""
    for statement in found:
        between = statement.before[len(last) :] if statement.before.startswith(last) else ""
        if _SENTENCE.search(between) or _OF.search(between):
            put = {}
        here = equation(statement.written)
        value = here.solution() if here and is_value(here) else None
        if here and is_value(here):
            if value is None or _SEVERAL.match(statement.behind) or known.get(here.name, value) != value:
                several.add(here.name)
                put.pop(here.name, None)
            else:
                known[here.name] = value
                if put or _PUT_IN.search(_clause(statement)):
                    put[here.name] = value
        else:
            if put:
                yield from _broken(statement.written, put, least=1)
            if _CONCLUDES.search(statement.before[-60:]):
                yield from _broken(statement.written, {n: v for n, v in known.items() if n not in several}, least=2)
        last = statement.before


def _clause(statement: Statement) -> str:
    """The clause before a statement, up to it."""
    return _CLAUSE.split(_SENTENCE.split(statement.before[-120:])[-1])[-1]


def sentence_before(statement: Statement) -> str:
    """What its sentence says before a statement."""
    return _SENTENCE.split(statement.before[-160:])[-1]


def is_found(statement: Statement, *, several: bool = False) -> bool:
    """Whether a value is what its unknown comes to, as far as the clause before it tells; with `several` it may be one of them."""
    return not _NOT_FOUND.search(_clause(statement)) and (several or not _SEVERAL.match(statement.behind))


def is_put_in(statement: Statement) -> bool:
    """Whether the clause before a statement puts a value in, or knows it."""
    return bool(_PUT_IN.search(_clause(statement)))


def _nearly(here: Equation, value: Value) -> bool:
    solution = here.solution()
    return solution is not None and abs(complex(solution) - complex(value)) <= 0.02 * max(abs(complex(value)), 1)


def _two_units(one: Statement, two: Statement) -> bool:
    """Whether a word stands behind either, and not the same."""
    words = [m[1].lower().rstrip("s") for each in (one, two) if (m := _UNIT.match(each.behind))]
    return len(set(words)) > 1


def _broken(written: str, at: Mapping[str, Value], least: int) -> Iterator[str]:
    sides = [(side.strip(), expression(_plain(side))) for side in written.split("=")]
    for (a, one), (b, two) in pairwise(sides):
        if not one or not two or not least <= len(one.names | two.names) or not one.names | two.names <= set(at):
            continue
        mine, theirs = _value(one, at), _value(two, at)
        if mine is None or theirs is None or close(mine, theirs):
            continue
        if not _DECIMAL.search(a + b) or abs(complex(mine) - complex(theirs)) > 0.02 * max(abs(complex(theirs)), 1):
            told = ", ".join(f"{name} = {at[name]}" for name in sorted(one.names | two.names))
            yield f"{a} is not {b} for {told}"


def _plain(side: str) -> str:
    return side.strip().rstrip(".,").replace("\\boxed", " ").replace("\\$", " ")


def _value(found: Expression, at: Mapping[str, Value]) -> Value | None:
    try:
        return found.node(at)
    except (ValueError, ZeroDivisionError, OverflowError, KeyError):
        return None


def statements(text: str) -> Iterator[Statement]:
    """The equalities that the formulas of a text assert, in order, each up to a comma or the end of a line."""
    bare = FIGURE.sub(" ", text)
    for m in SEGMENT.finditer(bare):
        inner = inner_of(m)
        if "=" not in inner or not is_formula(m) or OPEN.search(inner) or doubted(bare, m.start(), m.end(), inner):
            continue
        for line in LINES.split(THIN.sub(" ", GROUPS.sub("", inner))):
            for part in apart_at_commas(line):
                if "=" in part:
                    yield Statement(part.replace("&", " "), bare[: m.start()], bare[m.end() :])


_AMOUNT = r"\$?(?:\d[\d,]*(?:\.\d+)?|\.\d+)%?(?:\s?[A-Za-z](?![A-Za-z']))?"
_OPERAND = rf"[-−]?\s?\(*\s?(?:{_AMOUNT}|(?<![A-Za-z'])[A-Za-z](?![A-Za-z']))(?:\s?\)(?:\s?\^\s?\d)?)*(?:\s?\^\s?\d)?"
_SIDE = rf"{_OPERAND}(?:\s?[-−–+*/×·÷]\s?{_OPERAND}|{_OPERAND.replace('[-−]?', '', 1).replace('(*', '(+', 1)})*"
_PROSE = re.compile(rf"(?<![\w.,$^*/×·÷+=)-])(?<![-+*/×·÷=]\s){_SIDE}(?:\s?=\s?{_SIDE})+(?![\w(^*/×·÷+])")
_TIMES = re.compile(r"\d\s?[xX]\s?[\d($]")


def in_prose(text: str) -> Iterator[Statement]:
    """The equalities with letters that stand in plain text: "we get 3j + j = 64"."""
    for m in _PROSE.finditer(text):
        plain = re.sub(r"(\d[\d.]*)%", r"(\1/100)", re.sub(r"(?<=\d),(?=\d{3})", "", m[0].replace("$", "")))
        if re.search(r"[A-Za-z]", m[0]) and not _TIMES.search(m[0]):
            yield Statement(plain, text[: m.start()], text[m.end() :])
