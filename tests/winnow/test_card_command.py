"""`winnow graders card` fails where figures are under their floors, and says where that may be the chance of a small set."""

from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from graders.card import Card, Figures
from winnow.cli import app


@pytest.mark.parametrize(
    ("caught", "per_code", "code", "words"),
    [
        (68, 5, 1, "floor 0.70; so few may be so by chance, 30 a code decide"),
        (68, 30, 1, "below its floor: without the oracle: catch rate is 0.680 [0.583, 0.763] (68/100), floor 0.70\n"),
        (40, 5, 1, "below its floor: without the oracle: catch rate is 0.400 [0.309, 0.498] (40/100), floor 0.70\n"),
        (75, 5, 0, ""),
    ],
)
def test_a_figure_under_its_floor_fails_and_a_small_set_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, caught: int, per_code: int, code: int, words: str
) -> None:
    empty = Figures()
    measured = Card(empty, Figures(faulty=100, caught=caught), empty, {}, {}, empty)
    made = SimpleNamespace(seconds=1.0, short={})
    monkeypatch.setattr("winnow.carding.fresh_card", lambda *_: (measured, made))
    done = CliRunner().invoke(app, ["graders", "card", "--per-code", str(per_code)])
    assert done.exit_code == code
    assert words in done.output
