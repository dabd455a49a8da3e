"""One trajectory as a page of its own, to send to somebody: styles inside, no script, no address that leads anywhere.

Notes and other attempts are left out. The page forbids itself scripts and requests, for a file has no server to do so.
"""

from pathlib import Path

from markupsafe import Markup

from graders.codes import BY_CODE
from traces.record import Trajectory
from traces.rows import strip_of
from winnow.show import blameless
from winnow.view.pages.trajectory import cards, outcome, truth
from winnow.view.render import page

_STYLES = Path(__file__).parents[1] / "static" / "app.css"


def alone(trace: Trajectory) -> str:
    """The page, whole."""
    return page(
        "alone.html", title=trace.key, trace=trace, steps=cards(trace), names=BY_CODE,
        outcome=outcome(trace), strip=strip_of(trace), truth=truth(trace),
        blameless=blameless(trace), styles=Markup(_STYLES.read_text("utf-8")),
    )  # fmt: skip
