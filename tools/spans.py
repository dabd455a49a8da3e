"""What tools that count days, or interest over years, share: dates and amounts as a model writes them, or why they are none."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from tools.results import ToolOutput, failed

MOST_DAYS = 200_000
MOST_YEARS = 200


def days(first: str, last: str, count: Callable[[date, date], int]) -> ToolOutput:
    """What `count` makes of two dates written YYYY-MM-DD, the first not after the last."""
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError as error:
        return failed("invalid_input", f"{error}. Write dates as YYYY-MM-DD.")
    if not start <= end:
        return failed("invalid_input", f"{first} is after {last}; give the earlier date first.")
    if (end - start).days > MOST_DAYS:
        return failed("invalid_input", f"more than {MOST_DAYS:,} days lie between {first} and {last}.")
    found = count(start, end)
    return ToolOutput(f"{found} days", data={"days": found})


def interest(
    amount: float, rate: float, years: int, earned: Callable[[Fraction, Fraction, int], Fraction]
) -> ToolOutput:
    """What `earned` makes of an amount, a share a year and whole years, rounded to the cent."""
    if amount < 0 or rate < 0 or not 1 <= years <= MOST_YEARS:
        return failed("invalid_input", f"amount and rate may not be negative, and years must be 1 to {MOST_YEARS}.")
    cents = earned(Fraction(str(amount)), Fraction(str(rate)) / 100, years) * 100
    whole = int(cents + Fraction(1, 2))
    found = f"{whole // 100}.{whole % 100:02d}"
    return ToolOutput(found, data={"interest": found})
