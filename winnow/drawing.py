"""Success against difficulty as a picture: one small panel a family, in SVG, with nothing to install. Reads in light and dark.

A panel spans the family's own difficulties, so that falls can be seen; the families whose success falls most stand first.
"""

from collections.abc import Mapping, Sequence
from html import escape

from winnow.difficulty import Point

_COLUMNS, _WIDTH, _HEIGHT = 6, 170, 118
_LEFT, _TOP, _PLOT_W, _PLOT_H = 30, 24, 128, 64
_TOLD = (
    "Right answers in % by difficulty, the steepest falls first; each panel spans the family's own difficulties. "
    "Blue: the teacher that errs evenly, with its 95 % interval. Green: the careful teacher."
)
_ABSENT = "Not drawn, as what is written there is judged by what a model makes of it, or a level has too few tasks: {}."
_STYLE = """\
<style>
 text { font: 10px system-ui, sans-serif; fill: #333 } .name { font-weight: 600 } .axis { fill: #767676; font-size: 8px }
 .frame { fill: none; stroke: #c8c8c8 } .grid { stroke: #e4e4e4 } .band { fill: #1f6feb; opacity: .16 }
 .line { fill: none; stroke: #1f6feb; stroke-width: 1.6 } .dot { fill: #1f6feb }
 .careful { fill: none; stroke: #3a9d5d; stroke-dasharray: 3 2 } .cross { fill: #3a9d5d } .paper { fill: #fff }
</style>"""


def picture(families: Mapping[str, Sequence[Point]], absent: Sequence[str] = ()) -> str:
    """The panels in rows, with a line on what is drawn, and one that names the families that are `absent`."""
    rows = -(-len(families) // _COLUMNS)
    width, height = _COLUMNS * _WIDTH + 10, rows * _HEIGHT + 34 + (20 if absent else 0)
    below = f'<text x="10" y="{height - 8}">{escape(_ABSENT.format(", ".join(absent)))}</text>' if absent else ""
    panels = [
        f'<g transform="translate({_WIDTH * (at % _COLUMNS)},{34 + _HEIGHT * (at // _COLUMNS)})">{_panel(name, points)}</g>'
        for at, (name, points) in enumerate(sorted(families.items(), key=lambda family: -_fall(family[1])))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(_TOLD)}">{_STYLE}<rect class="paper" width="{width}" height="{height}"/>'
        f'<text x="10" y="16">{escape(_TOLD)}</text>{"".join(panels)}{below}</svg>\n'
    )


def _fall(points: Sequence[Point]) -> float:
    """How much rarer right answers are at the highest difficulty than at the lowest."""
    return (points[0].right.value or 0.0) - (points[-1].right.value or 0.0)


def _panel(name: str, points: Sequence[Point]) -> str:
    frame = f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_PLOT_W}" height="{_PLOT_H}"/>'
    grid = "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + _PLOT_W}" y1="{_y(v)}" y2="{_y(v)}"/>' for v in (0.25, 0.5, 0.75)
    )
    scale = "".join(
        f'<text class="axis" x="{_LEFT - 4}" y="{_y(v) + 3}" text-anchor="end">{round(100 * v)}</text>'
        for v in (0, 0.5, 1)
    )
    levels = "".join(
        f'<text class="axis" x="{_x(p.level, points)}" y="{_TOP + _PLOT_H + 10}" text-anchor="middle">{p.level}</text>'
        for p in points
    )
    title = f'<text class="name" x="{_LEFT}" y="{_TOP - 6}">{escape(name)}</text>'
    return title + grid + frame + scale + levels + _band(points) + _curves(points)


def _band(points: Sequence[Point]) -> str:
    """The interval as an area, or as a bar where there is one level alone."""
    some = [(p.level, *p.right.interval) for p in points if p.right.interval]
    if len(some) == 1:
        level, low, high = some[0]
        return f'<rect class="band" x="{_x(level, points) - 5}" y="{_y(high)}" width="10" height="{_y(low) - _y(high):.1f}"/>'
    there = [f"{_x(level, points)},{_y(high)}" for level, _, high in some]
    back = [f"{_x(level, points)},{_y(low)}" for level, low, _ in reversed(some)]
    return f'<polygon class="band" points="{" ".join(there + back)}"/>'


def _curves(points: Sequence[Point]) -> str:
    right = [(_x(p.level, points), _y(p.right.value)) for p in points if p.right.value is not None]
    careful = [(_x(p.level, points), _y(p.careful.value)) for p in points if p.careful.value is not None]
    parts = [
        f'<polyline class="{kind}" points="{" ".join(f"{x},{y}" for x, y in some)}"/>'
        for kind, some in (("careful", careful), ("line", right))
        if len(some) > 1
    ]
    parts += [f'<circle class="cross" cx="{x}" cy="{y}" r="1.6"/>' for x, y in careful]
    return "".join([*parts, *(f'<circle class="dot" cx="{x}" cy="{y}" r="2.2"/>' for x, y in right)])


def _x(level: int, points: Sequence[Point]) -> float:
    low, high = points[0].level, points[-1].level
    share = (level - low) / (high - low) if high > low else 0.5
    return round(_LEFT + _PLOT_W * (0.06 + 0.88 * share), 1)


def _y(share: float) -> float:
    return round(_TOP + _PLOT_H * (1 - share), 1)
