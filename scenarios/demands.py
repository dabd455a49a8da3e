"""Demands on a text that a program can check: how long, in which form, with which words. Each kind is a pure function, its wordings, and a
way to break it.

A demand is met or not by the text alone. Words are runs of letters, digits, apostrophes and hyphens; sentences end with a full stop, a
question mark or an exclamation mark before a blank or the end; last words are compared without regard to capitals and the full stop.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from traces.task import Demand


class Kind(NamedTuple):
    """`met` takes the text, the demand's number and its text; `spoil` gives a text that no longer meets it."""

    met: Callable[[str, int, str], bool]
    wordings: tuple[str, ...]
    spoil: Callable[[str, int, str], str]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?]+(?=\s|$)", text.strip()))


def _times(text: str, word: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))


def _keys(text: str) -> list[str] | None:
    """The keys of a text that is a JSON object, alone or in a fence; None for anything else."""
    fenced = re.fullmatch(r"\s*```(?:json)?\s*\n(.*)```\s*", text, re.DOTALL)
    try:
        value = json.loads(fenced[1] if fenced else text)
    except ValueError:
        return None
    return list(value) if isinstance(value, dict) else None


def _bullets(text: str) -> int:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) if all(re.match(r"\s*[-*•]\s", line) for line in lines) else 0


KINDS: Mapping[str, Kind] = {
    "words_most": Kind(
        lambda text, n, _: len(words(text)) <= n,
        ("use at most {n} words", "write no more than {n} words"),
        lambda text, n, _: " ".join([text] * (n // max(1, len(words(text))) + 1)),
    ),
    "words_least": Kind(
        lambda text, n, _: len(words(text)) >= n,
        ("use at least {n} words", "write no fewer than {n} words"),
        lambda text, n, _: " ".join(text.split()[: n // 2]) + ".",
    ),
    "sentences": Kind(
        lambda text, n, _: _sentences(text) == n,
        ("write exactly {n} sentences", "it has to be {n} sentences long"),
        lambda text, n, _: f"One more thing comes to mind. {text}",
    ),
    "bullets": Kind(
        lambda text, n, _: _bullets(text) == n,
        ("give exactly {n} bullet points and nothing else", "answer in {n} bullet points alone"),
        lambda text, n, _: f"{text}\n- One more thing comes to mind.",
    ),
    "no_commas": Kind(
        lambda text, n, _: "," not in text,
        ("do not use any commas", "leave out commas altogether"),
        lambda text, n, _: text.replace(" ", ", ", 1),
    ),
    "lower": Kind(
        lambda text, n, _: text == text.lower(),
        ("write everything in lower case", "use no capital letters"),
        lambda text, n, _: text.replace("a", "A", 1),
    ),
    "keyword": Kind(
        lambda text, n, word: _times(text, word) == n,
        ('use the word "{t}" exactly {times}', 'have the word "{t}" in it {times}'),
        lambda text, n, word: re.sub(rf"\b{re.escape(word)}\b", "that", text, count=1, flags=re.IGNORECASE),
    ),
    "ending": Kind(
        lambda text, n, end: text.rstrip(" .!").casefold().endswith(end.casefold()),
        ('end with the words "{t}"', 'let the last words be "{t}"'),
        lambda text, n, end: f"{text.rstrip()} i hope that helps.",
    ),
    "json": Kind(
        lambda text, n, keys: _keys(text) == keys.split(" and "),
        ('give JSON alone with the keys {keys} in this order', 'answer only with a JSON object that has the keys {keys} in this order'),
        lambda text, n, keys: f"here it is: {text}",
    ),
}  # fmt: skip


def met(demand: Demand, text: str) -> bool:
    """Whether a text does what is demanded."""
    return bool(text.strip()) and KINDS[demand.kind].met(text, demand.number, demand.text)


def told(demand: Demand, wording: int = 0) -> str:
    """The demand in words."""
    wordings = KINDS[demand.kind].wordings
    times = "once" if demand.number == 1 else f"{demand.number} times"
    return wordings[wording % len(wordings)].format(n=demand.number, t=demand.text, times=times, keys=demand.text)


def read(said: str) -> Demand:
    """The demand that words make. Raises ValueError where they make none."""
    flat = " ".join(said.split()).strip(' ."')  # a quotation mark at the end is lost where a query is read
    for kind, _, pattern in _patterns():
        if found := pattern.fullmatch(flat):
            return _demand(kind, found)
    raise ValueError(f"{said!r} is no demand that can be checked")


def found_in(query: str) -> Iterator[Demand]:
    """The demands that a query makes in these very words."""
    flat = " ".join(query.split())
    low = flat.casefold()
    for kind, beginning, pattern in _patterns():
        for found in pattern.finditer(flat) if beginning in low else ():
            yield _demand(kind, found)


def _demand(kind: str, found: re.Match[str]) -> Demand:
    values = found.groupdict()
    number = 1 if values.get("once") else int(values.get("n") or 0)
    return Demand(kind=kind, number=number, text=values.get("t") or "")


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each wording of each kind: how it begins, in small letters, and what finds it."""
    wordings = [(kind, wording) for kind, spoken in KINDS.items() for wording in spoken.wordings]
    return tuple((kind, wording.partition("{")[0].casefold(), _pattern(wording)) for kind, wording in wordings)


def _pattern(wording: str) -> re.Pattern[str]:
    text = re.escape(wording).replace(r"\{n\}", r"(?P<n>\d{1,5})")
    text = text.replace(r"\{times\}", r"(?:(?P<once>once)|(?P<n>\d{1,5}) times)")
    text = text.replace(r"\{keys\}", r'"?(?P<t>\w+(?: and \w+)+)"?')
    text = text.replace(r'"\{t\}"', r'"(?P<t>[^"]+)(?:"|$)')
    return re.compile(rf"(?<!\w){text}(?!\w)", re.IGNORECASE)
