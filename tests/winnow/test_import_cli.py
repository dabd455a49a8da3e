"""The commands, as they are typed."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.traces.imports.rows import searched, written
from tests.winnow.command import winnow
from winnow.view.app import build_app
from winnow.view.shelf import Shelf


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    path = written(folder / "rows.jsonl", [searched(id="a", label=True), searched(id="b", label=False), {"x": 1}])
    done = winnow("import", path, "-o", folder / "run")
    assert done.returncode == 0, done.stderr
    assert "2 of 3 rows imported" in done.stdout
    assert "rows.jsonl, line 3: none of the known forms" in done.stdout
    return folder / "run"


def test_an_imported_run_has_a_status_and_is_shown(run: Path) -> None:
    told = json.loads(winnow("status", run, "--json").stdout)
    assert (told["attempts"], told["kept"], told["stop"]) == (2, 2, "finished")
    assert told["source"].startswith("imported from")
    assert "1 rows could not be read" in told["source"]
    shown = winnow("show", run, "row-0000000-0")
    assert "labelled +1" in shown.stdout


def test_rows_are_listed_and_found_by_their_own_ids(run: Path) -> None:
    shown = winnow("show", run, "b").stdout
    assert "row-0000001-0" in shown
    assert "difficulty –" in shown
    assert " id " in winnow("show", run).stdout.splitlines()[0]
    refused = winnow("show", run, "nobody")
    assert refused.returncode == 2
    assert "no trajectory 'nobody'" in refused.stderr


def test_a_page_of_its_own_is_written_by_a_rows_own_id(run: Path, tmp_path: Path) -> None:
    done = winnow("view", run, "--html", tmp_path / "b.html", "--key", "b")
    assert done.returncode == 0, done.stderr
    assert "row-0000001-0" in (tmp_path / "b.html").read_text()


def test_a_list_has_one_line_a_row_and_says_how_many_there_are(tmp_path: Path) -> None:
    row = searched()
    row["messages"][0]["content"] = "How high is it?\n\nAnswer\nin metres."
    winnow("import", written(tmp_path / "rows.jsonl", [row] * 3), "-o", tmp_path / "run")
    lines = winnow("show", tmp_path / "run", "-n", "2").stdout.splitlines()
    assert len(lines) == 4
    assert "How high is it? Answer in metres." in lines[1]
    assert lines[-1] == "2 of 3; -n 3 lists more"
    assert "of 3" not in winnow("show", tmp_path / "run").stdout


def test_an_id_of_several_rows_is_answered_with_their_keys(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", [searched(id="a"), searched(id="a")])
    winnow("import", path, "-o", tmp_path / "run")
    refused = winnow("show", tmp_path / "run", "a")
    assert refused.returncode == 2
    assert "2 rows have the id 'a': row-0000000-0, row-0000001-0" in refused.stderr


def test_the_viewer_lists_own_ids_and_no_figures_that_nobody_told(run: Path) -> None:
    with TestClient(build_app(Shelf([run]), "127.0.0.1", 80, ""), base_url="http://127.0.0.1:80") as site:
        table, page = site.get("/run/run").text, site.get("/run/run/row-0000001-0").text
    assert '<td class="dim">b</td>' in table
    assert '<td class="n dim">0' not in table
    assert "difficulty –" in page
    assert 'difficulty=0">–<' in table
    assert 'difficulty=1">' not in table
    assert "– tokens, –" in page
    assert "2 model calls, 1 tool calls" in page
    assert "time not recorded" in page
    assert "0 ms" not in page


def test_verdicts_and_agreement(run: Path, tmp_path: Path) -> None:
    assert winnow("export", run, "--format", "verdicts", "-o", tmp_path / "v").returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "v" / "verdicts.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    told = json.loads(winnow("graders", "agreement", run, "--json").stdout)
    assert told["keep_precision"]["hits"] == 1
    assert told["keep_precision"]["of"] == 2
    assert "keep precision" in winnow("graders", "agreement", run).stdout


def test_a_regrade_is_a_run_of_its_own(run: Path, tmp_path: Path) -> None:
    done = winnow("regrade", run, "--graders", "schema", "-o", tmp_path / "again")
    assert "2 trajectories judged again" in done.stdout
    assert json.loads(winnow("status", tmp_path / "again", "--json").stdout)["kept"] == 2
    refused = winnow("regrade", run, "--graders", "nope", "-o", tmp_path / "other")
    assert refused.returncode == 2
    assert "no grader 'nope'" in refused.stderr


def test_labels_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    rows = [searched(label="maybe"), *(searched(step_labels={"99": 1}) for _ in range(11))]
    done = winnow("import", written(tmp_path / "rows.jsonl", rows), "-o", tmp_path / "run")
    assert 'rows.jsonl, line 1: not read: label (given as "maybe")' in done.stdout
    assert "line 2: not read: a label of message 99, which belongs to no step" in done.stdout
    assert "and 2 more that were not read" in done.stdout


@pytest.mark.parametrize(("form", "row"), [("sharegpt", searched()), ("openai", {"conversations": []})])
def test_a_row_in_another_form_than_was_named_is_refused(tmp_path: Path, form: str, row: object) -> None:
    done = winnow("import", written(tmp_path / "rows.jsonl", [row]), "-o", tmp_path / "run", "--format", form)
    assert done.returncode == 1
    assert f"not {form}; leave out --format" in done.stdout


@pytest.mark.parametrize(
    ("content", "code", "words"), [("{oops\n", 1, "0 of 1 rows"), ("", 1, "no rows"), (None, 2, "cannot be read")]
)
def test_nothing_to_import_is_a_failure(tmp_path: Path, content: str | None, code: int, words: str) -> None:
    path = tmp_path / "rows.jsonl"
    if content is not None:
        path.write_text(content)
    done = winnow("import", path, "-o", tmp_path / "run")
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_agreement_without_labels_says_what_is_wanting(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.jsonl", [searched()])
    winnow("import", path, "-o", tmp_path / "run")
    done = winnow("graders", "agreement", tmp_path / "run")
    assert done.returncode == 1
    assert "no trace came with a label" in done.stderr
