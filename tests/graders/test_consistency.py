# ruff: noqa: E501  (traces are data)
"""What contradicts itself needs no truth: a fault for each check, and honest twins that must pass."""

from collections.abc import Callable
from typing import Any

import pytest

LONG = "What is 4,817.35 times 263.9?"
FEE = "A client pays 2,463.80 dollars and the bureau keeps 5 %. What is left?"
DAYS = "How many days are there from 4 June 2011 to 23 January 2016?"

FAULTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "product from the head": ("D2", lambda t: t(LONG).answers("That makes 1,271,298.67.")),
    "conversion from the head": ("D2", lambda t: t("Convert 8533.7 miles into km.").answers("13,733.66 km")),
    "file never opened": ("D2", lambda t: t("Which site leads in visits.csv?").answers("The garden leads.")),
    "fee as dollars": (
        "C2",
        lambda t: t(FEE).calculate("2463.80 - 5", "2458.80").answers("2,458.80 dollars are left."),
    ),
    "one off": ("C4", lambda t: t(DAYS).calculate("2016-01-23 - 2011-06-04", "1694").answers("It is 1,693 days.")),
}
TWINS: dict[str, Callable[[Any], Any]] = {
    "product by a call": lambda t: t(LONG).calculate("4817.35 * 263.9", "1271298.665").answers("That makes 1,271,298.67."),
    "product by hand": lambda t: t(LONG).answers("4,817.35 × 263.9 = 1,271,298.665, so about 1,271,298.67."),
    "sum in the head": lambda t: t("What is 4,817 plus 1,000?").answers("5,817"),
    "no tool offered": lambda t: t(LONG, ()).answers("That makes 1,271,298.67."),
    "a year": lambda t: t("In which year did the war of 1914 end?").answers("It ended in 1918."),
    "known constant": lambda t: t("What is the speed of light in m/s?").answers("299,792,458 m/s"),
    "file to be written": lambda t: t("Write a script that reads visits.csv.").answers("Here: open('visits.csv')."),
    "file shown": lambda t: t("visits.csv:\nsite,visits\ngarden,12\ntower,3\nWhich leads?").answers("The garden leads."),
    "file asked for": lambda t: t("Which site leads in visits.csv?").answers("Could you share visits.csv with me?"),
    "fee as a share": lambda t: t(FEE).calculate("2463.80 * (1 - 5 / 100)", "2340.61").answers("2,340.61 dollars are left."),
    "flat fee": lambda t: t("2,463.80 dollars less 5 dollars and 2 % tax?").calculate("2463.80 - 5", "2458.80").answers("2,458.80 before tax."),
    "percentages added": lambda t: t("A bond of 2,000 pays 3 % and 5 %: together?").calculate("3 + 5", "8").answers("8 %"),
    "product first": lambda t: t("Of 480 units 5 % fail, and 12 more. How many?").calculate("480 * 5 / 100 + 12", "36").answers("36"),
    "both ends": lambda t: t(DAYS).calculate("2016-01-23 - 2011-06-04", "1694").answers("Including both days it is 1,695."),
    "both ends asked for": lambda t: t(f"{DAYS} Inclusive, please.").calculate("2016-01-23 - 2011-06-04", "1694").answers("1,695 days."),
    "the result": lambda t: t(DAYS).calculate("2016-01-23 - 2011-06-04", "1694").answers("It is 1,694 days."),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_contradiction_is_found(talk: Any, name: str) -> None:
    code, make = FAULTS[name]
    assert code in {found for _, found in make(talk).faults}


@pytest.mark.parametrize("name", TWINS)
def test_an_honest_twin_passes(talk: Any, name: str) -> None:
    assert {f for f in TWINS[name](talk).faults if f[1] in ("D2", "C2", "C4", "C6", "D5")} == set()
