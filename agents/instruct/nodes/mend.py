"""Gives each candidate what came of running it. Its writer mends the function, or says which tests are wrong; those that half of all call
wrong are dropped."""

import asyncio
import re
from collections import Counter
from typing import Any

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langgraph.runtime import Runtime

from agents.instruct.prompts import MEND, SOLVE, question, report
from agents.instruct.state import Candidate, InstructContext, InstructState, Posed
from tools.trials.analysis import python_complaints
from tools.trials.program import unfenced


async def mend(state: InstructState, runtime: Runtime[InstructContext]) -> dict[str, Any]:
    """The candidates as they are now, and the tests that are left."""
    posed, units = state["posed"], state["units"]
    assert posed, "only what was posed is mended"
    replies = await asyncio.gather(*(_mended(one, units, posed, runtime.context) for one in state["candidates"]))
    blamed = Counter(number for reply in replies for number in set(wrong_tests(reply)))
    left = tuple(u for number, u in enumerate(units, 1) if 2 * blamed[number] < len(replies)) or units
    rounds = {"mended": state["mended"] + 1, "round": state["round"] + 1}
    return {"candidates": [Candidate(reply) for reply in replies], "units": left, "refused": None, **rounds}


async def _mended(candidate: Candidate, units: tuple[str, ...], posed: Posed, context: InstructContext) -> str:
    """The reply, or the candidate as it was where it was right or the reply has no function."""
    analysis = await python_complaints(unfenced(candidate.text, posed.name))
    said = [
        SystemMessage(SOLVE),
        HumanMessage(question(posed)),
        AIMessage(candidate.text),
        HumanMessage(MEND.format(report=report(candidate, units, analysis))),
    ]
    reply = str((await context.model.ainvoke(said, seed=context.seed)).text)
    return reply if re.search(rf"\bdef\s+{re.escape(posed.name)}\b", reply) else candidate.text


def wrong_tests(reply: str) -> list[int]:
    """The numbers of the tests that a reply calls wrong."""
    found = re.findall(r"wrong tests?\W*:([^\n]*)", reply, re.IGNORECASE)
    return [int(number) for number in re.findall(r"\d+", found[-1])] if found else []
