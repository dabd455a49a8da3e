"""Whether the reference of a math problem, its answer and its solution, is right as far as it can be held against itself.

`faults` asks one file for each kind of fault: the answer against the question and against the solution's end, the calculator
annotations, the equations in plain text, and (`graders.arithmetic`) the formulas. No model is asked, and no problem is solved.
"""

from graders.references.consistency import faults

__all__ = ["faults"]
