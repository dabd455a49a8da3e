"""Level 3 with a tokenizer of single bytes, made here, and templates whose masks are right, short, wide or missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.traces.export.test_rendering import HERE, ONE, TWO, row
from tests.traces.export.tiny_tokenizer import save
from traces.export import ChatTokenizer, ExportError, Measuring, export, losses
from traces.export.masking import token_faults
from traces.ledger import Ledger

HERMES = (HERE / "hermes.jinja").read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("tokenizer"), HERMES)


def rules(folder: Path, template: str | None, line: dict[str, Any], most: int | None = None) -> set[str]:
    faults, _ = token_faults(ChatTokenizer.load(folder, template), line, most)
    return {rule for rule, _ in faults}


@pytest.mark.parametrize("line", [row(ONE), row(ONE, TWO, text="Höre: 値段.", thought="Hm.", system="Be short.")])
def test_a_template_that_marks_the_turns_passes(folder: Path, line: dict[str, Any]) -> None:
    assert not rules(folder, None, line)


def test_a_template_without_marks_trains_nothing(folder: Path) -> None:
    bare = HERMES.replace("{% generation %}", "").replace("{%- endgeneration %}", "")
    assert rules(folder, bare, row(ONE)) == {"nothing trained"}


def test_an_end_of_turn_outside_of_the_mask_is_named(folder: Path) -> None:
    short = HERMES.replace(
        "{%- endfor %}<|im_end|>\n{%- endgeneration %}", "{%- endfor %}{%- endgeneration %}<|im_end|>"
    )
    assert short != HERMES
    assert rules(folder, short, row(ONE)) == {"end of turn not trained"}


def test_an_end_that_is_no_token_of_its_own_is_named(folder: Path) -> None:
    plain = HERMES.replace("<|im_end|>\n{%- endgeneration", "<end>\n{%- endgeneration")
    assert rules(folder, plain, row(ONE)) == {"no end of turn"}


def test_a_mask_over_results_too_is_named(folder: Path) -> None:
    wide = HERMES.replace(
        "<tool_response>\n{{ message.content }}", "{% generation %}{{ message.content }}{% endgeneration %}"
    )
    faults, _ = token_faults(ChatTokenizer.load(folder, wide), row(ONE))
    assert [rule for rule, _ in faults] == ["other text trained"]
    assert "One." in faults[0][1]


def test_what_a_turn_is_begun_with_may_be_trained(folder: Path) -> None:
    begun = HERMES.replace(
        "{% generation %}\n{%- if message.reason", "{% generation %}{{- '<think></think>' }}\n{%- if message.reason"
    )
    begun = begun.replace(
        "{%- if add_generation_prompt %}<|im_start|>assistant\n",
        "{%- if add_generation_prompt %}<|im_start|>assistant\n<think></think>",
    )
    assert begun.count("<think></think>") == 2
    assert not rules(folder, begun, row(ONE))


def test_calls_outside_of_the_mask_are_named(folder: Path) -> None:
    text_only = HERMES.replace("{{- message.content }}", "{{- message.content }}{% endgeneration %}")
    text_only = text_only.replace("<|im_end|>\n{%- endgeneration %}", "{% generation %}<|im_end|>{% endgeneration %}")
    assert rules(folder, text_only, row(ONE, text="Let me look.")) == {"turn not trained"}


def test_a_template_whose_turns_change_later_is_named(folder: Path) -> None:
    ahead = "{{ messages | length }}" + HERMES
    assert rules(folder, ahead, row(ONE)) == {"no prefix"}


def test_truncation_that_cuts_a_call_or_an_answer_is_named(folder: Path) -> None:
    faults, length = token_faults(ChatTokenizer.load(folder), row(ONE))
    assert not faults
    assert not rules(folder, None, row(ONE), length)
    assert rules(folder, None, row(ONE), length - 2) == {"an answer would be cut"}
    assert rules(folder, None, row(ONE), length // 2) == {"a call would be cut"}


def test_a_template_that_raises_is_named(folder: Path) -> None:
    assert rules(folder, (HERE / "llama.jinja").read_text(), row(ONE, TWO)) == {"raises"}


def test_an_export_is_measured(filled: Ledger, tmp_path: Path, folder: Path) -> None:
    found = Measuring(ChatTokenizer.load(folder))
    report = export(filled, "trl", tmp_path / "out", screens=(found,))
    assert report.ok, found.words()
    lengths = found.lengths
    assert lengths.total() == found.findings.looked == 8
    assert f"all up to {max(lengths):,}" in found.words()
    over = Measuring(ChatTokenizer.load(folder), max_length=max(lengths) - 20)
    refused = export(filled, "trl", tmp_path / "over", screens=(over,)).refused
    assert refused == over.findings.failed > 0
    allowed = Measuring(ChatTokenizer.load(folder), losses(["cuts-answers"]), max_length=max(lengths) - 20)
    assert export(filled, "trl", tmp_path / "allowed", screens=(allowed,)).ok, allowed.words()


def test_the_percentiles_are_those_of_the_lengths(folder: Path) -> None:
    found = Measuring(ChatTokenizer.load(folder))
    found.lengths.update([1, 2, 3, 4])
    assert "half up to 2, 90% up to 4, 99% up to 4, all up to 4" in found.words()


def test_of_prompt_and_completion_the_mask_is_not_asked(folder: Path) -> None:
    bare = HERMES.replace("{% generation %}", "{% if true %}").replace("{%- endgeneration %}", "{%- endif %}")
    whole = row(ONE)
    *prompt, last = whole["messages"]
    parted = {"prompt": prompt, "completion": [last], "tools": whole["tools"]}
    assert not rules(folder, bare, parted)
    assert rules(folder, bare, parted, 30) == {"a call would be cut"}
    assert rules(folder, bare.replace("<|im_end|>", "<end>"), parted) == {"no end of turn"}
    longer = {"prompt": prompt, "chosen": [last], "rejected": [{**last, "content": last["content"] * 9}]}
    _, one = token_faults(ChatTokenizer.load(folder, bare), parted)
    _, both = token_faults(ChatTokenizer.load(folder, bare), {**longer, "tools": whole["tools"]})
    assert both == one + 8 * len(last["content"])


def test_what_is_no_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such folder"):
        ChatTokenizer.load(tmp_path / "none")
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"chat_template": "x"}))
    with pytest.raises(ExportError, match="cannot be loaded"):
        ChatTokenizer.load(tmp_path)
