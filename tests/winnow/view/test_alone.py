"""One trajectory as a file: whole, silent, and never written over another."""

import re
from pathlib import Path

from typer.testing import CliRunner

from tests.winnow.view.test_pages import hostile_trace
from traces.ledger import Ledger
from winnow.cli import app
from winnow.commands import Refusal
from winnow.folder import RunFolder
from winnow.view.pages.alone import alone


def test_a_trajectory_is_written_to_a_file_once(run: Path, tmp_path: Path) -> None:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        trace = next(ledger.trajectories())
    words = ["view", str(run), "--html", str(tmp_path / "one.html"), "--key", trace.key]
    assert CliRunner().invoke(app, words).exit_code == 0
    text = (tmp_path / "one.html").read_text()
    assert text.count("<article") == len(trace.steps)
    assert not re.search(r'<script|<link|(?:src|href)="(?!#|data:image/)', text)
    for wrong, said in (
        (words, "already here"),
        ([*words[:-1], "none-0-0"], "no trajectory"),
        (words[:-2], "takes one run"),
    ):
        answer = CliRunner().invoke(app, wrong)
        assert isinstance(answer.exception, Refusal)
        assert said in str(answer.exception)
    assert (tmp_path / "one.html").read_text() == text


def test_hostile_text_stays_text_in_a_file_too() -> None:
    text = alone(hostile_trace())
    for bad in ("<script", "<img src=x", "\x1b", "\u202e"):
        assert bad not in text
    assert "U+202E" in text
