"""Offers the interest on a sum that stays and earns interest itself. Looks like `simple_interest`, on purpose."""

from typing import Annotated

from langchain_core.tools import InjectedToolArg, tool

from tools.results import ToolEnv, ToolOutput
from tools.spans import interest


@tool(response_format="content_and_artifact", parse_docstring=True)
async def compound_interest(
    amount: float, rate: float, years: int, env: Annotated[ToolEnv | None, InjectedToolArg] = None
) -> tuple[str, ToolOutput]:
    """Compute the interest that a sum of money earns over some years, where the interest of each year is left to earn interest.

    Args:
        amount: The sum of money.
        rate: The yearly interest rate in percent, such as 3.5.
        years: The number of whole years.
    """
    output = interest(amount, rate, years, lambda sum_, share, count: sum_ * (1 + share) ** count - sum_)
    return output.content, output
