"""The symbolic tier with the real engine: what it decides, what it leaves alone, and that it cannot hang or break a caller."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from graders.answers import compared, equivalent
from graders.answers import symbolic as tier
from graders.answers.symbolic import Engine, is_formula


@pytest.fixture(name="engine", scope="module")
def fixture_engine() -> Iterator[Engine]:
    engine = Engine(seconds=30.0)
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("\\sum_{k=1}^{n}k", "\\frac{n(n+1)}{2}", "equal"),
        ("\\sqrt{5+2\\sqrt{6}}", "\\sqrt{2}+\\sqrt{3}", "equal"),
        ("(1,2)\\cup(3,4)", "(3,4)\\cup(1,2)", "equal"),
        ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{pmatrix}1\\\\3\\end{pmatrix}", "different"),
        ("x^2+1", "x^2-1", "different"),
        ("e^{i\\pi}", "1", "undecided"),
        ("2k\\pi", "2n\\pi", "undecided"),
        ("\\frac{", "1", "undecided"),
    ],
)
def test_what_the_engine_makes_of_formulas(engine: Engine, one: str, two: str, verdict: str) -> None:
    assert (engine.compare(one, two), engine.compare(two, one)) == (verdict, verdict)


def test_a_late_engine_is_ended_and_started_again() -> None:
    engine = Engine(seconds=2.0)
    try:
        assert engine.compare("x+x", "2x") == "equal"
        assert engine._process is not None
        late = engine._process.popen
        assert engine.compare("9^{9^{9^{9}}}", "9^{9^{9}}") == "undecided"
        assert late.returncode is not None
        assert engine.compare("x+x", "2x") == "equal"
        assert (engine.asked.pairs, engine.asked.lost) == (3, 1)
    finally:
        engine.close()


def test_an_engine_that_gets_no_processor_is_not_late() -> None:
    engine = Engine(seconds=0.5)
    try:
        while engine.compare("x+x", "2x") != "equal":
            assert engine.asked.lost < 5
        assert engine._process is not None
        child, lost = engine._process.popen.pid, engine.asked.lost
        os.kill(child, signal.SIGSTOP)
        go_on = threading.Timer(1.5, os.kill, (child, signal.SIGCONT))
        go_on.start()
        assert engine.compare("x+x+x", "3x") == "equal"
        assert engine.asked.lost == lost
    finally:
        engine.close()


def test_a_dead_engine_is_started_again(engine: Engine) -> None:
    assert engine.compare("x+x", "2x") == "equal"
    assert engine._process is not None
    os.kill(engine._process.popen.pid, signal.SIGKILL)
    engine._process.popen.wait()
    assert engine.compare("x+x", "2x") == "equal"


def test_an_engine_that_cannot_start_leaves_pairs_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    engine = Engine()
    assert [engine.compare("x+x", "2x") for _ in range(5)] == ["undecided"] * 5


def test_a_closed_engine_leaves_no_process(engine: Engine) -> None:
    engine.compare("x+x", "2x")
    assert engine._process is not None
    popen = engine._process.popen
    engine.close()
    assert popen.returncode is not None


@pytest.mark.parametrize(
    "text", ["Paris", "5 apples", "no solution", "100\\%", "50 %", "x is 5", "", "x" * 400, "Tarn, Osk"]
)
def test_what_is_no_formula_is_never_put_to_it(text: str) -> None:
    assert not is_formula(text)
    before = tier.asked()
    assert tier.symbolic(text, "x^2") == "undecided"
    assert tier.asked() == before


@pytest.mark.parametrize(("one", "two"), [("1", "100\\%"), ("5", "6"), ("x+1", "1+x"), ("Paris", "London")])
def test_what_typed_values_decide_never_comes_to_the_engine(one: str, two: str) -> None:
    before = tier.asked()
    assert equivalent(one, two) == ("equal" if "x" in one else "different")
    assert tier.asked() == before


async def test_an_event_loop_runs_on_while_the_engine_works(engine: Engine) -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    counting = asyncio.create_task(count())
    engine.close()
    assert await compared("\\sum_{k=1}^{n}k", "\\frac{n(n+1)}{2}", tiers=[engine.compare]) == "equal"
    counting.cancel()
    assert turns > 10, "starting the engine alone takes longer than that"


@pytest.mark.parametrize("text", ["10^10^10^10", "2^{2^{2^{2}}}", "99999!", "x^{1000000}", "|" * 300])
def test_what_no_engine_writes_out_is_not_put_to_it(text: str) -> None:
    asked = tier.asked()
    assert equivalent(text, "x^2+1") != "equal"
    assert tier.asked() == asked


def test_products_of_powers_are_no_tower() -> None:
    assert is_formula("x^2y^3z^4")
    assert is_formula("2^{2023}")
