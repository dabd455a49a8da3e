"""A run under way in the viewer, and the export command of a filter."""

import asyncio
import html
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.winnow.view.test_pages import hostile_trace
from traces.finding import Find
from traces.ledger import Ledger
from traces.rows import Filters
from traces.select import parse
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.pages.events import changes
from winnow.view.pages.table import where
from winnow.view.shelf import Book, Shelf


def test_each_change_of_the_ledger_is_told_once(tmp_path: Path) -> None:
    with Ledger.create(RunFolder(tmp_path).ledger) as ledger:
        told = asyncio.run(_changes(ledger, Book("live", RunFolder(tmp_path))))
    assert [figures and figures["attempts"] for figures in told] == [0, None, 1, None]


async def _changes(ledger: Ledger, book: Book) -> list[dict[str, int | str] | None]:
    events = changes(book, beat=0.01)
    told = [await anext(events), await anext(events)]
    trace = hostile_trace()
    ledger.put_task("h-0000", trace.task)
    ledger.put_attempt("h-0000", 0, [trace])
    told += [await anext(events), await anext(events)]
    await events.aclose()  # type: ignore[attr-defined]
    book.close()
    return told


@pytest.mark.parametrize(
    "find",
    [
        Find(Filters("keep", code='C"1', family="money", difficulty=3, tool="search", min_steps=2, max_steps=9)),
        Find(min_tokens=5, max_tokens=9),
        Find(min_seconds=1, max_seconds=60, noted="any"),
        Find(noted="bad", disputed=True),
    ],
)
def test_a_filter_is_an_expression_of_the_export(find: Find) -> None:
    parse(where(find))


def test_the_export_command_stands_under_the_table(run: Path) -> None:
    with TestClient(build_app(Shelf([run]), "127.0.0.1", 80), base_url="http://127.0.0.1") as site:
        text = site.get("/run/seen?family=money&min_steps=3&q=bill").text
    found = re.findall(r"<code>(.*?)</code>", text)
    assert shlex.split(html.unescape(found[-1]))[-3:] == [str(run), "--where", 'family == "money" and steps >= 3']
    assert "cannot ask for words" in text
