"""Against E2B itself, with the user's own key: `E2B_API_KEY=... pytest -m live tests/tools/sandbox_e2b`. A few seconds of two sandboxes."""

import os
from collections.abc import AsyncIterator

import pytest

from tools.sandbox import SandboxUnavailable
from tools.sandbox.e2b import E2BSessions

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif("E2B_API_KEY" not in os.environ, reason="needs a key of E2B in the variable E2B_API_KEY"),
]


@pytest.fixture
async def source() -> AsyncIterator[E2BSessions]:
    made = E2BSessions(os.environ["E2B_API_KEY"], run="winnow-live-test")
    await made.sweep()
    yield made
    await made.close()
    assert await made.sweep() == 0


async def test_the_service_gives_what_the_stand_in_gives(source: E2BSessions) -> None:
    session = await source.open(files={"data/a.csv": b"x\n1\n"})
    assert (await session.run("x = 20\nprint('said')")).stdout == "said\n"
    assert (await session.run("x + 1, open('data/a.csv').read()")).value == "(21, 'x\\n1\\n')"
    assert (await session.run("'42'")).value == "'42'"
    assert (await session.run("import asyncio\nasync def f(): return 7\nasyncio.run(f())")).value == "7"
    error = (await session.run("1 / 0")).error
    assert error is not None
    assert (error.name, "\x1b" in error.traceback, "<cell 5>" in error.traceback) == ("ZeroDivisionError", False, True)
    late = await session.run("while True: pass", timeout=1.0)
    assert (late.limit, late.closed) == ("time", False)
    drawn = await session.run("import matplotlib.pyplot as plt\nplt.plot([x, 1])\nplt.show()", timeout=60)
    assert [file.name for file in drawn.files] == ["figure-1.png"]
    assert (await session.get("figure-1.png")).startswith(b"\x89PNG")
    assert (await session.run("import os; print(os.getcwd(), os.listdir('.'))")).stdout.startswith("/home/user ")
    offline = await session.run("import urllib.request as r; r.urlopen('http://1.1.1.1', timeout=3)")
    assert offline.error is not None


async def test_the_service_tells_when_the_interpreter_ends(source: E2BSessions) -> None:
    result = await (await source.open()).run("import os; os._exit(3)")
    assert result.closed
    assert result.error is not None


async def test_the_service_refuses_a_wrong_key() -> None:
    with pytest.raises(SandboxUnavailable, match="refuses the API key"):
        await E2BSessions("e2b_" + "0" * 40).sweep()
