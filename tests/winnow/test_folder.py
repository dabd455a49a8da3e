"""Run folders: nothing is written over, and a run goes on only with what it was started with."""

from pathlib import Path

import pytest

from scenarios.scenario import Scenario
from tests.traces import samples
from traces.ledger import Ledger
from winnow.folder import FolderError, RunFolder, write_whole
from winnow.launch import unused
from winnow.origin import Origin
from winnow.sources import with_files


def scenario(**changes: object) -> Scenario:
    return Scenario.model_validate({"winnow": 1, "name": "t", "seed": 3, **changes})


def test_a_new_folder_holds_the_resolved_scenario(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run", scenario())
    assert folder.scenario() == scenario()


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    assert RunFolder.create(tmp_path, scenario()).scenario() == scenario()


@pytest.mark.parametrize("kind", ["file", "full folder", "run"])
def test_what_exists_is_not_written_over(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "run"
    if kind == "file":
        target.write_text("mine")
    elif kind == "run":
        RunFolder.create(target, scenario())
    else:
        target.mkdir()
        (target / "mine").write_text("mine")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    with pytest.raises(FolderError, match="hoose another folder with -o"):
        RunFolder.create(target, scenario(seed=4))
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match="cannot be written"):
        RunFolder.create(tmp_path / "file" / "run", scenario())


def test_no_run_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"no run here.*run\.yaml"):
        RunFolder.open(tmp_path)


def test_other_settings_are_named_one_by_one(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run", scenario())
    folder.require_same(scenario(concurrency={"attempts": 3}))
    with pytest.raises(FolderError, match=r"(?s)seed: 3 -> 4"):
        folder.require_same(scenario(seed=4, attempts=2))


def test_settings_that_nothing_was_made_with_yet_may_change(tmp_path: Path) -> None:
    wrong, right = ({"solver": {"model": f"openai:{name}", "base_url": "http://127.0.0.1:9/v1"}} for name in "ab")
    asked, mended = scenario(models=wrong), scenario(models=right)
    folder = RunFolder.create(tmp_path / "run", asked)
    with Ledger.create(folder.ledger) as ledger:
        ledger.put_task("a", samples.task())
        ledger.put_attempt("a", 0, (), "no such model")
    with pytest.raises(FolderError, match="'openai:a' -> 'openai:b'"):
        folder.require_same(mended)
    with pytest.raises(FolderError, match="seed: 3 -> 4"):
        folder.require_same(scenario(seed=4, models=right), unused(mended, folder))
    folder.require_same(mended, unused(mended, folder))
    folder.require_same(mended)
    assert folder.scenario() == mended
    with Ledger.open(folder.ledger) as ledger:
        ledger.put_attempt("a", 0, [samples.trace()])
    with pytest.raises(FolderError, match="'openai:b' -> 'openai:a'"):
        folder.require_same(asked, unused(asked, folder))


def test_a_file_that_changed_since_the_run_began_is_named(tmp_path: Path) -> None:
    seeds, bench = tmp_path / "mine.jsonl", tmp_path / "bench.jsonl"
    for file in (seeds, bench):
        file.write_text('{"query": "How far is it from Oslo to Bergen?"}\n')
    asked = scenario(tasks={"write": {"seeds": str(seeds)}}, gates={"against": (str(bench),)})
    folder = RunFolder.create(tmp_path / "run", with_files(asked))
    folder.require_same(with_files(asked))
    for file in (seeds, bench):
        before = file.read_text()
        file.write_text('{"query": "How far is it from Oslo to Hamar?"}\n')
        with pytest.raises(FolderError, match=rf"{file.name} is not what it was when the run began"):
            folder.require_same(with_files(asked))
        file.write_text(before)


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "one")
    write_whole(tmp_path / "a", "two")
    assert (tmp_path / "a").read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_folder_that_cannot_be_filled_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FolderError, match="No space left"):
        RunFolder.create(tmp_path / "run", scenario())
    assert not (tmp_path / "run").exists()


def test_an_imported_run_is_not_to_be_resumed(tmp_path: Path) -> None:
    RunFolder.create_from(tmp_path / "run", Origin(kind="import", name="i", sources=("a.jsonl",)))
    with pytest.raises(FolderError, match="exists already") as said:
        RunFolder.create(tmp_path / "run", scenario())
    assert "--resume" not in str(said.value)
