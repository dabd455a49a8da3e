"""What an attack must not find, laid out where this user could read it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _secrets() -> Iterator[None]:
    os.environ["WINNOW_TEST_SECRET"] = "swordfish-in-environment"
    paths = [Path(folder) / "winnow-test-secret" for folder in ("/tmp", "/var/tmp", Path.home())]
    for path in paths:
        path.write_text("swordfish-in-file")
    yield
    for path in paths:
        path.unlink()
    del os.environ["WINNOW_TEST_SECRET"]
