"""Whatever stands in a scenario file or after `--set`, it loads or is refused in words: never a crash, never a guess."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.loading import load_scenario
from scenarios.names import Names
from scenarios.problems import ScenarioError
from scenarios.scenario import Scenario

NAMES = Names(
    ("chain", "lookup"), ("calculator", "search"), ("grounding",), ("hasty",), {"quickstart": {"hasty": 0.25}}
)
BASE = """\
winnow: 1
name: small
seed: 7
world: {documents: 2000}
tasks: {count: 240, families: {lookup: 3, chain: 1}}
models:
  solver: {model: teacher, profile: quickstart}
tools: [search, calculator]
graders: all
limits: {turns: 12, time: 1.5e2}
"""
PIECES = st.one_of(
    st.sampled_from(
        ["[", "]", "{", "}", ": ", "- ", "\t", "*a", "&a ", "!!x ", "!!int ", "<<: ", "|\n", "~", ".nan", "-", "'", '"', "\n", "? ", "%"]
    ),
    st.sampled_from(
        ["---\n", "...\n", '"\\ud800"', "\x85", "9" * 400, "1e400", "-0", "0x1", "2026-11-23", "yes", "\ufeff", "tools: x\n", " seed: 3\n"]
    ),
    st.text(max_size=6),
)  # fmt: skip


def _outcome(path: Path, overrides: tuple[str, ...] = ()) -> Scenario | ScenarioError:
    try:
        return load_scenario(path, overrides, names=NAMES)
    except ScenarioError as refused:
        return refused


def _in_words(refused: ScenarioError, places: tuple[str, ...]) -> bool:
    str(refused).encode("utf-8")
    return bool(refused.problems) and all(
        p.what and p.place.startswith(places) and "\n" not in str(p) for p in refused.problems
    )


@given(at=st.integers(0, len(BASE)), cut=st.integers(0, 12), pieces=st.lists(PIECES, max_size=3))
@example(at=10, cut=0, pieces=['"\\ud800": 1\n'])
@example(at=len(BASE) - 1, cut=0, pieces=["\nabort_if: !!float x"])
@settings(max_examples=150, deadline=None)
def test_a_mangled_file_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, pieces: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "mangled.yaml"
    path.write_bytes((BASE[:at] + "".join(pieces) + BASE[at + cut :]).encode("utf-8", "surrogatepass"))
    outcome = _outcome(path)
    assert isinstance(outcome, Scenario) or _in_words(outcome, (str(path),))


@given(data=st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_load_or_are_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(data)
    outcome = _outcome(path)
    assert isinstance(outcome, ScenarioError)
    assert _in_words(outcome, (str(path),))


@given(
    key=st.one_of(
        st.sampled_from(["seed", "tasks.count", "tasks.families.lookup", "models.solver", "tools"]), st.text(max_size=8)
    ),
    value=st.lists(PIECES, max_size=3).map("".join),
)
@example(key=".".join("a" * 3000), value="1")
@settings(max_examples=120, deadline=None)
def test_any_override_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, key: str, value: str) -> None:
    path = tmp_path_factory.getbasetemp() / "base.yaml"
    path.write_text(BASE, encoding="utf-8")
    outcome = _outcome(path, (f"{key}={value}",))
    assert isinstance(outcome, Scenario) or _in_words(outcome, ("--set",))
