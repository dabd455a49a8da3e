"""Sums, extremes and statistics of a list, or of the arguments."""

from collections import Counter
from functools import cmp_to_key

from tools.calculator import limits
from tools.calculator.arithmetic import Arithmetic, Number
from tools.calculator.ball import Ball
from tools.calculator.functions.base import Function, Value, number, numbers, truth, whole
from tools.calculator.result import CalculationError


def _added(a: Arithmetic, values: list[Number]) -> Number:
    a.charge(len(values) * 0.7)
    total: Number = 0
    for x in values:
        total = a.add(total, x)
    return total


def sum_(a: Arithmetic, *args: Value) -> Value:
    if len(args) == 2 and isinstance(args[0], list) and not isinstance(args[1], list):
        return _added(a, [*numbers(args[:1], "sum", 0), number(args[1], "sum")])
    return _added(a, numbers(args, "sum", 0))


def product(a: Arithmetic, *args: Value) -> Value:
    total: Number = 1
    for x in numbers(args, "prod", 0):
        total = a.multiply(total, x)
    return total


def _sorted(a: Arithmetic, values: list[Number]) -> list[Number]:
    a.charge(len(values) * 3)
    if any(isinstance(x, Ball) for x in values):
        return sorted(values, key=cmp_to_key(a.compare))
    return sorted(values)


def minimum(a: Arithmetic, *args: Value) -> Value:
    return _sorted(a, numbers(args, "min"))[0]


def maximum(a: Arithmetic, *args: Value) -> Value:
    return _sorted(a, numbers(args, "max"))[-1]


def sort(a: Arithmetic, *args: Value) -> Value:
    return list(_sorted(a, numbers(args, "sorted", 0)))


def mean(a: Arithmetic, *args: Value) -> Value:
    values = numbers(args, "mean")
    return a.divide(_added(a, values), len(values))


def geometric_mean(a: Arithmetic, *args: Value) -> Value:
    values = numbers(args, "geometric_mean")
    if any(a.sign(x) < 0 for x in values):
        raise CalculationError("domain", "geometric_mean takes numbers from 0 up.")
    return a.root(number(product(a, *values), "geometric_mean"), len(values))


def harmonic_mean(a: Arithmetic, *args: Value) -> Value:
    values = numbers(args, "harmonic_mean")
    if any(a.sign(x) <= 0 for x in values):
        raise CalculationError("domain", "harmonic_mean takes positive numbers.")
    return a.divide(len(values), _added(a, [a.divide(1, x) for x in values]))


def median(a: Arithmetic, *args: Value) -> Value:
    values = _sorted(a, numbers(args, "median"))
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else a.divide(a.add(values[middle - 1], values[middle]), 2)


def mode(a: Arithmetic, *args: Value) -> Value:
    counts = Counter(numbers(args, "mode"))
    top = max(counts.values())
    modes = [x for x, count in counts.items() if count == top]
    return modes[0] if len(modes) == 1 else list(modes)


def _interpolated(a: Arithmetic, values: Value, share: Number, name: str) -> Value:
    """The value below which a share of the list lies, on the straight line between its neighbours."""
    if a.sign(share) < 0 or a.compare(share, 1) > 0:
        raise CalculationError(
            "domain", f"{name} takes a place within the list: 0 to {100 if 'percentile' in name else 1}."
        )
    ordered = _sorted(a, numbers((values,), name))
    place = a.multiply(share, len(ordered) - 1)
    below = min(whole(a, a.floor(place), name), len(ordered) - 1)
    above = min(below + 1, len(ordered) - 1)
    step = a.subtract(ordered[above], ordered[below])
    return a.add(ordered[below], a.multiply(step, a.subtract(place, below)))


def percentile(a: Arithmetic, values: Value, percent: Value) -> Value:
    return _interpolated(a, values, a.divide(number(percent, "np.percentile"), 100), "np.percentile")


def quantile(a: Arithmetic, values: Value, share: Value) -> Value:
    return _interpolated(a, values, number(share, "np.quantile"), "np.quantile")


def _squares(a: Arithmetic, values: list[Number]) -> Number:
    """The sum of squared deviations from the mean."""
    if not any(isinstance(x, Ball) for x in values):
        total = _added(a, values)
        return a.subtract(
            _added(a, [a.multiply(x, x) for x in values]), a.divide(a.multiply(total, total), len(values))
        )
    centre = a.divide(_added(a, values), len(values))
    return _added(a, [a.multiply(d, d) for d in (a.subtract(x, centre) for x in values)])


def variance(a: Arithmetic, *args: Value) -> Value:
    values = numbers(args, "variance", 2)
    return a.divide(_squares(a, values), len(values) - 1)


def pvariance(a: Arithmetic, *args: Value) -> Value:
    values = numbers(args, "pvariance")
    return a.divide(_squares(a, values), len(values))


def stdev(a: Arithmetic, *args: Value) -> Value:
    return a.root(number(variance(a, *args), "stdev"), 2)


def pstdev(a: Arithmetic, *args: Value) -> Value:
    return a.root(number(pvariance(a, *args), "pstdev"), 2)


