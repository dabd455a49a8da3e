"""What a trainer will see of a trajectory: its exact row in a format, what the loss leaves out greyed, or why the row is refused.

Asked of the export itself. A format that compares the attempts at a task is given them all; rows of other attempts are shown too then.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from traces.export import Options, all_formats
from traces.export.checks import Fault
from traces.export.format import Format, Item, LeftOut, Refused, RowFormat
from traces.export.transforms import TRANSFORMS
from traces.ledger import Ledger
from traces.stored import Stored
from winnow.view.code import highlighted
from winnow.view.marking import markup
from winnow.view.pages.table import book_of
from winnow.view.render import page

CAP = 400_000
USUAL = "openai"


class Piece(NamedTuple):
    """A part of a row: a message, or all that is beside them. `masked`: no loss is taken on it."""

    title: str
    body: Markup
    masked: bool


class RowShown(NamedTuple):
    """A row with the file it goes to, or what it is refused for, or why the trajectory is left out."""

    file: str = ""
    pieces: Sequence[Piece] = ()
    faults: Sequence[Fault] = ()
    left_out: str = ""


class Change(NamedTuple):
    """A transform, whether it is applied, and the part of an address that says the contrary."""

    name: str
    applied: bool
    address: str


def show(request: Request) -> Response:
    """The page. Raises HTTPException 404."""
    book, key = book_of(request), request.path_params["key"]
    name = request.query_params.get("format", USUAL)
    if name not in all_formats():
        raise HTTPException(404, f"There is no format {name!r}. Known are {', '.join(all_formats())}.")
    stored = book.ledger.stored_one(key)
    if stored is None:
        raise HTTPException(404, f"There is no trajectory {key!r} in {book.name}.")
    changes = [change for change in request.query_params.getlist("transform") if change in TRANSFORMS]
    writer = all_formats()[name](Options(transforms=tuple(changes)))
    shown = page(
        "export.html", title=key, run=book.name, key=key, chosen=name, formats=all_formats(), lossy=writer.lossy,
        decision=stored.decision,
        applied=urlencode([("transform", one) for one in changes]), changes=_changes(changes) if isinstance(writer, RowFormat) else [],
        rows=rows(writer, stored, book.ledger),
    )  # fmt: skip
    return HTMLResponse(shown)


def _changes(chosen: list[str]) -> list[Change]:
    """Every transform, with the address that asks for it, or no more for it."""
    return [
        Change(
            name,
            name in chosen,
            urlencode([("transform", one) for one in TRANSFORMS if (one in chosen) != (one == name)]),
        )
        for name in TRANSFORMS
    ]


def rows(writer: Format, stored: Stored, ledger: Ledger) -> list[RowShown]:
    """The rows an export would hold of this trajectory; none where the format does not take it."""
    group = list(ledger.stored(writer.reads, slot=stored.slot))
    if writer.picks:
        group = [one for one in group if one.key == stored.key]
    elif stored.key not in [one.key for one in group]:
        return []
    return [_row(item, isinstance(writer, RowFormat)) for item in writer.lines(group)]


def _row(item: Item, chat: bool) -> RowShown:
    if isinstance(item, LeftOut):
        return RowShown(left_out=item.why)
    if isinstance(item, Refused):
        return RowShown(faults=item.faults)
    messages = item.value.get("messages") if chat and isinstance(item.value, dict) else None
    if not isinstance(messages, (list, tuple)):
        return RowShown(item.file, [_piece("row", item.value, False)])
    rest = {name: value for name, value in item.value.items() if name != "messages"}
    pieces = [_piece(f"messages[{n}]", message, masked(message)) for n, message in enumerate(messages)]
    return RowShown(item.file, [*pieces, _piece("beside the messages", rest, True)])


def masked(message: Any) -> bool:
    """Whether a trainer takes no loss on a message: all but the model's, and those of weight 0."""
    if not isinstance(message, dict):
        return False
    flags = (message.get("weight", 1), message.get("train", True), message.get("loss", True))
    return message.get("role") != "assistant" or not all(flags)


def _piece(title: str, value: Any, grey: bool) -> Piece:
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str).decode()
    return Piece(title, markup(text, highlighted(text, "json"), 0, CAP), grey)
