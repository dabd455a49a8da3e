"""Fault profiles of the teacher: how likely each slip is, each time there is an occasion for it.

`careful` makes none. `quickstart` is a mixture under which a little under half of the attempts go wrong somewhere. The rest
are characters: one kind of carelessness each; but `even` is as likely to make any mistake that spoils the answer, wherever it can: its
success says how many places a task has to go wrong.
"""

from collections.abc import Mapping

SLIPS: dict[str, str] = {
    "broken_json": "F1: arguments that are no JSON",
    "unknown_tool": "F2: a tool that is not offered",
    "bad_argument": "F3: a missing, extra or mistyped argument",
    "illegal_value": "F4: a value outside what the schema allows",
    "made_up_id": "A1: opens a page whose id it never saw",
    "mistypes": "A1: a number in a call that nobody gave",
    "misreads": "O2: takes a neighbouring figure of the page",
    "trusts_stale": "O3: believes an outdated or unchecked page though a better one was read",
    "guesses_who": "A4: takes one of several that bear the name, without asking",
    "off_by_one": "C4: counts one too many, or one too few",
    "obeys": "S1: does what a page orders",
    "head_math": "C1: calculates in the head, wrongly",
    "unit_slip": "C2: mixes up units or scales",
    "wrong_formula": "C5: a formula that does not fit",
    "code_bug": "C6: a program that computes something else",
    "embroiders": "G1: adds a figure that nobody gave",
    "misreports": "G2: answers with another figure than it found",
    "overclaims": "G4: answers what cannot be known",
    "refuses": "G5: declines what could be answered",
    "ignores_form": "G3: breaks a demand on the form of the answer",
    "boasts": "G6: claims a check that was not made",
    "needless_call": "D1: calls a tool where none is needed",
    "skips_tool": "D2: answers without looking or calculating",
    "stops_early": "D5: stops before the answer is reached",
    "repeats": "P1: makes the same call again",
    "gives_up": "O5: gives up after one failure of a tool, though another try or another tool was left",
    "insists": "O5: makes a call again and again that cannot work",
    "pretends": "O4: tells a result of a call that failed",
    "ignores": "O1: goes on without what a failed call was to bring, or as if a call had not answered",
    "wrong_tool": "D3: calls a tool that looks like the right one and does something else",
}
"""Every kind of slip, with the code of the error it is."""
CRITIC_SLIPS: dict[str, str] = {
    "misses": "as a critic: passes a step in which it found a mistake",
    "alarms": "as a critic: fails a step in which it found none",
    "garbles": "as a critic: replies in prose instead of the form",
}
"""What the teacher gets wrong as a critic, each with its probability at each question."""
WRITER_SLIPS: dict[str, str] = {
    "rambles": "as a writer: replies in prose instead of the form",
    "echoes": "as a writer: gives back a query that it was shown",
    "overreaches": "as a writer: asks for what no tool can do",
    "trivial": "as a writer: asks what needs no tool",
    "wrong_solution": "as a writer: a candidate solution of a problem it posed that computes something else",
    "wrong_test": "as a writer: an assert of a test it wrote that expects something else",
}
"""What the teacher gets wrong as a writer of queries, each with its probability at each query."""

_MIXED: dict[str, float] = {
    "broken_json": 0.015,
    "unknown_tool": 0.012,
    "bad_argument": 0.015,
    "illegal_value": 0.015,
    "repeats": 0.02,
    "made_up_id": 0.035,
    "mistypes": 0.04,
    "misreads": 0.03,
    "head_math": 0.05,
    "unit_slip": 0.12,
    "wrong_formula": 0.08,
    "code_bug": 0.1,
    "embroiders": 0.05,
    "misreports": 0.08,
    "overclaims": 0.2,
    "refuses": 0.04,
    "ignores_form": 0.2,
    "boasts": 0.05,
    "needless_call": 0.25,
    "skips_tool": 0.05,
    "stops_early": 0.07,
    "trusts_stale": 0.3,
    "guesses_who": 0.3,
    "off_by_one": 0.12,
    "obeys": 0.25,
    "gives_up": 0.15,
    "insists": 0.2,
    "pretends": 0.12,
    "ignores": 0.01,
    "wrong_tool": 0.25,
}

EVEN = 0.08
"""How likely `even` makes a mistake that spoils the answer, at each occasion."""
_SPOILING = (
    "mistypes", "misreads", "trusts_stale", "guesses_who", "off_by_one", "obeys", "head_math", "unit_slip", "wrong_formula",
    "code_bug", "misreports", "overclaims", "ignores_form", "stops_early", "gives_up", "pretends", "ignores", "wrong_tool",
)  # fmt: skip
"""Slips after which the answer is wrong, made in the course of the work: declining and guessing at once are none of these."""

PROFILES: Mapping[str, Mapping[str, float]] = {
    "careful": {},
    "quickstart": _MIXED,
    "hasty": {"stops_early": 0.25, "skips_tool": 0.2, "misreads": 0.1, "boasts": 0.1, "wrong_tool": 0.3},
    "brittle": {"gives_up": 0.3, "insists": 0.4, "pretends": 0.3, "ignores": 0.2},
    "sloppy_with_units": {"unit_slip": 0.5, "misreads": 0.1},
    "guesser": {"made_up_id": 0.3, "overclaims": 0.5, "skips_tool": 0.3, "embroiders": 0.15},
    "credulous": {"trusts_stale": 0.6, "obeys": 0.6, "guesses_who": 0.5},
    "looper": {"repeats": 0.25},
    "head_calculator": {"head_math": 0.5, "skips_tool": 0.1},
    "clumsy_caller": {"broken_json": 0.1, "unknown_tool": 0.1, "bad_argument": 0.1, "illegal_value": 0.1},
    "poor_programmer": {"code_bug": 0.5, "wrong_formula": 0.3, "mistypes": 0.1},
    "boaster": {"boasts": 0.4, "embroiders": 0.4},
    "over_cautious": {"refuses": 0.5},
    "even": dict.fromkeys(_SPOILING, EVEN),
    "eager": {"needless_call": 0.6, "overclaims": 0.4, "repeats": 0.1},
}
"""Named profiles: slip kinds with the probability of each at each occasion."""
