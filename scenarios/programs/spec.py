"""Specifications of functions on a list of whole numbers: keep some, change each, arrange, and give one result.

`evaluate` is what a specification means; `writing.code_of` is the same as Python, and the two are held against each other. `mutants` are
specifications that differ in one place, as a careless programmer's would.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Op(NamedTuple):
    """One operation with its constant, 0 where it has none."""

    name: str
    constant: int = 0


class Spec(NamedTuple):
    """`keep` and `arrange` may be empty; `result` ends it."""

    keep: tuple[Op, ...]
    change: tuple[Op, ...]
    arrange: tuple[Op, ...]
    result: Op


Result = int | None | list[int]
_KEEP: dict[str, Callable[[int, int], bool]] = {
    "even": lambda x, _: x % 2 == 0,
    "odd": lambda x, _: x % 2 != 0,
    "above": lambda x, k: x > k,
    "at_least": lambda x, k: x >= k,
    "below": lambda x, k: x < k,
    "at_most": lambda x, k: x <= k,
    "multiple": lambda x, k: x % k == 0,
    "no_multiple": lambda x, k: x % k != 0,
}
_CHANGE: dict[str, Callable[[int, int], int]] = {
    "add": lambda x, k: x + k,
    "subtract": lambda x, k: x - k,
    "times": lambda x, k: x * k,
    "square": lambda x, _: x * x,
    "negate": lambda x, _: -x,
    "absolute": lambda x, _: abs(x),
    "digits": lambda x, _: sum(map(int, str(abs(x)))),
}
_ARRANGE: dict[str, Callable[[list[int], int], list[int]]] = {
    "sort": lambda xs, _: sorted(xs),
    "sort_down": lambda xs, _: sorted(xs, reverse=True),
    "reverse": lambda xs, _: xs[::-1],
    "distinct": lambda xs, _: list(dict.fromkeys(xs)),
    "first": lambda xs, k: xs[:k],
    "last": lambda xs, k: xs[-k:],
    "second": lambda xs, _: xs[::2],
}
_RESULT: dict[str, Callable[[list[int], int], Result]] = {
    "list": lambda xs, _: xs,
    "sum": lambda xs, _: sum(xs),
    "count": lambda xs, _: len(xs),
    "largest": lambda xs, _: max(xs, default=None),
    "smallest": lambda xs, _: min(xs, default=None),
    "alternating": lambda xs, _: sum(xs[::2]) - sum(xs[1::2]),
}
KINDS = {"keep": tuple(_KEEP), "change": tuple(_CHANGE), "arrange": tuple(_ARRANGE), "result": tuple(_RESULT)}
"""The names of the operations of each part."""
_CONSTANTS = {"above": (-9, 30), "at_least": (-9, 30), "below": (0, 60), "at_most": (0, 60), "multiple": (3, 7),
              "no_multiple": (3, 7), "add": (2, 19), "subtract": (2, 19), "times": (2, 9), "first": (2, 5), "last": (2, 5)}  # fmt: skip
_SLIPS = {"even": "odd", "odd": "even", "above": "at_least", "at_least": "above", "below": "at_most", "at_most": "below",
          "multiple": "no_multiple", "no_multiple": "multiple", "add": "subtract", "subtract": "add", "sort": "sort_down",
          "sort_down": "sort", "first": "last", "last": "first", "largest": "smallest", "smallest": "largest", "square": "absolute",
          "sum": "alternating", "count": "sum", "alternating": "sum"}  # fmt: skip
"""What each operation is easily taken for."""


def evaluate(spec: Spec, numbers: Sequence[int]) -> Result:
    """What the function gives for these numbers."""
    kept = [x for x in numbers if all(_KEEP[op.name](x, op.constant) for op in spec.keep)]
    for op in spec.change:
        kept = [_CHANGE[op.name](x, op.constant) for x in kept]
    for op in spec.arrange:
        kept = _ARRANGE[op.name](kept, op.constant)
    return _RESULT[spec.result.name](kept, 0)


def draw(rng: random.Random, level: int) -> Spec:
    """A specification of `level` 1 to 3: so many operations before the result, at least two."""
    parts = rng.sample(("keep", "change", "arrange"), 2) if level < 3 else ["keep", "change", "arrange"]
    more = rng.choice(parts) if level > 1 else ""
    pools = {"keep": [*_KEEP], "change": [*_CHANGE], "arrange": [*_ARRANGE]}
    chosen = {part: _some(rng, pool, (part in parts) + (part == more)) for part, pool in pools.items()}
    if {"even", "odd"} <= {op.name for op in chosen["keep"]}:  # nothing would be left
        chosen["keep"] = chosen["keep"][:1]
    results = [name for name in _RESULT if not (name == "list" and not chosen["arrange"] and not chosen["change"])]
    return Spec(chosen["keep"], chosen["change"], chosen["arrange"], Op(rng.choice(results)))


def _some(rng: random.Random, names: list[str], count: int) -> tuple[Op, ...]:
    return tuple(
        Op(name, rng.randint(*_CONSTANTS[name]) if name in _CONSTANTS else 0) for name in rng.sample(names, count)
    )


def inputs(rng: random.Random, count: int) -> list[list[int]]:
    """Lists that tell functions apart: empty, single, negative, repeated, long."""
    fixed: list[list[int]] = [[], [0], [7, 7, 7], [-3, -8, -15], list(range(-6, 13))]
    return fixed + [_numbers(rng) for _ in range(count - len(fixed))]


def _numbers(rng: random.Random) -> list[int]:
    pool = [rng.randint(-40, 99) for _ in range(rng.randint(2, 9))]
    return pool + rng.choices(pool, k=rng.randint(0, 3))


def mutants(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Every specification that differs in one place, with what is different in words."""
    for why, keep in _changed(spec.keep):
        yield why, spec._replace(keep=keep)
    for why, change in _changed(spec.change):
        yield why, spec._replace(change=change)
    for why, arrange in _changed(spec.arrange):
        yield why, spec._replace(arrange=arrange)
    if spec.result.name in _SLIPS:
        instead = _SLIPS[spec.result.name]
        yield f"gives the {instead} instead of the {spec.result.name}", spec._replace(result=Op(instead))


def _changed(ops: tuple[Op, ...]) -> Iterator[tuple[str, tuple[Op, ...]]]:
    for place, op in enumerate(ops):
        yield f"leaves out a step ({op.name})", ops[:place] + ops[place + 1 :]
        for why, other in _slipped(op):
            yield why, (*ops[:place], other, *ops[place + 1 :])


def _slipped(op: Op) -> Iterator[tuple[str, Op]]:
    if op.name in _SLIPS:
        yield f"takes {op.name} for {_SLIPS[op.name]}", op._replace(name=_SLIPS[op.name])
    if op.constant:
        yield f"takes {op.constant + 1} for {op.constant}", op._replace(constant=op.constant + 1)
