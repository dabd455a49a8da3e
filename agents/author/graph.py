"""Two graphs around the writing of a query.

    author: draft → review                what the writer makes of a seed
    vet:    judge → closed_book           whether models object to the query

Between them stand the gates that ask no model (`scenarios.gates`): a duplicate is thrown away before anything is paid for its vetting.
"""

from functools import cache

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.author.nodes.closed_book import closed_book
from agents.author.nodes.draft import draft
from agents.author.nodes.judge import judge
from agents.author.nodes.review import review
from agents.author.state import AuthorContext, AuthorState, VetState
from scenarios.queries.seeds import QuerySeed

AuthorGraph = CompiledStateGraph[AuthorState, AuthorContext, AuthorState, AuthorState]
VetGraph = CompiledStateGraph[VetState, AuthorContext, VetState, VetState]


async def after_draft(state: AuthorState) -> str:
    """A draft that could not be read has nothing to review."""
    return END if state.get("refused") else "review"


async def after_judge(state: VetState) -> str:
    """What is refused is not tried."""
    return END if state.get("refused") else "closed_book"


@cache
def build_author() -> AuthorGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(AuthorState, context_schema=AuthorContext)
    graph.add_node("draft", draft)
    graph.add_node("review", review)
    graph.add_edge(START, "draft")
    graph.add_conditional_edges("draft", after_draft, ["review", END])
    graph.add_edge("review", END)
    return graph.compile()


@cache
def build_vet() -> VetGraph:
    """The compiled graph; one for the whole process."""
    graph = StateGraph(VetState, context_schema=AuthorContext)
    graph.add_node("judge", judge)
    graph.add_node("closed_book", closed_book)
    graph.add_edge(START, "judge")
    graph.add_conditional_edges("judge", after_judge, ["closed_book", END])
    graph.add_edge("closed_book", END)
    return graph.compile()


async def write_from_seed(seed: QuerySeed, context: AuthorContext) -> AuthorState:
    """The query and the conversation that led to it, or why there is none. Raises what the model raises."""
    state: AuthorState = await build_author().ainvoke({"brief": seed}, config={"recursion_limit": 8}, context=context)  # type: ignore[assignment]
    return state


async def vetted(seed: QuerySeed, query: str, context: AuthorContext) -> tuple[str, str] | None:
    """The gate that refuses the query and why, None where none does. Raises what a model raises."""
    given: VetState = {"brief": seed, "query": query}
    state = await build_vet().ainvoke(given, config={"recursion_limit": 8}, context=context)
    refused: tuple[str, str] | None = state.get("refused")
    return refused
