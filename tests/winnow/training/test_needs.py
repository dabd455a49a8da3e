"""Without the extra `train`, the commands say what is missing and write nothing."""

from pathlib import Path

import pytest

from tests.winnow.command import winnow
from winnow.training.needs import TrainingError, require


def test_what_is_missing_is_named() -> None:
    with pytest.raises(TrainingError, match=r"no_such_package_at_all not installed: `make install-train`"):
        require("json", "no_such_package_at_all")


def test_a_folder_without_a_model_is_not_served(tmp_path: Path) -> None:
    done = winnow("serve", tmp_path)
    assert done.returncode == 2
    assert "no trained model is here" in done.stderr or "make install-train" in done.stderr
