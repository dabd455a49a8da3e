"""What training needs beside the default install, and how to be told that it is not there."""

from importlib.util import find_spec

PACKAGES = ("torch", "transformers", "tokenizers")
SERVER = ("fastapi", "uvicorn", "openai")


class TrainingError(Exception):
    """A model cannot be trained, served or compared; the message says what stands in the way and what to do."""


def require(*packages: str) -> None:
    """Raises TrainingError naming what is missing of the packages."""
    missing = [name for name in packages or PACKAGES if find_spec(name) is None]
    if missing:
        raise TrainingError(f"{', '.join(missing)} not installed: `make install-train`, or install the extra `train`")
