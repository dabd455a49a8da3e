"""Code problems of the user's own on `scenarios/code.yaml`, solved by a model behind a socket: the rows and what is derived from them."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.winnow.command import winnow
from tests.winnow.scripted import scripted

ROOT = Path(__file__).resolve().parents[2]
CODE = """def rise(xs):
    best = 0
    for a, b in zip(xs, xs[1:]):
        if b - a > best:
            best = b - a
    return best
"""
ROW = {
    "text": "Write a function `rise` that gives the largest step up between neighbours of a list of whole numbers, 0 where there is none.",
    "code": CODE,
    "test_list": [
        "assert rise([1, 4, 2, 9]) == 7",
        "assert rise([3, 2]) == 0",
        "assert rise([]) == 0",
        "assert rise([5, 6]) == 1",
    ],
}
SAID = (
    (
        "Write tests",
        "```python\ndef check(candidate):\n    assert candidate([1, 4, 2, 9]) == 7\n    assert candidate([3, 2]) == 0\n"
        "    assert candidate([]) == 0\n    assert candidate([5, 6]) == 1\n    assert candidate([0, 1, 9]) == 8\n```",
    ),
    (
        "Say in words",
        "It takes a list of whole numbers and gives the largest amount by which a number is greater than the one just before it. "
        "Where no number is greater than the one before, or the list has fewer than two, it gives 0.",
    ),
)


def say(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Answers by what is asked of the function; a translation, which it does not know, it gets wrong."""
    asked = " ".join(str(message["content"]) for message in messages if message["role"] == "user")
    return {"content": next((text for words, text in SAID if words in asked), f"```python\n{CODE}```")}


@pytest.fixture
def address() -> Iterator[str]:
    with scripted(say) as url:
        yield url


def test_rows_and_what_is_derived_from_them_are_solved_and_kept(tmp_path: Path, address: str) -> None:
    (tmp_path / "set.jsonl").write_text(json.dumps(ROW) + "\n")
    done = winnow(
        "run", ROOT / "scenarios/code.yaml", "-o", tmp_path / "run", "--model", "openai:m", "--base-url", address,
        "--set", f"tasks.file={tmp_path / 'set.jsonl'}", "--set", "repair.rounds=0", "--set", "repair.hard_rounds=0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "run" / "summary.json").read_text())["by_technique"]
    for technique in ("a problem of one's own, its tests", "back-translation", "debugging", "test writing"):
        assert told[f"code: {technique}"]["kept"] == told[f"code: {technique}"]["tried"] > 0, technique
    translations = [share for name, share in told.items() if re.match("code: translation", name)]
    assert all(share["kept"] == 0 for share in translations)
