"""The same attacks where the host is an ordinary user, whose namespaces are all it has."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SYSTEM_PYTHON = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
SUITES = ("host", "harness", "exhaustion", "reduced")

needs_root = pytest.mark.skipif(
    os.getuid() != 0 or shutil.which("setpriv") is None or not os.path.exists(SYSTEM_PYTHON),
    reason="needs root, setpriv and the system's interpreter in this version",
)


@pytest.fixture
def home() -> Iterator[str]:
    """A folder of that user's; pytest's own are for root alone."""
    path = tempfile.mkdtemp(prefix="ordinary-user-")
    os.chown(path, 54321, 54321)
    yield path
    shutil.rmtree(path)


@needs_root
@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES)
def test_contained(suite: str, home: str) -> None:
    environment = {"PATH": "/usr/bin:/bin", "HOME": home, "PYTHONPATH": sysconfig.get_path("purelib")}
    command = [
        *("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", SYSTEM_PYTHON, "-B", "-m", "pytest", "-q"),
        *("-p", "no:cacheprovider", "-m", "not slow", "-k", "not numpy_allocation", f"--basetemp={home}/pytest"),
        f"tests/tools/sandbox/test_redteam_{suite}.py",
    ]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
