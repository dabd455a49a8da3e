"""Two attempts at one task side by side: what they share is shown once, then each goes its own way."""

from itertools import zip_longest

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graders.codes import BY_CODE
from traces.record import Step, Trajectory
from traces.rows import strip_of
from winnow.view.pages.table import book_of
from winnow.view.pages.trajectory import card, outcome
from winnow.view.render import page
from winnow.view.shelf import Book


def show(request: Request) -> Response:
    """The page. Raises HTTPException where an attempt is missing, or they are not of one task."""
    book = book_of(request)
    a, b = (_trace(book, request.query_params.get(name, "")) for name in ("a", "b"))
    if a.lineage.task != b.lineage.task:
        raise HTTPException(
            404, f"{a.key} and {b.key} are attempts at different tasks; only one task's can be compared."
        )
    same = parting(a, b)
    shared = [card(a, step) for step in a.steps[:same]]
    rest = zip_longest([card(a, s) for s in a.steps[same:]], [card(b, s) for s in b.steps[same:]])
    shown = page(
        "compare.html", title=f"{a.key} and {b.key}", run=book.name, query=a.task.query, shared=shared, rest=list(rest),
        sides=[(t.key, strip_of(t), outcome(t), t.decision.reasons if t.decision else ()) for t in (a, b)],
        same=same, names=BY_CODE,
    )  # fmt: skip
    return HTMLResponse(shown)


def _trace(book: Book, key: str) -> Trajectory:
    trace = book.ledger.attempt(key)
    if trace is None:
        raise HTTPException(404, f"There is no trajectory {key!r} in {book.name}: give two keys as ?a=KEY&b=KEY.")
    return trace


def parting(a: Trajectory, b: Trajectory) -> int:
    """How many steps are the same in both: said, called and seen."""
    pairs = zip(a.steps, b.steps, strict=False)
    return next(
        (n for n, (one, two) in enumerate(pairs) if _told(a, one) != _told(b, two)), min(len(a.steps), len(b.steps))
    )


def _told(trace: Trajectory, step: Step) -> tuple[object, ...]:
    said = trace.messages[step.message]
    calls = tuple((call.name, call.function.arguments) for call in said.tool_calls)
    return said.content, said.reasoning or "", calls, tuple(trace.messages[i].content for i in step.observations)
