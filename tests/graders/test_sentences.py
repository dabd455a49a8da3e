"""Where sentences begin and end."""

import pytest

from graders.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It costs $4.50. It is blue!", ["It costs $4.50.", "It is blue!"]),
        ("Come at 5 p.m. on Monday. Bring bread.", ["Come at 5 p.m. on Monday.", "Bring bread."]),
        ("Dr. Holm met J. Oster. Both left.", ["Dr. Holm met J. Oster.", "Both left."]),
        ("See osk.example/a.html for more.\n- One\n- Two", ["See osk.example/a.html for more.", "- One", "- Two"]),
        ("Done.** Is it *so?* Yes", ["Done.**", "Is it *so?*", "Yes"]),
        ("订单已取消。还有吗？没有", ["订单已取消。", "还有吗？", "没有"]),
        ("All pass; one is new.", ["All pass; one is new."]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    found = sentences(text)
    assert [sentence.text.strip() for sentence in found] == parts
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in found)


def test_semicolons_set_parts_apart_where_that_is_wanted() -> None:
    assert [part.text for part in sentences("All pass; one is new.", semicolons=True)] == ["All pass;", " one is new."]


def test_the_sentence_at_a_place() -> None:
    text = "The rug is blue. The lamp is 3.5 m high.\n\nThe end."
    assert sentence_at(text, text.index("3.5")).text == " The lamp is 3.5 m high."
    assert sentence_at(text, len(text) - 1).text == "The end."
    assert sentence_at(text, len(text)).text == ""
