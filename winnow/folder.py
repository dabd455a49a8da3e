"""The folder of a run: what was asked (`run.yaml`), what happened (`ledger.sqlite`), what it searched (`index/`), and what came of it.

`run.yaml` is the truth of configuration, the ledger the truth of progress. An existing folder is never written over.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from scenarios.loading import differences, load_scenario
from scenarios.scenario import Scenario, dump_yaml


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
    def ledger(self) -> Path:
        return self.path / "ledger.sqlite"

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
    def summary(self) -> Path:
        return self.path / "summary.json"

    @classmethod
    def create(cls, path: Path, scenario: Scenario) -> "RunFolder":
        """Make the folder and write down what is asked. Raises FolderError where anything stands there already."""
        try:
            if path.exists() and (not path.is_dir() or any(path.iterdir())):
                raise FolderError(
                    f"{path}: exists already. Continue that run with --resume, or choose another folder with -o."
                )
            path.mkdir(parents=True, exist_ok=True)
            folder = cls(path)
            write_whole(folder.config, dump_yaml(scenario))
        except OSError as error:
            raise FolderError(
                f"{path}: cannot be written ({error.strerror}). Choose another folder with -o."
            ) from error
        return folder

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """The folder of a run that was started. Raises FolderError where there is none."""
        folder = cls(path)
        if not folder.config.is_file():
            raise FolderError(f"{path}: no run here (no run.yaml). Runs are folders that `winnow run` made.")
        return folder

    def scenario(self) -> Scenario:
        """What this run was asked, resolved."""
        return load_scenario(self.config)

    def require_same(self, scenario: Scenario) -> None:
        """Refuse to continue a run with other settings, naming each that differs."""
        before = self.scenario()
        if before.fingerprint() == scenario.fingerprint():
            return
        differing = "\n".join(f"  {difference}" for difference in differences(before, scenario))
        raise FolderError(
            f"{self.path}: was started with other settings:\n{differing}\n"
            f"Resume with the same ones (winnow run {self.config} -o {self.path} --resume), or choose another folder."
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
