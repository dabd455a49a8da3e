"""Offers the number of days in a stretch of time: every day of the calendar. Looks like `count_working_days`, on purpose."""

from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool

from tools.results import ToolEnv, ToolOutput
from tools.spans import days


@tool(response_format="content_and_artifact", parse_docstring=True)
async def count_days(
    first: str, last: str, env: Annotated[ToolEnv | None, InjectedToolArg] = None
) -> tuple[str, ToolOutput]:
    """Count the days of a period. Every day of the calendar counts, and both ends of the period belong to it.

    Args:
        first: The first day of the period, as YYYY-MM-DD.
        last: The last day of the period, as YYYY-MM-DD.
    """
    output = days(first, last, lambda start, end: (end - start).days + 1)
    return output.content, output
