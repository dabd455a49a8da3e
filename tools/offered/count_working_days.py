"""Offers the number of working days in a stretch of time: Mondays to Fridays. Looks like `count_days`, on purpose."""

from datetime import date
from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool

from tools.results import ToolEnv, ToolOutput
from tools.spans import days


@tool(response_format="content_and_artifact", parse_docstring=True)
async def count_working_days(
    first: str, last: str, env: Annotated[ToolEnv | None, InjectedToolArg] = None
) -> tuple[str, ToolOutput]:
    """Count the days of a period. Mondays to Fridays count, holidays or not, and both ends of the period belong to it.

    Args:
        first: The first day of the period, as YYYY-MM-DD.
        last: The last day of the period, as YYYY-MM-DD.
    """
    output = days(first, last, _weekdays)
    return output.content, output


def _weekdays(start: date, end: date) -> int:
    weeks, rest = divmod((end - start).days + 1, 7)
    return 5 * weeks + sum((start.weekday() + n) % 7 < 5 for n in range(rest))
