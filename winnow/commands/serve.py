"""`winnow serve`: a trained model as an OpenAI-compatible endpoint."""

from pathlib import Path
from typing import Annotated

import typer

from winnow.commands import Refusal


def serve(
    model: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a model that `winnow train` made.")],
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8009,
) -> None:
    """Serve a trained model on this machine until Ctrl-C, by transformers' own server. Needs the extra `train`."""
    from winnow.training.needs import TrainingError
    from winnow.training.serving import serve as serve_model

    def tell(url: str) -> None:
        name = f"openai:{model.resolve().name}"
        typer.echo(f"{name} answers at {url}")
        typer.echo(f"winnow run SCENARIO --model {name} --set models.solver.base_url={url}")

    try:
        serve_model(model, port, tell)
    except TrainingError as error:
        raise Refusal(error) from error
