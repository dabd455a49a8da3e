# ruff: noqa: E501  (traces are data)
"""Text as real models write it: no program grader may find fault with any of these honest traces."""

from typing import Any

import pytest

WIKI = (
    "Lake Orsa\n\nLake Orsa is a freshwater lake in northern Brenland. Area: 1,532.4 km² (591.7 sq mi). Max. depth 316 m. "
    "Volume about 85.3 km³. In 2019, 2.31 million people visited, up 4.2% from 2018. The lake freezes from mid-December to "
    "early April. Discovered by Europeans on 14 July 1789 by Captain Henrik Solberg."
)
TABLE = "| Year | Revenue (USD m) | Staff |\n|---|---|---|\n| 2021 | 412.7 | 3,120 |\n| 2022 | 455.1 | 3,344 |\n| 2023 | 501.9 | 3,610 |"
GERMAN = "Die Stadt Bernau hat 12.345 Einwohner (Stand: 31.12.2022) auf 103,7 km². Der Haushalt umfasst 45,6 Mio. Euro."
FRENCH = "La commune de Mirefleur compte 2 345 habitants. Son budget est de 3,4 millions d’euros, en hausse de 12,5 %."

ANSWERS = {
    "bold and markdown": (WIKI, "**Lake Orsa** covers **1,532.4 km²** (about 592 square miles).\n\n- Max depth: 316 m\n- Volume: ~85 km³"),
    "rounded": (WIKI, "Lake Orsa has an area of roughly 1,500 km² and saw about 2.3 million visitors in 2019."),
    "latex": (WIKI, "The mean depth is $\\frac{85.3\\text{ km}^3}{1532.4\\text{ km}^2} \\approx 0.0557$ km, i.e. about 56 m."),
    "date other way": (WIKI, "Captain Henrik Solberg found the lake on July 14, 1789 — nearly 230 years before 2019."),
    "year only": (WIKI, "It was discovered in 1789 (18th century)."),
    "derived": (WIKI, "Visitors in 2018: 2.31 million / 1.042 ≈ 2.217 million. So about 2.2 million people came in 2018."),
    "numbered list": (WIKI, "1. Area: 1532.4 km2\n2. Depth: 316 metres\n3. Visitors: 2.31 million\n\nSources: [1], [2]"),
    "heading and table": (WIKI, "### 1. Summary\n\n| Item | Value |\n|---|---|\n| Area | 1,532 km² |\n| Depth | 316 m |\n"),
    "unit converted": (WIKI, "The deepest point lies 316 m (about 1,037 ft) below the surface."),
    "percent as fraction": (WIKI, "Visits grew by a factor of 1.042 in 2019, i.e. 4.2 percent."),
    "unknown": (WIKI, "I could not find the lake's average depth in the sources; only the maximum depth of 316 m is given."),
    "general knowledge aside": (WIKI, "Lake Orsa lies in Brenland, which is in Europe. It covers 1,532.4 km²."),
    "table sum": (TABLE, "Revenue over the three years adds up to 412.7 + 455.1 + 501.9 = 1,369.7 million dollars."),
    "table sum silent": (TABLE, "From 2021 to 2023 revenue rose by $89.2 million, or 21.6%."),
    "per head": (TABLE, "In 2023 revenue per employee was about $139,000 (501.9 million / 3,610)."),
    "scaled words": (TABLE, "Revenue reached $501.9M in 2023, i.e. just over half a billion dollars."),
    "listed total": (TABLE, "| Year | Revenue |\n|---|---|\n| 2021 | 412.7 |\n| 2022 | 455.1 |\n| 2023 | 501.9 |\n| **Total** | **1,369.7** |"),
    "average": (TABLE, "The average headcount was (3,120 + 3,344 + 3,610) / 3 ≈ 3,358."),
    "german": (GERMAN, "Bernau hat rund 12.300 Einwohner und eine Fläche von 103,7 km². Das sind etwa 119 Einwohner je km²."),
    "german to english": (GERMAN, "Bernau had 12,345 inhabitants on 31 December 2022; its budget is 45.6 million euros."),
    "french": (FRENCH, "Mirefleur compte 2345 habitants et son budget s’élève à 3,4 M€, soit +12,5 %."),
    "french to english": (FRENCH, "Mirefleur has 2,345 inhabitants; the budget of €3.4 million is 12.5% higher than before."),
    "number words": (TABLE, "Over three years the firm hired four hundred and ninety more people: from 3,120 to 3,610."),
    "range": (TABLE, "Headcount was between 3,100 and 3,700 over 2021–2023."),
    "citation": (WIKI, "Its maximum depth is 316 m 【3†source】 (see https://example.org/page/48213?id=99871)."),
    "code block": (WIKI, "You can check it:\n```python\nprint(1532.4 * 2.589988)\n```\nThe area is 1,532.4 km²."),
    "hedged over": (WIKI, "More than 2 million people visit each year, and it is over 300 m deep."),
    "ratio": (WIKI, "Its volume-to-area ratio is 85.3/1532.4 = 0.0557 km."),
    "short": (WIKI, "316 m"),
    "boxed": (WIKI, "$$\\boxed{316\\ \\text{m}}$$"),
    "sum with units": (TABLE, "Total staff: 3,120 people + 3,344 people + 3,610 people = 10,074 people (if nobody is counted twice)."),
    "apology": (WIKI, "Sorry for the confusion earlier. The maximum depth is 316 metres."),
    "spanish": (WIKI, "El lago Orsa tiene una superficie de 1.532,4 km² y una profundidad máxima de 316 m."),
    "self correction": (TABLE, "412.7 + 455.1 = 867.8, not 876.8 as one may think; with 501.9 that makes 1,369.7."),
    "fraction words": (TABLE, "About a third of the growth came in the first year."),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_honest_answers_pass(talk: Any, name: str) -> None:
    page, answer = ANSWERS[name]
    made = (
        talk("Tell me about it, please.")
        .search("facts", f"1. It (id: doc-7)\n{page}")
        .page("doc-7", page)
        .answers(answer)
    )
    assert [(v.code, v.reason) for v in made.verdicts if v.status == "fail"] == []


CALLS = {
    "percent factor": ("Price 480 plus 19% tax?", "calculator", {"expression": "480 * 1.19"}, "571.2"),
    "percent off": ("Price 480 less 15 percent?", "calculator", {"expression": "480 * 0.85"}, "408"),
    "unit factor": ("26.2 miles in km?", "calculator", {"expression": "26.2 * 1.60934"}, "42.164708"),
    "time factors": ("Seconds in 17 days?", "calculator", {"expression": "17 * 24 * 3600"}, "1468800"),
    "grouping": ("1 234 567 by 3?", "calculator", {"expression": "1234567 / 3"}, "411522.333333"),
    "scale": ("Half of 2.4 million?", "calculator", {"expression": "2400000 / 2"}, "1200000"),
    "word numbers": ("Twelve hundred and fifty by seven?", "calculator", {"expression": "1250 * 7"}, "8750"),
    "compound": ("4.5% on 1,200 for ten years?", "calculator", {"expression": "1200 * (1 + 0.045)^10"}, "1863.56"),
    "temperature": ("98.6 F in C?", "calculator", {"expression": "(98.6 - 32) * 5 / 9"}, "37"),
    "circle": ("Area of a circle of radius 7.3?", "calculator", {"expression": "3.14159 * 7.3^2"}, "167.415"),
    "dates": ("Days from 2021-03-04 to 2022-01-01?", "calculator", {"expression": "2022-01-01 - 2021-03-04"}, "303 days"),
    "code with loops": (
        "Chance of two sixes in 24 throws of two dice?",
        "python",
        {"code": "import random\nrandom.seed(12345)\nn = 100000\nhits = 0\nfor i in range(n):\n    hits += any(random.randint(1, 6) == 6 == random.randint(1, 6) for _ in range(24))\nprint(hits / n)"},
        "0.4914",
    ),
    "code with data": (
        "Mean of 12.1, 13.7 and 99.25?",
        "python",
        {"code": "data = [12.1, 13.7, 99.25]\nprint(sum(data) / len(data))  # about 41.7"},
        "41.68333",
    ),
    "url of a known site": ("Read the Wikipedia page of Lake Orsa", "fetch_url", {"url": "https://en.wikipedia.org/wiki/Lake_Orsa"}, "Lake Orsa is ..."),
    "file name": ("Summarise report_2023.csv", "read_file", {"path": "report_2023.csv"}, "a,b\n1,2"),
    "slug from words": ("Weather in New York City?", "weather", {"city_id": "new-york-city", "days": 3}, "Sunny"),
    "enum": ("Weather in Oslo?", "weather", {"city": "Oslo", "units": "metric"}, "Sunny"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_honest_calls_pass(talk: Any, name: str) -> None:
    query, tool, arguments, seen = CALLS[name]
    made = talk(query, tools=()).calls((tool, arguments, seen)).answers("That is done; see above.")
    assert [(v.code, v.reason) for v in made.verdicts if v.status == "fail" and v.step == 0] == []


PROSE = [
    "Let x = 5 and y = 2x + 3 = 13.",
    "f(3) = 9 and g(2) + 1 = 6.",
    "At 12:30 + 2 hours we meet at 14:30.",
    "The score was 3-2 after extra time = a win.",
    "Chapter 3 - 5 = the middle part.",
    "p-value < 0.05, n = 120, r = -0.31",
    "E = mc^2, so with m = 2: E = 2c^2.",
    "The range 5-10 is equal to 6 values.",
    "sin(30) + cos(60) = 1",
    "log 100 = 2 and ln e = 1",
    "5! = 120 and 2^10 = 1024",
    "17 mod 5 = 2; 17 % 5 = 2; 17 // 5 = 3",
    "Route 66 - 1926 = oldest",
    "1/3 ≈ 0.33, 2/3 ≈ 0.67, 1/3 + 2/3 = 1",
    "$1,200 × 12 = $14,400 per year",
    "5 + 3 × 2 = 11",
    "(5 + 3) × 2 = 16",
    "100 - 20% = 80",
    "3 weeks + 4 days = 25 days",
    "1 h 30 min × 2 = 3 h",
    "10 km / 2 h = 5 km/h",
    "0.1 + 0.2 = 0.30000000000000004",
    "22/7 = 3.142857",
    "√16 + 9 = 13",
    "A = 3 × 4 = 12 cm²",
    "if a == 3 and b == 4 then a*b = 12",
    "2 + 2 = 5 is wrong.",
    "It is not true that 12 × 4 = 50.",
    "You might think 12 × 4 = 50, but it is 48.",
    "Total = 12 + 15.5 + 3.25 = 30.75",
    "€1.200,50 + €99,50 = €1.300,00",
    "12 345 + 55 = 12 400",
    "0,5 × 30 = 15",
    "3 × 10^8 × 2 = 6 × 10^8",
    "6.02e23 * 2 = 1.204e24",
    "12 ÷ 0.5 = 24",
    "1 - 0.95 = 0.05 = 5%",
    "365 × 24 = 8,760 hours ≈ 8.8 thousand hours",
    "16.67 × 12 ≈ 200",
    "The ratio 3:4 = 0.75",
    "H₂O + CO₂ = H₂CO₃",
    "x² + 3² = 25 → x = 4",
    "3 apples + 2 pears = 5 pieces of fruit",
    "Q1 + Q2 = 40 and Q3 - Q1 = 12",
    "7 × 8 = 56; 56 + 4 = 60.",
    "Revenue: 5.2 million - 3.1 million = 2.1 million",
    "10 / 3 = 3 remainder 1",
    "-3 + 5 = 2 and 3 - (-5) = 8",
    "2021-2019 = 2 years",
    "0.25 = 1/4 = 25%",
    "12 months × $99.99 = $1,199.88",
]


@pytest.mark.parametrize("text", PROSE)
def test_sound_arithmetic_passes(talk: Any, text: str) -> None:
    assert talk("Explain.").answers(text).faults == set()


FORMULAS = {
    r"So $\frac{6}{45} = \frac{2}{15}$.": r"So $\frac{6}{45} = \frac{2}{13}$.",
    r"\[\sqrt{7^2 + 24^2} = \sqrt{49 + 576} = \boxed{25}\]": r"\[\sqrt{7^2 + 24^2} = \sqrt{49 + 567} = \boxed{25}\]",
    r"Then $2^6 - 3 \cdot 9 = 64 - 27 = 37$.": r"Then $2^6 - 3 \cdot 9 = 64 - 27 = 35$.",
    r"The claim $\frac12 + \frac13 = \frac25$ is wrong.": r"We use $\frac12 + \frac13 = \frac25$ here.",
    r"Modulo 7, $5 \cdot 3 \equiv 1$, as $5 \cdot 3 = 15$.": r"Modulo 7, $5 \cdot 3 \equiv 1$.\n\nAs numbers, $5 \cdot 3 = 16$.",
    r"It costs $12 and then $30 + 2 more, so $44.": r"It costs \(12 + 32 = 46\) dollars.",
    r"$\gcd(12, 18) = 6$ and $\binom{6}{2} = 15$.": r"$\gcd(12, 18) = 6$ and $\binom{6}{2} = 12$.",
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_computed_again(talk: Any, text: str) -> None:
    assert talk("Explain.").answers(text).faults == set()
    assert (0, "C1") in talk("Explain.").answers(FORMULAS[text]).faults
