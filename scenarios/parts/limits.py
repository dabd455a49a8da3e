"""How much, how long and at what cost: limits of an attempt and of a run."""

from pydantic import Field

from scenarios.parts.base import Part


class LimitsPart(Part):
    """Limits of one attempt. An attempt that meets one ends there, and its record says which."""

    turns: int = Field(12, ge=1, le=200)
    """Assistant messages, 1 to 200."""
    calls: int = Field(24, ge=1, le=1000)
    """Tool calls, 1 to 1,000."""
    tokens: int = Field(60_000, ge=100, le=100_000_000)
    """Tokens read and written, 100 to 100,000,000."""
    time: float = Field(120.0, ge=1, le=86_400)
    """Seconds, 1 to 86,400."""
    usd: float | None = Field(None, gt=0, le=1e6)
    """US dollars of the solver's calls, by its `price`. Left out: no limit."""


class ConcurrencyPart(Part):
    """How much happens at once. It changes no result."""

    attempts: int = Field(16, ge=1, le=4096)
    """Attempts in flight, 1 to 4,096."""


class AbortPart(Part):
    """When a run stops by itself. It changes no result of what was finished."""

    error_rate: float = Field(0.25, gt=0, le=1)
    """Stop when a larger share of the attempts than this ended in an error, above 0 to 1; 1 never stops."""
    keep_rate: float = Field(0.0, ge=0, lt=1)
    """Stop when a smaller share than this of the judged attempts is kept, 0 to below 1; 0 never stops."""
    after: int = Field(50, ge=1, le=1_000_000)
    """Judge the rates only once this many attempts are finished, 1 to 1,000,000."""
    silence: float = Field(120.0, ge=1, le=86_400)
    """Stop when a model's server has refused or failed every call for so many seconds, 1 to 86,400."""


class BudgetPart(Part):
    """What a run may cost, over all its sessions and roles. The embedded teacher, where it plays a role beside a model behind a
    server, costs nothing. It changes no result of what was finished."""

    tokens: int | None = Field(None, ge=1, le=10**15)
    """Tokens read and written. Left out: no limit."""
    usd: float | None = Field(None, gt=0, le=1e9)
    """US dollars, by the prices that `models` gives. Left out: no limit."""
    time: float | None = Field(None, gt=0, le=1e9)
    """Seconds. Left out: no limit."""


class GoalPart(Part):
    """When there is enough. The tasks and attempts of the scenario are the most that is tried."""

    kept: int | None = Field(None, ge=1, le=10_000_000)
    """Stop once so many trajectories are kept; no more attempts are in flight than are still wanted, so that none is kept beyond,
    but for attempts that `keep.agree` decides together. Left out: all tasks are tried."""
    attempts: int | None = Field(None, ge=1, le=640_000_000)
    """Stop once so many attempts were made. Left out: no limit beside that of the tasks."""
