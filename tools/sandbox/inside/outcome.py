"""How the wait for the worker can end, and what of its report is believed."""

from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """How the wait for the worker ended: with its report, or with the session closed for this reason."""

    report: dict[str, Any]
    closed: bool = False
    limit: str | None = None


def fatal(name: str, message: str, limit: str | None = None) -> Outcome:
    return Outcome({"error": [name, message, ""]}, True, limit)


EXCEEDED = {
    "processes": ("ProcessLimit", "the code started more processes or threads than the session may have"),
    "cpu": ("CpuLimit", "the session used up its CPU time"),
    "memory": ("MemoryLimit", "the session used more memory than it may have"),
    "disk": ("DiskLimit", "the work folder grew larger than it may"),
}
_ERRNOS = {"[Errno 28]": "disk", "[Errno 122]": "disk", "[Errno 27]": "disk"}


def limit_behind(error: list[str] | None) -> str | None:
    """The limit that an exception in the code comes from, where it tells."""
    if error is None:
        return None
    if error[0] in ("MemoryError", "_ArrayMemoryError"):
        return "memory"
    return _ERRNOS.get(error[1].partition("]")[0] + "]") if error[0] == "OSError" else None


def checked(report: dict[str, Any], cap: int) -> tuple[str | None, list[str] | None, int]:
    """Value, error and characters left out; anything of another form than agreed counts as not said."""
    value, error, omitted = report.get("value"), report.get("error"), report.get("omitted")
    value = value[:cap] if isinstance(value, str) else None
    if not (isinstance(error, list) and len(error) == 3 and all(isinstance(text, str) for text in error)):
        error = None
    omitted = omitted if isinstance(omitted, int) and 0 <= omitted < 1 << 53 else 0
    return value, error and [text[:cap] for text in error], omitted
