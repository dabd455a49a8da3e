# ruff: noqa: E501  (traces are data)
"""A result that is told in words of which no page has one. Each wrong answer has a right twin."""

from typing import Any

import pytest

PAGE = (
    "Ida Tolvik (born 3 May 1931) is a Velmoran builder and teacher of drawing. She studied at the Institute of Osk, where she took a degree in hydraulic engineering, and rebuilt "
    "Orsa Hall in 1964. The hall is the home of the Velmora Players, who are led by Rolf Dane, a Scottish conductor."
)
NOTHING = (
    "The useful information in https://osk.example/ida-tolvik as follows. Evidence in page: The provided content could not be accessed. Please check the address or the format "
    "of the file. Summary: The page could not be processed, and therefore no information is available."
)


def _after(talk: Any, query: str, answer: str, seen: str = PAGE) -> Any:
    verdicts = talk(query).search("Ida Tolvik", seen).answers(answer).verdicts
    return {(v.step, v.code) for v in verdicts if v.status != "pass" and v.grader == "unfound_answer"}


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("In which field does the builder who restored Orsa Hall hold a degree?", "She holds one in naval architecture.\n\nAnswer: naval architecture"),
        ("What orchestra plays at the hall that Ida Tolvik rebuilt?", "<answer>Marrow Chamber Ensemble</answer>"),
        ("Which prize did the builder of Orsa Hall win?", "The builder is Ida Tolvik.\n\nAnswer: Golden Trowel"),
        ("Where did Ida Tolvik spend her last years?", "Answer: a lighthouse on Skerry Point"),
    ],
)  # fmt: skip
def test_a_result_in_words_that_no_page_has(talk: Any, query: str, answer: str) -> None:
    assert (1, "G1") in _after(talk, query, answer)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("In which field does the builder who restored Orsa Hall hold a degree?", "Answer: hydraulic engineering"),
        ("In which field does the builder who restored Orsa Hall hold a degree?", "Answer: hydraulics"),
        ("Which players play at Orsa Hall?", "Answer: The Velmora Players"),
        ("In what country was the leader of the players born?", "Answer: Scotland"),
        ("What do Ida Tolvik and Rolf Dane have in common?", "Answer: artistic leadership"),
        ("Why is Orsa Hall known?", "Answer: splendid acoustics"),
        ("What builder is older, Ida Tolvik or Marit Brandt?", "Answer: Marit Brandt"),
        ("What is the profession of Ida Tolvik?", "Answer: master mason"),
        ("Which prize did the builder of Orsa Hall win?", "I could not find a prize of hers."),
        ("Which prize did the builder of Orsa Hall win?", "Nothing that was found tells of one; she may have won the Golden Trowel, which goes to builders of her time and country."),
    ],
)  # fmt: skip
def test_what_a_page_says_in_other_forms_or_nobody_can_look_up_passes(talk: Any, query: str, answer: str) -> None:
    assert _after(talk, query, answer) == set()


def test_where_nothing_was_found_nothing_is_held_against_the_answer(talk: Any) -> None:
    query = "Which prize did the builder of Orsa Hall win?"
    assert (1, "G1") not in _after(talk, query, "Answer: golden trowels", seen=NOTHING)


def test_what_was_worked_out_is_no_look_up(talk: Any) -> None:
    said = (
        talk("Which word do the first letters make?")
        .search("Ida Tolvik", PAGE)
        .code("print('golden trowel')", "golden trowel")
    )
    assert said.answers("Answer: golden trowel").faults == set()
