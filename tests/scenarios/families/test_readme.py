"""The family in the README is a real one: it loads, agrees with itself, reads back and solves."""

import re
from pathlib import Path
from typing import Any

import pytest

import scenarios.families
from scenarios.family import Family
from scenarios.profiles import PROFILES
from scenarios.world import World
from tests.scenarios.families.accepting import accepted
from tests.scenarios.families.driver import attempt
from tools.results import ToolEnv
from tools.sandbox import LocalSessions


@pytest.fixture(scope="module")
def source() -> str:
    text = (Path(scenarios.families.__path__[0]) / "README.md").read_text()
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


async def test_the_example_is_short_and_works(source: str, world: World) -> None:
    assert len(source.splitlines()) < 120
    names: dict[str, Any] = {"__name__": "tiling"}
    exec(source, names)
    family: Family = names["Tiling"]()
    wordings = {template.source for form in names["Tiling"]().wordings.forms for template in form.all()}
    assert len(wordings) >= 12
    for index in range(20):
        task = family.item(world, 1, index)
        assert task.brief
        assert family.read(task.query) == task.brief.ask
        done = await attempt(family, task, ToolEnv(sessions=LocalSessions()), PROFILES["careful"], index)
        assert task.oracle
        assert await accepted(task.oracle, done.answer)
