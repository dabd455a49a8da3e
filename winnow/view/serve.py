"""Serves the viewer until it is interrupted."""

import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from winnow.view.app import build_app
from winnow.view.shelf import Shelf


class AddressTaken(Exception):
    """The server cannot listen where it was told to."""


def serve(shelf: Shelf, host: str, port: int, access: str, tell: Callable[[str], None]) -> None:
    """Listen, tell the address, and serve. Raises AddressTaken."""
    with listening(host, port) as listener:
        bound = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        tell(f"http://{shown}:{bound}/{f'?token={access}' if access else ''}")
        app = build_app(shelf, host, bound, access)
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=5)
        try:
            _Server(config, shelf).run(sockets=[listener])
        except KeyboardInterrupt:
            return
        finally:
            shelf.close()


class _Server(uvicorn.Server):
    """Tells the shelf when it is asked to end, so that streams to open pages end by themselves."""

    def __init__(self, config: uvicorn.Config, shelf: Shelf) -> None:
        super().__init__(config)
        self._shelf = shelf

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._shelf.closing = True
        super().handle_exit(sig, frame)


def listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressTaken(
            f"{host}:{port}: {error.strerror}. Give another port with --port, or 0 for a free one."
        ) from error
    return listener
