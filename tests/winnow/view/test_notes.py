"""Notes from the viewer: appended to the ledger, shown beside their step, found by the filter, and refused where they are none."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.shelf import Shelf

ORIGIN = "http://127.0.0.1"
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    shutil.copytree(run, tmp_path / "seen", ignore=shutil.ignore_patterns("view.sqlite*"))
    return tmp_path / "seen"


@pytest.fixture
def site(copy: Path) -> Iterator[TestClient]:
    with TestClient(build_app(Shelf([copy]), "127.0.0.1", 80), base_url=ORIGIN) as opened:
        yield opened


def first(copy: Path) -> str:
    with Ledger.open(RunFolder(copy).ledger, readonly=True) as ledger:
        return ledger.page(limit=1)[0].key


def post(site: TestClient, key: str, value: Any, token: str | None = None) -> Any:
    found = re.search(r'name="winnow-token" content="([^"]+)"', site.get(f"/run/seen/{key}").text)
    assert found
    headers = {"origin": ORIGIN, "x-winnow-token": token or found[1]}
    return site.post(f"/run/seen/{key}/notes", json=value, headers=headers)


def test_a_note_is_kept_shown_and_found(site: TestClient, copy: Path) -> None:
    key = first(copy)
    assert post(site, key, {"step": 0, "kind": "bad", "text": HOSTILE}).status_code == 201
    assert post(site, key, {"text": "the whole of it"}).status_code == 201
    with Ledger.open(RunFolder(copy).ledger, readonly=True) as ledger:
        kept = [(note.step, note.kind, note.text) for note in ledger.notes(key)]
    assert kept == [(0, "bad", HOSTILE), (None, "", "the whole of it")]
    text = site.get(f"/run/seen/{key}").text
    assert "the whole of it" in text[: text.index('id="step-0"')]
    assert "&lt;script&gt;alert(1)" in text[text.index('id="step-0"') :]
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    for asked, n in (("any", 1), ("bad", 1), ("good", 0)):
        assert site.get(f"/run/seen?note={asked}").text.count("data-open=") == n


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({}, 422),
        ({"kind": "maybe"}, 422),
        ({"step": 99, "kind": "good"}, 404),
        ([], 422),
        ({"text": "x" * 200_000}, 413),
    ],
)
def test_what_is_no_note_is_refused_in_words(site: TestClient, copy: Path, value: Any, status: int) -> None:
    answer = post(site, first(copy), value)
    assert answer.status_code == status
    assert answer.text


def test_without_the_token_nothing_is_written(site: TestClient, copy: Path) -> None:
    assert post(site, first(copy), {"kind": "good"}, token="other").status_code == 403
    with Ledger.open(RunFolder(copy).ledger, readonly=True) as ledger:
        assert ledger.notes() == []
