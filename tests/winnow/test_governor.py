"""The models of a run: keys, budgets, and that nobody else is told of it."""

from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langsmith.utils import tracing_is_enabled

from agents.budget import FREE, Budget, Rates, Spent
from agents.halt import Halt
from agents.models import ModelError
from scenarios.parts.models import ModelPart
from scenarios.scenario import Scenario
from tests.agents.chat.loopback import replaying
from winnow.cost import Cost
from winnow.governor import Governor, costs, embedded, make_model, untraced


def scenario(**more: Any) -> Scenario:
    return Scenario.model_validate({"winnow": 1, "name": "s", **more})


def test_openai_itself_needs_a_key_and_a_server_of_ones_own_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="base_url"):
        make_model(ModelPart(model="openai:m"))
    make_model(ModelPart(model="openai:m", base_url="http://127.0.0.1:1/v1"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-55")
    assert "canary" not in repr(make_model(ModelPart(model="openai:m")))


async def test_a_key_that_is_not_sent_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-55")
    monkeypatch.setenv("MINE", "sk-canary-66")
    for key, told in (({}, True), ({"api_key_env": "MINE"}, False)):
        async with replaying(b'{"error": {"message": "Incorrect API key provided: None"}}', status=401) as (url, seen):
            part = {"model": "openai:m", "base_url": url, **key}
            with pytest.raises(Halt) as caught:
                await Governor(scenario(models={"solver": part}), None).model("solver").ainvoke([HumanMessage("hello")])
        assert ("No key was sent: set models.solver.api_key_env" in caught.value.reason) == told
        assert "canary-55" not in str(seen)


def test_each_role_has_a_gate_of_its_own_and_all_one_budget() -> None:
    part = {"model": "openai:m", "base_url": "http://127.0.0.1:1/v1"}
    governor = Governor(scenario(models={"solver": {**part, "concurrency": 7}, "critic": part}), None)
    solver, critic, writer = (governor.model(role) for role in ("solver", "critic", "writer"))
    assert solver.gate is not None
    assert critic.gate is not None
    assert solver.gate is not critic.gate
    assert (solver.gate.most, critic.gate.most) == (7, 16)
    assert writer.gate is None
    assert solver.budget is critic.budget is writer.budget


@pytest.mark.parametrize("limit", [{"tokens": 100}, {"usd": 0.001}])
def test_a_budget_says_when_it_is_spent(limit: dict[str, Any]) -> None:
    budget = Budget(**limit)
    budget.check()
    budget.charge("solver", {"input_tokens": 80, "output_tokens": 40}, Rates(10, 10))
    with pytest.raises(Halt, match="--resume"):
        budget.check()


def test_time_is_a_budget_over_all_sessions() -> None:
    with pytest.raises(Halt, match="time"):
        Budget(time=60, spent_time=61).check()


def test_a_critic_of_its_own_behind_a_server_costs_something() -> None:
    member = {"name": "a", "model": {"model": "openai:m", "base_url": "http://127.0.0.1:1/v1"}}
    assert costs(scenario(critics={"members": (member,)}))
    assert not costs(scenario())


def test_the_teachers_tokens_are_on_no_bill_beside_a_served_model() -> None:
    part = {"model": "openai:m", "base_url": "http://127.0.0.1:1/v1"}
    assert "writer" in embedded(scenario(models={"solver": part}))
    assert "solver" not in embedded(scenario(models={"solver": part}))
    assert "critic" not in embedded(scenario(critics={"members": ({"name": "a", "model": part},)}))
    assert not embedded(scenario())


def test_nor_do_they_count_in_a_budget() -> None:
    part = {"model": "openai:m", "base_url": "http://127.0.0.1:1/v1"}
    budget = Governor(scenario(models={"solver": part}, budget={"tokens": 100}), None).budget
    budget.charge("writer", {"input_tokens": 800, "output_tokens": 400}, FREE)
    budget.check()
    assert budget.total == Spent()
    offline = Governor(scenario(budget={"tokens": 100}), None).budget
    offline.charge("writer", {"input_tokens": 80, "output_tokens": 40}, FREE)
    with pytest.raises(Halt, match="120 of 100 tokens"):
        offline.check()


def test_dollars_are_told_only_where_something_has_a_price() -> None:
    unpriced, priced = Cost({"solver": Spent(3, 80, 40)}), Cost({"solver": Spent(3, 80, 40, 0.5)})
    assert unpriced.line(2) == "The models cost 120 tokens in 3 calls, for each kept trace 60 tokens."
    assert unpriced.summary(2)["usd"] is unpriced.summary(2)["usd_per_kept"] is None
    assert "$0.5000 and 120 tokens" in priced.line(0)
    assert priced.summary(2)["usd_per_kept"] == 0.25
    assert Cost().line(0) == ""


def test_money_without_prices_is_refused() -> None:
    with pytest.raises(ValueError, match="no model has a price"):
        scenario(budget={"usd": 1.0})


def test_nobody_is_told_unless_the_scenario_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    with untraced(scenario()):
        assert not tracing_is_enabled()
    with untraced(scenario(tracing=True)):
        pass
