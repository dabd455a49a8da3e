"""Where a run's tasks come from: the scenario's families, or a problem set of the user's own."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Protocol

from scenarios.evolution import evolve
from scenarios.family import NoProblem, all_families
from scenarios.instructing import INSTRUCTED, seed_task
from scenarios.need import task_of
from scenarios.parts.tasks import TasksPart
from scenarios.scenario import Scenario
from scenarios.sets import CodeRow, MathRow, Row, read_set
from scenarios.sets.deriving import seed_of_row
from scenarios.sets.tasks import SET
from scenarios.sets.tasks import task_of as task_of_row
from scenarios.world import World
from traces.base import content_hash
from traces.imports import SourceError
from traces.task import Task
from winnow.plan import Slot, slots


class TaskSource(Protocol):
    """Makes the tasks of a run. Equal scenarios give equal slots and equal tasks."""

    def slots(self) -> Iterator[Slot]:
        """A place for each task, in order."""
        ...

    def item(self, slot: Slot) -> Task:
        """The task of a slot. Raises TruthError where it must be thrown away, with the cause."""
        ...

    def row(self, slot: Slot) -> Row | None:
        """The row of a problem set that a slot's task is taken from; None where there is no set."""
        ...


class FamilyTasks:
    """Tasks that families make from the scenario's seed."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._scenario, self._world = scenario, world

    def slots(self) -> Iterator[Slot]:
        return slots(self._scenario.tasks.count, _weights(self._scenario.tasks))

    def item(self, slot: Slot) -> Task:
        instruct = self._scenario.tasks.instruct
        if slot.family == INSTRUCTED and instruct:
            return seed_task(self._scenario.seed, slot.number, instruct.topics)
        return task_of(all_families()[slot.family], self._world, self._scenario.seed, slot.number)

    def row(self, slot: Slot) -> Row | None:
        return None


def _weights(tasks: TasksPart) -> dict[str, float]:
    """The families, and what a model poses, by their shares."""
    if tasks.instruct is None:
        return tasks.families
    share, total = tasks.instruct.share, sum(tasks.families.values())
    drawn = {family: weight * (1 - share) for family, weight in tasks.families.items() if share < 1}
    return {**drawn, INSTRUCTED: share * total}


class SetTasks:
    """The problems of a file, the first `tasks.count` of them."""

    def __init__(self, scenario: Scenario) -> None:
        self._path, self._count = Path(scenario.tasks.file or ""), scenario.tasks.count
        self._tools, self._agree, self._derive = scenario.tools, scenario.keep.agree, scenario.tasks.derive

    @cached_property
    def _rows(self) -> list[Row]:
        """Read once: the rows of a set are held, as they are small beside what is made of them."""
        return [row for row, _ in zip(read_set(self._path), range(self._count), strict=False)]

    def slots(self) -> Iterator[Slot]:
        return islice(self._all(), self._count)

    def _all(self) -> Iterator[Slot]:
        for number, row in enumerate(self._rows):
            yield Slot(f"{SET}-{number:04d}", SET, number)
            for how in self._derive if isinstance(row, CodeRow) and row.solution else ():
                yield Slot(f"{SET}-{number:04d}-{how}", SET, number, how)

    def item(self, slot: Slot) -> Task:
        row = self._rows[slot.number]
        if isinstance(row, CodeRow) and (how := next((how for how in self._derive if how == slot.evolved), None)):
            return seed_of_row(row, how, SET, self._tools, slot.number)
        if isinstance(row, MathRow) and not row.answers and self._agree < 2:
            raise NoProblem(
                f"line {row.line}: no `answer`, and no `solution` that ends in one; keep.agree of 2 or more keeps such rows by majority"
            )
        return task_of_row(row, self._tools, slot.number)

    def row(self, slot: Slot) -> Row | None:
        return self._rows[slot.number]


class EvolvedTasks:
    """The tasks of another source, each followed by its children: `tasks.count` in all. A child names the slot of its parent, whose words
    may yet change."""

    def __init__(self, source: TaskSource, scenario: Scenario, world: World) -> None:
        self._source, self._scenario, self._world = source, scenario, world

    def slots(self) -> Iterator[Slot]:
        return islice(self._all(), self._scenario.tasks.count)

    def _all(self) -> Iterator[Slot]:
        for slot in self._source.slots():
            yield slot
            for how in self._scenario.tasks.evolve if not slot.evolved else ():
                yield slot._replace(name=f"{slot.name}-{how}", evolved=how)

    def item(self, slot: Slot) -> Task:
        parent = self._source.item(slot)
        how = next((how for how in self._scenario.tasks.evolve if how == slot.evolved), None)
        if how is None:
            return parent
        child = evolve(parent, how, self._world, self._scenario.seed, slot.number)
        return child.model_copy(update={"knobs": {**child.knobs, "parent": slot.name.removesuffix(f"-{how}")}})

    def row(self, slot: Slot) -> Row | None:
        return self._source.row(slot)


def with_set(scenario: Scenario) -> Scenario:
    """The scenario with what its problem set settles: no more tasks than the set has rows, and the hash of its content.

    Raises SourceError where the file cannot be read, or holds nothing.
    """
    if scenario.tasks.file is None:
        return scenario
    path = Path(scenario.tasks.file)
    found = sum(1 for _ in read_set(path))
    if not found:
        raise SourceError(path, "holds no rows", "Give a file with one problem a line")
    digest = content_hash([path.read_bytes().hex()])
    most = found * (1 + len(scenario.tasks.evolve) + len(scenario.tasks.derive))
    settled = {"count": min(most, scenario.tasks.count), "digest": digest}
    return scenario.model_copy(update={"tasks": scenario.tasks.model_copy(update=settled)})


def with_files(scenario: Scenario) -> Scenario:
    """The scenario with what the files it names settle: the rows of its problem set, and the hash of each file of topics, seeds and
    benchmarks. Raises SourceError where the problem set cannot be used; other files are read, and complained of, by who uses them.
    """
    found = with_set(scenario)
    gates = found.gates.model_copy(update={"digests": _digests(found.gates.against)})
    if (write := found.tasks.write) is None:
        return found.model_copy(update={"gates": gates})
    named = (*write.topics.values(), *((write.seeds,) if write.seeds else ()))
    tasks = found.tasks.model_copy(update={"write": write.model_copy(update={"digests": _digests(named)})})
    return found.model_copy(update={"gates": gates, "tasks": tasks})


def _digests(files: Iterable[str]) -> dict[str, str]:
    return {file: _digest(Path(file)) for file in files if Path(file).is_file()}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def source_of(scenario: Scenario, world: World) -> TaskSource:
    """The source a scenario names. Raises SourceError where its file cannot be read."""
    source: TaskSource = SetTasks(scenario) if scenario.tasks.file else FamilyTasks(scenario, world)
    return EvolvedTasks(source, scenario, world) if scenario.tasks.evolve else source
