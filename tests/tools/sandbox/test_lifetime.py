"""Nothing outlives a session: however it is closed, cancelled or killed, and however the host ends."""

import asyncio
import gc
import os
import select
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from tools.sandbox import Limits, LocalSandbox, LocalSessions, SandboxError, local
from tools.sandbox.host import stop_zygotes, zygote_for

MARK = "winnow-lifetime-mark"


def descendants() -> set[int]:
    """All processes below this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found, grown = found | more, bool(more)
    return found - {os.getpid()}


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def mounts() -> int:
    return len(Path("/proc/self/mounts").read_text().splitlines())


async def test_close_returns_when_nothing_is_left() -> None:
    async with LocalSandbox() as session:
        await session.run("1")
    before, open_before, mounted = descendants(), descriptors(), mounts()
    async with LocalSandbox() as session:
        await session.run("import os\nfor _ in range(3):\n    os.fork()")
        assert descendants() > before
    assert descendants() == before
    assert descriptors() == open_before
    assert mounts() == mounted


async def test_cancellation_in_mid_call_ends_the_session() -> None:
    async with LocalSandbox() as session:
        before = descendants()
        async with LocalSandbox() as other:
            call = asyncio.create_task(other.run("import time; time.sleep(60)"))
            await asyncio.sleep(0.2)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            with pytest.raises(SandboxError, match="closed"):
                await other.run("1")
        assert descendants() == before
        assert (await session.run("1")).value == "1"


async def test_closing_in_mid_call_ends_the_call() -> None:
    source = LocalSessions()
    session = await source.open()
    before = descriptors()
    call = asyncio.create_task(session.run("import time; time.sleep(600)", timeout=600))
    await asyncio.sleep(0.2)
    await asyncio.wait_for(source.close(), 60)
    with pytest.raises(SandboxError, match="closed while"):
        await asyncio.wait_for(call, 60)
    assert descriptors() == before - 1


@pytest.mark.parametrize("again", [False, True])
async def test_cancelling_and_closing_at_once_leaves_nothing(again: bool) -> None:
    """What ends an attempt in mid-call: the call is cancelled, the session closed by another task, which may be cancelled too."""
    source = LocalSessions()
    await (await source.open()).run("1")
    before, open_before = descendants(), descriptors()
    session = await source.open()
    call = asyncio.create_task(session.run("import time; time.sleep(600)", timeout=600))
    await asyncio.sleep(0.2)
    closing = asyncio.create_task(session.close())
    await asyncio.sleep(0)
    call.cancel()
    if again:
        closing.cancel()
    await asyncio.wait_for(asyncio.gather(call, closing, return_exceptions=True), 60)
    assert call.done()
    await session.close()
    assert descendants() == before
    assert descriptors() == open_before
    await source.close()


async def test_a_session_that_a_call_ended_gives_its_socket_back() -> None:
    source = LocalSessions()
    await (await source.open()).close()
    open_before = descriptors()
    for _ in range(3):
        assert (await (await source.open()).run("import os; os._exit(1)")).closed
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        await (await source.open()).run("1")
        gc.collect()
        await source.close()
    assert not warned
    assert descriptors() == open_before


async def test_an_event_loop_that_was_held_up_still_finds_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LocalSandbox() as session:
        await session.run("1")
        monkeypatch.setattr(local, "_MARGIN", -4.5)
        call = asyncio.create_task(session.run("1 + 1", timeout=5.0))
        await asyncio.sleep(0)
        time.sleep(1.5)  # noqa: ASYNC251
        assert (await call).value == "2"


async def test_a_fetch_that_was_cancelled_is_no_answer_to_the_next_call() -> None:
    async with LocalSandbox() as session:
        await session.run("open('big', 'wb').write(bytes(30_000_000))")
        fetch = asyncio.create_task(session.get("big"))
        await asyncio.sleep(0)
        assert select.select([session._channel], [], [], 60)[0]
        for _ in range(5):
            await asyncio.sleep(0)
        assert fetch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetch
        with pytest.raises(SandboxError, match="the session is closed"):
            await session.run("1")


async def test_cancellation_while_opening_leaves_nothing() -> None:
    async with LocalSandbox() as session:
        await session.run("1")
    before, open_before = descendants(), descriptors()
    for delay in (0.0, 0.001, 0.005, 0.02, 0.04):
        source = LocalSessions()
        opening = asyncio.create_task(source.open())
        await asyncio.sleep(delay)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await source.close()
    assert descendants() == before
    assert descriptors() == open_before


async def test_a_source_closes_what_it_opened() -> None:
    source = LocalSessions()
    await (await source.open()).close()
    before = descendants()
    sessions = [await source.open() for _ in range(3)]
    await asyncio.gather(*(session.run("1") for session in sessions))
    await source.close()
    assert descendants() == before
    assert all(session.closed for session in sessions)


async def test_a_killed_session_is_told_and_the_next_one_works() -> None:
    async with LocalSandbox() as session:
        await session.run("1")
        before = descendants()
        async with LocalSandbox() as victim:
            new = sorted(descendants() - before)
            os.kill(new[0], signal.SIGKILL)
            with pytest.raises(SandboxError, match=r"ended unexpectedly|broke off"):
                await victim.run("1")
        assert (await session.run("1")).value == "1"


async def test_a_killed_zygote_is_replaced() -> None:
    async with LocalSandbox() as session:
        zygote = zygote_for("python")
        zygote._process.kill()
        with pytest.raises(SandboxError):
            await session.run("import time; time.sleep(5)")
    async with LocalSandbox() as session:
        assert (await session.run("1")).value == "1"
    assert zygote_for("python") is not zygote


def test_sessions_work_in_one_event_loop_after_the_other() -> None:
    async def once() -> str | None:
        async with LocalSandbox() as session:
            return (await session.run("40 + 2")).value

    assert [asyncio.run(once()) for _ in range(3)] == ["42"] * 3


def test_what_one_loop_left_open_another_can_close() -> None:
    source = LocalSessions()
    asyncio.run(source.open())
    before = descendants()
    asyncio.run(source.close())
    assert len(descendants()) == len(before) - 2


HOST = """
import asyncio, os, sys
from tools.sandbox import LocalSandbox
async def main():
    async with LocalSandbox() as session:
        call = asyncio.create_task(session.run("import os, time\\nos.fork()\\nos.fork()\\ntime.sleep(100)", timeout=100))
        await asyncio.sleep(0.5)
        print("running", flush=True)
        {end}
        await call
