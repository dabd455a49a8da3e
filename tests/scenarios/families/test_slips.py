"""Slips that families have an occasion for, each beside the same task done with care."""

import re

import pytest

from scenarios.family import all_families
from scenarios.world import World
from tests.scenarios.families.accepting import accepted
from tests.scenarios.families.driver import attempt
from tests.scenarios.families.test_contract import env_for, items
from tools.search.index import LocalIndex


@pytest.mark.parametrize("name", ["rates", "money", "geometry"])
async def test_a_result_that_came_is_passed_over(name: str, world: World, index: LocalIndex) -> None:
    family = all_families()[name]
    for seed, task in enumerate(items(family, world, 6)):
        done, careful = [
            await attempt(family, task, env_for(task, index), profile, seed) for profile in ({"ignores": 1.0}, {})
        ]
        assert [[slip.code for slip in slips] for slips in done.slips] == [[]] * len(done.acts) + [["O1"]]
        assert not any(result.failed for results in done.observed for result in results)
        assert task.oracle
        assert not await accepted(task.oracle, done.answer), done.answer
        assert await accepted(task.oracle, careful.answer), careful.answer
        assert careful.made == []


async def test_a_figure_of_a_table_is_copied_wrongly(world: World, index: LocalIndex) -> None:
    family, made = all_families()["table_page"], 0
    for seed, task in enumerate(items(family, world, 10)):
        for profile in ({"mistypes": 1.0}, {}):
            done = await attempt(family, task, env_for(task, index), profile, seed)
            shown = " ".join(result.content for results in done.observed[:-1] for result in results).replace(",", "")
            typed = re.findall(r'D\("([\d.]+)"\)', str(done.calls[-1].arguments))
            strange = [figure for figure in typed if figure not in shown]
            assert task.oracle
            assert await accepted(task.oracle, done.answer) == (not done.made), done
            assert len(strange) == len(done.made) <= len(profile)
            made += len(done.made)
    assert made > 3


def test_a_difficulty_counts_what_it_says(world: World) -> None:
    families = all_families()
    for task in items(families["csv_file"], world, 20):
        assert task.difficulty == {"count": 3, "sum": 3, "revenue": 4, "best": 4}[str(task.knobs["op"])]
    for task in items(families["table_page"], world, 20):
        assert task.difficulty == {"total": 3, "top": 3, "mean": 4, "count": 4}[str(task.knobs["op"])]
    for name in ("money", "algebra", "units"):
        for task in items(families[name], world, 20):
            assert task.oracle
            assert task.difficulty == len(task.oracle.plan)
