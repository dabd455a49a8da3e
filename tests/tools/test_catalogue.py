"""Every tool found in `tools/offered/` is one a model can be offered."""

import inspect

import pytest
from langchain_core.tools import BaseTool, StructuredTool

from tools.catalogue import catalogue, schema
from tools.results import ToolEnv, ToolOutput

TOOLS = catalogue()


@pytest.fixture(params=sorted(TOOLS))
def tool(request: pytest.FixtureRequest) -> BaseTool:
    return TOOLS[request.param]


def test_found() -> None:
    assert "calculator" in TOOLS


def test_name_and_description(tool: BaseTool) -> None:
    function = schema(tool)["function"]
    assert function["name"] == tool.name == tool.name.lower()
    assert len(function["description"]) > 20
    assert "Args:" not in function["description"]


def test_arguments_are_typed_described_and_closed(tool: BaseTool) -> None:
    parameters = schema(tool)["function"]["parameters"]
    assert parameters["type"] == "object"
    assert parameters["additionalProperties"] is False
    for name, argument in parameters["properties"].items():
        assert argument.get("description"), f"{tool.name}: {name} is not described in the docstring"
        assert "type" in argument or "anyOf" in argument or "enum" in argument


def test_env_is_hidden(tool: BaseTool) -> None:
    assert "env" not in schema(tool)["function"]["parameters"]["properties"]


def test_is_async_and_gives_content_and_artifact(tool: BaseTool) -> None:
    assert isinstance(tool, StructuredTool)
    assert inspect.iscoroutinefunction(tool.coroutine)
    assert tool.response_format == "content_and_artifact"


async def test_a_call_gives_a_message_with_the_output() -> None:
    call = {"type": "tool_call", "id": "c1", "name": "calculator", "args": {"expression": "6 * 7", "env": ToolEnv()}}
    message = await TOOLS["calculator"].ainvoke(call)
    assert message.tool_call_id == "c1"
    assert message.content == "42"
    assert message.artifact == ToolOutput("42", data={"exact": "42", "decimal": "42"})


async def test_an_error_is_an_output_and_not_an_exception() -> None:
    call = {"type": "tool_call", "id": "c1", "name": "calculator", "args": {"expression": "1 / 0"}}
    output = (await TOOLS["calculator"].ainvoke(call)).artifact
    assert output.error == "invalid_input"
    assert output.content.startswith("Error (invalid_input)")
    assert output.data == {"code": "division_by_zero"}


async def test_env_reaches_the_tool_as_it_is() -> None:
    env = ToolEnv(limits={"calculator": 1.0})
    seen = TOOLS["calculator"]._parse_input({"expression": "1", "env": env}, None)
    assert isinstance(seen, dict)
    assert seen["env"] is env