asyncio.run(main())
"""


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("await asyncio.sleep(100)", id="killed"),
        pytest.param("raise SystemExit(1)", id="raise"),
        pytest.param("os._exit(1)", id="exit", marks=pytest.mark.slow),
        pytest.param("os.abort()", id="abort", marks=pytest.mark.slow),
    ],
)
def test_nothing_is_left_however_the_host_ends(end: str) -> None:
    root = Path(__file__).parents[3]
    host = subprocess.Popen(
        [sys.executable, "-c", HOST.format(end=end)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root), MARK: "1"},
    )
    assert host.stdout is not None
    assert host.stdout.readline() == b"running\n"
    below = _below(host.pid)
    if "sleep" in end:
        assert len(below) >= 5
        host.kill()
    host.wait()
    host.stdout.close()
    deadline = time.monotonic() + 15
    while (alive := [pid for pid in below if os.path.exists(f"/proc/{pid}")]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive


def _below(pid: int) -> set[int]:
    listing = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(line.split()[0]): int(line.split()[1]) for line in listing.splitlines()}
    found, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in found} - found
        found, grown = found | more, bool(more)
    return found - {pid}


async def test_stopping_the_zygotes_leaves_no_process() -> None:
    stop_zygotes()
    others = descendants()  # of other tests in this process, such as a calculator's worker
    async with LocalSandbox() as session:
        await session.run("1")
        stop_zygotes()
        with pytest.raises(SandboxError):
            await session.run("1")
    assert descendants() <= others


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.slow
async def test_a_thousand_sessions_leak_nothing() -> None:
    async def one() -> None:
        async with LocalSandbox(Limits(), {"a.txt": b"a"}) as session:
            assert (await session.run("print(open('a.txt').read()); 1")).value == "1"

    for _ in range(20):
        await one()
    before, open_before, memory, mounted = descendants(), descriptors(), resident(), mounts()
    zygote = min(before)
    zygote_fds = [len(os.listdir(f"/proc/{pid}/fd")) for pid in sorted(before)]
    for _ in range(1000):
        await one()
    gc.collect()
    assert descendants() == before
    assert descriptors() == open_before
    assert mounts() == mounted
    assert [len(os.listdir(f"/proc/{pid}/fd")) for pid in sorted(before)] == zygote_fds, zygote
    assert resident() - memory < 8 << 20


@pytest.mark.slow
async def test_sixty_four_at_once() -> None:
    async def one(number: int) -> str | None:
        async with LocalSandbox() as session:
            await session.run(f"x = {number}")
            await asyncio.sleep(0.2)
            return (await session.run("x")).value

    async with LocalSandbox() as session:
        await session.run("1")
    before, open_before = descendants(), descriptors()
    assert await asyncio.gather(*map(one, range(64))) == [str(number) for number in range(64)]
    assert descendants() == before
    assert descriptors() == open_before
