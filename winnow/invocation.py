"""How Winnow is typed where it runs: a command that is printed works as it is printed, wherever it stands and however folders are named."""

import os
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path


def command(*words: object) -> str:
    """`winnow` with these words, as a shell takes it from the folder one is in."""
    return shlex.join([*_program(Path.cwd()), *map(str, words)])


@cache
def _program(here: Path) -> tuple[str, ...]:
    """`winnow` where the shell would find this very installation, else its path, else the module by its interpreter."""
    ours, found = Path(sys.executable).with_name("winnow"), shutil.which("winnow")
    if not ours.is_file():
        return sys.executable, "-m", "winnow"
    if found and os.path.samefile(found, ours):
        return ("winnow",)
    return (str(ours.relative_to(here) if ours.is_relative_to(here) else ours),)