def spread(a: Arithmetic, *args: Value) -> Value:
    values = _sorted(a, numbers(args, "ptp"))
    return a.subtract(values[-1], values[0])


def length(a: Arithmetic, *args: Value) -> Value:
    if len(args) != 1 or not isinstance(args[0], list):
        raise CalculationError("domain", "len takes one list.")
    return len(args[0])


def item(a: Arithmetic, values: Value, at: Value) -> Value:
    if not isinstance(values, list):
        raise CalculationError("domain", "Only a list has items.")
    index = whole(a, at, "item")
    if not -len(values) <= index < len(values):
        raise CalculationError("domain", f"A list of {len(values)} has no item {index}; the first is item 0.")
    found: Value = values[index]
    return found


def _conditions(args: tuple[Value, ...]) -> list[Value]:
    return list(args[0]) if len(args) == 1 and isinstance(args[0], list) else list(args)


def all_(a: Arithmetic, *args: Value) -> Value:
    return all(truth(a, x) for x in _conditions(args))


def any_(a: Arithmetic, *args: Value) -> Value:
    return any(truth(a, x) for x in _conditions(args))


def range_(a: Arithmetic, *args: Value) -> Value:
    bounds = [whole(a, x, "range") for x in args]
    if len(bounds) == 3 and bounds[2] == 0:
        raise CalculationError("domain", "The step of range must not be 0.")
    wanted = range(*bounds)
    if (
        abs(bounds[-1 if len(bounds) < 2 else 1] - (bounds[0] if len(bounds) > 1 else 0)) > 10**18
        or len(wanted) > limits.ITEMS
    ):
        raise CalculationError("too_large", f"range gives at most {limits.ITEMS} numbers.")
    a.charge(len(wanted) * 0.1)
    return list(wanted)


FUNCTIONS = (
    Function("sum", sum_, 0, None, "sum", "sum(1, 2, 3)", "6", ("fsum", "total", "add", "nansum")),
    Function("prod", product, 0, None, "product", "prod([2, 3, 4])", "24", ("product", "multiply", "mul")),
    Function("min", minimum, 1, None, "least", "min(3, 1, 2)", "1", ("minimum", "amin")),
    Function("max", maximum, 1, None, "greatest", "max(3, 1, 2)", "3", ("maximum", "amax")),
    Function("sorted", sort, 0, None, "in ascending order", "sorted([3, 1, 2])", "[1, 2, 3]", ("sort",)),
    Function(
        "mean", mean, 1, None, "arithmetic mean", "mean([1, 2, 4])", "7/3 ≈ 2.33333333333", ("avg", "average", "fmean")
    ),
    Function(
        "geometric_mean", geometric_mean, 1, None, "geometric mean", "geometric_mean(4, 9)", "6", ("gmean", "geomean")
    ),
    Function(
        "harmonic_mean", harmonic_mean, 1, None, "harmonic mean", "harmonic_mean(40, 60)", "48", ("hmean", "harmean")
    ),
    Function("median", median, 1, None, "median", "median(3, 1, 2, 10)", "2.5"),
    Function(
        "mode",
        mode,
        1,
        None,
        "most frequent number; a list of all where several are",
        "mode(1, 2, 2)",
        "2",
        ("multimode",),
    ),
    Function(
        "np.percentile",
        percentile,
        2,
        2,
        "percentile, interpolated evenly between the values",
        "np.percentile([1, 2, 3, 4], 25)",
        "1.75",
    ),
    Function(
        "np.quantile",
        quantile,
        2,
        2,
        "quantile, interpolated evenly between the values",
        "np.quantile([1, 2, 3, 4], 0.5)",
        "2.5",
    ),
    Function(
        "variance", variance, 1, None, "variance of a sample (n - 1)", "variance(1, 2, 3, 4)", "5/3 ≈ 1.66666666667"
    ),
    Function(
        "pvariance",
        pvariance,
        1,
        None,
        "variance of a population (n)",
        "pvariance(1, 2, 3, 4)",
        "1.25",
        ("np.var", "varp"),
    ),
    Function("stdev", stdev, 1, None, "standard deviation of a sample (n - 1)", "stdev(2, 4, 6)", "2"),
    Function(
        "pstdev", pstdev, 1, None, "standard deviation of a population (n)", "pstdev(1, 3)", "1", ("np.std", "stdevp")
    ),
    Function("ptp", spread, 1, None, "greatest minus least", "ptp(3, 9, 4)", "6"),
    Function("len", length, 1, 1, "number of items of a list", "len([4, 5, 6])", "3"),
    Function("item", item, 2, 2, "item of a list, counted from 0; also list[i]", "sorted([6, 4, 5])[0]", "4"),
    Function("all", all_, 1, None, "whether every condition holds", "all(3 > 2, 2 > 1)", "true"),
    Function("any", any_, 1, None, "whether one of the conditions holds", "any([1 > 2, 2 > 1])", "true"),
    Function(
        "range",
        range_,
        1,
        3,
        "whole numbers from a up to, not with, b: range(a, b, step)",
        "sum(range(1, 101))",
        "5050",
        ("arange",),
    ),
)
