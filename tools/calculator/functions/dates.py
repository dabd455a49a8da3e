"""Dates of the Gregorian calendar, years 1 to 9999. There is no clock: today() is not offered."""

from calendar import isleap, monthrange
from datetime import date, timedelta

from tools.calculator.arithmetic import Arithmetic
from tools.calculator.functions.base import Function, Span, Value, described, whole
from tools.calculator.result import CalculationError

SPANS = {
    "day": Span(0, 1),
    "days": Span(0, 1),
    "week": Span(0, 7),
    "weeks": Span(0, 7),
    "month": Span(1, 0),
    "months": Span(1, 0),
    "year": Span(12, 0),
    "years": Span(12, 0),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: Value, name: str) -> date:
    if isinstance(value, date):
        return value
    raise CalculationError("domain", f"{name} takes a date such as 2024-03-01, not {described(value)}.")


def moved(start: date, span: Span, times: int = 1) -> date:
    """The date a span later; the last day of the month where the month has no such day. Months move before days."""
    months = start.year * 12 + start.month - 1 + span.months * times
    year, month = divmod(months, 12)
    try:
        within = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        return within + timedelta(days=span.days * times)
    except (ValueError, OverflowError, IndexError):
        raise CalculationError("domain", "Dates run from year 1 to year 9999.") from None


def make(a: Arithmetic, *args: Value) -> Value:
    if len(args) == 1:
        return day(args[0], "date")
    if len(args) != 3:
        raise CalculationError("domain", "date takes a year, a month and a day: date(2024, 3, 1).")
    year, month, number = (whole(a, x, "date") for x in args)
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        raise CalculationError("domain", f"There is no day {year}-{month}-{number}.") from None


def days_between(a: Arithmetic, first: Value, second: Value) -> Value:
    return (day(second, "days_between") - day(first, "days_between")).days


def _add(name: str, unit: Span) -> Function:
    def run(a: Arithmetic, start: Value, count: Value) -> Value:
        return moved(day(start, name), unit, whole(a, count, name))

    plural = name.removeprefix("add_")
    expected = {"days": "2024-03-01", "weeks": "2024-03-07", "months": "2024-03-29", "years": "2025-02-28"}[plural]
    example = f"{name}(2024-02-29, 1)"
    return Function(name, run, 2, 2, f"the date n {plural} later", example, expected)


def weekday(a: Arithmetic, x: Value) -> Value:
    return _WEEKDAYS[day(x, "weekday").weekday()]


def day_of_year(a: Arithmetic, x: Value) -> Value:
    return day(x, "day_of_year").timetuple().tm_yday


def is_leap_year(a: Arithmetic, x: Value) -> Value:
    return isleap(x.year if isinstance(x, date) else whole(a, x, "is_leap_year"))


def days_in_month(a: Arithmetic, x: Value, month: Value | None = None) -> Value:
    start = day(x if month is None else make(a, x, month, 1), "days_in_month")
    return monthrange(start.year, start.month)[1]


def age(a: Arithmetic, born: Value, on: Value) -> Value:
    first, second = day(born, "age"), day(on, "age")
    return second.year - first.year - ((second.month, second.day) < (first.month, first.day))


FUNCTIONS = (
    Function(
        "date",
        make,
        1,
        3,
        "a date from year, month and day",
        "date(2024, 3, 1)",
        "2024-03-01",
        ("Date", "datetime.date", "datetime"),
    ),
    Function(
        "days_between",
        days_between,
        2,
        2,
        "days from the first date to the second",
        "days_between(2024-01-15, 2024-03-01)",
        "46",
        ("date_diff", "datediff", "day_difference"),
    ),
    _add("add_days", SPANS["days"]),
    _add("add_weeks", SPANS["weeks"]),
    _add("add_months", SPANS["months"]),
    _add("add_years", SPANS["years"]),
    Function(
        "weekday",
        weekday,
        1,
        1,
        "name of the day of the week",
        "weekday(2024-02-29)",
        "Thursday",
        ("day_of_week", "dayofweek"),
    ),
    Function("day_of_year", day_of_year, 1, 1, "number of the day within its year", "day_of_year(2024-12-31)", "366"),
    Function(
        "is_leap_year",
        is_leap_year,
        1,
        1,
        "whether a year has 366 days",
        "is_leap_year(1900)",
        "false",
        ("isleap", "leap_year"),
    ),
    Function(
        "days_in_month",
        days_in_month,
        1,
        2,
        "days of a month: days_in_month(year, month)",
        "days_in_month(2024, 2)",
        "29",
    ),
    Function(
        "age", age, 2, 2, "whole years between two dates", "age(2000-05-17, 2024-05-16)", "23", ("years_between",)
    ),
)
