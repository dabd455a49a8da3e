"""What every format promises: the same bytes again, a whole folder or none, only kept rows, and every refusal named."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.traces import samples
from tests.traces.export.conftest import repaired
from traces.export import ExportError, Options, SelectError, all_formats, export, preview
from traces.export.columns import reserved
from traces.export.folder import Folder
from traces.export.format import RowFormat
from traces.ledger import Ledger
from traces.record import Decision, Ending, Message

FORMATS = sorted(all_formats())
ROW_FORMATS = [name for name in FORMATS if issubclass(all_formats()[name], RowFormat)]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


@pytest.mark.parametrize("name", FORMATS)
def test_equal_runs_give_equal_bytes(filled: Ledger, tmp_path: Path, name: str) -> None:
    export(filled, name, tmp_path / "a")
    with Ledger.create(tmp_path / "other.sqlite") as other:
        for trace in reversed(list(filled.trajectories())):
            if trace.key.startswith("mended"):
                continue
            slower = trace.model_copy(update={"duration": 99.0})
            other.put_attempt(trace.key.rsplit("-", 1)[0], int(trace.key[-1]), [slower])
        other.put_attempt("mended-1", 1, list(filled.trajectories(slot="mended-1")))
        other.put_attempt("broken-1", 1, [], error="ValueError")
        export(other, name, tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_the_card_tells_every_rejected_attempt(filled: Ledger, tmp_path: Path) -> None:
    for attempt, kind in ((1, "answered"), (2, "answered"), (3, "turn_limit")):
        lost = {"decision": Decision(outcome="reject"), "ending": Ending(kind=kind)}
        filled.put_attempt("lost", attempt, [samples.trace(f"lost-{attempt}").model_copy(update=lost)])
    export(filled, "openai", tmp_path / "a")
    card = (tmp_path / "a" / "README.md").read_text(encoding="utf-8")
    for row in (
        "| rejected | 4 |",
        "| C1 | 1 |",
        "| none: nothing found wrong, but not shown to be right | 2 |",
        "| none: reached the limit of turns without an answer | 1 |",
    ):
        assert row in card


EVERY_FORMAT = """
import sys
from pathlib import Path
from traces.export import Options, all_formats, export
from traces.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), readonly=True) as ledger:
    for name in all_formats():
        export(ledger, name, Path(sys.argv[2]) / name, Options(test=0.5))
"""


def test_two_processes_write_the_same_bytes(filled: Ledger, tmp_path: Path) -> None:
    """Nothing hangs on the order of a set or on a hash, which differ from process to process."""
    for seed in ("1", "2"):
        words = [sys.executable, "-c", EVERY_FORMAT, str(tmp_path / "ledger.sqlite"), str(tmp_path / seed)]
        subprocess.run(words, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    one, other = files(tmp_path / "1"), files(tmp_path / "2")
    assert {Path(name).parts[0] for name in one} == set(FORMATS)
    assert one == other


@pytest.mark.parametrize("name", FORMATS)
def test_the_manifest_lists_what_is_there(filled: Ledger, tmp_path: Path, name: str) -> None:
    report = export(filled, name, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["rows"] == report.files
    assert set(manifest["files"]) == set(files(tmp_path / "out")) - {"manifest.json"}
    for file, rows in report.files.items():
        assert len(lines(tmp_path / "out" / file)) == rows > 0


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_kept_attempts_alone_and_the_repaired_apart(filled: Ledger, tmp_path: Path, name: str) -> None:
    report = export(filled, name, tmp_path / "out")
    assert report.ok or name == "xlam"
    assert {("repaired" in file): n for file, n in report.files.items()} == {False: 6 if name == "xlam" else 7, True: 1}


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_a_row_with_words_of_ours_is_refused(ledger: Ledger, tmp_path: Path, name: str) -> None:
    apology = Message(role="assistant", content="Sorry, need more steps.", origin="forced")
    ledger.put_attempt("a", 1, [samples.trace("a-1", (*samples.ORDINARY[:-1], apology))])
    ledger.put_attempt("b", 1, [samples.trace("b-1")])
    report = export(ledger, name, tmp_path / "out")
    assert (report.rows, report.refused) == (1, 1)
    assert report.examples["sampled"] == [
        ("a-1", "message 6 is an assistant message that no model said (origin forced)")
    ]
    assert "sampled: 1, as a-1" in report.words()
    assert [line["key"] for line in lines(tmp_path / "out" / "refused.jsonl")] == ["a-1"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_ledger_gives_an_empty_export(ledger: Ledger, tmp_path: Path, name: str) -> None:
    report = export(ledger, name, tmp_path / "out")
    assert (report.rows, report.refused, report.files) == (0, 0, {})


def test_nothing_is_overwritten(filled: Ledger, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(ExportError, match="not an empty folder"):
        export(filled, "trl", tmp_path / "out")
    assert list(files(tmp_path / "out")) == ["mine"]
    (tmp_path / "out" / "mine").unlink()
    assert export(filled, "trl", tmp_path / "out").rows == 8


@contextmanager
def small_files() -> Iterator[None]:
    """The system refuses to write more than 2,000 bytes into a file, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_export_that_fails_leaves_nothing(filled: Ledger, tmp_path: Path) -> None:
    with small_files(), pytest.raises(ExportError, match="File too large"):
        export(filled, "trl", tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir() if "ledger" not in path.name} == set()


