"""A document about a function is worth what can be written from it."""

from collections.abc import AsyncIterator

import pytest
from langchain_core.messages import AIMessage

from agents.rebuilding import copies, rebuilt, words_of
from tests.agents.scripted import ScriptedChatModel
from tools.sandbox import LocalSessions
from traces.task import Rebuilt

CODE = "def widest(words):\n    best = max(words, key=len)\n    return best.upper()\n"
ASKED = Rebuilt(entry_point="widest", code=CODE, test="assert widest(['a', 'bcd', 'ef']) == 'BCD'", times=2)
WORDS = "It takes a list of words, finds the longest one, the first of equals, and gives it back in capitals."
RIGHT = "```python\ndef widest(words):\n    return max(words, key=len).upper()\n```"
WRONG = "```python\ndef widest(words):\n    return max(words, key=len)\n```"


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


def model(*said: str) -> ScriptedChatModel:
    return ScriptedChatModel(script=[AIMessage(one) for one in said], seen=[], offered=[])


async def test_words_from_which_it_can_be_written_again_are_right(sessions: LocalSessions) -> None:
    writer = model(RIGHT, RIGHT)
    assert (await rebuilt(ASKED, WORDS, writer, sessions, 1)).passed
    assert len(writer.seen) == 2
    assert WORDS in str(writer.seen[0][-1].content)
    assert "best = max" not in str(writer.seen)


async def test_every_time_has_to_pass_and_what_went_wrong_is_told(sessions: LocalSessions) -> None:
    trial = await rebuilt(ASKED, WORDS, model(RIGHT, WRONG), sessions, 1)
    assert not trial.passed
    assert "gives 'bcd'" in trial.told
    assert "BCD" not in trial.told


async def test_a_document_that_quotes_the_code_is_worth_nothing(sessions: LocalSessions) -> None:
    trial = await rebuilt(ASKED, f"Like this: {CODE}", model(), sessions, 1)
    assert (trial.passed, trial.reason) == (False, "the document repeats the code instead of saying what it does")
    assert copies("First `best=max(words, key=len)`, then `return best.upper()`.", CODE)
    assert not copies(WORDS, CODE)


def test_blocks_of_code_are_cut_out() -> None:
    assert words_of(f"{WORDS}\n\n```python\n{CODE}```\n") == WORDS
