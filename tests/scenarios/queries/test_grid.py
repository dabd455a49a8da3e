"""The grid: floors first, caps never passed, weights in between."""

from collections import Counter

from scenarios.queries.grid import Cell, Grid, cells

TOOLS = ("search", "open_page", "calculator", "python")


def grid(floor: int = 0, cap: int | None = None, seed: int = 0) -> Grid:
    return Grid(cells({"math": 3.0, "programming": 1.0}, TOOLS, (1, 2), {"en": 1.0}), floor, cap, seed)


def filled(grid: Grid, tries: int, refuse: Cell | None = None) -> Counter[Cell]:
    for _ in range(tries):
        cell = grid.next()
        if cell is None:
            break
        grid.settle(cell, accepted=cell != refuse)
    return grid.accepted


def test_cells_need_tools_that_are_there() -> None:
    found = cells({"search": 1.0, "math": 1.0}, ("calculator",), (1, 2, 3), {"en": 1.0, "de": 2.0})
    assert {cell.domain for cell in found} == {"math"}
    assert len(found) == 1 * 3 * 2
    assert found[Cell("math", ("calculator",), 2, "de")] == 2 * found[Cell("math", ("calculator",), 2, "en")]


def test_weights_are_kept() -> None:
    found = filled(grid(), 400)
    assert sum(n for cell, n in found.items() if cell.domain == "math") == 300


def test_every_cell_gets_its_floor_first() -> None:
    found = filled(grid(floor=3), 3 * 8)
    assert set(found.values()) == {3}
    assert len(found) == 8


def test_no_cell_passes_its_cap_and_then_there_is_none() -> None:
    full = grid(cap=2)
    assert set(filled(full, 100).values()) == {2}
    assert full.next() is None


def test_a_cell_in_which_nothing_succeeds_does_not_take_all_tries() -> None:
    stuck = Cell("math", ("calculator",), 1, "en")
    full = grid(floor=2)
    filled(full, 200, refuse=stuck)
    assert full.accepted[stuck] == 0
    assert 20 < full.failed[stuck] < 100


def test_equal_histories_give_equal_choices_and_other_seeds_others() -> None:
    def first(seed: int) -> list[Cell | None]:
        made = grid(seed=seed)
        return [made.next() for _ in range(8)]

    assert first(1) == first(1)
    assert first(1) != first(2)