def test_what_a_killed_export_left_does_no_harm(filled: Ledger, tmp_path: Path) -> None:
    left = tmp_path / ".out.partial"
    left.mkdir()
    (left / "half").write_text("{")
    export(filled, "trl", tmp_path / "out")
    assert not left.exists()
    assert not (tmp_path / "out" / "half").exists()


def test_two_exports_to_one_place_do_not_mix(filled: Ledger, tmp_path: Path) -> None:
    with Folder(tmp_path / "out") as first:
        first.line("rows.jsonl", {"n": 1})
        with pytest.raises(ExportError, match="another export is being written there"):
            export(filled, "trl", tmp_path / "out")
        first.line("rows.jsonl", {"n": 2})
    assert lines(tmp_path / "out" / "rows.jsonl") == [{"n": 1}, {"n": 2}]
    with pytest.raises(ExportError, match="not an empty folder"):
        export(filled, "trl", tmp_path / "out")
    assert not list(tmp_path.glob(".*"))


def test_an_unknown_format_is_named_with_its_neighbour(filled: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"opnai: there is no such format\. Did you mean openai\?"):
        export(filled, "opnai", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_tasks_are_never_on_both_sides(ledger: Ledger, tmp_path: Path, name: str) -> None:
    for n in range(40):
        messages = (samples.user(f"Question {n // 2}?"), *samples.ORDINARY[1:])
        for attempt in (1, 2):
            ledger.put_attempt(f"s{n:02}", attempt, [samples.trace(f"s{n:02}-{attempt}", messages)])
    report = export(ledger, name, tmp_path / "out", Options(test=0.3))
    train, test = (
        {
            n
            for n in range(20)
            for file in report.files
            if side in file and f"Question {n}?" in text(tmp_path / "out" / file)
        }
        for side in ("train", "test")
    )
    assert train | test == set(range(20))
    assert not train & test
    assert 1 <= len(test) <= 12


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def keys(ledger: Ledger, tmp_path: Path, options: Options) -> list[str]:
    expected = preview(ledger, "trl", options)
    report = export(ledger, "trl", tmp_path / str(options.pick), options)
    assert (report.files, report.by_rule) == (expected.files, expected.by_rule)
    return [row["id"] for file in sorted(report.files) for row in lines(report.folder / file)]


def test_rows_are_chosen(ledger: Ledger, tmp_path: Path) -> None:
    for attempt, messages in ((1, samples.ORDINARY), (3, samples.SAME_IDS), (4, samples.SAME_IDS)):
        ledger.put_attempt("a", attempt, [samples.trace(f"a-{attempt}", messages)])
    ledger.put_attempt("a", 2, [samples.trace("a-2", outcome="reject", bad=0)])
    ledger.commit([repaired("b")])
    assert keys(ledger, tmp_path / "0", Options()) == ["b-1r1", "a-1", "a-3", "a-4"]
    assert keys(ledger, tmp_path / "1", Options(where="calls == 2")) == ["a-3", "a-4"]
    assert keys(ledger, tmp_path / "2", Options(where="pass_rate < 1")) == ["a-1", "a-3", "a-4"]
    assert keys(ledger, tmp_path / "3", Options(pick="shortest")) == ["b-1r1", "a-3"]
    assert keys(ledger, tmp_path / "4", Options(pick="best", per_task=2)) == ["b-1r1", "a-3", "a-4"]
    assert keys(ledger, tmp_path / "5", Options(per_task=1)) == ["b-1r1", "a-1"]


def test_a_bad_choice_is_told_before_anything_is_written(filled: Ledger, tmp_path: Path) -> None:
    with pytest.raises(SelectError, match="did you mean steps"):
        export(filled, "trl", tmp_path / "out", Options(where="step > 1"))
    with pytest.raises(ExportError, match="no share"):
        Options(test=1.0)
    with pytest.raises(ExportError, match="leave nothing"):
        Options(per_task=0)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_no_column_means_something_else_to_a_trainer(filled: Ledger, tmp_path: Path, name: str) -> None:
    report = export(filled, name, tmp_path / "out")
    assert "columns" not in report.by_rule
    if all_formats()[name].logs:  # a session log is to be taken for one
        return
    for file in report.files:
        assert {reserved(row) for row in lines(tmp_path / "out" / file)} == {None}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (("messages", "labels"), "the column labels"),
        (("messages", "prompt"), "the column prompt"),
        (("messages", "images"), "the column images"),
        (("prompt", "completion", "chat_template_kwargs"), "the column chat_template_kwargs"),
        (("type", "message"), "session log"),
        (("id", "source", "model", "system_prompt", "messages", "tools"), "session log"),
    ],
)
def test_a_format_with_reserved_columns_is_refused(
    filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr(all_formats()["trl"], "line", lambda self, row: {"id": row.id} | dict.fromkeys(columns, 1))
    report = export(filled, "trl", tmp_path / "out")
    assert (report.rows, list(report.by_rule)) == (0, ["columns"])
    assert words in report.examples["columns"][0][1]
