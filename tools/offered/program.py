"""Offers compilers and other languages' interpreters to a model: each call compiles and runs one whole program in a session of its own."""

from typing import Annotated, Any, Literal

from langchain_core.tools import InjectedToolArg, tool

from tools.offered.python import observation
from tools.results import ToolEnv, ToolOutput, failed
from tools.sandbox.session import RunResult, SandboxError
from traces.record import ToolErrorKind

SECONDS = 60.0
"""For compiling and running together, unless the attempt says otherwise."""


@tool(response_format="content_and_artifact", parse_docstring=True)
async def program(
    language: Literal["bash", "c", "cpp", "go", "java", "javascript", "python", "rust", "sql"],
    source: str,
    stdin: str = "",
    env: Annotated[ToolEnv | None, InjectedToolArg] = None,
) -> tuple[str, ToolOutput]:
    """Compile and run a whole program, and see what it prints or why it does not compile.

    Nothing stays from one call to the next; there is no network. SQL is SQLite's.

    Args:
        language: The language of the program.
        source: The whole source, such as "console.log(2 + 2)"; in compiled languages with its main function.
        stdin: What the program can read from its standard input.
    """
    output = await _call(language, source, stdin, env or ToolEnv())
    return output.content, output


async def _call(language: str, source: str, stdin: str, env: ToolEnv) -> ToolOutput:
    from tools.trials.foreign import programs_of

    if env.sessions is None:
        return failed("sandbox_unavailable", "no sandbox is configured for this attempt: give its ToolEnv `sessions`")
    try:
        programs = programs_of(env.sessions)
        session = await programs.open()
        try:
            result = await session.run_program(language, source, stdin, timeout=env.limits.get("program", SECONDS))
        finally:
            await programs.close()
    except SandboxError as error:
        return failed("sandbox_unavailable", str(error))
    except ValueError as error:
        return failed("invalid_input", str(error))
    return ToolOutput(_shown(result), _kind(result), _data(result))


def _shown(result: RunResult) -> str:
    """What the model reads; a program's session is never gone on with, so its end is not told."""
    return observation(result).replace(
        "\n[The session ended: its variables and files are gone. The next call starts a new one.]", ""
    )


def _kind(result: RunResult) -> ToolErrorKind | None:
    if result.limit == "time":
        return "timeout"
    if result.error is None:
        return None
    if result.error.name in ("LanguageAbsent", "LanguageUnknown"):
        return "invalid_input"
    return "execution_error" if result.limit in (None, "output") else "limit"


def _data(result: RunResult) -> dict[str, Any]:
    """The observation in parts; nothing that differs between equal runs."""
    return {
        "stdout": result.stdout,
        "stderr": result.stderr,
        "error": result.error.name if result.error else None,
        "exit_code": result.exit_code,
        "limit": result.limit,
    }
