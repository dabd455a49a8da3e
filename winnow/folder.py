"""The folder of a run: what was asked (`run.yaml`), what happened (`ledger.sqlite`), what it searched (`index/`), and what came of it.

`run.yaml` is the truth of configuration, the ledger the truth of progress. Traces that no scenario made have `origin.yaml` instead
(imported) or beside it (judged again). An existing folder is never written over.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import orjson

from scenarios.loading import differences, load_scenario
from scenarios.scenario import Scenario, dump_yaml
from traces.database import being_written
from winnow.invocation import command
from winnow.origin import Origin

RUNS = Path("outputs")
"""Where runs go that were given no folder."""


class FolderError(Exception):
    """A run folder cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class RunFolder:
    """Where a run's files are."""

    path: Path

    @property
    def config(self) -> Path:
        return self.path / "run.yaml"

    @property
    def origin_file(self) -> Path:
        return self.path / "origin.yaml"

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.sqlite"

    @property
    def journal(self) -> Path:
        return self.path / "journal.sqlite"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def exports(self) -> Path:
        return self.path / "exports"

    @property
    def report(self) -> Path:
        return self.path / "report.md"

    @property
    def pulse(self) -> Path:
        return self.path / ".pulse.json"

    @property
    def summary(self) -> Path:
        return self.path / "summary.json"

    @classmethod
    def create(cls, path: Path, scenario: Scenario) -> "RunFolder":
        """Make the folder and write down what is asked. Raises FolderError where anything stands there already."""
        mine = cls(path)
        remedy = "Choose another folder with -o."
        if mine.config.is_file() and not mine.origin_file.is_file():
            remedy = "Continue that run with --resume, or choose another folder with -o."
        return cls._made(path, {"run.yaml": dump_yaml(scenario)}, remedy)

    @classmethod
    def create_from(cls, path: Path, origin: Origin, scenario: str | None = None) -> "RunFolder":
        """Make a folder for traces that come from elsewhere, with the text of the scenario that once made them if one did.

        An import that did not end, or of which no row came, is begun anew in its folder: nothing is lost that its files do not hold.
        """
        if origin.kind == "import":
            _clear(cls(path))
        files = {"run.yaml": scenario} if scenario is not None else {}
        return cls._made(path, {**files, "origin.yaml": origin.text()}, "Choose another folder with -o.")

    @classmethod
    def _made(cls, path: Path, files: Mapping[str, str], remedy: str) -> "RunFolder":
        try:
            if path.exists() and not path.is_dir():
                raise FolderError(f"{path}: is a file, not a folder. Choose another folder with -o.")
            if path.exists() and any(path.iterdir()):
                raise FolderError(f"{path}: exists already. {remedy}")
            path.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                write_whole(path / name, text)
        except OSError as error:
            _unmake(path, files)
            raise FolderError(
                f"{path}: cannot be written ({error.strerror}). Choose another folder with -o."
            ) from error
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """The folder of a run that was started. Raises FolderError where there is none."""
        folder = cls(path)
        if not folder.config.is_file() and not folder.origin_file.is_file():
            raise FolderError(f"{path}: no run here (no run.yaml). Runs are folders that `winnow run` made.")
        return folder

    def scenario(self) -> Scenario:
        """What this run was asked, resolved. Raises FolderError where no scenario made it."""
        if not self.config.is_file():
            raise FolderError(f"{self.path}: its traces were imported, so it has no scenario.")
        return load_scenario(self.config)

    def origin(self) -> Origin | None:
        """Where the traces come from, for a run that no scenario made. Raises FolderError where that cannot be read."""
        if not self.origin_file.is_file():
            return None
        try:
            return Origin.of(self.origin_file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise FolderError(f"{self.origin_file}: cannot be read ({error}).") from error

    def told(self, what: Literal["stop", "reason"]) -> str:
        """Why it ended when it last did, in a word or in words, by its summary; empty where there is none."""
        try:
            return str(orjson.loads(self.summary.read_bytes())[what])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def finish(self, origin: Origin) -> None:
        """Write down how it ended."""
        write_whole(self.origin_file, origin.text())

    def require_same(self, scenario: Scenario, unused: Collection[str] = ()) -> None:
        """Refuse to continue a run with other settings, naming each that differs.

        `unused` are the beginnings of keys whose settings nothing was made with yet: those may change, and hold from here on.
        """
        before = self.scenario()
        if before.fingerprint() == scenario.fingerprint():
            return
        differing = differences(before, scenario)
        if all(difference.startswith(tuple(unused)) for difference in differing):
            write_whole(self.config, dump_yaml(scenario))
            return
        lines = "\n".join(f"  {difference}" for difference in differing)
        raise FolderError(
            f"{self.path}: was started with other settings:\n{lines}\n"
            f"Resume with the same ones ({command('run', self.config, '-o', self.path, '--resume')}), or choose another folder."
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


_OF_IMPORTS = {
    "origin.yaml",
    "ledger.sqlite",
    "ledger.sqlite-wal",
    "ledger.sqlite-shm",
    "ledger.sqlite.lock",
    "broken.jsonl",
}


def _clear(folder: RunFolder) -> None:
    """Take away what an import left that was broken off, where nothing else stands in the folder and nobody writes there."""
    try:
        left = folder.origin()
        files = list(folder.path.iterdir()) if left else []
    except (FolderError, OSError):
        return
    if left is None or left.kind != "import" or (left.complete and left.broken < left.rows):
        return
    if not being_written(folder.ledger) and {file.name for file in files} <= _OF_IMPORTS:
        for file in files:
            file.unlink()


def _unmake(path: Path, files: Iterable[str]) -> None:
    """Leave nothing of a folder that could not be filled. It was empty before, or not there."""
    with suppress(OSError):
        for name in files:
            (path / name).unlink(missing_ok=True)
        path.rmdir()
