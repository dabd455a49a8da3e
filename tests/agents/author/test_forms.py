"""What writers and judges reply, read."""

import pytest

from agents.author.forms import Complaint, Judgement, Review, read_answer, read_draft, read_judgement, read_review


@pytest.mark.parametrize(
    "reply",
    [
        '{"query": "How far is it?", "why": "x"}',
        '```json\n{"query": "How far is it?"}\n```',
        'Sure!\n{"query": "  How far is it?  ",}\nHope that helps',
        '<think>maybe {"query": "no"}</think>{"query": "How far is it?"}',
    ],
)
def test_a_draft_is_read_out_of_its_dressing(reply: str) -> None:
    assert read_draft(reply) == "How far is it?"


@pytest.mark.parametrize("reply", ["", "How far is it?", '{"question": "x"}', '{"query": 3}', '{"query": ""}'])
def test_what_is_no_draft_is_a_complaint(reply: str) -> None:
    assert isinstance(read_draft(reply), Complaint)


def test_a_draft_of_endless_length_is_none() -> None:
    found = read_draft('{"query": "' + "word " * 2000 + '"}')
    assert isinstance(found, Complaint)
    assert "4,000" in found.text


def test_a_review_gives_the_query_as_it_should_be() -> None:
    assert read_review('{"problems": ["no unit", ""], "query": "How many km?"}') == Review(("no unit",), "How many km?")
    assert read_review('{"problems": "none given", "query": "q"}') == Review(("none given",), "q")
    assert isinstance(read_review('{"problems": []}'), Complaint)


def test_a_judgement_must_say_all_three() -> None:
    said = '{"answerable": "yes", "one_answer": true, "safe": "False", "reason": "r"}'
    assert read_judgement(said) == Judgement(True, True, False, "r")
    assert isinstance(read_judgement('{"answerable": true, "safe": true}'), Complaint)
    assert isinstance(read_judgement('{"answerable": "perhaps", "one_answer": true, "safe": true}'), Complaint)


@pytest.mark.parametrize(("reply", "answer"), [('{"answer": 12}', "12"), ('{"answer": ["a", "b"]}', "a, b")])
def test_an_answer_is_text(reply: str, answer: str) -> None:
    assert read_answer(reply) == answer


@pytest.mark.parametrize("reply", ['{"answer": null}', '{"answer": "Unknown."}', '{"answer": "I don\'t know"}'])
def test_no_answer_is_none(reply: str) -> None:
    assert read_answer(reply) == ""
