"""What an attack must not find, laid out where this user could read it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _secrets() -> Iterator[None]:
    os.environ["WINNOW_TEST_SECRET"] = "swordfish-in-environment"
    paths = [Path(folder) / "winnow-test-secret" for folder in ("/tmp", "/var/tmp", Path.home())]
    # Another user's run may have laid out its own; those will do, as anybody can read them.
    made = [path for path in paths if not path.exists()]
    for path in made:
        path.write_text("swordfish-in-file")
    yield
    for path in made:
        path.unlink(missing_ok=True)
    del os.environ["WINNOW_TEST_SECRET"]
