"""The data tables of a world: what each topic's columns are and how its rows are drawn. Their figures are no entity's facts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from scenarios.world.draws import Draw
from scenarios.world.facts import Attribute, Value
from scenarios.world.names import stems

Row = tuple[Value, ...]


class Topic(NamedTuple):
    """A kind of table. `title` takes the entity's name; `rows` draws them all."""

    name: str
    title: str
    kinds: tuple[str, ...]
    columns: tuple[Attribute, ...]
    rows: Callable[[Draw, int], list[Row]]


def _years(draw: Draw, count: int) -> list[Row]:
    first = 2024 - count
    return [
        (first + i, draw.between(1_200, 98_000), draw.decimal(900, 99_000, 2), draw.between(100, 9_900))
        for i in range(count)
    ]


def _arrivals(draw: Draw, count: int) -> list[Row]:
    spell = stems("barges")
    day, rows = date(2023, 1, 2).toordinal(), list[Row]()
    for _ in range(count):
        day += draw.between(1, 8)
        barge = f"{spell.word(draw.below(spell.space))} {draw.between(11, 99)}"
        rows.append((date.fromordinal(day), barge, draw.decimal(12, 900, 1), draw.decimal(40, 2_600, 2)))
    return rows


_GOODS = (
    "bolts",
    "brackets",
    "hinges",
    "gaskets",
    "valves",
    "springs",
    "bearings",
    "washers",
    "cables",
    "filters",
    "nozzles",
    "clamps",
    "rollers",
    "knobs",
    "panels",
    "hoses",
    "levers",
    "plugs",
    "rails",
    "seals",
)
_FINISH = ("short", "long", "wide", "narrow", "heavy", "light")


def _prices(draw: Draw, count: int) -> list[Row]:
    articles = draw.shuffled([f"{finish} {goods}" for goods in _GOODS for finish in _FINISH])
    return [
        (article, f"{draw.pick('ABCDEFGH')}{draw.between(1000, 9999)}", draw.decimal(1, 480, 2), draw.between(3, 2_400))
        for article in articles[:count]
    ]


def _months(draw: Draw, count: int) -> list[Row]:
    start = 2024 * 12 - count
    return [
        (
            f"{(start + i) // 12}-{(start + i) % 12 + 1:02d}",
            draw.between(20, 4_800),
            draw.decimal(100, 60_000, 2),
            draw.decimal(0, 900, 2),
        )
        for i in range(count)
    ]


def _measurements(draw: Draw, count: int) -> list[Row]:
    start = date(2023, 3, 1) + timedelta(days=draw.below(200))
    return [
        (start + timedelta(days=i), draw.decimal(-20, 38, 1), draw.decimal(940, 1_050, 1), draw.between(12, 99))
        for i in range(count)
    ]


TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        Topic(
            "yearly figures",
            "Yearly figures of {}",
            ("town", "institute"),
            (
                Attribute("year", "year", "number"),
                Attribute("guests", "overnight guests", "number", "guests"),
                Attribute("takings", "market takings", "money", "crowns"),
                Attribute("permits", "permits issued", "number", "permits"),
            ),
            _years,
        ),
        Topic(
            "barge arrivals",
            "Barge arrivals logged by {}",
            ("ship", "structure", "expedition", "shipment"),
            (
                Attribute("day", "day", "date"),
                Attribute("barge", "barge", "text"),
                Attribute("load", "load", "number", "t"),
                Attribute("dues", "dues", "money", "crowns"),
            ),
            _arrivals,
        ),
        Topic(
            "spare parts",
            "Spare parts list of {}",
            ("firm", "product"),
            (
                Attribute("part", "part", "text"),
                Attribute("part_number", "part number", "text"),
                Attribute("unit_price", "unit price", "money", "crowns"),
                Attribute("stock", "stock", "number", "pieces"),
            ),
            _prices,
        ),
        Topic(
            "monthly accounts",
            "Monthly accounts of {}",
            ("person", "event", "regulation"),
            (
                Attribute("month", "month", "text"),
                Attribute("letters", "letters", "number", "letters"),
                Attribute("income", "income", "money", "crowns"),
                Attribute("postage", "postage", "money", "crowns"),
            ),
            _months,
        ),
        Topic(
            "daily readings",
            "Daily readings of {}",
            ("instrument",),
            (
                Attribute("day", "day", "date"),
                Attribute("temperature", "temperature", "number", "°C"),
                Attribute("pressure", "pressure", "number", "hPa"),
                Attribute("humidity", "humidity", "number", "%"),
            ),
            _measurements,
        ),
    )
}

TOPIC_OF: dict[str, Topic] = {kind: topic for topic in TOPICS.values() for kind in topic.kinds}
"""The topic of the tables of each kind."""
