"""Geometry: a frame, a triangle by its corners, a right triangle's way, the surface of a box, a similar shadow."""

import random

from scenarios.families._calculation import Line, WrongWay
from scenarios.families._mathematics import Mathematics, problem
from scenarios.family import Ask
from scenarios.slots import COUNT

_TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41))


def _draw_frame(rng: random.Random, level: int) -> Ask:
    return {"length": rng.randint(23, 90 * level), "width": rng.randint(17, 60 * level), "edge": rng.randint(2, 7)}


def _frame(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the area of the inside", f"{ask['length']} * {ask['width']}"),
        Line(
            "the area with the border", f"({ask['length']} + 2 * {ask['edge']}) * ({ask['width']} + 2 * {ask['edge']})"
        ),
        Line("the area of the border", "[1] - [0]"),
    )


def _frame_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    inside, _, border = _frame(ask)
    once = Line("the area with the border", f"({ask['length']} + {ask['edge']}) * ({ask['width']} + {ask['edge']})")
    return (WrongWay("wrong_formula", "C5", "adds the border on one side only", (inside, once, border)),)


FRAME = problem(
    "frame",
    {"length": COUNT, "width": COUNT, "edge": COUNT},
    {
        "plain": (
            "A picture of {length} cm by {width} cm gets a border {edge} cm wide all around. What is the area of the border?",
            "A path {edge} m wide runs around a lawn of {length} m by {width} m. How large is the path?",
        ),
        "terse": ("{length} by {width} pool, deck {edge} wide all around: area of the deck?",),
        "chatty": (
            "our pond is {length} m by {width} m and we want gravel {edge} m wide the whole way round it, how many square "
            "metres of gravel is that?",
        ),
        "formal": (
            "Kindly determine the area of a margin of uniform width {edge} cm that surrounds a panel of {length} cm by "
            "{width} cm.",
        ),
        "indirect": (
            "I'd like to know how much carpet shows around a rug of {length} by {width} if {edge} is left on every side.",
        ),
        "context": (
            "A garden bed measures {length} m by {width} m. A strip {edge} m wide is dug on every side of it. How many "
            "square metres is the strip?",
        ),
    },
    _draw_frame,
    _frame,
    "print(2 * {edge} * {length} + 2 * {edge} * {width} + 4 * {edge} * {edge})",
    ("The border has an area of {value}.", "It covers {value}.", "That is {value} in all."),
    wrong=_frame_wrong,
)


def _draw_corners(rng: random.Random, level: int) -> Ask:
    top = 20 + 25 * level
    return {"bx": rng.randint(21, top), "by": rng.randint(2, 19), "cx": rng.randint(2, 19), "cy": rng.randint(21, top)}


def _corners(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the product down", f"{ask['bx']} * {ask['cy']}"),
        Line("the product up", f"{ask['cx']} * {ask['by']}"),
        Line("the area", "([0] - [1]) / 2"),
    )


def _corners_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    down, up, _ = _corners(ask)
    whole = Line("the area", "[0] - [1]")
    return (WrongWay("wrong_formula", "C5", "forgets to halve the parallelogram", (down, up, whole)),)


CORNERS = problem(
    "corners",
    {"bx": COUNT, "by": COUNT, "cx": COUNT, "cy": COUNT},
    {
        "plain": (
            "What is the area of the triangle with corners (0, 0), ({bx}, {by}) and ({cx}, {cy})?",
            "A triangle has one corner at the origin, one at ({bx}, {by}) and one at ({cx}, {cy}). How large is it?",
        ),
        "terse": ("Triangle (0, 0), ({bx}, {by}), ({cx}, {cy}): area?",),
        "chatty": (
            "I marked three pegs on the grid, one at the origin, then ({bx}, {by}) and then ({cx}, {cy}), what area does the "
            "string around them close in?",
        ),
        "formal": (
            "Please compute the area enclosed by the points (0, 0), ({bx}, {by}) and ({cx}, {cy}) in the plane.",
        ),
        "indirect": (
            "I'm trying to work out how much land lies between posts at the origin, at ({bx}, {by}) and at ({cx}, {cy}).",
        ),
        "context": (
            "A sail is drawn on squared paper. Its corners are the origin, ({bx}, {by}) and ({cx}, {cy}). How many squares "
            "does it cover?",
        ),
    },
    _draw_corners,
    _corners,
    "from fractions import Fraction\ncorners = [(0, 0), ({bx}, {by}), ({cx}, {cy})]\ntotal = 0\n"
    "for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1]):\n    total += a * d - c * b\nprint(abs(Fraction(total, 2)))",
    ("The area is {value}.", "It covers {value}.", "That makes {value}."),
    wrong=_corners_wrong,
)


