# ruff: noqa: E501  (traces are data)
"""What an answer contradicts: its own figures, the newest result, the day, and who was spoken of. Each wrong one stands beside right ones like it."""

from typing import Any, NamedTuple

import pytest

from graders.base import Case, all_graders, judge_all
from tests.traces.imports.rows import read_one


class Said(NamedTuple):
    """An answer, after a call with its result, in a talk that opens with a user's words and, where it matters, a system's.

    `before` is what a listing showed before the call.
    """

    answer: str
    asked: str = "Which, please?"
    result: str = ""
    call: tuple[str, dict[str, Any]] = ("lookup", {"about": "it"})
    system: str = ""
    before: str = ""


def _row(said: Said) -> dict[str, Any]:
    name, arguments = said.call
    listing = {"id": "c0", "type": "function", "function": {"name": "list_all", "arguments": {}}}
    listed = [
        {"role": "assistant", "content": "", "tool_calls": [listing]},
        {"role": "tool", "tool_call_id": "c0", "content": said.before},
    ]
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
    messages = [
        {"role": "user", "content": said.asked},
        *(listed if said.before else []),
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": said.result or said.answer},
        {"role": "assistant", "content": said.answer},
    ]
    return {"messages": [{"role": "system", "content": said.system}, *messages] if said.system else messages}


BORN = "Mona Pell was born on 5 May 1930 and Rolf Dane on 9 June 1921."
POLICY = "Bookings can be cancelled within 24 hours. The current time is 2024-05-15 15:00:00 EST."
CREATED = '{"booking": "R1", "created_at": "2024-05-11T09:30:00"}'
HIGHS = '[{"town": "Osk", "max": 17.4, "min": 9.8}, {"town": "Tarn", "max": 8.1, "min": 2.6}, {"town": "Lund", "max": 21.0, "min": 14.3}]'
MOVED = '{"booking": "R1", "cabin": "basic_economy", "flight": "QX41"}'
MOVE = ("move_booking", {"booking": "R1", "cabin": "economy", "flight": "QX41"})
RUN = ("python", {"code": "print(x)"})
FRAME = ("python", {"code": "data = {'Age': [22, 38, 26, 35, 35]}\ndf = pd.DataFrame(data)\nprint(df['Age'].mean())"})
SIMULATED = "# Simulated data\nsales = [910000, 840000, 810000, 965000]\nprint(min(sales))"
MINE = "I am Mona Pell. Please cancel my booking of 3 May."

