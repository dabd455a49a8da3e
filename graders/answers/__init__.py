"""Whether two answers in free text are the same: `equal`, `different`, or `undecided`.

Tiers, the first that knows decides: the same words; typed values (quantities with units, dates and spans, times, intervals, ratios,
collections, truth values); expressions by evaluation; names; what a longer sentence says; computer algebra in a process of its own
(`graders.answers.symbolic`). A tier is asked only where those before it are undecided. `compared` is the same for code in an event loop.

A figure and a percentage are the same where the figure is the percentage ("50" for "50 %") or its fraction ("0.5"), but 1 is not 100 %.
A missing unit is no difference, another unit is. Rounding to three digits or more of a value without end is no difference.
"""

from graders.answers.equivalence import Tier, compared, equivalent

__all__ = ["Tier", "compared", "equivalent"]
