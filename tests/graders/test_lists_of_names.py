"""Answers that are several names: with a name too many, in another order, or told beside what was only looked at."""

import pytest

from graders.outcome import outcome
from traces.task import Answer

MEMBERS = Answer(kind="set", value="Ulvar Bridge, Sennet Weir", accepted=("Ulvar Bridge", "Sennet Weir"))
WHICH = "Which of Ulvar Bridge, Corm Viaduct, Sennet Weir and Hadd Tunnel are longer than 300 m and older than 1900?"
ORDER = Answer(kind="text", value="Lot QX-114, Lot BR-220, Lot TT-093")
RANK = "Put Lot TT-093, Lot QX-114 and Lot BR-220 in order of weight, heaviest first."


@pytest.mark.parametrize(
    "text",
    [
        "Ulvar Bridge and Sennet Weir.",
        "Ulvar Bridge, Corm Viaduct and Sennet Weir are long enough. Of these, Ulvar Bridge and Sennet Weir are old enough.",
        "I read about the Ulvar Bridge, the Corm Viaduct, the Sennet Weir and the Hadd Tunnel: only Ulvar Bridge and Sennet Weir fit.",
        "- Ulvar Bridge\n- Sennet Weir\n\nCorm Viaduct and Hadd Tunnel are too young.",
        "Sennet Weir, Ulvar Bridge (neither Corm Viaduct nor Hadd Tunnel)",
    ],
)
def test_what_was_looked_at_is_no_part_of_the_answer(text: str) -> None:
    assert outcome(MEMBERS, text, WHICH).status == "right"


@pytest.mark.parametrize(
    "text",
    [
        "Ulvar Bridge, Corm Viaduct and Sennet Weir.",
        "Both hold for the Ulvar Bridge, the Sennet Weir and the Hadd Tunnel.",
        "* Ulvar Bridge\n* Sennet Weir\n* Hadd Tunnel",
        "All four of them: Ulvar Bridge, Corm Viaduct, Sennet Weir and Hadd Tunnel.",
    ],
)
def test_a_name_of_the_list_too_many_is_wrong(text: str) -> None:
    assert outcome(MEMBERS, text, WHICH).status == "wrong"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Heaviest first: Lot QX-114, Lot BR-220, Lot TT-093.", "right"),
        ("1. Lot QX-114\n2. Lot BR-220\n3. Lot TT-093", "right"),
        ("You named Lot TT-093, Lot QX-114 and Lot BR-220. By weight: Lot QX-114, Lot BR-220, Lot TT-093.", "right"),
        ("Heaviest first: Lot QX-114, Lot TT-093, Lot BR-220.", "wrong"),
        ("1. Lot TT-093\n2. Lot BR-220\n3. Lot QX-114", "wrong"),
    ],
)
def test_names_with_figures_in_them_have_an_order_too(text: str, status: str) -> None:
    assert outcome(ORDER, text, RANK).status == status


@pytest.mark.parametrize(
    "text",
    [
        "- Ann Pell: Osk\n- Ruth Vane: Velmora\n- Ivo Marr: Tarn",
        "Ann Pell comes from Osk, Ruth Vane from Velmora and Ivo Marr from Tarn.",
        "Osk, Ruth Vane: Velmora, Ivo Marr: Tarn",
    ],
)
def test_a_fact_told_of_each_name_of_the_query_is_no_name_too_many(text: str) -> None:
    towns = Answer(kind="set", value="Osk, Velmora, Tarn", accepted=("Osk", "Velmora", "Tarn"))
    assert outcome(towns, text, "Where do Ann Pell, Ruth Vane and Ivo Marr come from?").status == "right"
