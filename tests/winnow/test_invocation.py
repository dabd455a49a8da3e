"""Printed commands work as printed: the shell finds this very Winnow, and no name falls apart."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.winnow.command import winnow
from winnow import __version__, invocation
from winnow.invocation import command


@pytest.fixture(autouse=True)
def fresh() -> None:
    invocation._program.cache_clear()


def test_it_runs_as_printed_where_winnow_is_not_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    done = subprocess.run(command("--help"), shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "winnow" in done.stdout


def test_it_is_short_where_the_shell_finds_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours = tmp_path / "winnow"
    ours.write_text("#!/bin/sh\n")
    ours.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command("show", "a run", "KEY") == "winnow show 'a run' KEY"


def test_another_winnow_on_the_path_is_not_meant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("ours", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "winnow").write_text("#!/bin/sh\n")
        (tmp_path / folder / "winnow").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ours" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "other"))
    assert shlex.split(command("status"))[0] == str(tmp_path / "ours" / "winnow")


def test_it_tells_its_version() -> None:
    done = winnow("--version")
    assert done.returncode == 0
    assert done.stdout.startswith(f"winnow {__version__}, Python 3.")
