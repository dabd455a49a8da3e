"""Over numbers, dates and names: where they came from, and a link that leads there."""

import re

from tests.traces.imports.rows import read_one
from traces.record import Trajectory
from winnow.view.pages.alone import alone

PAGE = "Port Ellery has 1,204 berths. The pilot's fee is 86.40 dollars."


def spoken(answer: str, page: str = PAGE) -> Trajectory:
    call = {"id": "c1", "type": "function", "function": {"name": "search", "arguments": '{"query": "Port Ellery fee"}'}}
    return read_one(
        {
            "messages": [
                {"role": "user", "content": "What do 3 pilots cost at Port Ellery?"},
                {"role": "assistant", "content": "", "tool_calls": [call]},
                {"role": "tool", "tool_call_id": "c1", "content": page},
                {"role": "assistant", "content": answer},
            ]
        }
    )


def origin(page: str, text: str) -> dict[str, str]:
    """The attributes of the mark over a text in the last step."""
    found = re.search(rf"<(?:a|span)([^>]*origin[^>]*)>{re.escape(text)}<", page[page.rindex("<article") :])
    return dict(re.findall(r'(\w+)="([^"]*)"', found[1])) if found else {}


def test_a_figure_of_a_page_leads_to_its_place_there() -> None:
    text = alone(spoken("One pilot costs 86.40 dollars."))
    mark = origin(text, "86.40 dollars")
    assert mark["title"] == "stands in what search returned in step 0"
    assert re.search(rf'id="{mark["href"][1:]}"[^>]*>86.40<', text)


def test_a_figure_of_the_question_leads_to_it_and_a_result_says_how_it_came() -> None:
    text = alone(spoken("For 3 pilots that makes 259.20 dollars at Port Ellery."))
    assert origin(text, "3")["href"] == "#query"
    assert origin(text, "Port Ellery")["title"] == "stands in the question"
    derived = origin(text, "259.20 dollars")
    assert derived["title"] == "one operation on numbers that were known"
    assert "href" not in derived


def test_what_stood_nowhere_has_no_mark() -> None:
    text = alone(spoken("It costs 9,731.55 dollars, says Baroness Quillfeather."))
    assert "origin" not in text[text.rindex("<article") :]


def test_a_trace_too_long_to_read_at_once_goes_without() -> None:
    text = alone(spoken("One pilot costs 86.40 dollars.", PAGE + "." * 200_000))
    assert 'class="origin' not in text
