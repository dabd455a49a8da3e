"""A small language of list functions: specifications are told in words, evaluated, written in nine languages, and broken in one place."""

from scenarios.programs.golang import GO
from scenarios.programs.porting import MANNERS, Returns, returns_of
from scenarios.programs.querying import query_of
from scenarios.programs.spec import Op, Spec, draw, evaluate, inputs, mutants
from scenarios.programs.writing import code_of, spec_of_code, told

_MANNERS = {**MANNERS, "go": GO}
LANGUAGES = (*_MANNERS, "sql")
"""The languages beside Python that a specification can be written in."""


def ported(spec: Spec, name: str, language: str) -> str:
    """The function in another language, under the head that `tools.trials.dialects` promises for it."""
    return query_of(spec) if language == "sql" else _MANNERS[language].written(spec, name)


__all__ = [
    "LANGUAGES",
    "Op",
    "Returns",
    "Spec",
    "code_of",
    "draw",
    "evaluate",
    "inputs",
    "mutants",
    "ported",
    "returns_of",
    "spec_of_code",
    "told",
]
