"""`winnow queries check` from end to end."""

import json
import subprocess
from pathlib import Path

from tests.winnow.command import winnow


def check(*arguments: object) -> subprocess.CompletedProcess[str]:
    return winnow("queries", "check", *arguments)


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_file_is_parted_into_what_passes_and_what_was_flagged(tmp_path: Path) -> None:
    taken = "How many apples are left when Sam gives four of nine to Ann"
    queries = lines(
        tmp_path / "q.jsonl",
        {"query": "What is the harbour fee of Velmora in the year of the flood?", "id": 1},
        {"query": "what is the harbour fee of velmora in the year of the flood"},
        {"query": taken},
        {"query": "Wie viele Einwohner hat die Stadt und wann wurde der Hafen gebaut?"},
    )
    bench = lines(tmp_path / "b.jsonl", {"question": taken})
    kept, flagged = tmp_path / "kept.jsonl", tmp_path / "flagged.jsonl"
    done = check(queries, "--against", bench, "--language", "en", "-o", kept, "--flagged", flagged, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "queries": 4,
        "passed": 1,
        "flagged": {"contaminated": 1, "duplicate": 1, "language": 1},
    }
    assert [json.loads(row)["id"] for row in kept.read_text().splitlines()] == [1]
    told = [json.loads(row) for row in flagged.read_text().splitlines()]
    assert [(row["line"], row["gate"]) for row in told] == [(2, "duplicate"), (3, "contaminated"), (4, "language")]
    assert told[0]["of_line"] == 1
    assert (told[1]["benchmark"], told[1]["benchmark_line"]) == (str(bench), 1)


def test_bad_input_is_one_message_and_writes_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "q.jsonl"
    broken.write_text('{"query": "fine"}\n{"query": \n')
    kept = tmp_path / "kept.jsonl"
    done = check(broken, "-o", kept)
    assert done.returncode == 2
    assert "q.jsonl:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert not kept.exists()
    assert check(broken, "--language", "xx").returncode == 2
