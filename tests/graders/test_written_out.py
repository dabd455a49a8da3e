# ruff: noqa: E501  (traces are data)
"""What an answer makes of listings, ranges, parts and products passes; the same with one figure changed does not."""

from typing import Any

import pytest

LISTING = '{"sorted_content": "cloud: 1200\\nhardware: 5400\\npayroll: 83000\\ntravel: 2100"}'
LOG = (
    "2024-01-05T10:00:01Z GET /a 200 120ms\n2024-01-05T10:00:02Z GET /b 200 80ms\n2024-01-05T10:00:09Z GET /c 200 340ms"
)
SQL = "region | revenue\n-------+--------\nWest   | 184203.50\nNorth  | 151980.25\nSouth  | 98811.00\n(3 rows)"
FRAME = "(418, 12)\ncount    332.000000\nmean      30.272590\nmedian    27.500000\nmax       76.000000"
GUIDE = "Packs shall be stored between 5 °C and 25 °C."
TOWNS = "Vinkeveld has 48,219 residents. Ostermark has 51,930 residents."

TWINS = {
    "total of a listing": (LISTING, "All lines add up to 91,700, of which payroll is about 90%.", "All lines add up to 93,400, of which payroll is about 90%."),
    "share of a total": (LISTING, "Payroll is about 90% of it all.", "Payroll is about 72% of it all."),
    "mean of a log": (LOG, "The mean latency is 180 ms.", "The mean latency is 187 ms."),
    "bars without a frame": (SQL, "The three make $434,994.75.", "The three make $454,994.75."),
    "rest of a whole": (FRAME, "The age is missing for 86 of the 418 rows.", "The age is missing for 95 of the 418 rows."),
    "range in another unit": (GUIDE, "Keep them at 41–77 °F.", "Keep them at 48–77 °F."),
    "residue": ("2401", "As 2401 ≡ 401 (mod 1000), those are its last digits.", "As 2401 ≡ 411 (mod 1000), those are its last digits."),
    "residue in LaTeX": ("2401", "Here $2401 \\equiv 401 \\pmod{1000}$ holds.", "Here $2401 \\equiv 411 \\pmod{1000}$ holds."),
    "hedged difference": (TOWNS, "Ostermark has 51,930 and Vinkeveld 48,219, so roughly 3,700 more.", "Ostermark has 51,930 and Vinkeveld 48,219, so roughly 4,700 more."),
    "left over": ('{"result": 74835.0, "rate": 149.67, "bowl": 950}', "That is ¥74,835. At ¥950 each you can buy 78 bowls, with ¥735 left over.", "That is ¥74,835. At ¥950 each you can buy 78 bowls, with ¥753 left over."),
    "cube": ("Three kinds: chicks, petrels, penguins.", "There are 3, and the cube of that is **27**.", "There are 3, and the cube of that is **29**."),
    "a way that is worked out": ("32/3", "The area is $\\frac{1}{6}\\cdot 4^3=\\frac{64}{6}=\\frac{32}{3}$.", "The area is $\\frac{1}{6}\\cdot 4^3=\\frac{64}{6}=\\frac{35}{3}$."),
}  # fmt: skip


def _faults(talk: Any, seen: str, answer: str) -> list[str]:
    made = (
        talk("Please look it up and tell me.", tools=()).calls(("lookup", {"what": "all of it"}, seen)).answers(answer)
    )
    return [f"{v.code} {v.reason}" for v in made.verdicts if v.status == "fail"]


@pytest.mark.parametrize("name", TWINS)
def test_right_twins_pass(talk: Any, name: str) -> None:
    seen, right, _ = TWINS[name]
    assert _faults(talk, seen, right) == []


@pytest.mark.parametrize("name", TWINS)
def test_wrong_twins_fail(talk: Any, name: str) -> None:
    seen, _, wrong = TWINS[name]
    assert _faults(talk, seen, wrong)


HONEST = {
    "heading": (TOWNS, "**Findings**\n\n- Ostermark: 51,930 residents\n- Vinkeveld: 48,219 residents"),
    "congruence": ("343", "Since $7^{20}\\equiv 1 \\pmod{1000}$, $2401\\equiv 401$ and the result is 343."),
    "error left empty": ('{"error": "", "response": "{\'runtime\': 131}"}', "It runs for 2 h 11 min."),
    "a word before a date": ('{"published": "2024-07-09", "title": "Ep. 214"}', "Episode 214, out 9 July, is the latest."),
    "short day": ('{"start": "2025-03-13T12:30"}', "It is on **Thu 13 March** at 12:30."),
    "whole shares": ('{"balance": 10000.0, "price": 150.0}', "Your balance is $10,000: at $150 you could afford 66 shares."),
    "mean of two": ("A-22: 480000 for 75 m2. B-07: 612500 for 87.5 m2.", "They cost 6,400 and 7,000 per m², on average 6,700."),
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_honest_words_pass(talk: Any, name: str) -> None:
    assert _faults(talk, *HONEST[name]) == []


def test_a_full_error_is_still_one(talk: Any) -> None:
    assert _faults(talk, '{"error": "no such film"}', "It runs for 2 h 11 min.")


def test_an_id_may_gain_its_hash_but_no_other_digit(talk: Any) -> None:
    def codes(order: str) -> list[str]:
        made = talk("Where is my order W2378156?", tools=()).calls(("get_order", {"order_id": order}, "sent"))
        return [v.code for v in made.answers("It was sent.").verdicts if v.status == "fail"]

    assert codes("#W2378156") == []
    assert codes("#W2378157") == ["A1"]
