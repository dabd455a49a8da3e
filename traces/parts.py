"""Parts that are found in a folder and not registered: tools, graders, families. What is wrong with one is told with its file.

Covers a file that cannot be imported; what a part of its kind has to be, its finder says.
"""

from importlib import import_module
from types import ModuleType


class BrokenPart(Exception):
    """A file of a folder of parts is none of them. The message names the file, the cause and what to do."""

    def __init__(self, package: str, name: str, cause: str) -> None:
        super().__init__(f"{package.replace('.', '/')}/{name}.py: {cause}. Mend the file, or take it away")


def part(package: str, name: str) -> ModuleType:
    """A module of a folder of parts. Raises BrokenPart where it cannot be imported."""
    try:
        return import_module(f"{package}.{name}")
    except Exception as error:  # the boundary of a file that anyone may write: it fails in any way
        where = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        raise BrokenPart(package, name, f"cannot be imported ({type(error).__name__}{where}: {said})") from error
