"""Offers the interest on a sum that is paid out each year. Looks like `compound_interest`, on purpose."""

from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool

from tools.results import ToolEnv, ToolOutput
from tools.spans import interest


@tool(response_format="content_and_artifact", parse_docstring=True)
async def simple_interest(
    amount: float, rate: float, years: int, env: Annotated[ToolEnv | None, InjectedToolArg] = None
) -> tuple[str, ToolOutput]:
    """Compute the interest that a sum of money earns over some years, where the interest of each year is paid out.

    Args:
        amount: The sum of money.
        rate: The yearly interest rate in percent, such as 3.5.
        years: The number of whole years.
    """
    output = interest(amount, rate, years, lambda sum_, share, count: sum_ * share * count)
    return output.content, output
