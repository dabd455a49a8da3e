"""JSON is read as the standard library's lenient reader reads it, whichever reader does the work."""

import json

import pytest

from agents.chat.reading import read_json

TEXTS = (
    '{"a": [1, 2.5, true, null, "x"]}',
    " [1] \n",
    "18446744073709551616",
    '{"a": -9223372036854775809}',
    '{"a": 123456789012345678901234567890}',
    '{"a": 9223372036854775807, "b": 1.7e19}',
    '"a\nb\tc"',
    '"half \\ud83d"',
    "[NaN, Infinity, -Infinity, 1e400]",
    '{"a": 1, "a": 2}',
)


@pytest.mark.parametrize("text", TEXTS)
def test_it_reads_what_is_there(text: str) -> None:
    wanted = json.loads(text, strict=False)
    assert repr(read_json(text)) == repr(wanted)


@pytest.mark.parametrize("text", ["", "{", '{"a": 1} x', "[1,]", "{'a': 1}", "undefined"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting|Extra|Illegal"):
        read_json(text)
