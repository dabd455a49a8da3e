"""What a session that died had paid for is given out once, in order, and only for the same question."""

from pathlib import Path

import pytest

from agents.budget import Spent
from agents.context import AttemptContext
from agents.journal import Journal, current
from agents.nodes.act import act
from agents.state import AttemptState
from tools.catalogue import catalogue
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from traces.record import FunctionCall, Message, ToolCall, Usage
from traces.task import Outage, Task


def test_answers_come_back_once_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    with journal.work("a") as work:
        work.keep(1, "q")
        work.keep(2, "q")
        work.keep(3, "other")
        assert work.take("q") is None, "what this session wrote is not given out in it"
    journal.close()
    again = Journal(tmp_path / "j")
    with again.work("b") as work:
        assert work.take("q") is None
    with again.work("a") as work:
        assert current() is work
        assert [work.take("q"), work.take("q"), work.take("q")] == [1, 2, None]
        again.done(work)
    assert current() is None
    assert (again.taken, again.stale) == (2, 1)
    with again.work("a") as work:
        assert work.take("other") is None
    again.close()


def test_each_session_counts_what_it_took_itself(tmp_path: Path) -> None:
    told = []
    for session in range(3):
        journal = Journal(tmp_path / "j")
        with journal.work("a") as work:
            for question in range(session):
                assert work.take(question) is not None
            work.keep({"said": session}, session)
        told.append(journal.taken)
        journal.close()
    assert told == [0, 1, 2]


@pytest.mark.parametrize("answer", [{"n": 10**30}, {"half": "a\ud83d"}, {"text": "Tarn – 東京"}])
def test_whatever_a_model_gave_comes_back(tmp_path: Path, answer: dict[str, object]) -> None:
    journal = Journal(tmp_path / "j")
    with journal.work("a") as work:
        work.keep(answer, "q")
    journal.close()
    again = Journal(tmp_path / "j")
    with again.work("a") as work:
        assert work.take("q") == answer
    again.close()


def test_what_was_spent_is_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    journal.keep_spent({"solver": Spent(2, 10, 5, 0.5)}, 7.5)
    journal.keep_spent({"solver": Spent(3, 20, 5, 0.75)}, 9.0)
    journal.close()
    again = Journal(tmp_path / "j")
    assert again.spent() == ({"solver": Spent(3, 20, 5, 0.75)}, 9.0)
    again.close()


TASK = Task(family="f", query="q", tools=("python",))


class Runtime:
    def __init__(self, context: AttemptContext) -> None:
        self.context = context


async def cell(code: str, env: ToolEnv, task: Task = TASK, earlier: int = 0) -> Message:
    call = ToolCall(id=code, function=FunctionCall(name="python", arguments={"code": code}))
    said = Message(role="assistant", origin="sampled", tool_calls=(call,))
    context = AttemptContext("k", task, 0, "m", None, {"python": catalogue()["python"]}, env, ())  # type: ignore[arg-type]
    state = AttemptState(messages=[said] * (earlier + 1), usage=Usage(tool_calls=1))
    return (await act(state, Runtime(context)))["messages"][0]  # type: ignore[arg-type, no-any-return]


@pytest.mark.parametrize("dies", [True, False])
async def test_an_interpreter_is_rebuilt_from_its_cells(tmp_path: Path, dies: bool) -> None:
    sessions = LocalSessions()
    journal, env = Journal(tmp_path / "j"), ToolEnv(sessions=sessions)
    with journal.work("a"):
        await cell("x = 20", env)
        await cell("x += 1", env)
        if dies:
            await env.close()
    journal.close()
    journal, env = Journal(tmp_path / "j"), ToolEnv(sessions=sessions)
    with journal.work("a") as work:
        for code in ("x = 20", "x += 1") if dies else ():
            await cell(code, env)
        assert len(work.to_rerun) == (2 if dies else 0)
        found = await cell("x * 2", env)
        assert ("42" in found.content) == dies
    await env.close()
    await sessions.close()
    journal.close()


async def test_a_cell_that_an_outage_kept_from_running_is_not_run_when_an_attempt_is_resumed(tmp_path: Path) -> None:
    failing = TASK.model_copy(update={"outages": (Outage(tool="python", last=1),)})
    sessions = LocalSessions()
    journal, env = Journal(tmp_path / "j"), ToolEnv(sessions=sessions)
    with journal.work("a"):
        assert (await cell("x = 20", env, failing)).result.error == "timeout"  # type: ignore[union-attr]
    journal.close()
    journal = Journal(tmp_path / "j")
    with journal.work("a"):
        await cell("x = 20", env, failing)
        found = await cell("print('x' in globals())", env, failing, earlier=1)
    assert "False" in found.content
    await env.close()
    await sessions.close()
    journal.close()
