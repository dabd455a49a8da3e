"""The pictures of an ablation and of rounds."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graders.wilson import Share
from winnow.training.ablation import Cell
from winnow.training.arms import Arm
from winnow.training.outcomes import Outcome, share


def draw(cells: Sequence[Cell], arms: Sequence[Arm], file: Path) -> None:
    """Success by arm at each temperature, and where arms stand for graders of several recalls, success over recall."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    recalls = {arm.name: arm.recall for arm in arms if arm.recall is not None}
    curve = len(recalls) > 2
    figure, axes = pyplot.subplots(1, 2 if curve else 1, figsize=(11 if curve else 6, 4), squeeze=False)
    _bars(axes[0][0], cells)
    if curve:
        _curve(axes[0][1], cells, recalls)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def _bars(axis: Any, cells: Sequence[Cell]) -> None:
    arms = list(dict.fromkeys(cell.arm for cell in cells))
    temperatures = list(dict.fromkeys(cell.temperature for cell in cells))
    width = 0.8 / len(temperatures)
    for shift, temperature in enumerate(temperatures):
        alike = [cell for cell in cells if cell.temperature == temperature]
        places = [arms.index(cell.arm) + shift * width for cell in alike]
        values, below, above = _heights([cell.together for cell in alike])
        axis.bar(places, values, width, yerr=(below, above), capsize=3, label=f"temperature {temperature:g}")
    axis.set_xticks([place + 0.4 - width / 2 for place in range(len(arms))], arms)
    _finish(axis, "arm")


def _curve(axis: Any, cells: Sequence[Cell], recalls: Mapping[str, float]) -> None:
    for temperature in dict.fromkeys(cell.temperature for cell in cells):
        alike = [cell for cell in cells if cell.temperature == temperature and cell.arm in recalls]
        alike.sort(key=lambda cell: recalls[cell.arm])
        values, below, above = _heights([cell.together for cell in alike])
        places = [100 * recalls[cell.arm] for cell in alike]
        axis.errorbar(places, values, (below, above), marker="o", capsize=3, label=f"temperature {temperature:g}")
    _finish(axis, "share of the rejections that stand, %")


def _heights(groups: Sequence[Sequence[Outcome]]) -> tuple[list[float], list[float], list[float]]:
    """Percentages with what lies below and above them in the interval."""
    return _spread([share(found) for found in groups])


def _spread(parts: Sequence[Share]) -> tuple[list[float], list[float], list[float]]:
    values, below, above = [], [], []
    for part in parts:
        value, (low, high) = part.value or 0.0, part.interval or (0.0, 1.0)
        values.append(100 * value)
        below.append(100 * (value - low))
        above.append(100 * (high - value))
    return values, below, above


def _finish(axis: Any, under: str) -> None:
    axis.set_xlabel(under)
    axis.set_ylabel("%" if under == "round" else "held-out success, %")
    axis.set_ylim(0, 100)
    axis.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False)  # above, where it covers no bar


def draw_rounds(rounds: Sequence[tuple[int, Share, Share]], file: Path) -> None:
    """Share kept of what was tried, and held-out success, by round."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(6, 4))
    made, success = [one[1] for one in rounds], [one[2] for one in rounds]
    for name, parts in (("kept of what was tried", made), ("held-out success", success)):
        values, below, above = _spread(parts)
        axis.errorbar([one[0] for one in rounds], values, (below, above), marker="o", capsize=3, label=name)
    axis.set_xticks([one[0] for one in rounds])
    _finish(axis, "round")
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
