"""Every folder with a card loads by it, every config and split, deep-equal with its lines."""

from pathlib import Path
from typing import Any

import pytest

from tests.traces.export.test_export import lines
from traces.export import Options, all_formats, export
from traces.export.card import configs
from traces.ledger import Ledger

WITH_CARD = [name for name, format in all_formats().items() if format.features]


@pytest.mark.parametrize("name", WITH_CARD)
def test_the_folder_loads_by_its_card_deep_equal(filled: Ledger, tmp_path: Path, load: Any, name: str) -> None:
    report = export(filled, name, tmp_path / "out", Options(about={"scenario": "quickstart", "seed": "1"}))
    assert report.rows
    for config, splits in configs(report).items():
        loaded = load(str(tmp_path / "out"), config)
        assert list(loaded) == list(splits)
        for split, (file,) in splits.items():
            assert list(loaded[split]) == lines(tmp_path / "out" / file)
    assert "- seed: 1" in (tmp_path / "out" / "README.md").read_text()
