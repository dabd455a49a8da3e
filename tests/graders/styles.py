# ruff: noqa: E501  (traces are data)
"""Honest traces of many kinds of agents and tools: in their words, with their ids, tables, roundings, errors and corrections."""

from collections.abc import Callable
from typing import Any

Call = tuple[str, dict[str, Any] | str, Any]


def C(name: str, arguments: dict[str, Any], seen: Any) -> Call:
    return (name, arguments, seen)


def styles(talk: Callable[..., Any]) -> dict[str, Any]:
    """Every trace by name."""
    found: dict[str, Any] = {}
    add = found.__setitem__

    def t(query: str) -> Any:
        return talk(query, ())

    add(
        "weather",
        t("What's the weather in Oslo tomorrow?")
        .calls(
            C("get_weather", {"city": "Oslo", "days": 1}, '{"temp_c": 4.6, "wind_kph": 18, "condition": "light rain"}')
        )
        .answers("Tomorrow in Oslo: light rain, around 5°C (about 40°F), wind 18 km/h."),
    )
    add(
        "sql",
        t("How many orders over $100 in May?")
        .calls(
            C(
                "run_sql",
                {
                    "query": "SELECT COUNT(*) FROM orders WHERE total > 100 AND created_at >= '2023-05-01' AND created_at < '2023-06-01'"
                },
                "count\n-----\n 1284\n(1 row)",
            )
        )
        .answers("There were **1,284** orders over $100 in May."),
    )
    add(
        "sqlavg",
        t("Average order value by region?")
        .calls(
            C(
                "run_sql",
                {"query": "SELECT region, AVG(total), COUNT(*) FROM orders GROUP BY region LIMIT 10"},
                "north | 54.128 | 210\nsouth | 61.9 | 180\nwest | 47.002 | 95",
            )
        )
        .answers(
            "| Region | Avg | Orders |\n|---|---|---|\n| North | $54.13 | 210 |\n| South | $61.90 | 180 |\n| West | $47.00 | 95 |\n\nSouth has the highest average, about $15 more than West. In total there were 485 orders."
        ),
    )
    add(
        "files",
        t("Which file in src is largest?")
        .calls(C("list_dir", {"path": "src"}, "main.py 2048\nutil.py 512\ndata.json 10485760"))
        .answers("`data.json` is the largest at 10 MB (10,485,760 bytes); the other two are only 2 KB and 0.5 KB."),
    )
    add(
        "rest",
        t("Cancel my booking BK-20391")
        .calls(
            C(
                "get_booking",
                {"booking_id": "BK-20391"},
                '{"id":"BK-20391","user":"u_77","status":"confirmed","price":420.0,"fee_pct":15}',
            )
        )
        .calls(C("cancel_booking", {"booking_id": "BK-20391", "user_id": "u_77"}, '{"ok":true,"refund":357.0}'))
        .answers("Your booking BK-20391 is cancelled. With the 15% fee ($63) deducted, you'll get $357.00 back."),
    )
    add(
        "flight",
        t("Book the cheapest flight from Berlin to Rome on 12 May 2024")
        .calls(
            C(
                "search_flights",
                {"origin": "BER", "destination": "FCO", "date": "2024-05-12"},
                '[{"id":"FL881","price":129.9,"dep":"07:35"},{"id":"FL902","price":98.5,"dep":"21:10"}]',
            )
        )
        .calls(C("book", {"flight_id": "FL902", "passengers": 1}, '{"confirmation":"ZXC91K"}'))
        .answers(
            "Done! I booked flight FL902 departing 9:10 PM on May 12, 2024 for €98.50, saving you €31.40 versus FL881. Your confirmation code is ZXC91K."
        ),
    )
    add(
        "de",
        t("Wie viele Einwohner haben Aachen und Bonn zusammen?")
        .calls(
            C("suche", {"anfrage": "Einwohner Aachen"}, "Aachen hat 249.070 Einwohner."),
            C("suche", {"anfrage": "Einwohner Bonn"}, "Bonn: 331.885 Einwohner (2021)."),
        )
        .answers("Zusammen haben Aachen (249.070) und Bonn (331.885) rund 581.000 Einwohner, genau 580.955."),
    )
    add(
        "fr",
        t("Quel est le prix TTC pour 1 250 € HT avec 20 % de TVA ?")
        .calls(C("calculatrice", {"expression": "1250*1.2"}, "1500"))
        .answers("Le prix TTC est de 1 500 €, soit 250 € de TVA."),
    )
    add(
        "es",
        t("¿Cuánto es el 15 % de 2.400?")
        .calls(C("calc", {"expr": "0.15*2400"}, "360.0"))
        .answers("El 15 % de 2.400 es 360."),
    )
    add(
        "pt",
        t("Qual a distância entre A e B?")
        .calls(C("mapa", {"de": "A", "para": "B"}, "distancia_km=1.234,5"))
        .answers("A distância é de aproximadamente 1.235 km."),
    )
    add(
        "zh",
        t("北京的人口是多少？")
        .calls(C("search", {"q": "北京 人口"}, "北京市常住人口2189.3万人。"))
        .answers("北京常住人口约为2189.3万人。"),
    )
    add(
        "ja",
        t("東京タワーの高さは？")
        .calls(C("search", {"q": "東京タワー 高さ"}, "東京タワーの高さは333メートル。"))
        .answers("東京タワーの高さは333メートルです。"),
    )
    add(
        "cot",
        t("A train travels 240 km in 3 h. Speed?").answers(
            "Let me think. Speed = distance / time = 240 / 3 = 80 km/h.\n\n**80 km/h**"
        ),
    )
    add(
        "corrected",
        t("What is 17*24?").answers(
            "17 × 24 = 418? Let me double check: 17 × 20 = 340 and 17 × 4 = 68, so 340 + 68 = 408. The answer is 408."
        ),
    )
    add(
        "corrected2",
        t("What is 23*19?").answers(
            "23 * 19 = 427. Wait, that's not right. 23*20 = 460, minus 23 is 437. So the answer is **437**."
        ),
    )
    add("hmm", t("Sum 1..100?").answers("Using n(n+1)/2 with n=100: 100·101/2 = 5050."))
    add(
        "toolerror",
        t("Read notes.txt")
        .calls(C("read_file", {"path": "notes.txt"}, ("execution_error", "FileNotFoundError: notes.txt")))
        .calls(C("list_dir", {"path": "."}, "note.txt\nreadme.md"))
        .calls(C("read_file", {"path": "note.txt"}, "buy milk"))
        .answers('The file is actually called note.txt; it says: "buy milk".'),
    )
    add(
        "retry",
        t("Stock price of ACME?")
        .calls(C("stock", {"symbol": "ACME"}, ("timeout", "Timeout")))
        .calls(C("stock", {"symbol": "ACME"}, '{"price": 31.274}'))
        .answers("ACME is trading at $31.27."),
    )
    add(
        "giveup",
        t("Stock price of ACME?")
        .calls(C("stock", {"symbol": "ACME"}, ("not_found", "unknown symbol")))
        .calls(C("search", {"q": "ACME ticker"}, "no results"))
        .answers("I couldn't find a ticker for ACME. Could you tell me the exchange?"),
    )
    add(
        "rounded",
        t("What share of 48,211 is 12,906?")
        .calls(C("calculator", {"expression": "12906/48211*100"}, "26.76982431395325"))
        .answers("About 26.8%, i.e. roughly 27% or just over a quarter."),
    )
    add(
        "pct",
        t("Price went from 80 to 92, percent change?")
        .calls(C("calculator", {"expression": "(92-80)/80"}, "0.15"))
        .answers("That's a 15% increase (12 / 80 = 0.15)."),
    )
    add(
        "pytable",
        t("Summarise sales.csv")
        .calls(
            C(
                "python",
                {
                    "code": "import pandas as pd\ndf=pd.read_csv('sales.csv')\nprint(df.groupby('m').v.agg(['sum','mean']))"
                },
                "          sum       mean\nm\nJan  12030.50  401.016667\nFeb   9871.25  352.544643",
            )
        )
        .answers(
            "January: $12,030.50 total (avg $401.02). February: $9,871.25 total (avg $352.54). Combined: $21,901.75, with January about 22% higher."
        ),
    )
    add(
        "parallel",
        t("Compare the populations of Lyon and Nice")
        .calls(
            C("search", {"q": "Lyon population"}, "Lyon: 522,250"),
            C("search", {"q": "Nice population"}, "Nice: 348,085"),
        )
        .answers(
            "Lyon has 522,250 residents and Nice 348,085, so Lyon is about 1.5 times as large (a difference of 174,165)."
        ),
    )
    x = (
        t("Find a hotel in Vienna under 150 euros")
        .calls(
            C(
                "hotels",
                {"city": "Vienna", "max_price": 150},
                '[{"id":"h12","name":"Hotel Stern","price":139},{"id":"h15","name":"Pension Adler","price":95}]',
            )
        )
        .answers("Two options: Hotel Stern (€139) and Pension Adler (€95). Which one?")
        .user("The cheaper one, for 3 nights please.")
        .calls(C("book_hotel", {"hotel_id": "h15", "nights": 3}, '{"total":285,"ref":"R-5512"}'))
        .answers("Booked Pension Adler for 3 nights, €285 total (reference R-5512).")
        .user("Actually make it 4 nights")
        .calls(C("change_booking", {"ref": "R-5512", "nights": 4}, '{"total":380}'))
        .answers("Updated: 4 nights, €380 in total. That's €95 more.")
    )
    add("multi", x)
    x = (
        t("Convert 5 miles to km")
        .calls(C("convert", {"value": 5, "from": "mi", "to": "km"}, "8.04672"))
        .answers("5 miles is about 8.05 km.")
        .user("and 12?")
        .calls(C("convert", {"value": 12, "from": "mi", "to": "km"}, "19.312128"))
        .answers("12 miles ≈ 19.31 km.")
    )
    add("multi2", x)
    add(
        "email",
        t("Email bob@acme.com that I'm late by 20 min")
        .calls(
            C(
                "send_email",
                {
                    "to": "bob@acme.com",
                    "subject": "Running late",
                    "body": "Hi Bob,\n\nI'm running about 20 minutes late. Sorry!\n",
                },
                '{"status":"sent","id":"m_8812"}',
            )
        )
        .answers("I've emailed Bob that you're running about 20 minutes late."),
    )
    add(
        "calendar",
        t("Schedule a meeting with Ann next Tuesday at 3pm for 45 minutes. Today is 2024-03-07.")
        .calls(
            C(
                "create_event",
                {
                    "title": "Meeting with Ann",
                    "start": "2024-03-12T15:00:00",
                    "end": "2024-03-12T15:45:00",
                    "attendees": ["Ann"],
                },
                '{"event_id":"ev_19"}',
            )
        )
        .answers("Done: meeting with Ann on Tuesday, March 12, 2024, 3:00–3:45 PM."),
    )
    add(
        "think",
        t("How tall is Everest in feet?")
        .calls(C("search", {"query": "Mount Everest height metres"}, "Mount Everest is 8,848.86 m high."))
        .answers("<think>8848.86 m * 3.28084 = 29031.7 ft</think>Mount Everest is about 29,032 feet tall."),
    )
    add(
        "json",
        t("Return JSON with name and age of user 7")
        .calls(C("get_user", {"id": 7}, '{"name":"Mia","born":"1990-04-02","age":33}'))
        .answers('{"name": "Mia", "age": 33}'),
    )
    add(
        "code",
        t("Write a function to add two numbers").answers(
            "```python\ndef add(a, b):\n    return a + b\n\nprint(add(2, 3))  # 5\n```\nCall `add(2, 3)` to get 5."
        ),
    )
    add(
        "gsm",
        t("Tom buys 3 packs of 12 eggs at $2.50 each pack and uses 7 eggs. How many left and what did he pay?").answers(
            "3 packs * 12 eggs = 36 eggs. 36 - 7 = 29 eggs left. He paid 3 * $2.50 = $7.50.\n#### 29"
        ),
    )
    add("latex", t("Solve x^2-5x+6=0").answers("Factor: $x^2-5x+6=(x-2)(x-3)=0$, so $x=2$ or $x=3$. \\boxed{2, 3}"))
    add(
        "quad",
        t("Area of a circle with r=3?")
        .calls(C("calculator", {"expression": "pi*3^2"}, "28.274333882308138"))
        .answers("The area is $\\pi r^2 = 9\\pi \\approx 28.27$."),
    )
    add(
        "fx",
        t("Convert 200 USD to EUR")
        .calls(C("fx", {"amount": 200, "from": "USD", "to": "EUR"}, '{"rate":0.9213,"result":184.26}'))
        .answers("200 USD = 184.26 EUR (at a rate of 0.9213)."),
    )
    add(
        "git",
        t("Last commit?")
        .calls(C("bash", {"cmd": "git log -1 --oneline"}, "a1b2c3d Fix parser"))
        .answers('The last commit is a1b2c3d, "Fix parser".'),
    )
    add(
        "bash",
        t("How many lines in the repo's py files?")
        .calls(C("bash", {"cmd": "find . -name '*.py' | xargs wc -l | tail -1"}, "  15234 total"))
        .answers("There are 15,234 lines of Python in total (≈15k)."),
    )
    add(
        "bash2",
        t("Clean the build folder")
        .calls(C("bash", {"cmd": "rm -rf build/"}, ""))
        .answers("The `build/` folder has been removed."),
    )
    add(
        "k8s",
        t("Why is pod web-7f9c failing?")
        .calls(
            C(
                "kubectl",
                {"args": "describe pod web-7f9c -n prod"},
                "State: Waiting CrashLoopBackOff\nLast State: Terminated, OOMKilled, exit 137\nLimits: memory 256Mi",
            )
        )
        .answers(
            "The pod is in CrashLoopBackOff because it was OOMKilled (exit code 137): its memory limit of 256Mi is too low. Try raising it to 512Mi."
        ),
    )
    add(
        "recipe",
        t("Scale: 250 g flour for 4 people, for 6 people?").answers("For 6 people: 250 g × 6/4 = 375 g flour."),
    )
    add(
        "time",
        t("What time is it in Tokyo if it's 14:30 in London (UTC+0)?")
        .calls(C("tz", {"city": "Tokyo"}, "UTC+9"))
        .answers("Tokyo is 9 hours ahead, so it's 23:30 (11:30 PM)."),
    )
    add(
        "dates",
        t("Days between 2024-02-10 and 2024-03-15?")
        .calls(C("python", {"code": "from datetime import date\nprint((date(2024,3,15)-date(2024,2,10)).days)"}, "34"))
        .answers(
            "There are 34 days between February 10 and March 15, 2024 (19 remaining in February since 2024 is a leap year, plus 15 in March)."
        ),
    )
    add(
        "hop",
        t("Who directed the film that won Best Picture in 1998?")
        .calls(
            C(
                "search",
                {"query": "Best Picture 1998 ceremony"},
                "At the 70th Academy Awards (held March 23, 1998), Titanic won Best Picture.",
            )
        )
        .calls(
            C("search", {"query": "Titanic 1997 film director"}, "Titanic is a 1997 film directed by James Cameron.")
        )
        .answers("James Cameron directed *Titanic* (1997), which won Best Picture at the 70th Academy Awards in 1998."),
    )
    add(
        "qa",
        t("Which magazine was started first, Arthur's Magazine or First for Women?")
        .calls(
            C(
                "search",
                {"query": "Arthur's Magazine"},
                "Arthur's Magazine (1844–1846) was an American literary periodical.",
            )
        )
        .calls(
            C("search", {"query": "First for Women"}, "First for Women is a woman's magazine. It was started in 1989.")
        )
        .answers("Arthur's Magazine, which was started in 1844, 145 years before First for Women (1989)."),
    )
    add(
        "react",
        t("What is the elevation range of the High Plains?")
        .calls(
            C(
                "search",
                {"query": "High Plains"},
                "The High Plains rise in elevation from around 1,800 to 7,000 ft (550 to 2,130 m).",
            ),
            says="Thought: I need to search High Plains and find the elevation range.",
        )
        .answers("1,800 to 7,000 ft"),
    )
    add(
        "crm",
        t("Update phone of customer C-1042 to 555-0199")
        .calls(C("update_customer", {"customer_id": "C-1042", "fields": {"phone": "555-0199"}}, '{"updated":true}'))
        .answers("Customer C-1042's phone is now 555-0199."),
    )
    add(
        "refund",
        t("Hi, I want a refund for my headphones, order #W2378156")
        .calls(
            C(
                "get_order",
                {"order_id": "#W2378156"},
                '{"order_id":"#W2378156","user_id":"yusuf_rossi_9620","items":[{"name":"Headphones","item_id":"4202497723","price":342.81}],"payment":"credit_card_9513926"}',
            )
        )
        .answers("I can refund the headphones ($342.81) to your credit card ending 3926. Shall I go ahead? (yes/no)")
        .user("yes")
        .calls(
            C(
                "return_items",
                {"order_id": "#W2378156", "item_ids": ["4202497723"], "payment_method_id": "credit_card_9513926"},
                '{"status":"return requested"}',
            )
        )
        .answers("Your return is requested. The $342.81 will be refunded within 5-7 business days."),
    )
    add(
        "airline",
        t("I'm mia_li_3668, change my flight HAT136 to the next day. Today is 2024-05-15.")
        .calls(C("get_user", {"user_id": "mia_li_3668"}, '{"reservations":["NO6JO3"]}'))
        .calls(
            C(
                "get_reservation",
                {"reservation_id": "NO6JO3"},
                '{"flights":[{"flight_number":"HAT136","date":"2024-05-20","price":173}]}',
            )
        )
        .calls(
            C(
                "search_direct",
                {"origin": "JFK", "destination": "SEA", "date": "2024-05-21"},
                '[{"flight_number":"HAT136","price":190}]',
            )
        )
        .answers(
            "HAT136 on May 21, 2024 costs $190, which is $17 more than your current flight ($173). Do you want me to proceed?"
        ),
    )
    add(
        "rag",
        t("Summarise the Q3 results")
        .calls(
            C(
                "retrieve",
                {"query": "Q3 results revenue"},
                "Revenue was $4.21bn, up 8.3% YoY from $3.89bn. Operating margin 21.4% (prior 19.9%).",
            )
        )
        .answers(
            "- Revenue: $4.21 billion (+8.3% YoY)\n- Operating margin: 21.4%, up 1.5 percentage points\n- That is $320 million more than last year's $3.89 billion"
        ),
    )
    add(
        "mean",
        t("Mean of 4, 8, 15, 16, 23, 42?")
        .calls(C("calculator", {"expression": "(4+8+15+16+23+42)/6"}, "18"))
        .answers("(4 + 8 + 15 + 16 + 23 + 42) / 6 = 108 / 6 = 18"),
    )
    add(
        "compound",
        t("$1000 at 5% for 3 years compounded yearly?")
        .calls(C("calculator", {"expression": "1000*(1+0.05)**3"}, "1157.625"))
        .answers("After 3 years you have 1000 × 1.05³ = $1,157.63, so you earn $157.63 of interest."),
    )
    add(
        "speed",
        t("I ran 10 km in 52:30. Pace?")
        .calls(C("calculator", {"expression": "52.5/10"}, "5.25"))
        .answers("Your pace is 5.25 min/km, i.e. 5:15 per kilometre (about 8:27 per mile)."),
    )
    add(
        "loan",
        t("Monthly payment for 200k at 4% over 30 years?")
        .calls(C("python", {"code": "r=0.04/12;n=360;print(200000*r/(1-(1+r)**-n))"}, "954.8305909309076"))
        .answers(
            "About **$954.83** per month. Over 30 years (360 payments) you pay about $343,739 in total, of which $143,739 is interest."
        ),
    )
    add("prob", t("Probability of two sixes with two dice?").answers("P = 1/6 × 1/6 = 1/36 ≈ 2.78%."))
    add(
        "units",
        t("How many litres is 3 gallons?")
        .calls(C("convert", {"value": 3, "from": "gal", "to": "l"}, "11.356235352"))
        .answers("3 US gallons ≈ 11.36 L"),
    )
    add(
        "system",
        t("")
        .system("You are a bank assistant. Fee for transfers is 1.5%. Current date: 2024-06-01.")
        .user("Transfer 400 to DE89370400440532013000")
        .calls(
            C(
                "transfer",
                {"iban": "DE89370400440532013000", "amount": 400, "date": "2024-06-01"},
                '{"ok":true,"tx":"TX9981"}',
            )
        )
        .answers("Transferred €400 (fee 1.5% = €6.00). Transaction TX9981."),
    )
    add(
        "ru",
        t("Сколько будет 12% от 1 500 рублей?")
        .calls(C("calc", {"e": "1500*0.12"}, "180"))
        .answers("12% от 1 500 рублей — это 180 рублей."),
    )
    add(
        "it",
        t("Quanti abitanti ha Milano?")
        .calls(C("cerca", {"q": "abitanti Milano"}, "Milano: 1.371.498 abitanti"))
        .answers("Milano ha circa 1,37 milioni di abitanti."),
    )
    add(
        "hi",
        t("Population of Kerala in lakhs?")
        .calls(C("search", {"q": "Kerala population"}, "Kerala population 2011: 33,406,061"))
        .answers("Kerala had about 334 lakh (3.34 crore) people in 2011."),
    )
    add(
        "list",
        t("List three facts about Tarn")
        .calls(C("search", {"q": "Tarn"}, "Tarn was founded in 1204. It has 12,020 people. Its harbour is 14 m deep."))
        .answers(
            "1. Tarn was founded in 1204, over 800 years ago.\n2. About 12,000 people live there.\n3. Its harbour is 14 m (46 ft) deep."
        ),
    )
    add(
        "claim",
        t("Is 7919 prime?")
        .calls(C("python", {"code": "import sympy;print(sympy.isprime(7919))"}, "True"))
        .answers("Yes, 7919 is prime. In fact it is the 1000th prime number."),
    )
    add(
        "narr",
        t("Plot y=x^2")
        .calls(
            C(
                "python",
                {
                    "code": "import matplotlib.pyplot as plt\nplt.plot([x for x in range(-10,11)],[x*x for x in range(-10,11)])\nplt.savefig('p.png')"
                },
                "",
            )
        )
        .answers(
            "I ran the script and saved the plot as p.png. The parabola spans x from -10 to 10 and reaches 100 at both ends."
        ),
    )
    return found
