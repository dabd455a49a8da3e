# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""Text cut into numbers, signs and words, and into the runs of them that may be arithmetic."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graders.numbers import Mention, numbers


class Token(NamedTuple):
    kind: str
    """num, op, open, close, eq, unit, or stop (what ends an expression)."""
    text: str
    start: int
    end: int
    mention: Mention | None = None


_GAP = re.compile(
    r"""
      (?P<skip>[\s\u00a0\u202f]+|\\boxed\s?\{|\\[,;!: ]|\\(?:left|right|displaystyle|quad|qquad|\(|\)|\[|\])|[`~]|\$|\\(?=\$)|&)
    | (?P<bad>≠|->|→|!=|<=|>=|[<>!?|√∑^]{2,}|//)
    | (?P<eq>==?|≈|≃|≅|≡|\\approx|\\simeq|\\equiv|=>)
    | (?P<pow>\*\*|\^)
    | (?P<op>[+×*·÷/]|[-−–](?=[\s\d($€£.\\*])|\\times|\\cdot|\\div)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPS = {
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "\\times": "*",
    "\\cdot": "*",
    "\\div": "/",
    "x": "*",
    "X": "*",
}
_WORD_OPS = {"plus": "+", "minus": "-", "times": "*", "of": "of", "x": "*", "X": "*", "over": "/"}
_PHRASES = re.compile(
    r"(?P<mul>multiplied\s+by)|(?P<div>divided\s+by)|(?P<eq>(?:,?\s*which\s+)?(?:is\s+equal\s+to|equals|is|gives|makes|comes\s+to|yields|=\s*)(?:\s+(?:about|approximately|roughly|around|exactly))?)\b",
    re.IGNORECASE,
)
HEDGES = frozenset(("about approximately roughly around approx circa nearly exactly").split())
_NOT_UNITS = frozenset(
    (
        "and or is was are were from to in at by for with than then so which that as on if when while since because but "
        "not no minus plus times of the a an it its this these those we i you he she they gives mod modulo remainder "
        "choose factorial squared cubed between among until through vs versus"
    ).split()
)
FUNCTIONS = frozenset(
    (
        "log ln lg exp sin cos tan sqrt abs max min mean avg average sum floor ceil round mod gcd lcm root median var std"
    ).split()
)


def _gap_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    position = start
    while position < end:
        phrase = _PHRASES.match(text, position, end)
        if phrase and (phrase[0][0] == "," or position == 0 or not text[position - 1].isalpha()):
            kind = "eq" if phrase["eq"] else "op"
            yield Token(kind, "*" if phrase["mul"] else "/" if phrase["div"] else phrase[0], position, phrase.end())
            position = phrase.end()
            continue
        m = _GAP.match(text, position)
        m = m if m and m.end() <= end else _GAP.match(text, position, end)
        if not m:
            return
        position = m.end()
        if token := _gap_token(m):
            yield token


def _gap_token(m: re.Match[str]) -> Token | None:
    kind, word, start, end = m.lastgroup or "other", m[0], m.start(), m.end()
    if kind == "skip":
        return None
    if kind == "word":
        if word.lower() in _WORD_OPS:
            return Token("op", _WORD_OPS[word.lower()], start, end)
        if word.lower() in HEDGES:
            return Token("hedge", word, start, end)
        return Token(
            "unit" if word.lower() not in _NOT_UNITS | FUNCTIONS and word[0].islower() else "stop", word, start, end
        )
    if kind == "pow":
        return Token("op", "^" if word == "^" else "**", start, end)
    if kind == "op":
        return Token("op", _OPS.get(word, word), start, end)
    return Token(kind if kind in ("eq", "open", "close") else "stop", word, start, end)


def tokens_of(text: str) -> list[Token]:
    """The text as tokens; a negative figure behind an operand is a minus and a figure."""
    found: list[Token] = []
    position = 0
    for m in numbers(text):
        found.extend(_gap_tokens(text, position, m.start))
        position = m.end
        if m.glued or m.dated or m.kind == "ordinal":
            found.append(Token("stop", m.text, m.start, m.end))
            continue
        signed = m.text[0] in "-−–+"
        if signed and found and found[-1].kind in ("num", "close", "unit"):
            found.append(Token("op", "-" if m.text[0] != "+" else "+", m.start, m.start + 1))
            m = _unsigned(m)
        found.append(Token("num", m.text, m.start, m.end, m))
    found.extend(_gap_tokens(text, position, len(text)))
    return found


def _unsigned(m: Mention) -> Mention:
    stripped = m.text[1:].lstrip()
    return m._replace(
        start=m.end - len(stripped), text=stripped, readings=tuple(r._replace(value=abs(r.value)) for r in m.readings)
    )


def tidy(run: list[Token]) -> list[Token]:
    """Without unit words behind a number and without the stars of bold type."""
    kept: list[Token] = []
    for i, token in enumerate(run):
        after = run[i + 1] if i + 1 < len(run) else None
        if token.kind in ("unit", "hedge"):
            continue
        if token.text == "**":
            power = kept and kept[-1].kind in ("num", "close") and after is not None and after.kind in ("num", "open")
            if not power:
                continue
            token = token._replace(text="^")
        kept.append(token)
    return kept


def runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], Token | None]]:
    """Maximal runs of arithmetic, each with the token before it. A word is in a run only behind a number ("3 apples")."""
    run: list[Token] = []
    before: Token | None = None
    previous: Token | None = None
    words = 0
    for token in tokens:
        words = words + 1 if token.kind == "unit" else 0
        fits = token.kind in ("num", "op", "open", "close", "eq", "hedge")
        if token.kind == "unit":
            fits = bool(run) and words <= 2 and run[-1].kind in ("num", "unit", "close")
        if fits:
            if not run:
                before = previous
            run.append(token)
        elif run:
            yield run, before
            run = []
        previous = token
    if run:
        yield run, before
