"""`winnow tools`: what agents can call."""

from pathlib import Path
from typing import Annotated, Any

import typer

from winnow.commands import Refusal

app = typer.Typer(no_args_is_help=True, help="The tools agents can call.")


@app.command("list")
def list_tools() -> None:
    """Every tool with its arguments and what it is for."""
    from rich.table import Table

    from tools.catalogue import catalogue, schema
    from winnow.commands import console

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, tool in sorted(catalogue().items()):
        described: dict[str, Any] = schema(tool)["function"]
        arguments = ", ".join(described["parameters"]["properties"])
        table.add_row(f"{name}({arguments})", _opening(described["description"]))
    console().print(table)


def _opening(description: str) -> str:
    """The first sentence of a description, which may be broken into lines."""
    paragraph = " ".join(description.strip().split("\n\n")[0].split())
    return f"{first}." if (first := paragraph.partition(". ")[0]) != paragraph else paragraph


@app.command("call")
def call_tool(
    name: Annotated[str, typer.Argument(help="A tool's name.")],
    arguments: Annotated[str, typer.Argument(metavar="JSON", help='Its arguments, such as {"expression": "2^10"}.')],
    index: Annotated[
        Path | None, typer.Option(help="Index to search: a run's index folder. [default: a small world]")
    ] = None,
) -> None:
    """Call a tool as an agent would and print what the agent would see. Exit code 1 where that is an error."""
    import asyncio

    from tools.catalogue import catalogue

    if name not in catalogue():
        raise Refusal(f"no tool {name!r}. Tools: {', '.join(sorted(catalogue()))}")
    content, failed = asyncio.run(_call(name, arguments, index))
    print(content)
    raise typer.Exit(1 if failed else 0)


async def _call(name: str, arguments: str, index: Path | None) -> tuple[str, bool]:
    import tempfile

    import orjson

    from agents.calling import call_tool as call
    from agents.context import AttemptContext
    from agents.teacher import TeacherChatModel
    from scenarios.world import build_world
    from tools.catalogue import catalogue
    from tools.results import ToolEnv
    from tools.sandbox import LocalSessions
    from tools.search.index import LocalIndex
    from traces.record import FunctionCall, ToolCall
    from traces.task import Task

    try:
        parsed = orjson.loads(arguments)
    except orjson.JSONDecodeError as error:
        raise Refusal(f"the arguments are not JSON: {error}") from error
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "index"
        searched = LocalIndex.open(index) if index else LocalIndex.build(build_world(0, 2000).documents(), here)
        sessions = LocalSessions()
        env = ToolEnv(search=searched, sessions=sessions)
        task = Task(family="none", query="", tools=(name,))
        context = AttemptContext(
            key="call", task=task, attempt=0, model_name="none", model=TeacherChatModel(), tools=dict(catalogue()),
            env=env, graders=(),
        )  # fmt: skip
        given = parsed if isinstance(parsed, dict) else arguments
        try:
            message = await call(ToolCall(id="call", function=FunctionCall(name=name, arguments=given)), context)
        finally:
            await env.close()
            await sessions.close()
    return message.content, message.result is not None and message.result.status == "error"
