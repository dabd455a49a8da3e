"""A calculator for what models write: exact, closed to code, bounded in time.

`evaluate` answers with a Result and never raises; `compute` does the same without blocking an event loop; `value` gives the
number alone; `parse_number` reads one number as people write it. Plain expressions are computed here; symbolic work and units
go to a worker process that is killed at its limit. Limits: real numbers only, sizes as in `limits.py`.
"""

from tools.calculator.plain import value
from tools.calculator.reading import parse_number
from tools.calculator.result import ERROR_CODES, ErrorCode, Problem, Result
from tools.calculator.service import compute, evaluate

__all__ = ["ERROR_CODES", "ErrorCode", "Problem", "Result", "compute", "evaluate", "parse_number", "value"]
