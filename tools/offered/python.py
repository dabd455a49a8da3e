"""Offers a code interpreter to a model: Python whose variables, imports and files stay for the whole attempt."""

import asyncio
import base64
from typing import Annotated, Any

from langchain_core.tools import InjectedToolArg, tool

from tools.results import ToolEnv, ToolOutput, failed
from tools.sandbox.session import MIB, ProducedFile, RunResult, SandboxError, Session
from traces.record import Artifact, ToolErrorKind

ARTIFACT_CAP = MIB
"""Files larger than this come back by name and size only."""
OPENING = 20.0
"""Seconds a session may take to open; under the deadline of a whole call, so that the two are told apart."""


@tool(response_format="content_and_artifact", parse_docstring=True)
async def python(code: str, env: Annotated[ToolEnv | None, InjectedToolArg] = None) -> tuple[str, ToolOutput]:
    """Run Python code and see what it prints, and the value of its last expression.

    Variables, imports and files stay from one call to the next. numpy and sympy are installed; there is no network. The task's
    files, if it has any, lie in the current folder. Figures left open are saved as PNG files.

    Args:
        code: Python source, one or more lines, such as "import math\\nprint(math.comb(50, 6))" or "2 ** 100".
    """
    output = await _call(code, env or ToolEnv())
    return output.content, output


async def _call(code: str, env: ToolEnv) -> ToolOutput:
    try:
        session = await _opened(env)
        result = await session.run(code, env.limits.get("python"))
        artifacts = [await _artifact(session, file, result) for file in result.files]
    except SandboxError as error:
        return failed("sandbox_unavailable", str(error))
    except ValueError as error:
        return failed("invalid_input", str(error))
    return ToolOutput(observation(result), _kind(result), _data(result), tuple(artifacts))


async def _opened(env: ToolEnv) -> Session:
    """The attempt's session. One that does not open in time is the machine's fault, not that of the code."""
    try:
        async with asyncio.timeout(OPENING):
            return await env.session()
    except TimeoutError:
        raise SandboxError(f"the interpreter did not open within {OPENING:g} s") from None


def observation(result: RunResult) -> str:
    """What the model is shown: stdout, stderr, the value, the error, and what it has to know about limits, in this order."""
    parts = [result.stdout, result.stderr, result.value or "", *_problems(result)]
    shown = "\n".join(part.removesuffix("\n") for part in parts if part)
    return shown or ("Done. Files written: " + _names(result) if result.files else "Done, without output.")


def _problems(result: RunResult) -> list[str]:
    found = []
    if result.omitted:
        found.append(f"[The output limit was reached: {result.omitted} more bytes are not shown.]")
    kind = _kind(result)
    if kind is not None and result.error is not None:
        text = f"{result.error.name}: {result.error.message}".removesuffix(": ")
        found.append(result.error.traceback or f"Error ({kind}): {text}")
    if result.closed:
        found.append("[The session ended: its variables and files are gone. The next call starts a new one.]")
    return found


def _names(result: RunResult) -> str:
    return ", ".join(f"{file.name} ({file.size} bytes)" for file in result.files)


def _kind(result: RunResult) -> ToolErrorKind | None:
    if result.limit == "time":
        return "timeout"
    if result.error is None:
        return None
    return "execution_error" if result.limit in (None, "output") else "limit"


def _data(result: RunResult) -> dict[str, Any]:
    """The observation in parts; nothing that differs between equal runs."""
    return {
        "stdout": result.stdout,
        "stderr": result.stderr,
        "value": result.value,
        "error": result.error.name if result.error else None,
        "limit": result.limit,
        "files": [file._asdict() for file in result.files],
    }


async def _artifact(session: Session, file: ProducedFile, result: RunResult) -> Artifact:
    bare = Artifact(name=file.name, media_type=file.media_type, size=file.size)
    if result.closed or file.size > ARTIFACT_CAP:
        return bare
    try:
        content = await session.get(file.name)
    except FileNotFoundError:
        return bare
    try:
        return bare.model_copy(update={"content": content.decode()})
    except UnicodeDecodeError:
        return bare.model_copy(update={"content": base64.b64encode(content).decode(), "encoding": "base64"})