def _draw_way(rng: random.Random, level: int) -> Ask:
    one, other, _ = rng.choice(_TRIPLES)
    scale = rng.randint(3, 14 * level)
    return {"east": one * scale, "north": other * scale}


def _way(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the square of the way straight across", f"{ask['east']}**2 + {ask['north']}**2"),
        Line("the way straight across", "isqrt([0])"),
        Line("what is saved", f"{ask['east']} + {ask['north']} - [1]"),
    )


def _way_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    _, root, saved = _way(ask)
    whole = Line("the square of the way straight across", f"({ask['east']} + {ask['north']})**2 - {ask['east']}**2")
    return (WrongWay("wrong_formula", "C5", "squares the sum of the two ways", (whole, root, saved)),)


WAY = problem(
    "way",
    {"east": COUNT, "north": COUNT},
    {
        "plain": (
            "Instead of walking {east} m east and then {north} m north, somebody cuts straight across. How many metres are saved?",
            "How much shorter is the straight line than going {east} m along one side and {north} m along the other, at a "
            "right angle?",
        ),
        "terse": ("{east} m east, {north} m north, or straight across: metres saved?",),
        "chatty": (
            "the pavement goes {east} m to the corner and then {north} m up, but everyone walks over the grass, how many "
            "metres does that save?",
        ),
        "formal": (
            "Kindly state by how many metres the hypotenuse is shorter than the two legs of {east} m and {north} m together.",
        ),
        "indirect": (
            "I wonder what distance a drone saves that flies direct where the road has {east} m east plus {north} m north.",
        ),
        "context": (
            "A cable now runs {east} m along a wall. Then it turns at a right angle for {north} m. A straight one would do. "
            "How much cable is saved?",
        ),
    },
    _draw_way,
    _way,
    "from math import hypot\nprint({east} + {north} - round(hypot({east}, {north})))",
    ("That saves {value} m.", "It is {value} m shorter.", "{value} m are saved."),
    wrong=_way_wrong,
    unit="m",
)


def _draw_box(rng: random.Random, level: int) -> Ask:
    return {
        "length": rng.randint(21, 60 * level),
        "width": rng.randint(13, 40 * level),
        "height": rng.randint(11, 30 * level),
    }


def _box(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the bottom", f"{ask['length']} * {ask['width']}"),
        Line("the walls", f"2 * {ask['height']} * ({ask['length']} + {ask['width']})"),
        Line("the whole outside without a lid", "[0] + [1]"),
    )


def _box_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    bottom, walls, _ = _box(ask)
    lid = Line("the whole outside without a lid", "2 * [0] + [1]")
    return (WrongWay("wrong_formula", "C5", "counts a lid that is not there", (bottom, walls, lid)),)


BOX = problem(
    "box",
    {"length": COUNT, "width": COUNT, "height": COUNT},
    {
        "plain": (
            "An open box is {length} cm long, {width} cm wide and {height} cm high. How much cardboard is its surface, without a lid?",
            "What is the outer surface of a tank of {length} cm by {width} cm by {height} cm height that has no top?",
        ),
        "terse": ("Box without a lid, {length} x {width} cm, {height} cm high: surface?",),
        "chatty": (
            "I'm lining a drawer that is {length} cm by {width} cm and {height} cm deep, bottom and four sides, how many square "
            "cm of felt do I need?",
        ),
        "formal": (
            "Please state the area of the base and lateral faces of a cuboid with base {length} cm by {width} cm and height "
            "{height} cm.",
        ),
        "indirect": (
            "I'd like to know how much has to be painted on a trough {length} long, {width} wide and {height} high with an open top.",
        ),
        "context": (
            "A planter is {length} cm long and {width} cm wide. It is {height} cm tall and open above. Bottom and sides get a "
            "coat of paint. How many square centimetres is that?",
        ),
    },
    _draw_box,
    _box,
    "faces = [({length}, {width}), ({length}, {height}), ({length}, {height}), ({width}, {height}), ({width}, {height})]\n"
    "print(sum(a * b for a, b in faces))",
    ("The surface is {value}.", "It takes {value}.", "That is {value} of it."),
    wrong=_box_wrong,
)


class Geometry(Mathematics):
    """Areas, lengths and surfaces, by calculator and code."""

    name = "geometry"
    summary = "borders, triangles by their corners, the straight way, boxes without a lid"
    harder = "always 3: lines of calculation"
    problems = (FRAME, CORNERS, WAY, BOX)
