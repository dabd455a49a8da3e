"""Full-text search: the index beside the ledger, and the address that asks it."""

import os
import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.traces import samples
from traces.finding import Find
from traces.ledger import Ledger
from traces.record import Decision
from traces.rows import Filters
from winnow.folder import RunFolder
from winnow.view.app import build_app
from winnow.view.shelf import Shelf
from winnow.view.words import Words, expression, words_of

KEYS = re.compile(r'data-open="/run/seen/([^"]+)"')


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("two words", '"two" "words"'),
        ('"a phrase" and', '"a phrase" "and"'),
        ("begin*", '"begin"*'),
        ('" OR ( NEAR:', '"OR" "NEAR:"'),
        ("*** ' -", None),
        ("", None),
    ],
)
def test_what_is_typed_is_never_syntax(typed: str, asked: str | None) -> None:
    assert expression(typed) == asked


def held(run: Path, word: str) -> set[str]:
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        return {s.key for s in ledger.stored() if word in re.findall(r"[^\W_]+", words_of(s).casefold())}


def test_words_and_filters_find_exactly_what_holds_them(run: Path) -> None:
    shelf = Shelf([run])
    site = TestClient(build_app(shelf, "127.0.0.1", 80), base_url="http://127.0.0.1:80")
    assert (book := shelf.get("seen"))
    assert book.words.wait(30)
    assert book.words.trouble == ""
    wanted = held(run, "print")
    assert wanted
    assert set(KEYS.findall(site.get("/run/seen?q=print").text)) == wanted
    with Ledger.open(RunFolder(run).ledger, readonly=True) as ledger:
        kept = {row.key for row in ledger.page(Filters(decision="keep"), limit=500)}
    assert set(KEYS.findall(site.get("/run/seen?q=print&decision=keep").text)) == wanted & kept
    assert "Nothing fits" in site.get("/run/seen?q=nosuchword").text
    assert site.get('/run/seen?q="+OR+)((+*').status_code == 200
    shelf.close()


def test_the_index_goes_on_where_it_stopped_and_the_ledger_stays_as_it_was(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "seen"
    shutil.copytree(run, copy, ignore=shutil.ignore_patterns("view.sqlite*"))
    ledger = RunFolder(copy).ledger
    with Ledger.open(ledger, readonly=True) as opened:
        before = opened.digest()
    counts = []
    for _ in range(2):
        index = Words(ledger, copy / "view.sqlite")
        assert index.wait(30)
        with Ledger.open(ledger, readonly=True) as opened:
            opened.attach(index.path)
            counts.append(opened.found(Find(words='"print"')))
            assert opened.digest() == before
        index.close()
    assert counts == [len(held(run, "print"))] * 2


def test_an_index_of_another_ledger_or_no_index_at_all_is_made_anew(run: Path, tmp_path: Path) -> None:
    place = tmp_path / "view.sqlite"
    place.write_bytes(b"no database" * 1000)
    index = Words(RunFolder(run).ledger, place)
    assert index.wait(30)
    index.close()
    with Ledger.create(tmp_path / "empty.sqlite"):
        pass
    other = Words(tmp_path / "empty.sqlite", place)
    assert other.wait(30)
    with Ledger.open(tmp_path / "empty.sqlite", readonly=True) as ledger:
        ledger.attach(other.path)
        assert ledger.find(Find(words='"print"')) == []
    other.close()


def test_disputes_are_found_as_soon_as_they_are_read(tmp_path: Path) -> None:
    traces = [samples.trace(f"t-{n}-0") for n in range(3)]
    decision = Decision(outcome="keep", disputed=1)
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        for n, trace in enumerate(traces):
            ledger.put_attempt(f"t-{n}", 0, [trace.model_copy(update={"decision": decision}) if n == 1 else trace])
        assert ledger.find(Find(disputed=True)) == []
        index = Words(tmp_path / "ledger.sqlite", tmp_path / "view.sqlite")
        assert index.wait(30)
        ledger.attach(index.path)
        assert [row.key for row in ledger.find(Find(disputed=True))] == ["t-1-0"]
        assert ledger.found(Find(Filters("reject"), disputed=True)) == 0
        index.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_has_its_index_elsewhere(run: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    shut.chmod(0o500)
    index = Words(RunFolder(run).ledger, shut / "view.sqlite")
    assert index.wait(30)
    assert index.path.parent != shut
    index.close()
    assert not index.path.exists()


def test_a_place_that_cannot_be_written_has_its_index_elsewhere(run: Path, tmp_path: Path) -> None:
    index = Words(RunFolder(run).ledger, tmp_path / "nowhere" / "view.sqlite")
    assert index.wait(30)
    assert index.path.is_file()
    index.close()
    assert not index.path.exists()
