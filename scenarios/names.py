"""The names a scenario may use: families, tools, graders, slips and fault profiles, as found in this checkout or install.

Tools and graders are read off the source files, so that checking a scenario imports neither LangChain nor sympy. A name
listed here is one its finder (`tools.catalogue`, `graders.base.all_graders`) finds too; a test keeps the two equal.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic_core import PydanticCustomError

from scenarios.family import all_families
from scenarios.profiles import CRITIC_SLIPS, PROFILES, SLIPS, WRITER_SLIPS

Kind = Literal["family", "tool", "grader", "slip", "profile"]
ROOT = Path(__file__).resolve().parent.parent
_GRADER = re.compile(r"""^    name(?:: ClassVar\[str\])? = (?:["']([\w-]+)["']|(\w+))""", re.MULTILINE)
_CONSTANT = re.compile(r"""^([A-Z_]+)(?:: [^=]+)? = ["']([\w-]+)["']""", re.MULTILINE)


@dataclass(frozen=True)
class Names:
    """What is there, by kind; `profiles` maps a profile's name to its slips and their probabilities."""

    families: tuple[str, ...]
    tools: tuple[str, ...]
    graders: tuple[str, ...]
    slips: tuple[str, ...]
    profiles: Mapping[str, Mapping[str, float]]

    def of(self, kind: Kind) -> tuple[str, ...]:
        """The names of one kind."""
        known: dict[Kind, tuple[str, ...]] = {
            "family": self.families,
            "tool": self.tools,
            "grader": self.graders,
            "slip": self.slips,
            "profile": tuple(self.profiles),
        }
        return known[kind]


@cache
def installed() -> Names:
    """The names of this installation."""
    return Names(
        families=tuple(sorted(all_families())),
        tools=tuple(sorted(_modules("tools/offered"))),
        graders=tuple(sorted(_graders())),
        slips=(*SLIPS, *CRITIC_SLIPS, *WRITER_SLIPS),
        profiles=PROFILES,
    )


def unknown_name(kind: Kind, value: str, known: tuple[str, ...]) -> PydanticCustomError:
    """The error for a name that is not there; it carries what is."""
    return PydanticCustomError("unknown_name", "no {kind} of that name", {"kind": kind, "found": value, "known": known})


def _modules(folder: str) -> Iterator[str]:
    return (path.stem for path in (ROOT / folder).glob("*.py") if path.stem != "__init__")


def _graders() -> set[str]:
    constants = dict(_found(_CONSTANT, "graders/*.py"))
    found = _found(_GRADER, "graders/programs/*.py", "graders/oracle/*.py")
    return {literal or constants[constant] for literal, constant in found if literal or constant in constants}


def _found(pattern: re.Pattern[str], *globs: str) -> Iterator[tuple[str, str]]:
    for path in (path for glob in globs for path in ROOT.glob(glob)):
        yield from pattern.findall(path.read_text(encoding="utf-8"))
