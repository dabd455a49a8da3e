"""What people say of a step or of a whole trace: read for the page, and taken from it, one after another and never changed.

The ledger is opened for notes alone while one is written, so a run under way is not held up.
"""

import getpass
from typing import Any, Literal

from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from traces.base import Frozen
from traces.ledger import Ledger, LedgerError, Note
from winnow.view.marking import plain
from winnow.view.pages.table import book_of

LARGEST = 100_000


class Remark(Frozen):
    """What the page sends. `step` None is the whole trace; an empty `kind` is a remark without a verdict."""

    step: int | None = Field(default=None, ge=0)
    kind: Literal["good", "bad", ""] = ""
    text: str = Field(default="", max_length=10_000)


async def add(request: Request) -> Response:
    """Append one. The answer is the note as the page shows it. Raises HTTPException where it is none, or has no place."""
    body = await _body(request)
    try:
        remark = Remark.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(422, f"This is no note: {error.errors()[0]['msg']}.") from error
    if not (remark.kind or remark.text.strip()):
        raise HTTPException(422, "A note says good, bad or something in words.")
    return JSONResponse(shown(_kept(request, remark)), 201)


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, f"A note has at most {LARGEST:,} bytes.")
    return body


def _kept(request: Request, remark: Remark) -> Note:
    book, key = book_of(request), request.path_params["key"]
    trace = book.ledger.attempt(key)
    if trace is None or (remark.step is not None and remark.step >= len(trace.steps)):
        raise HTTPException(404, f"There is no such step or trajectory in {book.name}: {key!r}.")
    try:
        with Ledger.open(book.folder.ledger, annotate=True) as ledger:
            ledger.add_note(key, remark.text.strip(), author=author(), step=remark.step, kind=remark.kind)
            return ledger.notes(key)[-1]
    except LedgerError as error:
        raise HTTPException(409, str(error)) from error


def shown(note: Note) -> dict[str, Any]:
    """A note for a script that puts it into the page as text."""
    return {"step": note.step, "kind": note.kind, "text": plain(note.text), "author": plain(note.author)}


def author() -> str:
    """Who is sitting here, as far as the system knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
