"""`winnow teacher`: the embedded teacher for other programs."""

from typing import Annotated

import typer

from winnow.commands import Refusal

app = typer.Typer(no_args_is_help=True, help="The embedded teacher.")


@app.callback()
def teacher() -> None:
    """Keep the group a group though it has one command."""


@app.command("serve")
def serve(
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8008,
    profile: Annotated[str, typer.Option(help="Fault profile: which mistakes it makes on purpose.")] = "careful",
) -> None:
    """Serve the teacher on this machine as an OpenAI-compatible endpoint, until Ctrl-C. It takes any key and any model's name."""
    import socket

    import uvicorn

    from agents.serving import serve_teacher
    from scenarios.profiles import PROFILES

    if profile not in PROFILES:
        raise Refusal(f"no profile {profile!r}. Profiles: {', '.join(sorted(PROFILES))}")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)  # from here on callers wait for their answer instead of being refused
    except OSError as error:
        raise Refusal(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    typer.echo(f"The teacher answers at {url}")
    typer.echo(f"winnow run scenarios/quickstart.yaml --model openai:teacher --set models.solver.base_url={url}")
    uvicorn.Server(uvicorn.Config(serve_teacher(PROFILES[profile]), log_level="warning")).run(sockets=[listener])
