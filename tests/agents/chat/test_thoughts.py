"""Reasoning in pieces under several names."""

from collections.abc import Mapping, Sequence

import pytest

from agents.chat.thoughts import Thoughts

ONE, OTHER = "reasoning", "reasoning_content"
PIECES: dict[str, tuple[Sequence[Mapping[str, str]], str]] = {
    "one name": ([{ONE: "It is "}, {ONE: "six."}], "It is six."),
    "both in every chunk": ([{ONE: "It is ", OTHER: "It is "}, {ONE: "six.", OTHER: "six."}], "It is six."),
    "in turn": ([{ONE: "It is "}, {OTHER: "It is "}, {ONE: "six."}, {OTHER: "six."}], "It is six."),
    "in turn, cut otherwise": ([{ONE: "It "}, {OTHER: "It is s"}, {ONE: "is six."}, {OTHER: "ix."}], "It is six."),
    "all of it once more": ([{ONE: "It is "}, {ONE: "six."}, {OTHER: "It is six."}], "It is six."),
    "more of it at the end": ([{ONE: "It is "}, {OTHER: "It is six."}], "It is six."),
    "another name from some piece on": ([{ONE: "It is "}, {OTHER: "six, "}, {OTHER: "I think."}], "It is six, I think."),
    "a summary beside it": ([{OTHER: "It is ", ONE: "Count"}, {OTHER: "six.", ONE: "ing"}], "It is six."),
    "nothing": ([{}], ""),
}  # fmt: skip


@pytest.mark.parametrize(("pieces", "text"), PIECES.values(), ids=PIECES)
def test_what_is_said_is_said_once(pieces: Sequence[Mapping[str, str]], text: str) -> None:
    thoughts = Thoughts()
    news = "".join([thoughts.add(piece) for piece in pieces]) + thoughts.end()
    assert news == thoughts.text == text
    assert thoughts.end() == ""
