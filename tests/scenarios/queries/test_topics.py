"""The topics that are shipped, and files of one's own."""

from pathlib import Path

import pytest

from scenarios.gates.duplicates import Seen
from scenarios.queries.topics import DOMAINS, TopicsError, personas, topics


def test_there_are_enough_of_each_and_none_stands_twice() -> None:
    shipped = {domain: topics(domain) for domain in DOMAINS}
    assert len(shipped["programming"]) == 71
    assert all(len(found) >= 71 for found in shipped.values())
    every = [topic for found in shipped.values() for topic in found]
    assert [twin for twin in Seen(0.7).twins(every) if twin] == []
    assert all(topic == " ".join(topic.split()) and len(topic) < 80 for topic in every)


def test_nobody_asks_twice() -> None:
    assert len(personas()) >= 20
    assert len(set(personas())) == len(personas())


def test_ones_own_file_replaces_them(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("bees\n\n  honey \nbees\n", encoding="utf-8")
    assert topics("search", mine) == ("bees", "honey")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\xff"])
def test_a_file_that_gives_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "none.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(TopicsError, match=r"none\.txt.*one (?:topic )?a line"):
        topics("math", file)
