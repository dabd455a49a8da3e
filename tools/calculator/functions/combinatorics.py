"""Counting, divisibility and primes."""

import math
from functools import reduce

from tools.calculator import limits
from tools.calculator.arithmetic import Arithmetic, too_large
from tools.calculator.functions.base import Function, Value, number, numbers, whole
from tools.calculator.result import CalculationError


def factorial(a: Arithmetic, x: Value, step: int = 1) -> Value:
    n = whole(a, x, "factorial")
    if n < 0:
        raise CalculationError("domain", "A factorial needs a whole number from 0 up.")
    if n > limits.FACTORIAL:
        raise CalculationError("too_large", f"factorial takes at most {limits.FACTORIAL}, not {n}.")
    a.charge(n * n * 0.0002)
    return math.factorial(n) if step == 1 else math.prod(range(n, 0, -step))


def gamma(a: Arithmetic, x: Value) -> Value:
    value = number(x, "gamma")
    if type(value) is int:
        if value <= 0:
            raise CalculationError("domain", "gamma has no value at 0 and the negative whole numbers.")
        return factorial(a, value - 1)
    if a.sign(value) < 0:
        raise CalculationError("domain", "gamma takes positive numbers.")
    if a.compare(value, limits.FACTORIAL) > 0:
        raise CalculationError("too_large", f"gamma takes at most {limits.FACTORIAL}.")
    a.charge(60 * (a.precision / 128) ** 2)
    return a.real("gamma", value)


def erf(a: Arithmetic, x: Value) -> Value:
    value = number(x, "erf")
    if a.compare(a.absolute(value), 100) > 0:
        raise CalculationError("too_large", "erf takes numbers from -100 to 100.")
    return 0 if value == 0 else a.real("erf", value)


def comb(a: Arithmetic, n: Value, k: Value) -> Value:
    total, chosen = _counts(a, n, k, "comb")
    chosen = min(chosen, total - chosen) if chosen <= total else chosen
    if 0 < chosen <= total and chosen * math.log2(math.e * total / chosen) > limits.BITS * 1.2:
        raise too_large("A binomial coefficient")
    a.charge(chosen * 0.5)
    return a.sized(math.comb(total, chosen))


def perm(a: Arithmetic, n: Value, k: Value | None = None) -> Value:
    if k is None:
        return factorial(a, n)
    total, chosen = _counts(a, n, k, "perm")
    if chosen <= total and chosen * total.bit_length() > limits.BITS * 1.5:
        raise too_large("A number of permutations")
    a.charge(min(chosen, total) * 0.5)
    return a.sized(math.perm(total, chosen))


def _counts(a: Arithmetic, n: Value, k: Value, name: str) -> tuple[int, int]:
    total, chosen = whole(a, n, name), whole(a, k, name)
    if total < 0 or chosen < 0:
        raise CalculationError("domain", f"{name} takes whole numbers from 0 up.")
    return total, chosen


def gcd(a: Arithmetic, *args: Value) -> Value:
    return reduce(math.gcd, [whole(a, x, "gcd") for x in numbers(args, "gcd")])


def lcm(a: Arithmetic, *args: Value) -> Value:
    result = 1
    for x in numbers(args, "lcm"):
        result = int(a.sized(math.lcm(result, whole(a, x, "lcm"))))
    return result


def is_prime(a: Arithmetic, x: Value) -> Value:
    """Exact below 3.3e24, by Miller-Rabin with the first thirteen primes."""
    n = whole(a, x, "isprime")
    if n.bit_length() > 81:
        raise CalculationError("too_large", "isprime takes numbers below 10^24.")
    if n < 2:
        return False
    primes = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    if any(n % p == 0 for p in primes):
        return n in primes
    return all(_passes(n, p) for p in primes)


def _passes(n: int, base: int) -> bool:
    twos = ((n - 1) & (1 - n)).bit_length() - 1
    x = pow(base, (n - 1) >> twos, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def fibonacci(a: Arithmetic, x: Value) -> Value:
    n = whole(a, x, "fibonacci")
    if not 0 <= n <= 20_000:
        raise CalculationError("domain", "fibonacci takes whole numbers from 0 to 20000.")
    a.charge((n / 64) ** 2 * 0.01)
    return _fibonacci(n)


def _fibonacci(n: int) -> int:
    """By doubling: F(2k) = F(k) (2 F(k+1) - F(k)), F(2k+1) = F(k)^2 + F(k+1)^2."""
    low, high = 0, 1
    for digit in bin(n)[2:]:
        low, high = low * (2 * high - low), low * low + high * high
        if digit == "1":
            low, high = high, low + high
    return low


FUNCTIONS = (
    Function("factorial", factorial, 1, 1, "n!, of a whole number", "5!", "120", ("fact",)),
    Function("gamma", gamma, 1, 1, "the gamma function, of a positive number", "gamma(5)", "24"),
    Function("erf", erf, 1, 1, "the error function", "erf(1)", "≈ 0.84270079295"),
    Function(
        "comb",
        comb,
        2,
        2,
        "ways to choose k of n",
        "C(5, 2)",
        "10",
        ("nCr", "ncr", "C", "binom", "binomial", "choose", "combinations", "combination", "nCk"),
    ),
    Function(
        "perm",
        perm,
        1,
        2,
        "ordered ways to choose k of n",
        "P(5, 2)",
        "20",
        ("nPr", "npr", "P", "permutations", "permutation", "nPk"),
    ),
    Function("gcd", gcd, 1, None, "greatest common divisor", "gcd(12, 18, 27)", "3", ("hcf", "gcf", "igcd")),
    Function("lcm", lcm, 1, None, "least common multiple", "lcm(4, 6, 10)", "60", ("ilcm",)),
    Function("isprime", is_prime, 1, 1, "whether a number is prime", "isprime(97)", "true", ("is_prime",)),
    Function("fibonacci", fibonacci, 1, 1, "the n-th Fibonacci number", "fibonacci(10)", "55", ("fib",)),
)
