"""How a run stands, for the list of runs and above its table: when it was begun, by which model, whether and why it has ended."""

from datetime import datetime
from typing import NamedTuple

from traces.database import being_written
from winnow.folder import FolderError, RunFolder
from winnow.pulse import Pulse

ENDED = ("finished", "goal", "under way")
"""States that need no words."""


class Standing(NamedTuple):
    """`begun` is the local time of its configuration; `reason` says why it stopped before its plan was done."""

    begun: str
    model: str
    state: str
    reason: str = ""


def standing(folder: RunFolder) -> Standing:
    """How the run in a folder stands; what cannot be read is left empty."""
    state = _state(folder)
    reason = folder.told("reason") if state == folder.told("stop") and state not in ENDED else ""
    return Standing(_begun(folder), _model(folder), state, reason)


def _begun(folder: RunFolder) -> str:
    file = folder.config if folder.config.is_file() else folder.origin_file
    try:
        return datetime.fromtimestamp(file.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    except OSError:
        return ""


def _model(folder: RunFolder) -> str:
    try:
        return folder.scenario().models.solver.model
    except Exception:  # an imported run has no scenario, and one of another version may not be read
        return ""


def _state(folder: RunFolder) -> str:
    if pulse := Pulse.read(folder.pulse):
        return "under way" if pulse.alive(folder.ledger) else "killed"
    try:
        origin = folder.origin()
    except FolderError:
        return ""
    if origin is not None and origin.complete:
        return "finished"
    if origin is not None and being_written(folder.ledger):
        return "under way"
    return folder.told("stop") or "interrupted"
