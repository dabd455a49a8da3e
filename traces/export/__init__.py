"""Training data from a ledger: one canonical row, many writers, every row checked before it is written.

`export(ledger, format, folder)` is all a caller needs. Formats are found in `traces/export/formats/`, one file each. Equal ledgers
give byte-identical files: no clock, no path and no duration goes into them.
"""

from traces.export.errors import ExportError
from traces.export.format import all_formats
from traces.export.masking import ChatTokenizer, Measuring
from traces.export.options import Options
from traces.export.proof import prove
from traces.export.rendering import Rendering, losses
from traces.export.report import ExportReport
from traces.export.run import export, preview
from traces.export.template import Template
from traces.select import SelectError

__all__ = [
    "ChatTokenizer",
    "ExportError",
    "ExportReport",
    "Measuring",
    "Options",
    "Rendering",
    "SelectError",
    "Template",
    "all_formats",
    "export",
    "losses",
    "preview",
    "prove",
]
