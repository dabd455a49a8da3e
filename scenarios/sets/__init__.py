"""The user's own problem sets: rows of a file as problems, whatever their form. `read_set` is the one to use."""

from scenarios.sets.rows import BrokenRow, CodeRow, MathRow, Row, read_set

__all__ = ["BrokenRow", "CodeRow", "MathRow", "Row", "read_set"]
