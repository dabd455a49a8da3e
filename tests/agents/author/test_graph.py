"""The author and vet graphs: what a writer is asked, what becomes of its replies, who may refuse a query."""

import orjson
import pytest
from langchain_core.messages import AIMessage

from agents.author.graph import vetted, write_from_seed
from agents.author.prompts import AUTHOR, CLOSED_BOOK, JUDGE, REVIEW
from agents.author.state import AuthorContext
from agents.teacher import TeacherChatModel
from scenarios.queries.grid import Cell
from scenarios.queries.seeds import Known, Passage, QuerySeed
from tests.agents.scripted import ScriptedChatModel

CELL = Cell("math", ("calculator",), 2, "en")
SEED = QuerySeed(
    "s", CELL, "self_instruct", "work rates", "a nurse", "plain", ("calculator", "python"), examples=("Q?",)
)


def scripted(*said: str) -> ScriptedChatModel:
    return ScriptedChatModel(script=[AIMessage(text) for text in said], seen=[], offered=[])


def draft(query: str) -> str:
    return orjson.dumps({"query": query}).decode()


def review(query: str, *problems: str) -> str:
    return orjson.dumps({"problems": problems, "query": query}).decode()


async def test_the_writer_is_shown_the_seed_and_reads_its_draft_again() -> None:
    model = scripted(draft("How long?"), review("How long, in hours?", "no unit"))
    state = await write_from_seed(SEED, AuthorContext(model))
    assert (state["query"], state["rewritten"], state["refused"]) == ("How long, in hours?", True, None)
    opening, again = model.seen
    assert opening[0].text == AUTHOR
    shown = orjson.loads(str(opening[1].text))
    assert (shown["topic"], shown["who_asks"], shown["examples"]) == ("work rates", "a nurse", ["Q?"])
    assert set(shown["tools"]) == {"calculator", "python"}
    assert "parent" not in shown
    assert again[-1].text == REVIEW
    assert [m.origin for m in state["messages"]] == ["system", "forced", "sampled", "forced", "sampled"]


async def test_a_malformed_draft_is_sent_back_once() -> None:
    model = scripted("Well, I would ask how long.", draft("How long is it?"), review("How long is it?"))
    state = await write_from_seed(SEED, AuthorContext(model))
    assert (state["query"], state["rewritten"]) == ("How long is it?", False)
    assert "no JSON object" in model.seen[1][-1].text


async def test_a_writer_that_never_gives_the_form_gives_no_query() -> None:
    model = scripted("Hello")
    state = await write_from_seed(SEED, AuthorContext(model))
    assert state["refused"]
    assert state["refused"][0] == "unreadable"
    assert len(model.seen) == 2


async def test_a_draft_that_broke_off_is_told_from_one_without_the_form() -> None:
    cut = AIMessage("", response_metadata={"finish_reason": "length"})
    state = await write_from_seed(SEED, AuthorContext(ScriptedChatModel(script=[cut], seen=[], offered=[])))
    assert state["refused"]
    assert "broke off before its end" in state["refused"][1]


async def test_an_unreadable_review_leaves_the_draft() -> None:
    state = await write_from_seed(SEED, AuthorContext(scripted(draft("How long is it?"), "Looks fine to me")))
    assert (state["query"], state["refused"]) == ("How long is it?", None)


async def test_wording_a_parent_anew_says_nothing_of_tools_and_difficulty() -> None:
    model = scripted(draft("x y z"), review("x y z"))
    parent = Known("own.jsonl:1", "How far?", None)
    await write_from_seed(SEED._replace(technique="rephrase", parents=(parent,), topic=""), AuthorContext(model))
    shown = orjson.loads(str(model.seen[0][1].text))
    assert shown["parent"] == "How far?"
    assert not {"should_need", "difficulty", "topic"} & set(shown)


YES = '{"answerable": true, "one_answer": true, "safe": true, "reason": ""}'


@pytest.mark.parametrize(
    ("said", "gate"),
    [
        (YES, None),
        ('{"answerable": false, "one_answer": true, "safe": true, "reason": "no figure"}', "unanswerable"),
        ('{"answerable": true, "one_answer": false, "safe": true, "reason": "a matter of taste"}', "open_ended"),
        ('{"answerable": false, "one_answer": true, "safe": false, "reason": "a weapon"}', "unsafe"),
        ("I cannot say", "unjudged"),
    ],
)
async def test_the_judge_may_refuse(said: str, gate: str | None) -> None:
    model = scripted(said)
    refused = await vetted(SEED, "How long?", AuthorContext(scripted("x"), judge=model))
    assert (refused and refused[0]) == gate
    assert model.seen[0][0].text == JUDGE


@pytest.mark.parametrize(
    ("answers", "asked", "refused"),
    [
        (("42 km", "42 kilometres"), 2, True),
        (("42", "43"), 2, False),
        (("null",), 1, False),
    ],
)
async def test_what_a_model_knows_without_tools_is_refused(answers: tuple[str, ...], asked: int, refused: bool) -> None:
    bare = scripted(*(f'{{"answer": {a if a == "null" else orjson.dumps(a).decode()}}}' for a in answers))
    found = await vetted(SEED, "How far?", AuthorContext(scripted("x"), bare=bare, closed_book=2))
    assert (found is not None and found[0] == "closed_book") == refused
    assert len(bare.seen) == asked
    assert bare.seen[0][0].text == CLOSED_BOOK
    assert bare.offered[0] == []


async def test_the_teacher_plays_all_three() -> None:
    seed = SEED._replace(passage=Passage("d1", "Nirzund Gala", "The seat of Nirzund Gala is Quonedra."))
    teacher = TeacherChatModel()
    context = AuthorContext(teacher, teacher, teacher, closed_book=2, seed=4)
    first, again = [await write_from_seed(seed, context) for _ in range(2)]
    assert first == again
    assert await vetted(seed, first["query"], context) is None


@pytest.mark.parametrize(
    ("slip", "gate"), [("rambles", "unreadable"), ("overreaches", "unanswerable"), ("trivial", "closed_book")]
)
async def test_the_teachers_slips_are_caught(slip: str, gate: str) -> None:
    careful, teacher = TeacherChatModel(), TeacherChatModel(faults={slip: 1.0})
    found = set()
    for mark in range(6):
        context = AuthorContext(teacher, careful, careful, closed_book=2, seed=mark)
        state = await write_from_seed(SEED, context)
        found.add((state.get("refused") or await vetted(SEED, state["query"], context) or ("none", ""))[0])
    assert gate in found
    assert found <= {gate, "none"}


async def test_a_teacher_that_echoes_gives_back_what_it_was_shown() -> None:
    state = await write_from_seed(SEED, AuthorContext(TeacherChatModel(faults={"echoes": 1.0})))
    assert state["query"] == "Q?"
