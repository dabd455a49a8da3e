"""A trained model behind transformers' own server, on this machine alone."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from winnow.training.needs import PACKAGES, SERVER, TrainingError, require

HOST = "127.0.0.1"


def serve(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve the model under the name of its folder, until it is interrupted. Raises TrainingError."""
    require(*PACKAGES, *SERVER)
    place = folder.resolve()
    if not (place / "config.json").is_file():
        raise TrainingError(f"{folder}: no trained model is here. `winnow train RUN --out {folder}` makes one")
    os.environ["HF_HUB_OFFLINE"] = (
        "1"  # read when transformers is imported: a name that is no folder must not be asked for elsewhere
    )
    from transformers.cli.serve import Serve

    found = free_port(port)
    os.chdir(place.parent)  # the server takes requests for the name it was given, and that is to be a name, not a path
    tell(f"http://{HOST}:{found}/v1")
    _quiet()
    Serve(force_model=place.name, device="cpu", host=HOST, port=found, log_level="error")


def _quiet() -> None:
    """One thread, which for so small a model is the quickest, and a log without a line for each request."""
    import logging

    import torch

    torch.set_num_threads(1)
    logging.getLogger("uvicorn.access").addFilter(lambda record: False)


def free_port(port: int) -> int:
    """The port, or one that is free for 0. Raises TrainingError where it is taken."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise TrainingError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error
        return int(tried.getsockname()[1])
