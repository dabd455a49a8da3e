"""`winnow export` with its checks, on an imported run."""

import json
import shutil
from pathlib import Path

import pytest

from tests.traces.export.tiny_tokenizer import save
from tests.winnow.command import winnow
from traces.ledger import Ledger

TEMPLATES = Path(__file__).parents[1] / "traces" / "export" / "templates"
TOOL = {
    "type": "function",
    "function": {
        "name": "add",
        "description": "Adds.",
        "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}},
    },
}


def row(id: str, calls: int) -> dict[str, object]:
    made = [
        {"id": f"c{n}", "type": "function", "function": {"name": "add", "arguments": json.dumps({"a": n})}}
        for n in range(calls)
    ]
    messages = [{"role": "user", "content": f"Add {id}."}, {"role": "assistant", "content": "", "tool_calls": made}]
    messages += [{"role": "tool", "tool_call_id": f"c{n}", "content": str(n)} for n in range(calls)]
    return {"id": id, "messages": [*messages, {"role": "assistant", "content": "It is 1."}], "tools": [TOOL]}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row(id, n)) + "\n" for id, n in (("one", 1), ("two", 2))))
    done = winnow("import", folder / "rows.jsonl", "-o", folder / "run")
    assert done.returncode == 0, done.stderr
    return folder / "run"


@pytest.fixture(scope="module")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("tokenizer"), (TEMPLATES / "hermes.jinja").read_text())


def test_a_template_that_takes_the_rows(run: Path, tmp_path: Path) -> None:
    done = winnow(
        "export",
        run,
        "--format",
        "openai",
        "-o",
        tmp_path / "o",
        "--check",
        "2",
        "--template",
        TEMPLATES / "qwen.jinja",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rendered with the chat template: 2 rows: every row passes" in done.stdout


def test_a_template_that_does_not_is_named_by_rule_and_exit_code(run: Path, tmp_path: Path) -> None:
    template = TEMPLATES / "llama.jinja"
    words = ("export", run, "--format", "openai", "--check", "2", "--template", template)
    done = winnow(*words, "-o", tmp_path / "out")
    assert done.returncode == 4
    assert "refused: 2 rows, listed in refused.jsonl" in done.stdout
    assert "raises: 1, as row-0000001-0: TemplateError: This model only supports" in done.stdout
    refused = [json.loads(line) for line in (tmp_path / "out" / "refused.jsonl").read_text().splitlines()]
    assert [(row["key"], row["faults"][0]["rule"]) for row in refused] == [
        ("row-0000000-0", "arguments encoded twice"),
        ("row-0000001-0", "raises"),
    ]
    assert not (tmp_path / "out" / "train.jsonl").exists()
    done = winnow(*words, "-o", tmp_path / "o", "--keep-failing")
    assert done.returncode == 4
    assert len((tmp_path / "o" / "train.jsonl").read_text().splitlines()) == 2
    assert "raises: 1 rows, as row-0000001-0: TemplateError: This model only supports" in done.stdout
    assert "arguments encoded twice: 1 rows" in done.stdout


def test_tokens_are_looked_at(run: Path, tmp_path: Path, tokenizer_folder: Path) -> None:
    options = ("--check", "3", "--tokenizer", tokenizer_folder, "--max-length", "100", "--keep-failing")
    done = winnow("export", run, "--format", "trl", "-o", tmp_path / "o", *options)
    assert done.returncode == 4, done.stderr
    assert "rendered with the chat template: 2 rows: every row passes" in done.stdout
    assert "trained by the assistant mask: 2 rows: 2 fail" in done.stdout
    assert "a call would be cut: 2 rows" in done.stdout
    assert "tokens a row: half up to" in done.stdout


def test_without_a_template_nothing_is_written(run: Path, tmp_path: Path) -> None:
    done = winnow("export", run, "-o", tmp_path / "o", "--check", "2")
    assert done.returncode == 2
    assert "--template" in done.stderr
    done = winnow("export", run, "-o", tmp_path / "o", "--check", "3", "--template", TEMPLATES / "qwen.jinja")
    assert done.returncode == 2
    assert "--tokenizer" in done.stderr
    done = winnow("export", run, "-o", tmp_path / "o", "--check", "2", "--template", tmp_path / "none.jinja")
    assert done.returncode == 2
    assert "none.jinja" in done.stderr
    assert not (tmp_path / "o").exists()
    done = winnow("export", run, "-o", tmp_path / "o", "--check", "2", "--template", TEMPLATES, "--allow", "drops-all")
    assert done.returncode == 2
    assert not (tmp_path / "o").exists()


def test_a_dry_run_looks_at_the_rows_too_and_says_what_it_cannot(run: Path, tmp_path: Path) -> None:
    words = ("export", run, "--format", "trl", "--check", "4", "--template", TEMPLATES / "llama.jinja")
    done = winnow(*words, "-o", tmp_path / "o", "--dry-run")
    assert done.returncode == 4, done.stderr
    assert "raises: 1, as row-0000001-0: TemplateError: This model only supports" in done.stdout
    assert "rendered with the chat template: 2 rows" in done.stdout
    assert "not done, as it needs the files: loading with datasets and training" in done.stdout
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("command", [("show",), ("status",), ("export", "--dry-run")])
def test_a_damaged_ledger_is_told_of_not_traced_back(run: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    broken = Path(shutil.copytree(run, tmp_path / "broken"))
    with (broken / "ledger.sqlite").open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xa5" * 40 * 4096)
    done = winnow(command[0], broken, *command[1:])
    assert done.returncode == 2
    assert "broken/ledger.sqlite: the ledger is damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_exported_of_a_run_under_way_is_told_to_be_a_part(run: Path, tmp_path: Path) -> None:
    with Ledger.open(run / "ledger.sqlite"):
        done = winnow("export", run, "-o", tmp_path / "part", "--rows", "all")
    assert done.returncode == 0, done.stderr
    assert "The run is under way" in done.stdout
    assert "under way when this was exported" in (tmp_path / "part" / "README.md").read_text()
    assert "under way" not in winnow("export", run, "-o", tmp_path / "whole", "--rows", "all").stdout
