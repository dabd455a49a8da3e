"""A small language of list functions: a specification that can be told in words, evaluated, written as Python, and broken in one place."""

from scenarios.programs.spec import Op, Spec, draw, evaluate, inputs, mutants
from scenarios.programs.writing import code_of, told

__all__ = ["Op", "Spec", "code_of", "draw", "evaluate", "inputs", "mutants", "told"]
