"""Which tokens are in the loss, and what stands in a batch."""

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from tests.winnow.training.conversations import ROWS, SYSTEM, call, example
from traces.export.masking import ChatTokenizer, token_faults
from winnow.training.template import call_head, call_tail, role_header
from winnow.training.tokenizer import build
from winnow.training.tokens import IGNORED, batches, encode, fitting, padded


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return build(ROWS, 400)


def test_what_the_assistant_said_is_learnt_and_nothing_else(tokenizer: Any) -> None:
    row = encode(tokenizer, ROWS[0])
    assert [tokenizer.decode(row.ids[start:end]) for start, end in row.turns] == [
        call_head("calculator", "expression") + "20 * 11" + call_tail() + "<|im_end|>",
        "That is 220.<|im_end|>",
    ]
    inside = {place for start, end in row.turns for place in range(start, end)}
    assert [label for place, label in enumerate(row.labels) if place not in inside] == [IGNORED] * (
        len(row.ids) - len(inside)
    )
    assert row.calls == (True, False)


def test_a_turn_that_is_not_learnt_is_shown_only(tokenizer: Any) -> None:
    row = encode(tokenizer, example(20, 11, frozenset({1})))
    assert row.ids == encode(tokenizer, ROWS[0]).ids
    assert tokenizer.decode([label for label in row.labels if label != IGNORED]) == "That is 220.<|im_end|>"


def test_the_export_check_finds_the_mask_sound(tokenizer: Any) -> None:
    row = ROWS[0]
    faults, length = token_faults(ChatTokenizer(tokenizer), {"messages": list(row.messages), "tools": list(row.tools)})
    assert faults == []
    assert length == len(encode(tokenizer, row).ids)


def test_constant_text_is_one_token_and_a_digit_is_one(tokenizer: Any) -> None:
    for text in (SYSTEM, call_head("calculator", "expression"), call_tail(), role_header("user")):
        assert len(tokenizer.encode(text, add_special_tokens=False)) == 1
    assert len(tokenizer.encode("20211", add_special_tokens=False)) == 5


def test_without_separators_a_number_is_its_digits() -> None:
    plain = build(ROWS, 400, separators=False)
    for text, seen in (
        ("8,535,123.09 and 1,234", "8535123.09 and 1234"),
        ("$12,000, or 3,14 and 1,2345", "$12000, or 3,14 and 1,2345"),
        ("sum([120, 345])", "sum([120, 345])"),
    ):
        assert plain.decode(plain.encode(text, add_special_tokens=False)) == seen


def test_turns_stay_where_they_are_when_separators_go() -> None:
    plain = build(ROWS, 400, separators=False)
    asked = {"role": "user", "content": "What is 1,234,000 times 11?"}
    row = encode(plain, replace(ROWS[0], messages=(ROWS[0].messages[0], asked, *ROWS[0].messages[2:])))
    assert [plain.decode(row.ids[start:end]) for start, end in row.turns] == [
        call_head("calculator", "expression") + "20 * 11" + call_tail() + "<|im_end|>",
        "That is 220.<|im_end|>",
    ]


def test_calls_are_read_back(tokenizer: Any) -> None:
    text = "".join(call_head("calculator", "expression") + f"{n} + 1" + call_tail() for n in (7, 8)) + "<|im_end|>"
    said = tokenizer.parse_response(text, prefix=role_header("assistant"))
    assert [one["function"] for one in said["tool_calls"]] == [call(f"{n} + 1")["function"] for n in (7, 8)]


def test_arguments_that_are_no_json_stay_as_they_were_said(tokenizer: Any) -> None:
    text = call_head("calculator", "expression") + 'one " two' + call_tail() + "<|im_end|>"
    said = tokenizer.parse_response(text, prefix=role_header("assistant"))
    assert said["tool_calls"][0]["function"]["name"] == "calculator"
    assert said["tool_calls"][0]["function"]["arguments"] == '{"expression": "one " two"}'


def test_text_is_read_back(tokenizer: Any) -> None:
    assert tokenizer.parse_response("It is 4.<|im_end|>", prefix=role_header("assistant"))["content"] == "It is 4."


def test_a_row_that_is_too_long_is_left_out_not_cut(tokenizer: Any) -> None:
    rows = [encode(tokenizer, row) for row in ROWS]
    least = min(len(row.ids) for row in rows)
    assert {len(row.ids) for row in fitting(rows, least)} == {least}
    assert fitting(rows, least - 1) == []


def test_batches_hold_every_row_once_an_epoch(tokenizer: Any) -> None:
    rows = [encode(tokenizer, row) for row in ROWS]
    found: list[list[int]] = []
    for batch in batches(rows, 200, 3):
        assert len(batch) * max(len(row.ids) for row in batch) <= 200
        found += [row.ids for row in batch]
        if len(found) >= len(rows):
            break
    assert sorted(found) == sorted(row.ids for row in rows)


def test_batches_hang_on_the_seed_alone(tokenizer: Any) -> None:
    rows = [encode(tokenizer, row) for row in ROWS]
    one, again, other = (list(islice(batches(rows, 200, seed), 40)) for seed in (3, 3, 4))
    assert one == again
    assert one != other


def test_padding_is_not_learnt(tokenizer: Any) -> None:
    short, long = sorted((encode(tokenizer, row) for row in (example(2, 3), ROWS[0])), key=lambda row: len(row.ids))
    ids, labels = padded([short, long], 99)
    assert len(ids[0]) == len(ids[1]) == len(labels[0])
    assert set(labels[0][len(short.ids) :]) == {IGNORED}
    assert set(ids[0][len(short.ids) :]) == {99}
