"""What a piece of work gives where the teacher cannot go on from what was planted."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from agents.mutants.base import Mutation, Plant, Planted
from agents.mutants.scene import Scene
from tools.sandbox.session import SandboxError
from traces.record import Trajectory
from traces.task import Task
from winnow.workbench import Bench, Clean, Slipping, Trying, Workbench


@dataclass(frozen=True)
class Breaking(Mutation):
    """Ends in an error of the teacher's."""

    kind: ClassVar[str] = "breaking"
    code: ClassVar[str] = "C5"
    error: type[Exception] = ValueError

    def plants(self, scene: Scene, rng: random.Random) -> Iterator[Plant]:
        yield Plant(scene.last, (Planted(scene.answer, "C5", "as it was"),), "ends")

    def confirmed(self, scene: Scene, plant: Plant, mutant: Trajectory) -> bool:
        raise self.error


async def test_an_error_of_the_teacher_drops_the_mutant_and_others_are_raised(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "honest", tmp_path / "traps", 5, 300, 5)
    bench.build()
    workbench, dropped = Workbench(bench), Counter[str]()
    work = Clean("percentages", 0, ())
    done = await workbench.clean(work)
    assert done.clean
    scene = Scene(done.clean)
    for error in (ZeroDivisionError, ValueError, KeyError):
        assert await workbench._mutant(scene, Breaking(error), work, dropped) is None
    assert dropped == {"equivalent breaking": 3}
    with pytest.raises(ConnectionError):
        await workbench._mutant(scene, Breaking(ConnectionError), work, dropped)
    await workbench.close()


async def test_a_clean_trace_tells_where_a_slip_has_an_occasion(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "honest", tmp_path / "traps", 5, 300, 5)
    bench.build()
    workbench = Workbench(bench)
    clean = await workbench.clean(Clean("percentages", 0, ()))
    assert clean.occasions["refuses"] == 1
    assert "obeys" not in clean.occasions
    slipped = await workbench.slipping(Slipping("percentages", 0, "refuses", 1.0))
    assert slipped.slipped
    assert [label.kind for label in slipped.slipped.labels] == ["refuses"]
    await workbench.close()


async def test_a_sandbox_that_breaks_costs_one_attempt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path / "honest", tmp_path / "traps", 5, 300, 5)
    bench.build()
    workbench, attempt = Workbench(bench), Workbench._attempt

    async def breaking(self: Workbench, task: Task, key: str, profile: dict[str, float]) -> Trajectory:
        if task.index == 1:
            raise SandboxError("the session failed")
        return await attempt(self, task, key, profile)

    monkeypatch.setattr(Workbench, "_attempt", breaking)
    works: list[Clean | Slipping | Trying] = [
        Clean("percentages", 0, ()),
        Clean("percentages", 1, ()),
        Trying("percentages", 2, "careful"),
    ]
    fine, broken, tried = await workbench.do(works)
    assert fine.clean
    assert (broken.clean, broken.dropped) == (None, {"the sandbox broke": 1})
    assert tried.tried
    await workbench.close()