WRONG = {
    "told_order": [
        Said(f"{BORN} Mona Pell is older."),
        Said("2009 (The Wren) < 2010 (The Lark), so The Lark aired first."),
        Said("The Lark was published on 3 May 2009 and the Wren on 4 June 2009, so the Wren is not new. Wren (2009) and Lark (2008): Wren came first."),
        Said("The Tarn Bridge is 120 m long and the Osk Bridge is 80 m. The Osk Bridge is longer than the Tarn Bridge."),
        Said("Kettle A costs $40 and Kettle B $35, so Kettle A is cheaper."),
        Said("Tarn has 40 schools and Osk has 52 schools. Tarn has more schools."),
    ],
    "falls_short": [
        Said("You can use your gift card with a balance of $60 to cover the remaining cost of $75 for the upgrade."),
        Said("Your balance of €40.00 is enough to pay €45.50."),
        Said("The $100 voucher will cover the $120 fare."),
    ],
    "told_window": [
        Said("Since it was booked on May 12, 2024, it is within the 24-hour cancellation window.", "Booked May 12", system=POLICY),
        Said("Since it was booked on May 12, 2024, it is within the 24-hour window, and you can cancel it.", "Booked May 12", system=POLICY),
        Said("Your booking was made within the last 24 hours, so I can cancel it.", "Cancel R1", CREATED, system=POLICY),
        Said("Your booking was made within the last 24 hours.", "Cancel R1", CREATED.replace("-11", "-14"), system=POLICY),
        Said("Your order was delivered on March 1, so it is still within the 30-day return window.", "It came March 1", system="Today is Wednesday, 2024-05-15."),
    ],
    "field_told": [
        Said("Done.\n\n- **Flight:** QX41\n- **Cabin class:** Economy", "Move R1 to QX41 in economy.", MOVED, MOVE),
        Said("R1 is on QX41 now. Your cabin is economy.", "Move R1 to QX41 in economy.", MOVED, MOVE),
    ],
    "told_tests": [
        Said("I mended `total`; all 17 tests in the suite pass now.", "Mend it", ".......  [100%]\n7 passed in 0.12s", ("bash", {"cmd": "pytest -q"})),
        Said("Mended. All tests pass now.", "Mend it", "..F\n1 failed, 6 passed in 0.2s", ("bash", {"cmd": "pytest -q"})),
        Said("Done, the test suite passes.", "Mend it", "Ran 12 tests in 0.003s\n\nFAILED (failures=1)", ("bash", {"cmd": "make test"})),
    ],
    "passed_over": [
        Said("It runs until 18 May, which leaves you 94 days, a bit more than three months.", "How many days are left?", "84 days, 0:00:00", RUN),
        Said("The sum was 7 in 17,650 cases, close to what theory says.", "How often is it 7?", "16650 0.1665", RUN),
    ],
    "version_told": [
        Said("The latest version is **4.3.1**, from November.", "What is the newest version?", "quill 4.2.1 (Nov 3), 4.2.0 (Aug 19)"),
    ],
    "cited_source": [
        Said("1. Trees: https://papers.example/abs/2410.01211\n2. Leaves: https://papers.example/abs/2409.18143", "Two papers, please", "2410.01211 Trees; 2409.11843 Leaves"),
    ],
    "clock": [
        Said("Mona needs your signature by 6 pm today.", "Anything urgent?", "Please sign by 16:00, says Mona. 4pm is the limit."),
    ],
    "chosen_row": [
        Said("It is added.", "Add it to my 'drive' playlist, and 'Low Tide' too.", '{"ok": true}', ("add_to_playlist", {"playlist_id": "pl_88", "track": "Low Tide"}), before='[{"id": "pl_88", "name": "gym"}, {"id": "pl_91", "name": "drive"}]'),
    ],
    "shell_deed": [
        Said("The biggest is lib. I've run both, so the space is there again.", "What fills /var?", "9.1G lib", ("bash", {"cmd": "du -xh /var 2>/dev/null | sort -rh | head"})),
        Said("The variable is missing. I've set the variable, and the pod runs.", "Is anything crashing?", "pod-1 CrashLoopBackOff", ("kubectl", {"args": "get pods -n prod"})),
    ],
    "made_up_data": [
        Said("It is 31.2.", "What is the mean age?", "31.2", FRAME, system="You work with a data frame named df, loaded from people.csv."),
        Said("It is 31.2.", "What is the mean age, for test.lab@example.com?", "31.2", FRAME, system="You work with a data frame named df, loaded from people.csv."),
        Said("The lowest price was $810,000.", "What was the lowest price of a house sold in Osk in May?", "810000", ("python", {"code": SIMULATED})),
        Said("Business costs $747.", "What would business cost?", "747.0", ("calculate", {"expression": "498 * 1.5"}), before='{"id": "K1", "price": 498}'),
    ],
    "flag_told": [
        Said("Your order has been filled.", "What is it with my order?", '{"order": 7, "status": "Open"}'),
        Said("Your car is now locked.", "Lock my car", '{"doors": {"status": "unlocked"}}'),
    ],
    "worked_aside": [
        Said("The folder is the biggest with 9.1 GB (roughly 85% of the 14 GB on the disk)."),
        Said("The fund gained 37.5 % in 2024 (from $48.20 to $61.45)."),
        Said("Pell has 81 points, 37 behind the leader Dane (108)."),
    ],
    "told_in_place": [
        Said("It is their third Silver Oar title.", "Whose title is it?", "Osk took the Silver Oar on Sunday, its second Silver Oar title."),
        Said("Mona Pell led it for five seasons of the show.", "How long?", "Mona Pell led it in the first three seasons of the show."),
    ],
    "told_range": [
        Said("Osk won the final against Tarn 40-20.", "How did it end?", "Osk 40-22 Tarn: final score"),
    ],
    "told_degrees": [
        Said("Keep it at 5–25 °C, i.e. 41–87 °F."),
        Said("It is 98.6 °F (32 °C) there."),
    ],
    "told_table": [
        Said("| | High |\n|---|---|\n| Osk | 17 °C |\n| Tarn | 12 °C |\n| Lund | 21 °C |", "How warm is it?", HIGHS),
    ],
    "told_century": [
        Said("The abbey was founded around 1142, so in the 11th century."),
        Said("It is a house of the seventeenth century (1742)."),
    ],
    "unknown_person": [
        Said("It is cancelled.", MINE, '{"ok": true}', ("cancel_booking", {"patient_name": "Jane Stone"})),
        Said("It is booked.", "Book QX41 for me.", '{"ok": true}', ("book", {"passengers": [{"first_name": "Jane", "last_name": "Stone"}]})),
        Said("It is sent.", "Tell Mona that lunch is off.", '{"ok": true}', ("send_email", {"to": "mona.pell@gmail.com", "subject": "Lunch"})),
    ],
}  # fmt: skip
RIGHT = {
    "told_order": [
        Said(f"{BORN} Rolf Dane is older."),
        Said("2009 (The Wren) < 2010 (The Lark), so The Wren aired first."),
        Said("The Lark was first published in 1960. The Wren was published in 1940, so the Wren came first."),
        Said("Mona Pell won in 1960 and Rolf Dane in 1940. Mona Pell was first married to Rolf Dane."),
        Said("Born in 1921, Rolf Dane died in 1990. Rolf Dane is older."),
        Said("If The Lark aired in 2010 and The Wren in 2009, it is not true that The Lark aired first."),
        Said("Mona Pell (47 years) and Rolf Dane (52 years): Rolf Dane is older."),
        Said("The lower bridge is 80 m long and Tarn Bridge is 120 m, so Tarn Bridge is longer."),
        Said("Tarn has 40 schools and Osk has 52 teachers. Tarn has more schools."),
    ],
    "falls_short": [
        Said("Your gift card with a balance of $80 covers the remaining cost of $75."),
        Said("Your $60 card covers part of the $75."),
        Said("A balance of $60 is not enough to cover $75."),
        Said("Use the $60 card to cover the $75 fare together with your Visa."),
        Said("The $60 card and the $20 voucher cover the $75 fare."),
        Said("Your account has $30; the card covers the remaining $45."),
        Said("The insurance on your card costs $30 and will cover the full fare of $400."),
    ],
    "told_window": [
        Said("Since it was booked on May 14, 2024, it is within the 24-hour cancellation window.", "Booked May 14", system=POLICY),
        Said("Since it was booked on May 12, 2024, it is not within the 24-hour cancellation window.", "Booked May 12", system=POLICY),
        Said("It was delivered on May 1, 2024, which is within the 30-day return window.", "It came May 1", system=POLICY),
        Said("Bookings for the flight on May 2, 2024 could be changed within 24 hours.", "The flight on May 2", system=POLICY),
        Said("It was booked on May 12, 2024 and cancelled within 24 hours.", "Booked May 12", system=POLICY),
        Said("Since it was booked on May 12, 2024, it is within the 24-hour cancellation window.", "Booked May 12"),
        Said("I can only cancel bookings made within the last 24 hours.", "Cancel R1", CREATED, system=POLICY),
        Said("Your booking was made within the last 24 hours.", "Cancel R1", CREATED.replace("-11", "-14").replace("09:30", "16:30"), system=POLICY),
    ],
    "field_told": [
        Said("R1 is on QX41 now, in basic economy.", "Move R1 to QX41 in economy.", MOVED, MOVE),
        Said("R1 is on QX41.\n- **Cabin:** Economy", "Move R1 to QX41.", '{"booking": "R1", "cabin": "economy"}', MOVE),
        Said("The order's status is shipped.", "Set order 7 to shipped.", '{"status": "success"}', ("set_status", {"order": 7, "status": "shipped"})),
        Said("Language: German.", "Translate it into German", '{"language": "de"}', ("translate", {"text": "hi", "language": "german"})),
        Said("Economy is sold out, so your cabin stays as it was.", "Move R1 to QX41, economy.", MOVED, MOVE),
    ],
    "told_tests": [
        Said("All 7 tests pass.", "Mend it", "7 passed in 0.12s", ("bash", {"cmd": "pytest -q"})),
        Said("All tests pass now.", "Mend it", "7 passed in 0.12s", ("bash", {"cmd": "pytest -q"})),
        Said("The log is quiet again and all tests pass.", "Mend it", "7 passed in 0.1s\nauth: 3 failed attempts", ("bash", {"cmd": "pytest -q; tail -1 auth.log"})),
        Said("Mended. All tests pass now.", "Mend it", "ok  shop 0.1s", ("bash", {"cmd": "go test ./..."}), before="1 failed, 6 passed in 0.2s"),
        Said("All tests pass except the flaky one.", "Mend it", "1 failed, 6 passed in 0.2s", ("bash", {"cmd": "pytest -q"})),
        Said("All 7 tests now pass.", "Mend it", "1 failed, 6 passed in 0.2s\n\n7 passed in 1s", ("bash", {"cmd": "./twice"})),
        Said("7 tests pass, 3 are skipped.", "Mend it", "Tests: 3 skipped, 7 passed, 10 total", ("bash", {"cmd": "npm test"})),
        Said("All 12 tests pass.", "Mend it", "Ran 12 tests in 0.003s\n\nOK", ("bash", {"cmd": "make test"})),
    ],
    "passed_over": [
        Said("You have 84 days left.", "How many days are left?", "84 days, 0:00:00", RUN),
        Said("You have about 12 weeks left.", "How long is left?", "84 days, 0:00:00", RUN),
        Said("With the 10 days of grace that makes 94 days.", "How many days are left? I have 10 days of grace.", "84 days", RUN),
        Said("It was 7 in 16.65% of the cases.", "How often is it 7?", "16650 0.1665", RUN),
        Said("It is about 1,235.", "What is it?", "1234.5678", RUN),
    ],
    "version_told": [
        Said("The latest version is **4.2.1**, from November.", "What is the newest version?", "quill 4.2.1 (Nov 3), 4.2.0 (Aug 19)"),
        Said("It is 4.2.1 now; the next release is 4.3.1.", "What is the newest version?", "quill 4.2.1 (Nov 3), 4.2.0 (Aug 19)"),
        Said("Install version 4.1.0 if that makes trouble.", "What is the newest version?", "quill 4.2.1 (Nov 3), 4.2.0 (Aug 19)"),
        Said("It needs runtime 3.9.1 or newer.", "What does it need?", "quill 4.2.1 (Nov 3), 4.2.0 (Aug 19)"),
    ],
    "cited_source": [
        Said("1. Trees: https://papers.example/abs/2410.01211\n2. Leaves: https://papers.example/abs/2409.11843", "Two papers, please", "2410.01211 Trees; 2409.11843 Leaves"),
    ],
    "clock": [
        Said("Mona needs your signature by 4 pm today.", "Anything urgent?", "Please sign by 16:00, says Mona."),
        Said("Mona needs your signature by 4 pm; I suggest to sign at 3 pm.", "Anything urgent?", "Please sign by 16:00, says Mona."),
        Said("It starts at 5 pm.", "When does it start?", "The doors open at 16:00, and the play begins an hour later."),
    ],
    "chosen_row": [
        Said("It is added.", "Add it to my 'drive' playlist, and 'Low Tide' too.", '{"ok": true}', ("add_to_playlist", {"playlist_id": "pl_91", "track": "Low Tide"}), before='[{"id": "pl_88", "name": "gym"}, {"id": "pl_91", "name": "drive"}]'),
        Said("It is added.", "Add 'Low Tide' to my lowest playlist.", '{"ok": true}', ("add_to_playlist", {"playlist_id": "pl_88", "track": "Low Tide"}), before='[{"id": "pl_88", "name": "gym"}, {"id": "pl_91", "name": "drive"}]'),
    ],
    "shell_deed": [
        Said("I've committed the fix.", "Mend it", "[main 1a2b3c4] fix", ("bash", {"cmd": "git commit -am fix"})),
        Said("I've updated it.", "Mend it", "", ("bash", {"cmd": "./mend.sh"})),
        Said("I've updated the list.", "Mend it", "", ("bash", {"cmd": "sort a > b"})),
        Said("I've removed the lines you need not see from the listing.", "Have a look", "files", ("bash", {"cmd": "ls -la"})),
        Said("I've updated the file for you to copy:\n```yaml\na: 1\n```", "Have a look", "a: 2", ("bash", {"cmd": "cat a.yml"})),
        Said("The biggest is lib. I haven't deleted anything.", "What fills /var?", "9.1G lib", ("bash", {"cmd": "du -xh /var"})),
        Said("The biggest is lib. I'd tell you once I've deleted it.", "What fills /var?", "9.1G lib", ("bash", {"cmd": "du -xh /var"})),
    ],
    "made_up_data": [
        Said("It is 31.2.", "What is the mean age?", "31.2", ("python", {"code": "print(df['Age'].mean())"}), system="You work with a data frame named df."),
        Said("It is 31.2.", "The data set is 22, 38, 26, 35 and 35. Its mean?", "31.2", FRAME),
        Said("It is 31.2.", "Show me with an example how a data frame gives a mean.", "31.2", FRAME),
        Said("The lowest price was $810,000.", "Simulate some sales in Osk: what is the lowest price?", "810000", ("python", {"code": SIMULATED})),
        Said("The lowest price was $810,000.", "What would a script for the lowest price look like?", "810000", ("python", {"code": SIMULATED})),
        Said("The lowest price was $810,000.", "Sales in Osk: 910000, 840000, 810000, 965000. What was the lowest?", "810000", ("python", {"code": SIMULATED})),
        Said("They are cut.", "Cut the ages of people.csv into groups.", "ok", ("python", {"code": "bins = [0, 18, 35, 60, 100]\nprint(pd.cut(df.Age, bins))"})),
        Said("Half as much again costs $747.", "What would half as much again cost?", "747.0", ("calculate", {"expression": "498 * 1.5"}), before='{"id": "K1", "price": 498}'),
        Said("With 8% more it costs $537.84.", "What is it with 8% more?", "537.84", ("calculate", {"expression": "498 * 1.08"}), before='{"id": "K1", "price": 498}'),
    ],
    "flag_told": [
        Said("Your order is still open.", "What is it with my order?", '{"order": 7, "status": "Open"}'),
        Said("Your order has been filled.", "What is it with my order?", '{"order": 7, "status": "Filled"}'),
        Said("Your car is now locked.", "Lock my car", '{"doors": {"status": "locked"}}'),
        Said("Ticket 12 is closed, as you wished; ticket 15 waits.", "Close ticket 12. And 15?", "closed", ("close_ticket", {"ticket": 12}), before='{"ticket": 15, "status": "open"}'),
        Said("The order would be executed if the price fell.", "What is it with my order?", '{"order": 7, "status": "Open"}'),
    ],
    "worked_aside": [
        Said("The folder is the biggest with 9.1 GB (roughly 65% of the 14 GB on the disk)."),
        Said("The fund gained 27.5 % in 2024 (from $48.20 to $61.45)."),
        Said("They won 30 games (about 40% of the 75 games)."),
        Said("Pell has 81 points, 27 behind the leader Dane (108)."),
        Said("The Osk has 40 rooms, 5 more than the Tarn (35)."),
    ],
    "told_in_place": [
        Said("It is their second Silver Oar title.", "Whose title is it?", "Osk took the Silver Oar on Sunday, its second Silver Oar title."),
        Said("It is Osk's 2nd Silver Oar title; the third went to Tarn.", "Whose title is it?", "Osk took the Silver Oar on Sunday, its second Silver Oar title."),
        Said("Together they led it for five seasons of the show.", "How long?", "Mona Pell led it in the first three seasons of the show, Rolf Dane in two."),
        Said("For 6 you need 3 large eggs.", "What do I need for 6?", "Serves 4. You need 2 large eggs."),
        Said("It arrives on 5 de junio.", "When does it come?", "Sent on 3 de junio, it takes two days."),
        Said("Rolf Dane led it for two seasons of the show.", "How long?", "Mona Pell led it for three seasons of the show, Rolf Dane for two seasons."),
    ],
    "told_range": [
        Said("Osk won the final against Tarn 40-22.", "How did it end?", "Osk 40-22 Tarn: final score"),
        Said("Tarn lost the final 22–40.", "How did it end?", "Osk 40-22 Tarn: final score"),
        Said("Osk won 40-20 in one town and 40-22 in the other.", "How did it end?", "Osk 40-22 Tarn: final score"),
        Said("Osk won 6-4, 6-2.", "How did it end?", "Osk beat Tarn 6-4, 4-6, 6-3, and Lund 6-2"),
    ],
    "told_degrees": [
        Said("Keep it at 5–25 °C, i.e. 41–77 °F."),
        Said("It is 98.6 °F (37 °C) there."),
        Said("It got 2 °C (3.6 °F) warmer."),
        Said("It is about 30 °C (roughly 85 °F)."),
        Said("Bake it at 180 °C (350 °F)."),
        Said("The high is 21 °C, the low 14 °C (57 °F)."),
    ],
    "told_table": [
        Said("| | High |\n|---|---|\n| Osk | 17 °C |\n| Tarn | 8 °C |\n| Lund | 21 °C |", "How warm is it?", HIGHS),
        Said("| | High | Low |\n|---|---|---|\n| Osk | 17 °C | 10 °C |\n| Tarn | 8 °C | 3 °C |\n| Lund | 21 °C | 14 °C |", "How warm is it?", HIGHS),
        Said("| | New |\n|---|---|\n| Osk | 17 |\n| Tarn | 12 |\n| Lund | 21 |", "Set Tarn to 12 and show me what they are", HIGHS),
        Said("| | Place |\n|---|---|\n| Lund | 1 |\n| Osk | 2 |\n| Tarn | 3 |", "Rank them", HIGHS),
    ],
    "told_century": [
        Said("The abbey was founded around 1142, so in the 12th century."),
        Said("The abbey of the 11th century was built anew in 1142."),
        Said("It was built in 1900, so in the 19th century."),
        Said("It was made in 2001, i.e. in the twenty-first century."),
    ],
    "unknown_person": [
        Said("It is cancelled.", MINE, '{"ok": true}', ("cancel_booking", {"patient_name": "Mona Pell"})),
        Said("It is cancelled.", "im mona pell, cancel my booking", '{"ok": true}', ("cancel_booking", {"patient_name": "Mona Pell"})),
        Said("It is booked.", "Book it, my mail is mona.pell@osk.example", '{"ok": true}', ("book", {"first_name": "Mona", "last_name": "Pell"})),
        Said("It is made.", "Create a test user.", '{"ok": true}', ("create_user", {"full_name": "Jane Stone", "email": "jane@stone.com"})),
        Said("已取消。", "我叫王伟，取消预约", '{"ok": true}', ("cancel_booking", {"patient_name": "Wang Wei"})),
        Said("It is there.", "Find our biggest client", '{"ok": true}', ("get_client", {"client_name": "Rolf Industries"})),
        Said("It is booked.", "Book it for me.", '{"ok": true}', ("book", {"first_name": "Ivan", "last_name": "Petrov"}), before='{"name": "Иван Петров"}'),
        Said("It plays.", "Play something by a famous pianist.", '{"ok": true}', ("play", {"artist_name": "Jane Stone"})),
        Said("It is sent.", "Mail mona at osk dot example that lunch is off.", '{"ok": true}', ("send_email", {"to": "mona@osk.example"})),
    ],
}  # fmt: skip


def _failing(said: Said) -> set[str]:
    """The graders that find something."""
    trace = read_one(_row(said))
    case = Case(tuple(trace.messages), tuple(trace.tools or ()), trace.ending)
    return {v.grader for v in judge_all(case, all_graders().values()) if v.status in ("fail", "error")}


def _each(table: dict[str, list[Said]]) -> list[Any]:
    return [pytest.param(name, said, id=f"{name}-{n}") for name, all_ in table.items() for n, said in enumerate(all_)]


@pytest.mark.parametrize(("grader", "said"), _each(WRONG))
def test_what_contradicts_itself_fails(grader: str, said: Said) -> None:
    assert grader in _failing(said)


@pytest.mark.parametrize(("grader", "said"), _each(RIGHT))
def test_what_holds_passes(grader: str, said: Said) -> None:
    assert _failing(said) == set()
