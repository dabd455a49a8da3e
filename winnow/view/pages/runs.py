"""The first page: every run with what it came to."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from traces.counts import Counts
from traces.ledger import LedgerError
from winnow.view.render import page
from winnow.view.shelf import Book, Shelf
from winnow.view.standing import Standing, standing


class Line(NamedTuple):
    """A run in the list; `trouble` says why its counts are missing."""

    name: str
    counts: Counts | None
    how: Standing
    trouble: str = ""


def show(request: Request) -> Response:
    """All runs, or the one there is."""
    shelf: Shelf = request.app.state.shelf
    lines = [_line(book) for book in shelf]
    if len(lines) == 1 and not lines[0].trouble:
        return RedirectResponse(f"/run/{lines[0].name}")
    return HTMLResponse(page("runs.html", title="Runs", lines=lines))


def _line(book: Book) -> Line:
    try:
        return Line(book.name, book.ledger.counts(), standing(book.folder))
    except LedgerError as error:
        return Line(book.name, None, standing(book.folder), str(error))
