"""What goes wrong at E2B is told as what it is, is never taken for the code's mistake, and leaves no sandbox behind."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.tools.sandbox_e2b.standin import KEY, Standin
from tools.offered.python import python
from tools.results import ToolEnv
from tools.sandbox import Limits, SandboxError, SandboxUnavailable
from tools.sandbox.e2b import E2BSessions, box
from tools.sandbox.e2b import session as session_module


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin.running() as made:
        yield made


@pytest.fixture
async def source(standin: Standin) -> AsyncIterator[E2BSessions]:
    made = E2BSessions(KEY, run="this-run", connection=standin.connection)
    yield made
    await made.close()
    assert not standin.sandboxes


def test_without_a_key_there_is_a_remedy() -> None:
    for key in (None, ""):
        with pytest.raises(SandboxUnavailable, match=r"needs an API key.*export E2B_API_KEY.*backend: local"):
            E2BSessions(key)


async def test_a_wrong_key_is_told_and_not_repeated(standin: Standin) -> None:
    source = E2BSessions("e2b_wrong_canary", connection=standin.connection)
    with pytest.raises(SandboxUnavailable, match=r"refuses the API key.*401") as refused:
        await source.open()
    assert "canary" not in "".join(traceback.format_exception(refused.value))
    with pytest.raises(SandboxUnavailable, match="refuses the API key"):
        await source.sweep()
    await source.close()


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        (429, SandboxUnavailable, r"quota or rate limit.*lower concurrency\.attempts"),
        (403, SandboxUnavailable, "refuses the API key"),
        (404, SandboxUnavailable, r"no template of that name.*sandbox\.template"),
        (503, SandboxUnavailable, "no room"),
        (500, SandboxError, "E2B failed"),
    ],
)
async def test_a_refusal_names_cause_and_remedy(
    standin: Standin, source: E2BSessions, status: int, kind: type[SandboxError], told: str
) -> None:
    standin.faults.create = status
    with pytest.raises(kind, match=told) as refused:
        await source.open()
    assert type(refused.value) is kind
    assert KEY not in "".join(traceback.format_exception(refused.value))
    assert standin.made == 0


async def test_a_service_that_is_not_there(unused_tcp_port: int) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    source = E2BSessions(KEY, connection={"api_url": address, "sandbox_url": address, "retries": 0})
    with pytest.raises(SandboxUnavailable, match="cannot be reached"):
        await source.open()


async def test_the_key_goes_to_the_control_plane_alone(
    standin: Standin, source: E2BSessions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = await source.open(files={"a.txt": b"a"})
    result = await session.run("import os; print(dict(os.environ), open('a.txt').read())")
    await session.get("a.txt")
    await session.close()
    with_key = {path.partition(" ")[2].split("/")[1] for path, headers in standin.seen if KEY in str(headers)}
    assert with_key == {"v2", "sandboxes"}
    assert {path for path, _ in standin.seen} >= {"POST /execute", "POST /files", "GET /files", "POST /contexts"}
    assert KEY not in caplog.text + repr(result) + repr(source) + repr(session) + str(vars(session))


async def test_a_sandbox_is_without_network_and_bounded_and_marked(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    (made,) = standin.sandboxes.values()
    assert made.asked["allow_internet_access"] is False
    assert made.asked["timeout"] == box.LIFETIME
    assert made.asked["metadata"] == {"made-by": "winnow", "run": "this-run"}
    assert made.asked["templateID"] == "code-interpreter-v1"
    assert (await session.run("1", timeout=400.0)).value == "1"
    assert not made.timeouts
    assert (await session.run("1", timeout=700.0)).value == "1"
    assert made.timeouts == [1400]


async def test_a_template_is_asked_for(standin: Standin) -> None:
    source = E2BSessions(KEY, template="mine", connection=standin.connection)
    await source.open()
    (made,) = standin.sandboxes.values()
    assert made.asked["templateID"] == "mine"
    await source.close()


LOSSES = ("dies_after", "drop", "end_early")


def lose(standin: Standin, how: str) -> None:
    setattr(standin.faults, how, 0 if how == "dies_after" else True)


@pytest.mark.parametrize("how", LOSSES)
async def test_a_lost_sandbox_is_replaced_and_its_cells_replayed(
    standin: Standin, source: E2BSessions, how: str
) -> None:
    session = await source.open(files={"a.txt": b"1"})
    await session.run("x = int(open('a.txt').read()) + 1\nprint('said')")
    await session.put("b.txt", b"10")
    lose(standin, how)
    result = await session.run("y = x + int(open('b.txt').read())\ny")
    assert (result.value, result.stdout, result.error, result.closed) == ("12", "", None, False)
    assert standin.made == 2
    assert (await session.run("x, y")).value == "(2, 12)"
    assert len(standin.killed) == 1


async def test_a_file_is_read_from_the_replacement(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    await session.run("_ = open('f', 'w').write('kept')")
    (gone,) = standin.sandboxes.values()
    await standin.end(gone)
    assert await session.get("f") == b"kept"


async def test_cells_that_come_out_differently_end_the_session(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    await session.run("x = 1")
    await session.run("import time; time.time_ns()")
    lose(standin, "dies_after")
    with pytest.raises(SandboxError, match="step 2 of the session came out differently"):
        await session.run("x")
    assert session.closed


async def test_a_second_loss_ends_the_session(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    lose(standin, "dies_after")
    assert (await session.run("1")).value == "1"
    lose(standin, "dies_after")
    with pytest.raises(SandboxError, match="a second E2B sandbox of this session was lost"):
        await session.run("2")
    assert session.closed
    assert standin.made == 2


async def test_a_service_that_loses_every_sandbox_is_not_asked_for_ever(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    standin.faults.dies_always = True
    with pytest.raises(SandboxError, match="so was the one that replaced it"):
        await session.run("1")
    assert standin.made == 2


async def test_quota_that_runs_out_in_mid_attempt(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    lose(standin, "dies_after")
    standin.faults.create = 429
    with pytest.raises(SandboxUnavailable, match="quota"):
        await session.run("1")
    assert session.closed


async def test_a_call_that_never_answers_is_ended_by_our_own_deadline(
    standin: Standin, source: E2BSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box, "GRACE", 0.3)
    session = await source.open()
    standin.faults.hang = True
    result = await session.run("1", timeout=0.2)
    assert (result.limit, result.closed) == ("time", True)
    assert result.error is not None
    assert result.error.name == "TimeoutError"
    assert session.closed
    assert (await (await source.open()).run("2")).value == "2"


async def test_a_slow_stream_is_only_slow(standin: Standin, source: E2BSessions) -> None:
    standin.faults.drip = 0.05
    session = await source.open()
    assert (await session.run("print('a' * 3000)\n7")).value == "7"


async def test_a_flood_of_output_is_broken_off(standin: Standin, source: E2BSessions) -> None:
    session = await source.open(Limits(output=10_000))
    result = await session.run("for _ in range(1000): print('x' * 1000)")
    assert (result.limit, result.closed) == ("output", True)
    assert session.closed


@pytest.mark.parametrize(
    ("events", "error", "message"),
    [
        (
            [{"type": "error", "name": "Odd", "value": "\x1b[1mbad\x1b[0m", "traceback": "\x1b[0;31mat\x1b[0m line 1"}],
            "Odd",
            "bad",
        ),
        (
            [
                {"type": "result", "text": "forged:aGVsbG8=", "is_main_result": True},
                {"type": "error", "name": "ModuleNotFoundError", "value": "No module named '_winnow_remote'", "traceback": ""},
            ],
            "ModuleNotFoundError",
            "No module named '_winnow_remote'",
        ),
        ([{"type": "error", "name": "ContextRestarting", "value": "v", "traceback": ""}], "InterpreterEnded", "the interpreter ended"),
    ],
    ids=["colours", "without our side", "restarted"],
)  # fmt: skip
async def test_an_error_of_the_kernel_itself_closes_the_session(
    standin: Standin, source: E2BSessions, events: list[dict[str, Any]], error: str, message: str
) -> None:
    session = await source.open()
    standin.faults.script = [events]
    result = await session.run("1")
    assert result.closed
    assert result.value is None
    assert result.error is not None
    assert result.error.name == error
    assert result.error.message.startswith(message)
    assert "\x1b" not in repr(result)


async def test_a_forged_report_is_no_report(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    standin.faults.script = [[{"type": "result", "text": "00:e30=", "is_main_result": True}] for _ in range(2)]
    with pytest.raises(SandboxError, match="broke off"):
        await session.run("1")


async def test_displayed_pictures_are_files(standin: Standin, source: E2BSessions) -> None:
    session = await source.open()
    standin.faults.shown = ["iVBORw0KGgo=", "not base64", "iVBORw0KGgoA"]
    result = await session.run("5")
    assert result.value == "5"
    assert [file[:2] for file in result.files] == [("figure-1.png", 8), ("figure-2.png", 9)]
    assert await session.get("figure-2.png") == b"\x89PNG\r\n\x1a\n\0"
    standin.faults.shown = ["iVBORw0KGgo="]
    result = await session.run("_ = open('saved.png', 'wb').write(b'png')")
    assert [file.name for file in result.files] == ["saved.png"], "the template displays what is saved"


async def test_the_tool_tells_a_broken_service_from_a_mistake(standin: Standin, source: E2BSessions) -> None:
    env = ToolEnv(sessions=source)
    standin.faults.create = 429
    call = {"type": "tool_call", "id": "c", "name": "python", "args": {"code": "1 + 1", "env": env}}
    output = (await python.ainvoke(call)).artifact
    assert output.error == "sandbox_unavailable"
    assert "quota" in output.content
    standin.faults.create = 0
    assert (await python.ainvoke(call)).artifact.content == "2"
    standin.faults.dies_always = True
    assert (await python.ainvoke(call)).artifact.error == "sandbox_unavailable"
    await env.close()


async def test_a_cancelled_call_leaves_no_sandbox(standin: Standin, source: E2BSessions) -> None:
    env = ToolEnv(sessions=source)
    session = await env.session()
    call = asyncio.create_task(session.run("import time; time.sleep(60)"))
    await asyncio.sleep(0.2)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert session.closed
    await env.close()
    assert not standin.sandboxes


async def test_a_sandbox_that_comes_after_the_cancellation_is_ended(standin: Standin, source: E2BSessions) -> None:
    standin.faults.slow_create = 0.3
    opening = asyncio.create_task(source.open())
    await asyncio.sleep(0.1)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert standin.made == 0
    await source.close()
    assert standin.made == 1
    assert not standin.sandboxes


async def test_an_interrupted_program_leaves_no_sandbox(standin: Standin) -> None:
    source = E2BSessions(KEY, connection=standin.connection)
    opened = asyncio.Event()

    async def program() -> None:
        env = ToolEnv(sessions=source)
        try:
            session = await env.session()
            opened.set()
            await session.run("while True: pass", timeout=50)
        finally:
            await env.close()
            await source.close()

    running = asyncio.create_task(program())
    await opened.wait()
    running.cancel()
    await asyncio.sleep(0)
    running.cancel()  # an impatient second time, while it closes
    with pytest.raises(asyncio.CancelledError):
        await running
    await source.close()
    assert not standin.sandboxes


async def test_a_session_that_a_call_ended_is_closed_with_its_source(standin: Standin) -> None:
    source = E2BSessions(KEY, connection=standin.connection)
    await (await source.open()).run("import os; os._exit(1)")
    await source.open()
    await source.close()
    assert not standin.sandboxes


async def test_closing_during_a_call_opens_no_other(standin: Standin) -> None:
    source = E2BSessions(KEY, connection=standin.connection)
    session = await source.open()
    call = asyncio.create_task(session.run("while True: pass", timeout=50))
    await asyncio.sleep(0.2)
    await source.close()
    with pytest.raises(SandboxError, match="closed"):
        await call
    assert standin.made == 1


async def test_the_sweep_ends_what_is_left_of_this_run_and_what_is_old(standin: Standin, source: E2BSessions) -> None:
    hour = timedelta(hours=1)
    mine = standin.leave(hour, **{"made-by": "winnow", "run": "this-run"})
    old = standin.leave(48 * hour, **{"made-by": "winnow", "run": "another"})
    others = [
        standin.leave(hour, **{"made-by": "winnow", "run": "another"}),
        standin.leave(48 * hour, **{"made-by": "someone", "run": "this-run"}),
    ]
    assert await source.sweep() == 2
    assert sorted(standin.killed) == sorted([mine, old])
    assert await source.sweep(timedelta(minutes=1)) == 1
    assert set(standin.sandboxes) == {others[1]}
    standin.sandboxes.clear()


async def test_the_sdk_debug_switch_does_not_divert(
    standin: Standin, source: E2BSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("E2B_DEBUG", "true")
    await source.open()
    assert standin.made == 1


async def test_a_sandbox_that_is_never_ready_is_given_up(
    standin: Standin, source: E2BSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "_READY", 0.2)
    standin.faults.slow_create = 0.5
    with pytest.raises(SandboxError, match="no sandbox that was ready"):
        await source.open()


async def test_many_at_once(standin: Standin, source: E2BSessions) -> None:
    sessions = await asyncio.gather(*(source.open() for _ in range(8)))
    results = await asyncio.gather(*(session.run(f"{number} * 2") for number, session in enumerate(sessions)))
    assert [result.value for result in results] == [str(2 * number) for number in range(8)]
    await asyncio.gather(*(session.close() for session in sessions))
    assert not standin.sandboxes
