"""The self-instruct graph: a topic becomes a problem with tests, both chosen by execution.

    pose → write → run → choose           candidate solutions and tests are written, and every solution is run on every test
    choose → mend → run                   most solutions do not agree: what came of each goes back to it, at most `rounds` times
    choose → revise → write               still none: the problem is put more plainly, at most `revisions` times
    choose → prove                        do the chosen tests find out mutants of the chosen solution?

So nobody is trusted: neither a solution nor a test counts until most solutions, written apart, pass the same tests.
"""

from functools import cache
from typing import Any, NamedTuple

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agents.instruct.nodes.choose import choose
from agents.instruct.nodes.mend import mend
from agents.instruct.nodes.pose import pose, revise
from agents.instruct.nodes.prove import prove
from agents.instruct.nodes.run import run
from agents.instruct.nodes.write import write
from agents.instruct.prompts import question
from agents.instruct.state import Gate, InstructContext, InstructState, Posed, Topic
from scenarios.instructing import oracle_of
from tools.trials.units import joined
from traces.record import Message
from traces.task import Task, Written

InstructGraph = CompiledStateGraph[InstructState, InstructContext, InstructState, InstructState]


async def after_posing(state: InstructState) -> str:
    """What could not be read is not solved."""
    return END if state.get("refused") else "write"


async def after_writing(state: InstructState) -> str:
    """Where no test could be read there is nothing to run."""
    return END if state.get("refused") else "run"


async def after_choosing(state: InstructState, runtime: Runtime[InstructContext]) -> str:
    """On with the best pair; else another round, another wording of the problem, or the end."""
    if state.get("chosen"):
        return "prove"
    if state["round"] < runtime.context.rounds:
        return "mend"
    return "revise" if state["revised"] < runtime.context.revisions else END


@cache
def build_instruct() -> InstructGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(InstructState, context_schema=InstructContext)
    for node in (pose, write, run, choose, mend, revise, prove):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "pose")
    graph.add_conditional_edges("pose", after_posing, ["write", END])
    graph.add_conditional_edges("write", after_writing, ["run", END])
    graph.add_edge("run", "choose")
    graph.add_conditional_edges("choose", after_choosing, ["prove", "mend", "revise", END])
    graph.add_edge("mend", "run")
    graph.add_conditional_edges("revise", after_posing, ["write", END])
    graph.add_edge("prove", END)
    return graph.compile()


class Instructed(NamedTuple):
    """A problem with the best pair of solution and tests, and how it came to be. `agreeing` of `candidates` solutions pass all `tests`."""

    posed: Posed
    solution: str
    test: str
    agreeing: int
    candidates: int
    tests: int
    dropped: int
    """Units of tests that the chosen solutions do not pass, and that are left out."""
    mended: int
    revised: int
    killed: float


class Outcome(NamedTuple):
    """What came of a topic, or the gate that was shut and why; and the conversation in which the problem was posed."""

    instructed: Instructed | None
    refused: tuple[Gate, str] | None
    messages: tuple[Message, ...]


async def instruct(topic: Topic, context: InstructContext) -> Outcome:
    """Have a problem posed, solved and tested. Raises what a model raises, and SandboxError."""
    limit = 12 + (1 + context.revisions) * (4 + 3 * context.rounds)
    given: InstructState = {"topic": topic, "mended": 0, "revised": 0, "round": 0}
    state: Any = await build_instruct().ainvoke(given, config={"recursion_limit": limit}, context=context)
    refused = state.get("refused")
    return Outcome(None if refused else _instructed(state), refused, tuple(state["messages"]))


def _instructed(state: InstructState) -> Instructed:
    posed, chosen = state["posed"], state["chosen"]
    assert posed, "a problem that is not refused was posed"
    assert chosen, "and chosen"
    return Instructed(
        posed=posed,
        solution=state["candidates"][chosen.solutions[0]].text,
        test=joined([state["units"][test] for test in chosen.tests]),
        agreeing=len(chosen.solutions),
        candidates=len(state["candidates"]),
        tests=len(chosen.tests),
        dropped=len(state["units"]) - len(chosen.tests),
        mended=state["mended"],
        revised=state["revised"],
        killed=state["killed"],
    )


def task_of(found: Instructed, seed: Task, writer: str) -> Task:
    """The task: the problem, and the tests as its oracle. Its knobs tell how the pair was chosen."""
    chosen = found._asdict()
    told = ("candidates", "agreeing", "tests", "dropped", "mended", "revised", "killed")
    return seed.model_copy(
        update={
            "query": question(found.posed),
            "oracle": oracle_of(found.posed.name, found.test),
            "knobs": {**seed.knobs, **{name: chosen[name] for name in told}},
            "written": Written(technique="self_instruct", domain="programming", topic=seed.query, model=writer),
        }
    )
