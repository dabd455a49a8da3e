"""Which sandbox a run gets, and how it starts: E2B's stand-in over the SDK's own environment variables."""

from datetime import timedelta
from pathlib import Path

import pytest

from scenarios.parts.surroundings import SandboxPart, WorldPart
from scenarios.scenario import Scenario
from tests.tools.sandbox_e2b.standin import KEY, Standin
from tools.sandbox import LocalSessions
from winnow.folder import RunFolder
from winnow.machine import MachineError, machine


def scenario(**sandbox: str) -> Scenario:
    made = Scenario.model_validate({"winnow": 1, "name": "s"}, strict=False)
    return made.model_copy(
        update={"sandbox": SandboxPart.model_validate(sandbox), "world": WorldPart(documents=100), "tools": ("python",)}
    )


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


async def test_the_local_sandbox_is_the_default(folder: RunFolder) -> None:
    async with machine(scenario(), folder) as parts:
        assert isinstance(parts.sessions, LocalSessions)


async def test_e2b_without_a_key_is_refused_with_a_remedy(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_E2B_KEY", raising=False)
    told = "sandbox: environment variable MY_E2B_KEY is not set; export it, or name another with api_key_env"
    with pytest.raises(MachineError, match=told):
        async with machine(scenario(backend="e2b", api_key_env="MY_E2B_KEY"), folder):
            pytest.fail("opened without a key")


async def test_e2b_is_swept_tried_and_left_clean(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Standin.running() as standin:
        monkeypatch.setenv("E2B_API_URL", standin.url)
        monkeypatch.setenv("E2B_SANDBOX_URL", standin.url)
        monkeypatch.setenv("MY_E2B_KEY", KEY)
        asked = scenario(backend="e2b", api_key_env="MY_E2B_KEY", template="mine")
        async with machine(asked, folder) as parts:
            session = await parts.sessions.open()
            assert (await session.run("6 * 7")).value == "42"
            (made,) = standin.sandboxes.values()
            assert made.asked["templateID"] == "mine"
            run = made.asked["metadata"]["run"]
        assert not standin.sandboxes
        left = standin.leave(timedelta(minutes=1), **{"made-by": "winnow", "run": run})
        others = standin.leave(timedelta(minutes=1), **{"made-by": "winnow", "run": "another"})
        async with machine(asked, folder):
            assert left not in standin.sandboxes
        assert set(standin.sandboxes) == {others}


async def test_a_wrong_key_is_refused_at_the_start(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Standin.running() as standin:
        monkeypatch.setenv("E2B_API_URL", standin.url)
        monkeypatch.setenv("E2B_API_KEY", "e2b_wrong_canary")
        with pytest.raises(MachineError, match="sandbox: E2B refuses the API key") as refused:
            async with machine(scenario(backend="e2b"), folder):
                pytest.fail("opened with a wrong key")
        assert "canary" not in str(refused.value)
