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
    "idle sum": (
        "D1",
        lambda t: (
            t("A tank of 89,045 l loses 421.7 l/min. Hours to fill?")
            .calculate("89045 + 421.7", "89466.7")
            .answers("The inflow is missing. What is it?")
        ),
    ),
    "idle one": (
        "D1",
        lambda t: (
            t("Make this politer: fix it today").calculate("1 + 1", "2").answers("Could you see to it today, please?")
        ),
    ),
    "least for most": (
        "C6",
        lambda t: (
            t("Which site has the most visitors?").code("print(min(sums, key=sums.get))", "tower").answers("The tower.")
        ),
    ),
    "most for least": (
        "C6",
        lambda t: (
            t("Which month was the coldest, with the lowest mean?")
            .code("print(max(means, key=means.get))", "May")
            .answers("May.")
        ),
    ),
    "below for above": (
        "C6",
        lambda t: (
            t("How many prices lie above 260?").code("print(sum(1 for v in vs if v < 260))", "11").answers("11 do.")
        ),
    ),
    "more for or more": (
        "C6",
        lambda t: (
            t("On how many days were there at least 12 calls?")
            .code("print(sum(c > 12 for c in cs))", "4")
            .answers("4 days.")
        ),
    ),
    "share times hundred": (
        "C5",
        lambda t: (
            t("847 after a rise of 33.3 %: before?")
            .calculate("847 / (1 + 33.3 * 100)", "0.254")
            .answers("It was 0.25.")
        ),
    ),
    "discount added": (
        "C5",
        lambda t: (
            t("9,160 dollars with a discount of 21.25 %?")
            .calculate("9160 * (1 + 21.25 / 100)", "11106.5")
            .answers("11,106.50 dollars.")
        ),
    ),
    "growth taken off": (
        "C5",
        lambda t: (
            t("A stock of 848 grows by 27.5 %. What is it then?")
            .calculate("848 * (1 - 27.5 / 100)", "614.8")
            .answers("614.8")
        ),
    ),
    "to Celsius": (
        "C5",
        lambda t: t("1,827.5 °F in Celsius?").calculate("(1827.5 + 32) * 5 / 9", "1033.06").answers("1,033.06 °C"),
    ),
    "part taken off": (
        "C5",
        lambda t: (
            t("Average of the fees?")
            .search("fees", "A: 13.32\nB: 52.69\nC: 10.59")
            .calculate("(13.32 + 52.69 - 10.59) / 3", "18.47")
            .answers("18.47")
        ),
    ),
    "minutes for hours": (
        "C2",
        lambda t: (
            t("How many hours to fill 9,504 litres at 41 litres per minute?")
            .calculate("9504 / 41", "231.8049")
            .answers("It takes 231.80 hours.")
        ),
    ),
    "which one": (
        "D5",
        lambda t: (
            t("Which one of Upper Tarn and Lower Velm is older?")
            .search("Upper Tarn", "Upper Tarn: 575 years")
            .search("Lower Velm", "Lower Velm: 411 years")
            .answers("575 years.")
        ),
    ),
    "parts alone": (
        "D5",
        lambda t: (
            t("What is the average age of Upper Tarn and Lower Velm?")
            .search("Upper Tarn", "Upper Tarn: 575 years")
            .search("Lower Velm", "Lower Velm: 411 years")
            .answers("Upper Tarn is 575 and Lower Velm 411 years old.")
        ),
    ),
    "name left out": (
        "D5",
        lambda t: (
            t("The total length of Upper Tarn, Lower Velm and Great Ossa?")
            .search("Upper Tarn", "575 km")
            .search("Lower Velm", "411 km")
            .calculate("575 + 411", "986")
            .answers("Together 986 km.")
        ),
    ),
    "second share": (
        "D5",
        lambda t: (
            t("700 readers, we gained 32.9 % and then lost 8.5 % of those. Now?")
            .calculate("700 * (1 + 32.9 / 100)", "930.3")
            .answers("930.3")
        ),
    ),
    "average of others": (
        "C1",
        lambda t: (
            t("The average age of Upper Tarn and Lower Velm?")
            .search("Upper Tarn", "It is 575 years old")
            .search("Lower Velm", "It is 411 years old")
            .answers("The average is 943 years, from 575 years (Upper Tarn) and 411 years (Lower Velm).")
        ),
    ),
    "another noun": (
        "O2",
        lambda t: (
            t("How many visitors has Upper Tarn?")
            .search("Upper Tarn", "It has 4,817 visitors and 9,326 books.")
            .answers("It has 9,326 visitors.")
        ),
    ),
    "one part alone": (
        "D5",
        lambda t: (
            t("How far are Upper Tarn and Lower Velm apart in length?")
            .search("Upper Tarn", "575 km")
            .search("Lower Velm", "411 km")
            .answers("The answer is 575 km.")
        ),
    ),
    "sum for a gap": (
        "C5",
        lambda t: (
            t("How much longer is Upper Tarn than Lower Velm?")
            .search("Upper Tarn", "575 km")
            .search("Lower Velm", "411 km")
            .calculate("575 + 411", "986")
            .answers("986 km")
        ),
    ),
    "point moved": (
        "C2",
        lambda t: (
            t("What do 3 lamps at 41.16 dollars cost?")
            .calculate("3 * 41.16", "123.48")
            .answers("They cost 1,234.8 dollars.")
        ),
    ),
    "wrong weekday": (
        "C4",
        lambda t: t("When is it due?").search("due", "due 2024-03-15").answers("It is due on Tuesday, March 15, 2024."),
    ),
    "wrong gap": (
        "C1",
        lambda t: (
            t("Which is older, and by how much?")
            .search("both", "Tarn 1969, Velm 1978")
            .answers("Tarn is from 1969 and Velm from 1978, a difference of 14 years.")
        ),
    ),
    "wrong growth": (
        "C1",
        lambda t: (
            t("How did it grow?")
            .search("growth", "2011: 21,534, then 2021: 23,257")
            .answers("From 21,534 to 23,257 inhabitants, up 9.5%.")
        ),
    ),
    "units that disagree": (
        "C2",
        lambda t: (
            t("How long is it?").search("length", "It is 2,650 m long").answers("It is 2,650 m, i.e. 26.5 km, long.")
        ),
    ),
    "unit swapped": ("C2", lambda t: t("How warm is it?").search("weather", '{"temp_f": 72}').answers("It is 72 °C.")),
    "code slipped": (
        "O2",
        lambda t: (
            t("Where is my parcel?")
            .search("parcel", "tracking PN7720019SE")
            .answers("Its tracking number is PN7702019SE.")
        ),
    ),
    "time slipped": (
        "O2",
        lambda t: t("When does it leave?").search("train", "departs 20:17").answers("It leaves at 20:47."),
    ),
    "another gate": (
        "O2",
        lambda t: t("Where do I board?").search("flight", "Boarding at Gate 6").answers("You board at Gate 9."),
    ),
    "told again, wrongly": (
        "C2",
        lambda t: (
            t("How long is it?").search("length", "runs 120 minutes").answers("It runs 120 minutes, so 2.5 hours.")
        ),
    ),
    "open, not closed": (
        "O2",
        lambda t: (
            t("Is the shop open?").calls(("find_shop", {"id": 4}, '{"open_now": true}')).answers("The shop is closed.")
        ),
    ),
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
    "sum that is told": lambda t: t("A tank of 89,045 l loses 421.7 l/min. Hours to fill?").calculate("89045 / 421.7", "211.157").answers("It empties in 211.16 minutes, but what flows in?"),
    "constant reckoned": lambda t: t("How long is a day in seconds?").calculate("24 * 60 * 60", "86400").answers("86,400 seconds"),
    "most": lambda t: t("Which site has the most visitors?").code("print(max(sums, key=sums.get))", "tower").answers("The tower."),
    "both ways": lambda t: t("Which site has the most visitors?").code("print(min(sums), max(sums))", "a tower").answers("The tower."),
    "what a file is": lambda t: t("What is a file like visits.csv used for?").answers("It holds a table as text."),
    "sets from supplies": lambda t: t("What is the largest number of sets?").code("print(min(caps, jars))", "31").answers("31 sets."),
    "nearest": lambda t: t("Which of the largest sites is nearest?").code("print(min(s, key=lambda k: abs(s[k] - 3)))", "tower").answers("The tower."),
    "complement": lambda t: t("How many prices lie above 260?").code("low = sum(v <= 260 for v in vs)\nprint(total - low)", "7").answers("7 do."),
    "formula of a page": lambda t: t("What is the total value?").search("value", "cap 613.32\ndebt 52.69\ncash 10.59").calculate("613.32 + 52.69 - 10.59", "655.42").answers("655.42"),
    "averages on pages": lambda t: t("What is the average rain in Upper Tarn and Lower Velm?").search("Upper Tarn", "Upper Tarn, average rain: 575 mm").search("Lower Velm", "Lower Velm, average rain: 411 mm").answers("Upper Tarn has 575 mm and Lower Velm 411 mm."),
    "another tool's sum": lambda t: t("Plan a trip to Velmora").calls(("calculate_route", {"to": "Velmora"}, "{'km': 91.4}")).answers("I can plan it. Which day do you mean?"),
    "clamped": lambda t: t("Which site has the most?").code("n = min(5, len(s))\nprint(sorted(s)[-n:])", "tower").answers("The tower."),
    "most by sign": lambda t: t("Which site has the most?").code("print(min(s, key=lambda k: -s[k]))", "tower").answers("The tower."),
    "at most": lambda t: t("Of at most 40 tries, how many fit?").code("print(min(tries, 40))", "12").answers("12 fit."),
    "rows skipped": lambda t: t("How many prices lie above 260?").code("for v in vs:\n    if v < 260: continue\n    n += 1\nprint(n)", "11").answers("11 do."),
    "loop until": lambda t: t("After how many years is it above 260?").code("while v <= 260:\n    v *= 1.1\n    n += 1\nprint(n)", "9").answers("9 years."),
    "above": lambda t: t("How many prices lie above 260?").code("print(sum(1 for v in vs if v > 260))", "7").answers("7 do."),
    "discount off": lambda t: t("9,160 dollars with a discount of 21.25 %?").calculate("9160 * (1 - 21.25 / 100)", "7213.5").answers("7,213.50 dollars."),
    "discount undone": lambda t: t("After a discount of 20 % it costs 80. Before?").calculate("80 / (1 - 20 / 100)", "100").answers("100"),
    "growth undone": lambda t: t("After a rise of 25 % it is 500. Before?").calculate("500 / (1 + 25 / 100)", "400").answers("400"),
    "tax beside discount": lambda t: t("9,160 dollars less 5 % discount and after it 7 % tax?").calculate("9160 * (1 - 5 / 100) * (1 + 7 / 100)", "9311.14").answers("9,311.14 dollars."),
    "net total": lambda t: t("Total of the fees net of the refund?").search("fees", "A: 13.32\nB: 52.69\nrefund: 10.59").calculate("13.32 + 52.69 - 10.59", "55.42").answers("55.42"),
    "minutes to hours": lambda t: t("How many hours to fill 9,504 litres at 41 litres per minute?").calculate("9504 / 41 / 60", "3.86341").answers("It takes 3.86 hours."),
    "hours all along": lambda t: t("How many hours to fill 9,504 litres at 41 litres per hour?").calculate("9504 / 41", "231.8049").answers("It takes 231.80 hours."),
    "half an hour": lambda t: t("At 60 miles per hour, how far in 30 minutes?").calculate("60 * 0.5", "30").answers("30 miles"),
    "which one told": lambda t: t("Which one of Upper Tarn and Lower Velm is older?").search("Upper Tarn", "Upper Tarn: 575 years").search("Lower Velm", "Lower Velm: 411 years").answers("Upper Tarn, with 575 years."),
    "whole told": lambda t: t("What is the average age of Upper Tarn and Lower Velm?").search("Upper Tarn", "Upper Tarn: 575 years").search("Lower Velm", "Lower Velm: 411 years").answers("Upper Tarn is 575 and Lower Velm 411, so 493 on average."),
    "name on a page": lambda t: t("The total length of Upper Tarn, Lower Velm and Great Ossa?").search("Upper Tarn", "575 km; Great Ossa 14 km").search("Lower Velm", "411 km").calculate("575 + 411 + 14", "1000").answers("Together 1,000 km."),
    "name in passing": lambda t: t("Ann Pell would like to know how long Upper Tarn is.").search("Upper Tarn", "575 km").answers("It is 575 km long."),
    "both shares": lambda t: t("700 readers, we gained 32.9 % and then lost 8.5 % of those. Now?").calculate("700 * (1 + 32.9 / 100) * (1 - 8.5 / 100)", "851.2245").answers("851"),
    "both shares as factors": lambda t: t("700 readers, we gained 32.9 % and then lost 8.5 % of those. Now?").calculate("700 * 1.329 * 0.915", "851.2245").answers("851"),
    "average of parts": lambda t: t("The average age of Upper Tarn and Lower Velm?").search("Upper Tarn", "It is 575 years old").search("Lower Velm", "It is 411 years old").answers("The average is 493 years, from 575 years (Upper Tarn) and 411 years (Lower Velm)."),
    "its own noun": lambda t: t("How many visitors has Upper Tarn?").search("Upper Tarn", "It has 4,817 new visitors and 9,326 books.").answers("It has 4,817 visitors."),
    "gap told": lambda t: t("How far are Upper Tarn and Lower Velm apart in length?").search("Upper Tarn", "575 km").search("Lower Velm", "411 km").answers("They are 164 km apart."),
    "in thousands": lambda t: t("What do 3 lamps at 41.16 thousand dollars cost?").calculate("3 * 41.16", "123.48").answers("They cost 123,480 dollars."),
    "right weekday": lambda t: t("When is it due?").search("due", "due 2024-03-15").answers("It is due on Friday, March 15, 2024."),
    "rounded growth": lambda t: t("How did it grow?").search("growth", "1.1 billion, then 1.2 billion").answers("From $1.1 billion to $1.2 billion, up 8%."),
    "units that agree": lambda t: t("How long is it?").search("length", "It is 2,650 m long").answers("It is 2,650 m (about 1.65 miles) long."),
    "unit converted": lambda t: t("How warm is it?").search("weather", '{"temp_f": 72}').answers("It is 72 °F (22 °C)."),
    "code copied": lambda t: t("Where is my parcel?").search("parcel", "tracking PN7720019SE").answers("Its tracking number is PN7720019SE."),
    "change of gate": lambda t: t("Where do I board?").search("flight", "Boarding at Gate 6").answers("You board at Gate 6, no longer at Gate 9."),
    "types of a kind": lambda t: t("What is it?").search("diabetes", "Type 2 diabetes is common").answers("It is Type 2 diabetes; Type 1 begins in youth."),
    "next version": lambda t: t("My laptop has Windows 10. Is it still served?").search("windows", "Windows 10 is no longer served").answers("No. Windows 11 is."),
    "part of a span": lambda t: t("How long is the flight?").search("flight", "5 h in all, 45 min layover").answers("It takes 5 h (45 min layover)."),
    "open now, closed on a day": lambda t: t("Is the shop open?").calls(("find_shop", {"id": 4}, '{"open_now": true}')).answers("It's open. It is closed on Mondays."),
    "time in the afternoon": lambda t: t("When does it leave?").search("train", "departs 20:17").answers("It leaves at 8:17 PM."),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_contradiction_is_found(talk: Any, name: str) -> None:
    code, make = FAULTS[name]
    assert code in {found for _, found in make(talk).faults}


@pytest.mark.parametrize("name", TWINS)
def test_an_honest_twin_passes(talk: Any, name: str) -> None:
    assert {
        f for f in TWINS[name](talk).faults if f[1] in ("D1", "D2", "D5", "C1", "C2", "C4", "C5", "C6", "O2", "O4")
    } == set()
