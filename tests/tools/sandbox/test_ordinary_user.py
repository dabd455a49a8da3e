"""The same attacks where the host is an ordinary user, whose namespaces are all it has."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

SYSTEM_PYTHON = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
SUITES = ("host", "harness", "exhaustion", "reduced")

needs_root = pytest.mark.skipif(
    os.getuid() != 0 or shutil.which("setpriv") is None or not os.path.exists(SYSTEM_PYTHON),
    reason="needs root, setpriv and the system's interpreter in this version",
)


@needs_root
@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES)
def test_contained(suite: str, tmp_path: Path) -> None:
    os.chown(tmp_path, 54321, 54321)
    os.chmod(tmp_path.parent, 0o755)
    root = Path(__file__).parents[3]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": sysconfig.get_path("purelib")}
    command = [
        *("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", SYSTEM_PYTHON, "-B", "-m", "pytest", "-q"),
        *(
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow",
            "-k",
            "not numpy_allocation",
            f"--basetemp=/tmp/winnow-ordinary-{suite}",
        ),
        f"tests/tools/sandbox/test_redteam_{suite}.py",
    ]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    shutil.rmtree(f"/tmp/winnow-ordinary-{suite}", ignore_errors=True)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
