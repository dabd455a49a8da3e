"""Traces made elsewhere: rows of files in other tools' forms become trajectories like our own. Nothing is judged here.

`rows(path)` streams a file's rows, `read(row, number, form)` makes a trajectory of one or raises `RowError` with the cause. Forms are
found in `traces/imports/forms/`, one file each. What a row does not tell is recorded as missing, never guessed.
"""

from traces.imports.errors import RowError, SourceError
from traces.imports.files import Raw, rows, unpacked
from traces.imports.form import all_forms
from traces.imports.trace import read

__all__ = ["Raw", "RowError", "SourceError", "all_forms", "read", "rows", "unpacked"]
