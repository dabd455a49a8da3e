"""`winnow validate` of a scenario in which a model writes the queries."""

import json
from pathlib import Path

from scenarios.loading import load_scenario
from tests.winnow.command import winnow
from tools.search.index import LocalIndex
from tools.search.provider import Page
from winnow.seed_check import check_seeds


async def test_passages_come_from_the_pages_that_are_searched(tmp_path: Path) -> None:
    LocalIndex.build([Page("bees", "On bees", "Bees make honey.\n" * 50)], tmp_path / "corpus")
    overrides = [f"search={{source: corpus, corpus: {tmp_path / 'corpus'}}}", "tasks.write.domains=[search, math]"]
    search, math = await check_seeds(load_scenario("scenarios/open.yaml", overrides), 2)
    assert (search.domain, search.passages, search.seeds, search.problem) == ("search", 18, 18, "")
    assert (math.passages, math.topics) == (0, 77)


async def test_a_corpus_without_pages_is_told(tmp_path: Path) -> None:
    LocalIndex.build([], tmp_path / "corpus")
    overrides = [f"search={{source: corpus, corpus: {tmp_path / 'corpus'}}}", "tasks.write.domains=[search]"]
    (search,) = await check_seeds(load_scenario("scenarios/open.yaml", overrides), 1)
    assert "nothing could be found" in search.problem


def test_the_command_tells_it_of_each_domain() -> None:
    done = winnow("validate", "scenarios/open.yaml", "-n", "1", "--json")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["domain"] for row in rows] == ["search", "math", "programming"]
    assert all(row["ok"] for row in rows)
