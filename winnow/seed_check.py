"""The self-check of a scenario in which a model writes the queries: what its seeds are drawn from is there. No model is asked."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from scenarios.queries.family_seeds import family_seeds
from scenarios.queries.grid import cells
from scenarios.queries.seeds import Sources, make_seed
from scenarios.scenario import Scenario
from winnow.authoring import pages, read_files, write_part
from winnow.folder import RunFolder
from winnow.machine import machine


class SeedFinding(NamedTuple):
    """What one domain's queries are made from. `passages` of so many seeds tried show one; `problem` says what is missing."""

    domain: str
    cells: int
    topics: int
    passages: int
    seeds: int
    problem: str = ""


async def check_seeds(scenario: Scenario, count: int) -> list[SeedFinding]:
    """Make so many seeds of each cell. Raises MachineError, TopicsError, SeedsError."""
    write = write_part(scenario)
    grid = cells(write.domains, scenario.tools, write.levels, write.languages)
    found, own = read_files(write)
    with tempfile.TemporaryDirectory() as folder:
        async with machine(scenario, RunFolder(Path(folder))) as parts:
            own = (*own, *family_seeds(write.families, parts.world, scenario.seed))
            given = Sources(found, write.techniques, scenario.tools, pages(parts.search), own)
            made = [make_seed(f"check-{n}", cell, scenario.seed, (), given) for cell in grid for n in range(count)]
    sizes, tried = Counter(cell.domain for cell in grid), Counter(seed.cell.domain for seed in made)
    shown = Counter(seed.cell.domain for seed in made if seed.passage)
    lacking = {
        s.cell.domain for s in made if "search" in s.cell.needs and given.page and s.passage is None and not s.parents
    }
    empty = "the pages that are searched are none: nothing could be found"
    return [
        SeedFinding(d, sizes[d], len(found[d]), shown[d], tried[d], empty if d in lacking else "")
        for d in write.domains
    ]
