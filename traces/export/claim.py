"""A folder that one export alone works in, among all processes of this machine: whoever holds its lock owns what is in it.

The lock goes with the process, so what a killed export left is nobody's, and is emptied for the next. File systems without locks
(some network ones) give no more safety than a plain folder.
"""

import fcntl
import os
import shutil
from pathlib import Path

from traces.export.errors import ExportError


class Claim:
    """An empty folder that is ours until `release`; raises ExportError at once where another export has it."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not self.held:
                raise BlockingIOError
            _emptied(folder)
        except BlockingIOError:
            os.close(self._handle)
            raise ExportError(
                target, "another export is being written there", "Wait for it, or choose another folder"
            ) from None
        except BaseException:
            os.close(self._handle)
            raise

    @property
    def held(self) -> bool:
        """Whether what stands at the path is what was locked; another may have renamed or removed it before the lock."""
        try:
            return os.path.samestat(os.fstat(self._handle), os.stat(self.folder))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Remove what was not renamed away, and let go."""
        try:
            if self.held:
                shutil.rmtree(self.folder, ignore_errors=True)
        finally:
            os.close(self._handle)


def _emptied(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
