"""Reads a scenario file, with `--set` and `--model` from the command line, into a resolved `Scenario`.

Every problem of a file is reported at once, each with its place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios import marks
from scenarios.complaints import complaints
from scenarios.marks import Fault, Mark, Marked, read_marked
from scenarios.names import Names, installed
from scenarios.parts.models import ROLES, TEACHER
from scenarios.problems import Problem, ScenarioError, nearest, shown
from scenarios.scenario import Scenario

__all__ = ["ScenarioError", "differences", "load_scenario"]


def load_scenario(
    path: str | Path,
    overrides: Sequence[str] = (),
    *,
    model: str | None = None,
    base_url: str | None = None,
    names: Names | None = None,
) -> Scenario:
    """Read a scenario file.

    Args:
        path: the file.
        overrides: `a.b=c`, each setting one value over the file and `model`; `c` is read as YAML. Later ones win.
        model: the solver's model, as `--model` gives it; the critic's too where problems evolve, the writer's and critic's where a model
            writes queries or poses problems, and the writer's where a file's problems are rephrased. Settings that only fit the model
            it replaces are dropped.
        base_url: the address of its server; without it, roles with this model and no address have the solver's.
        names: what the scenario may name; by default what is installed.

    Raises:
        ScenarioError: with all that is wrong with the file and the overrides.
    """
    source = _Source(str(path), _read(Path(path)))
    source.check_mapping()
    if model is not None:
        source.use_model(model, base_url)
    for override in overrides:
        source.set(override)
    if model is not None:
        source.reword_with(model, base_url)
        source.share_address(model)
    return source.scenario(names or installed())


def differences(old: Scenario, new: Scenario) -> tuple[str, ...]:
    """What would change a result, one line a key: `tasks.count: 240 -> 300`, `graders: now without loops; now with clock`.

    Empty where the fingerprints are equal.
    """
    before, after = _flat(old.results()), _flat(new.results())
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return tuple(_difference(key, before.get(key), after.get(key)) for key in changed)


def _difference(key: str, old: Any, new: Any) -> str:
    section, digests, file = key.partition(".digests.")
    if digests and old and new:
        return f"{section}: {file} is not what it was when the run began"
    if isinstance(old, list) and isinstance(new, list):
        gone, come = [item for item in old if item not in new], [item for item in new if item not in old]
        parts = [
            f"now {word} {', '.join(map(str, items))}" for word, items in (("without", gone), ("with", come)) if items
        ]
        return f"{key}: {'; '.join(parts) or 'in another order or number'}"
    return f"{key}: {shown(old)} -> {shown(new)}"


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(value, Mapping) or not value:
        return {path: value}
    return {k: v for key, item in value.items() for k, v in _flat(item, f"{path}.{key}".lstrip(".")).items()}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        there = sorted(str(file) for file in path.parent.glob("*.y*ml"))
        raise ScenarioError([Problem(str(path), "", "no such file", nearest=nearest(str(path), there))]) from None
    except IsADirectoryError:
        raise ScenarioError([Problem(str(path), "", "a folder", "a scenario file")]) from None
    except OSError as error:
        raise ScenarioError([Problem(str(path), "", f"cannot be read: {error.strerror}")]) from None


@dataclass
class _Source:
    """A file's values with their places, and what the command line sets over them."""

    file: str
    data: bytes
    marked: Marked = field(init=False)
    flags: dict[marks.Path, str] = field(default_factory=dict)
    problems: list[tuple[Mark, Problem]] = field(default_factory=list)
    faulty: set[marks.Path] = field(default_factory=set)
    """Where a problem is already noted, so that the missing value is no second one."""

    def __post_init__(self) -> None:
        self.marked = read_marked(self.data)
        for fault in self.marked.faults:
            self._add_fault(fault)

    def check_mapping(self) -> None:
        """Stop here where there is nothing to check further."""
        if not isinstance(self.marked.value, dict):
            if not self.problems:
                what = "an empty file" if self.marked.value is None else f"{shown(self.marked.value)}"
                self._add(Mark(), Problem(self.file, "", what, "a mapping that starts with `winnow: 1`"))
            self._raise()

    def use_model(self, spec: str, base_url: str | None) -> None:
        """Give the roles this model. What only made sense for their old one goes."""
        models, tasks = self.marked.value.setdefault("models", {}), self.marked.value.get("tasks")
        writes = isinstance(tasks, dict) and any(tasks.get(key) is not None for key in ("write", "instruct"))
        evolves = isinstance(tasks, dict) and tasks.get("evolve")
        for role in ROLES if writes else ("solver", "critic") if evolves else ("solver",):
            old = models.get(role) or {} if isinstance(models, dict) else None
            if isinstance(old, dict) and (old.get("model", TEACHER) != spec or base_url):
                kept = {} if spec == TEACHER else {key: value for key, value in old.items() if key != "profile"}
                models[role] = kept | {"model": spec} | ({"base_url": base_url} if base_url else {})
                self.flags["models", role, "model"] = "--model"
                self.flags |= {("models", role, "base_url"): "--base-url"} if base_url else {}

    def reword_with(self, spec: str, base_url: str | None) -> None:
        """Have the model of `--model` put a file's problems in other words, where nobody named a writer."""
        models, tasks = self.marked.value.get("models"), self.marked.value.get("tasks")
        evolve = tasks.get("evolve") if isinstance(tasks, dict) and tasks.get("file") else None
        if isinstance(models, dict) and not models.get("writer") and isinstance(evolve, list) and "rephrase" in evolve:
            models["writer"] = {"model": spec} | ({"base_url": base_url} if base_url else {})
            self.flags["models", "writer", "model"] = "--model"
            self.flags |= {("models", "writer", "base_url"): "--base-url"} if base_url else {}

    def share_address(self, spec: str) -> None:
        """Give roles that have their model from `--model` the address that `--set` gave the solver's: it is one model."""
        models = self.marked.value.get("models")
        parts = {role: models.get(role) for role in ROLES} if isinstance(models, dict) else {}
        solver = parts.pop("solver", None)
        if not isinstance(solver, dict) or solver.get("model") != spec or not solver.get("base_url"):
            return
        for role, part in parts.items():
            named = self.flags.get(("models", role, "model")) == "--model"
            if named and isinstance(part, dict) and part.get("model") == spec and not part.get("base_url"):
                for key in ("base_url", "api_key_env"):
                    if solver.get(key) and not part.get(key):
                        part[key] = solver[key]
                        self.flags["models", role, key] = "--set"

    def set(self, override: str) -> None:
        """Apply one `a.b=c`."""
        name, equals, text = override.partition("=")
        path = tuple(name.strip().split("."))
        if not equals or not all(path) or len(path) > marks.MAX_DEPTH:
            self._add(Mark(), Problem("--set", "", shown(override), "key=value, such as tasks.count=50"))
            return
        read = read_marked(text)
        for fault in read.faults:
            self._add(Mark(), Problem("--set", name, fault.what, fault.allowed))
            self.faulty.add((*path, *fault.path))
        self._put(path, read.value)

    def _put(self, path: tuple[str, ...], value: Any) -> None:
        here = self.marked.value
        for depth, key in enumerate(path[:-1], 1):
            if here.get(key) is None:
                here[key] = {}
            here = here[key]
            if not isinstance(here, dict):
                at = ".".join(path[:depth])
                self._add(
                    Mark(), Problem("--set", ".".join(path), f"{at} is {shown(here)}", f"setting {at} as a whole")
                )
                return
        here[path[-1]] = value
        self.flags = {old: flag for old, flag in self.flags.items() if old[: len(path)] != path} | {path: "--set"}

    def scenario(self, names: Names) -> Scenario:
        """Validate all of it, or raise all that is wrong."""
        value = self.marked.value
        value.setdefault("tasks", {})  # so that what is left out is resolved from `names` too
        try:
            scenario = Scenario.model_validate_json(json.dumps(value), context={"names": names})
        except ValidationError as error:
            for said in complaints(error, value):
                if said.path not in self.faulty:
                    mark, place = self._place(said.path, said.on_key)
                    self._add(mark, Problem(place, _dotted(said.path), said.what, said.allowed, said.nearest))
        self._raise()
        return scenario

    def _place(self, path: marks.Path, on_key: bool) -> tuple[Mark, str]:
        for set_, flag in self.flags.items():
            if path[: len(set_)] == set_ or (set_[: len(path)] == path and path not in self.marked.values):
                return Mark(), flag
        path = self._listed(path)
        tables = (self.marked.keys, self.marked.values) if on_key else (self.marked.values, self.marked.keys)
        for length in range(len(path), -1, -1):
            for table in tables:
                if mark := table.get(path[:length]):
                    return mark, f"{self.file}:{mark.line}:{mark.column}"
        return Mark(), self.file

    def _listed(self, path: marks.Path) -> marks.Path:
        """The path of a name in a list, where the name was looked for as a key."""
        here = self.marked.value
        for key in path[:-1]:
            here = here.get(key) if isinstance(here, dict) else None
        return (*path[:-1], here.index(path[-1])) if isinstance(here, list) and path[-1] in here else path

    def _add_fault(self, fault: Fault) -> None:
        place = f"{self.file}:{fault.mark.line}:{fault.mark.column}" if fault.mark.line else self.file
        if fault.lost:
            self.faulty.add(fault.path)
        self._add(fault.mark, Problem(place, _dotted(fault.path), fault.what, fault.allowed))

    def _add(self, mark: Mark, problem: Problem) -> None:
        self.problems.append((mark, problem))

    def _raise(self) -> None:
        if self.problems:
            raise ScenarioError(
                problem for _, problem in sorted(self.problems, key=lambda pair: (not pair[0].line, pair[0]))
            )


def _dotted(path: marks.Path) -> str:
    return ".".join(str(part) for part in path)
