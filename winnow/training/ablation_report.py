"""An ablation told: tables in Markdown, figures as data, null results with the rest."""

from collections.abc import Iterator, Sequence
from typing import Any

from winnow.training.ablation import Cell, families
from winnow.training.outcomes import Outcome, difference, share


def page(cells: Sequence[Cell], facts: Sequence[str]) -> str:
    """All tables."""
    shared = {cell.arm: cell.models for cell in cells if cell.models}
    told = [
        *facts,
        *(f"{arm} has the very rows of {other}, so the models of {other} are its own" for arm, other in shared.items()),
    ]
    lines = ["# Ablation", "", *(f"- {fact}" for fact in told), "", "## Held-out success", ""]
    lines += [*_whole(cells), "", "## By family", "", *_by_family(cells), ""]
    return "\n".join(lines)


def figures(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            "arm": cell.arm,
            "models_of": cell.models or cell.arm,
            "temperature": cell.temperature,
            "success": share(cell.together).facts(),
            "by_seed": [share(seed).facts() for seed in cell.by_seed],
            "by_family": {name: share(_of(cell, name)).facts() for name in families(cells)},
            "errors": sum(outcome.error for outcome in cell.together),
            "calls": sum(outcome.calls for outcome in cell.together),
            "valid_calls": sum(outcome.valid for outcome in cell.together),
            "first_arm_minus_this": difference(_first(cells, cell).by_seed, cell.by_seed)._asdict(),
        }
        for cell in cells
    ]


def _first(cells: Sequence[Cell], like: Cell) -> Cell:
    return next(cell for cell in cells if cell.temperature == like.temperature)


def _whole(cells: Sequence[Cell]) -> Iterator[str]:
    first = cells[0].arm
    yield f"| temperature | arm | success | 95 % | by seed | {first} minus this, points | valid calls | errors |"
    yield "|---:|---|---:|---|---|---|---:|---:|"
    for cell in cells:
        every = cell.together
        calls, valid = sum(one.calls for one in every), sum(one.valid for one in every)
        gap = "" if cell.arm == first else difference(_first(cells, cell).by_seed, cell.by_seed).words()
        columns = [
            f"{cell.temperature:g}",
            cell.arm,
            *_told(every),
            ", ".join(_told(seed)[0] for seed in cell.by_seed),
            gap,
        ]
        yield f"| {' | '.join([*columns, f'{valid:,} of {calls:,}', str(sum(one.error for one in every))])} |"


def _by_family(cells: Sequence[Cell]) -> Iterator[str]:
    yield f"| temperature | family | tasks | {' | '.join(dict.fromkeys(cell.arm for cell in cells))} |"
    yield "|---:|---|---:|" + "---:|" * len({cell.arm for cell in cells})
    for temperature in dict.fromkeys(cell.temperature for cell in cells):
        alike = [cell for cell in cells if cell.temperature == temperature]
        for name in families(cells):
            tasks = len({outcome.task for outcome in _of(alike[0], name)})
            yield f"| {temperature:g} | {name} | {tasks} | {' | '.join(_told(_of(cell, name))[0] for cell in alike)} |"


def _of(cell: Cell, family: str) -> list[Outcome]:
    return [outcome for outcome in cell.together if outcome.family == family]


def _told(found: Sequence[Outcome]) -> tuple[str, str]:
    """The share and its interval in percent."""
    part = share(found)
    if part.value is None or part.interval is None:
        return "-", "-"
    return f"{part.value:.1%}", f"{part.interval[0]:.1%} to {part.interval[1]:.1%}"
