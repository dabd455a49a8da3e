"""The viewer's application: three pages (runs, a run's table, a trajectory), the static files, and the guard around them all."""

import secrets
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from traces.ledger import LedgerError
from winnow.folder import FolderError
from winnow.view.guard import Guard, hosts
from winnow.view.marking import plain
from winnow.view.pages import compare, events, notes, preview, runs, table, trajectory
from winnow.view.render import page
from winnow.view.shelf import Shelf

_STATIC = Path(__file__).parent / "static"


def build_app(shelf: Shelf, host: str, port: int, access: str = "") -> ASGIApp:
    """The application for these runs. `access` is the token asked of every request; empty on the loopback address."""
    app = Starlette(
        routes=[
            Route("/", runs.show),
            Route("/run/{run}", table.show, name="table"),
            Route("/run/{run}/events", events.stream, name="events"),
            Route("/run/{run}/compare", compare.show, name="compare"),
            Route("/run/{run}/{key}", trajectory.show, name="trajectory"),
            Route("/run/{run}/{key}/notes", notes.add, methods=["POST"]),
            Route("/run/{run}/{key}/export", preview.show, name="export"),
            Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        ],
        exception_handlers={404: _missing, HTTPException: _refused, LedgerError: _broken, FolderError: _broken},
    )
    app.state.shelf, app.state.change = shelf, secrets.token_urlsafe(16)
    allowed = None if access and host in ("0.0.0.0", "::") else hosts(host, port)
    return Guard(app, allowed, app.state.change, access)


async def _missing(request: Request, error: Exception) -> Response:
    said = getattr(error, "detail", "Not Found")
    cause = f"There is no page at {request.url.path}." if said == "Not Found" else said
    return HTMLResponse(page("message.html", title="Not found", cause=cause), 404)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(plain(error.detail), error.status_code)


async def _broken(request: Request, error: Exception) -> Response:
    return HTMLResponse(page("message.html", title="This run cannot be read", cause=str(error)), 500)
