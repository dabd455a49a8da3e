"""An export on its way to the Hub: a loopback server that answers as the Hub does, or refuses."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.winnow.command import winnow
from tests.winnow.test_export_cli import row
from winnow.pushing import PushError, push

TOKEN = "hf_canary0123456789"


class Hub(ThreadingHTTPServer):
    """`refuse` is the status it answers everything with; `created` and `files` are what it was given."""

    refuse = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.created: list[dict[str, object]] = []
        self.files: dict[str, bytes] = {}


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        self._say(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.server.refuse or self.headers["authorization"] != f"Bearer {TOKEN}":
            self._say(self.server.refuse or 401, {"error": "no"})
        elif self.path.endswith("/repos/create"):
            self.server.created.append(json.loads(body))
            self._say(200, {"url": f"{self.server.address}/datasets/ada/rows"})
        elif "/preupload/" in self.path:
            files = [{"path": f["path"], "uploadMode": "regular"} for f in json.loads(body)["files"]]
            self._say(200, {"files": [file | {"shouldIgnore": False} for file in files]})
        elif "/commit/" not in self.path:
            self._say(200, {"errors": [], "warnings": []})
        else:
            self._take(body)
            self._say(200, {"commitOid": "0" * 40, "commitUrl": f"{self.server.address}/datasets/ada/rows/commit/0"})

    def _take(self, body: bytes) -> None:
        for line in map(json.loads, body.splitlines()):
            if line["key"] == "file":
                self.server.files[line["value"]["path"]] = base64.b64decode(line["value"]["content"])

    def _say(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pushed")
    (folder / "rows.jsonl").write_text(json.dumps(row("one", 1)) + "\n")
    assert winnow("import", folder / "rows.jsonl", "-o", folder / "run").returncode == 0
    return folder / "run"


def pushed(run: Path, out: Path, address: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "winnow", "export", str(run), "--format", "trl", "--rows", "all", "-o", str(out)]
    environment = {**os.environ, "HF_ENDPOINT": address, "HF_TOKEN": TOKEN, "HF_HOME": str(out.parent / "hf")}
    return subprocess.run([*command, *words], capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_what_was_written_is_what_the_hub_has(run: Path, tmp_path: Path, hub: Hub) -> None:
    done = pushed(run, tmp_path / "out", hub.address, "--push", "ada/rows")
    assert done.returncode == 0, done.stderr
    assert "on the Hub: " in done.stdout
    assert hub.created[0]["visibility"] == "private"
    written = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert hub.files == {str(file.relative_to(tmp_path / "out")): file.read_bytes() for file in written}


def test_a_refusal_is_told_with_its_reason_and_without_the_token(run: Path, tmp_path: Path, hub: Hub) -> None:
    hub.refuse = 403
    done = pushed(run, tmp_path / "out", hub.address, "--push", "ada/rows")
    assert done.returncode == 2
    assert "may not write" in done.stderr
    assert str(tmp_path / "out") in done.stderr
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("status", "said"), [(401, "not valid"), (403, "may not write"), (404, "(404)"), (500, "(500)")]
)
def test_each_refusal_has_its_reason(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, status: int, said: str
) -> None:
    hub.refuse = status
    told = _refused(tmp_path, hub.address, monkeypatch)
    assert said in told
    assert str(tmp_path) in told
    assert TOKEN not in told


def test_no_server_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "did not get to the Hub" in _refused(tmp_path, "http://127.0.0.1:9", monkeypatch)


def _refused(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the caller of `push` is told."""
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with pytest.raises(PushError) as told:
        push(folder, "ada/rows", public=False)
    return str(told.value)


def test_what_is_no_name_is_refused_before_anything_is_written(run: Path, tmp_path: Path) -> None:
    odd = winnow("export", run, "--format", "trl", "-o", tmp_path / "other", "--push", "rows")
    assert (odd.returncode, "OWNER/NAME" in odd.stderr) == (2, True)
    assert not (tmp_path / "other").exists()
