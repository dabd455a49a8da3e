"""What an expression may use. Every bound is checked before the work it bounds, so nothing outside the worker runs long."""

CHARACTERS = 4_000
NODES = 3_000
DEPTH = 50
"""Brackets, signs and powers inside one another."""
BITS = 14_000
"""Of a numerator or denominator: about 4,200 decimal digits, just under what Python turns into text."""
FACTORIAL = 1_500
ITEMS = 10_000
"""Of a list, written out or made by `range`."""
ROUND_DIGITS = 50
EXPONENT_BITS = 40_000
"""Of the binary exponent of an irrational value."""
COST = 25_000.0
"""Estimated microseconds one evaluation may take, all attempts at more precision included."""
PRECISIONS = (128, 512, 2048)
"""Bits carried for irrational values: the first that settles the result is used."""
ZERO_BITS = 900
"""A value nearer to zero than 2^-900, at the last precision, is zero."""
SECONDS = 2.0
"""Wall-clock and CPU time of one symbolic, unit or other worker job."""
WORKER_BYTES = 1 << 30
