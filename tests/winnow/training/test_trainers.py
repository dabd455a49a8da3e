"""Level 4: what TRL makes of an export's rows. Needs torch and TRL."""

from pathlib import Path

import pytest

from traces.export import Options, export
from traces.export.errors import ExportError
from traces.export.masking import ChatTokenizer
from traces.ledger import Ledger

pytestmark = [pytest.mark.train, pytest.mark.filterwarnings("default")]
pytest.importorskip("trl", reason="needs the extra train: make install-train")


@pytest.mark.parametrize(
    ("format", "options", "trainers"),
    [
        ("trl", Options(rows="masked"), {"data/train.jsonl": "SFT", "data/turns-train.jsonl": "SFT"}),
        ("preference", Options(), {"data/train.jsonl": "DPO"}),
        ("kto", Options(), {"data/train.jsonl": "KTO"}),
    ],
)
def test_rows_are_trained_as_they_were_said(
    ledger: Ledger, tmp_path: Path, format: str, options: Options, trainers: dict[str, str]
) -> None:
    from winnow.training.trainers import try_out

    export(ledger, format, tmp_path / "out", options)
    found = try_out(tmp_path / "out", None)
    assert {one.how.split(":")[0]: one.how.split(" of ")[1].split()[0] for one in found} == trainers
    assert all(one.ok and one.looked for one in found), [one.words() for one in found]


def test_a_template_that_marks_the_wrong_turn_is_found(ledger: Ledger, tmp_path: Path) -> None:
    from tests.winnow.training.conversations import ROWS
    from winnow.training.template import CHAT_TEMPLATE
    from winnow.training.tokenizer import build
    from winnow.training.trainers import try_out

    export(ledger, "trl", tmp_path / "out")
    wrong = CHAT_TEMPLATE.replace("{%- generation -%}", "").replace("{%- endgeneration -%}", "")
    wrong = wrong.replace(
        "{{- message.content + '<|im_end|>' -}}",
        "{%- generation -%}{{- message.content + '<|im_end|>' -}}{%- endgeneration -%}",
    )
    found = try_out(tmp_path / "out", ChatTokenizer(build(ROWS, 400), wrong))
    assert not any(one.ok for one in found)


def test_a_format_that_trl_takes_none_of_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    from winnow.training.trainers import try_out

    export(ledger, "hermes", tmp_path / "out")
    with pytest.raises(ExportError, match="TRL takes no rows of this format"):
        try_out(tmp_path / "out", None)
