"""A run: its funnel, and its trajectories in dense rows with a strip of their steps. Every filter stands in the address."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from agents.budget import Rates
from traces.counts import Counts, Tally
from traces.finding import Find, Money
from traces.rows import Filters
from winnow.about import about_run
from winnow.invocation import command
from winnow.lineage import level, own_ids
from winnow.reasons import name_of, not_judged, reasons
from winnow.view.render import page
from winnow.view.shelf import Book, Shelf
from winnow.view.standing import standing
from winnow.view.words import expression

PAGE = 200
_AMOUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}", re.ASCII)
_DECISIONS = ("keep", "reject", "repair", "error", "none")
_NOTED = ("any", "good", "bad")
_RANGES = ("steps", "tokens", "seconds")
_UNSAID = {"q": "words", "min_usd": "dollars", "max_usd": "dollars"}


class Choice(NamedTuple):
    """A value a filter may take, with how many attempts have it."""

    value: str
    label: str
    attempts: int | None = None


class Kind(NamedTuple):
    """Trajectories of one kind: what they share, the filter that finds them, how they came out."""

    name: str
    address: str
    tally: Tally


class Bar(NamedTuple):
    """A reason for rejection; `share` is of the longest bar, in steps of five percent."""

    code: str
    name: str
    rejected: int
    sent_back: int
    share: int


def book_of(request: Request) -> Book:
    """The run an address names. Raises HTTPException 404."""
    shelf: Shelf = request.app.state.shelf
    book = shelf.get(request.path_params["run"])
    if book is None:
        raise HTTPException(404, f"There is no run {request.path_params['run']!r} here.")
    return book


def show(request: Request) -> Response:
    """The table, one page of it."""
    book, asked = book_of(request), {k: v for k, v in request.query_params.items() if v}
    find, after = find_of(asked, book.rates), _whole(asked.get("after")) or 0
    ledger, index, imported = book.ledger, book.words, book.folder.origin_file.is_file()
    counts = ledger.counts()
    rows = ledger.find(find, after=after, limit=PAGE + 1)
    chosen = {k: v for k, v in asked.items() if k != "after"}
    values = {
        "rows": rows[:PAGE],
        "own": own_ids(ledger, (row.key for row in rows[:PAGE])) if imported else {},
        "imported": imported,
        "found": ledger.found(find),
        "searching": find.indexed and not index.done,
        "trouble": index.trouble if find.indexed else "",
        "next": urlencode({**chosen, "after": rows[PAGE - 1].id}) if len(rows) > PAGE else "",
        "first": urlencode(chosen) if after else "",
        "here": urlencode(chosen),
        "export_command": command(
            "export", book.folder.path, *(["--where", asked_for] if (asked_for := where(find)) else [])
        ),
        "unsaid": sorted({told for name, told in _UNSAID.items() if chosen.get(name)}),
    }
    shown = page(
        "table.html", title=book.name, run=book.name, counts=counts, chosen=chosen, bars=bars(counts),
        choices=_choices(counts), groups=_groups(counts), lost=not_judged(counts),
        how=standing(book.folder), ranges=(*_RANGES, *(["usd"] if book.rates else [])), facts={} if after else _facts(book), **values,
    )  # fmt: skip
    return HTMLResponse(shown)


def find_of(asked: Mapping[str, str], rates: Rates | None = None) -> Find:
    """All that an address asks for; money only where there are prices."""
    spent = (_amount(asked.get("min_usd")), _amount(asked.get("max_usd")))
    return Find(
        filters_of(asked),
        min_tokens=_whole(asked.get("min_tokens")),
        max_tokens=_whole(asked.get("max_tokens")),
        min_seconds=_whole(asked.get("min_seconds")),
        max_seconds=_whole(asked.get("max_seconds")),
        noted=asked.get("note") if asked.get("note") in _NOTED else None,
        words=expression(asked.get("q", "")),
        disputed=asked.get("disputed") == "yes",
        money=Money(rates.input, rates.output, *spent) if rates and spent != (None, None) else None,
    )


def where(find: Find) -> str:
    """What of it `winnow export --where` can be asked, as it is written there."""
    f = find.filters
    tests = [
        ("decision == {}", f.decision), ("{} in codes", f.code), ("family == {}", f.family), ("difficulty == {}", f.difficulty),
        ("{} in tools", f.tool), ("steps >= {}", f.min_steps), ("steps <= {}", f.max_steps), ("tokens >= {}", find.min_tokens),
        ("tokens <= {}", find.max_tokens), ("seconds >= {}", find.min_seconds), ("seconds <= {}", find.max_seconds),
        ("notes >= {}", 1 if find.noted == "any" else None), ("{} in notes", find.noted if find.noted != "any" else None),
        ("disputed == {}", True if find.disputed else None),
    ]  # fmt: skip
    return " and ".join(test.format(_literal(value)) for test, value in tests if value is not None)


def _literal(value: float | str) -> str:
    return str(value).lower() if not isinstance(value, str) else '"' + value.replace('"', "") + '"'


def filters_of(asked: Mapping[str, str]) -> Filters:
    """The filters an address asks for; what is no filter, or no number, does not matter."""
    return Filters(
        decision=asked.get("decision") if asked.get("decision") in _DECISIONS else None,
        code=asked.get("code"),
        family=asked.get("family"),
        difficulty=_whole(asked.get("difficulty")),
        tool=asked.get("tool"),
        min_steps=_whole(asked.get("min_steps")),
        max_steps=_whole(asked.get("max_steps")),
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 16 else None


def _amount(text: str | None) -> float | None:
    return float(text) if text and _AMOUNT.fullmatch(text) else None


def bars(counts: Counts) -> list[Bar]:
    """The commonest reasons for which trajectories were not kept."""
    found = reasons(counts)[:12]
    most = max((reason.lost for reason in found), default=1)
    return [
        Bar(r.code, r.name, r.tally.rejected, r.tally.revised, max(5, 5 * round(20 * r.lost / most))) for r in found
    ]


def _choices(counts: Counts) -> dict[str, list[Choice]]:
    return {
        "decision": [Choice(value, value) for value in _DECISIONS],
        "code": [Choice(code, f"{code} {name_of(code)}") for code in sorted(counts.code)],
        "family": [Choice(name, name, tally.attempts) for name, tally in sorted(counts.family.items())],
        "difficulty": [Choice(str(n), level(n), tally.attempts) for n, tally in sorted(counts.difficulty.items())],
        "tool": [Choice(name, name, tally.attempts) for name, tally in sorted(counts.tool.items())],
        "note": [Choice("any", "with a note"), Choice("good", "good"), Choice("bad", "bad")],
        "disputed": [Choice("yes", "critics against programs")],
    }


def _kind(name: str, value: object, tally: Tally) -> Kind:
    return Kind(level(value) if isinstance(value, int) else str(value), urlencode({name: value}), tally)


def _groups(counts: Counts) -> list[tuple[str, list[Kind]]]:
    """Keep rates by what a trajectory is, each kind with the address of its own list."""
    return [
        *(
            (name, [_kind(name, value, tally) for value, tally in sorted(tallies.items())])
            for name, tallies in (("family", counts.family), ("difficulty", counts.difficulty), ("tool", counts.tool))
        ),
        ("steps", [Kind(str(n), f"min_steps={n}&max_steps={n}", tally) for n, tally in sorted(counts.length.items())]),
    ]  # fmt: skip


def _facts(book: Book) -> dict[str, str]:
    """What the run was made with, how good its graders are where that was measured, and what it cost."""
    return {**about_run(book.folder.path), **_cost(book.folder.summary)}


def _cost(summary: Path) -> dict[str, str]:
    try:
        cost = orjson.loads(summary.read_bytes())["cost"]
        each = f", ${cost['usd_per_kept']:,.4f} for each kept trace" if cost["usd_per_kept"] else ""
        money = f"${cost['usd']:,.4f} and " if cost["usd"] else ""
        return {"cost": f"{money}{cost['tokens']:,} tokens{each}"} if cost["tokens"] else {}
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return {}
