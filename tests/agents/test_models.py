"""What is said of a model that cannot be made here."""

import sys

import pytest

from agents.models import ModelError, chat_model


@pytest.fixture(autouse=True)
def without_langchain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("langchain", "langchain.chat_models"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize(
    ("spec", "near"), [("nope:x", ""), ("antropic:x", "did you mean anthropic?"), ("opnai:x", "did you mean openai?")]
)
def test_no_package_is_invented_for_an_unknown_provider(spec: str, near: str) -> None:
    with pytest.raises(ModelError, match="unknown provider") as said:
        chat_model(spec)
    assert "pip install" not in str(said.value)
    assert near in str(said.value)
    assert "known are openai, anthropic" in str(said.value)


def test_a_known_provider_is_told_with_the_package_that_has_it() -> None:
    with pytest.raises(ModelError, match=r"pip install langchain langchain-aws$"):
        chat_model("bedrock_converse:x")
