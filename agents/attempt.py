"""The attempt graph: solve with tools, grade every step, decide; what can be repaired is tried again with the critique in hand.

    begin → think ⇄ act       until an answer, or a limit
    act → grade               where a tool itself broke
    think → grade             verdicts of programs on every step
    grade → criticise × step  the critics on every step, side by side, where the scenario has critics
    → conclude                the decision, and the record
    conclude → begin          at most `limits.repairs` times: from the beginning, with a reviewer's note

State holds what is recorded; models, tools and limits come with the runtime context.
"""

from functools import cache

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from agents.context import AttemptContext, AttemptLimits
from agents.nodes.act import act
from agents.nodes.begin import begin
from agents.nodes.conclude import conclude
from agents.nodes.criticise import StepState, criticise
from agents.nodes.fail import fail
from agents.nodes.grade import grade
from agents.nodes.think import think
from agents.state import AttemptState
from graders.base import Case
from traces.record import Trajectory

AttemptGraph = CompiledStateGraph[AttemptState, AttemptContext, AttemptState, AttemptState]


async def after_thinking(state: AttemptState) -> str:
    """Calls go to the tools, well-formed or not; an answer or an ending goes to the graders."""
    return "grade" if state.get("ending") else "act"


async def after_acting(state: AttemptState) -> str:
    """Back to the model, unless a tool could not do its work."""
    return "grade" if state.get("ending") else "think"


async def after_grading(state: AttemptState, runtime: Runtime[AttemptContext]) -> list[Send] | str:
    """To the critics, one question a step, or straight to the conclusion where there are none or nothing is judged."""
    context, ending = runtime.context, state.get("ending")
    if context.committee is None or ending is None or ending.kind in ("model_error", "error"):
        return "conclude"
    case = Case(tuple(state["messages"]), context.schemas, ending, context.task)
    seed = context.seed + 1_000_003 * len(state.get("trajectories", []))
    asked = [StepState(case=case, step=step, seed=seed + 104_729 * step.index) for step in case.steps]
    return [Send("criticise", one) for one in asked] or "conclude"


async def after_concluding(state: AttemptState) -> str:
    """Another round where the decision asks for one."""
    decision = state.get("decision")
    return "begin" if decision and decision.outcome == "repair" else END


@cache
def build_attempt() -> AttemptGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(AttemptState, context_schema=AttemptContext)
    graph.add_node("begin", begin)
    graph.add_node("think", think, error_handler=fail)
    graph.add_node("act", act, error_handler=fail)
    graph.add_node("grade", grade)
    graph.add_node("criticise", criticise, input_schema=StepState)
    graph.add_node("conclude", conclude)
    graph.add_edge(START, "begin")
    graph.add_edge("begin", "think")
    graph.add_conditional_edges("think", after_thinking, ["act", "grade"])
    graph.add_conditional_edges("act", after_acting, ["think", "grade"])
    graph.add_conditional_edges("grade", after_grading, ["criticise", "conclude"])
    graph.add_edge("criticise", "conclude")
    graph.add_conditional_edges("conclude", after_concluding, ["begin", END])
    return graph.compile()


def recursion_limit(limits: AttemptLimits) -> int:
    """Supersteps that no attempt within its limits exceeds: two a turn, and the grading, for every round."""
    return (limits.repairs + 1) * (2 * limits.turns + 8)


async def run_attempt(context: AttemptContext) -> tuple[Trajectory, ...]:
    """All rounds of one attempt, in order; the last is the final one."""
    config: RunnableConfig = {"recursion_limit": recursion_limit(context.limits), "run_name": context.key}
    state = await build_attempt().ainvoke({}, config=config, context=context)
    return tuple(state["trajectories"])
