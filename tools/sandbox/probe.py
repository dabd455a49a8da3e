"""Says what this machine can confine: the level, each feature found or missing, and what to do about it.

It starts the real thing and asks it, so what it says holds for the sessions opened afterwards.
"""

import platform
import sys
from typing import NamedTuple

from tools.sandbox import languages
from tools.sandbox.host import REMEDIES, Level, Started, zygote_for
from tools.sandbox.session import SandboxUnavailable


class Feature(NamedTuple):
    """One thing the sandbox uses. `detail` is the version found, or what is wrong."""

    name: str
    found: bool
    detail: str = ""


class SandboxReport(NamedTuple):
    """`level` is full, reduced or refused; `remedies` is empty at the full level. `str` gives it as lines of text."""

    level: Level
    features: tuple[Feature, ...]
    remedies: str = ""

    def __str__(self) -> str:
        lines = [f"sandbox: {self.level}"]
        lines += [
            f"  {'found' if found else 'MISSING':8}{name}{f' ({detail})' if detail else ''}"
            for name, found, detail in self.features
        ]
        return "\n".join([*lines, *([self.remedies] if self.remedies else [])])


def sandbox_report() -> SandboxReport:
    """Probe this machine; takes a second or two the first time, as the process it starts is the one sessions will use."""
    system = Feature("Linux", sys.platform.startswith("linux"), platform.release())
    try:
        started = zygote_for("python").wait()
    except SandboxUnavailable as error:
        reason, _, _ = str(error).partition(" Remedies:")
        return SandboxReport("refused", (system, Feature("confinement", False, reason)), REMEDIES)
    features = (system, *_confinement(started), *_contents(started))
    return SandboxReport(started.level, features, "" if started.level == "full" else REMEDIES)


def _confinement(started: Started) -> list[Feature]:
    full = started.level == "full"
    reason = "" if full else started.missing
    return [
        Feature("namespaces (user, pid, mount, network, ipc, uts) and a root of its own", full, reason),
        Feature("Landlock", started.landlock > 0, f"version {started.landlock}"),
        Feature("seccomp filter", True, platform.machine()),
        Feature("size-capped work folder", full, "" if full else "measured by a watcher instead"),
    ]


def _contents(started: Started) -> list[Feature]:
    absent = {name.partition(".")[0] for name in started.absent}
    packages = [Feature(f"package {name}", name not in absent) for name in ("numpy", "sympy")]
    programs = languages.available() if started.level == "full" else {}
    return packages + [Feature(f"language {name}", found) for name, found in programs.items()]
