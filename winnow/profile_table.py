"""The fault profiles of the teacher in figures: how often each is right, and how often each kind of slip was made, in 100 attempts."""

from typing import NamedTuple

from rich.table import Table

from graders.wilson import Share
from scenarios.profiles import SLIPS
from winnow.difficulty import Swept


class Row(NamedTuple):
    """One profile: its name, attempts, right answers in % with their interval, and its slips with their rates."""

    profile: str
    attempts: str
    right: str
    slips: str


def rows(swept: Swept) -> list[Row]:
    """A row a profile. Rates are of attempts, over all families: many give a slip no occasion."""
    found = []
    for name, (right, slips) in swept.by_profile().items():
        told = ", ".join(f"{kind} {100 * n / right.of:.0f}" for kind, n in slips.most_common() if n)
        found.append(Row(name, str(right.of), _percent(right), told or "none"))
    return found


def _percent(share: Share) -> str:
    if share.value is None or share.percents is None:
        return "-"
    return f"{100 * share.value:.0f} ({share.percents[0]}-{share.percents[1]})"


def table(swept: Swept) -> Table:
    """For a terminal."""
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("profile", "attempts", "right, %", "slips in 100 attempts"):
        made.add_column(head)
    for row in rows(swept):
        made.add_row(*row)
    return made


def page(swept: Swept) -> str:
    """As Markdown, with the slips over all profiles by kind."""
    lines = ["| profile | attempts | right, % | slips in 100 attempts |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows(swept)]
    total = sum(1 for one in swept.tried if one.work.profile != "careful")
    lines += ["", "| slip | error | in 100 attempts of the careless | attempts |", "|---|---|---|---|"]
    for kind, told in SLIPS.items():
        n = sum(kind in one.slips for one in swept.tried)
        lines.append(f"| {kind} | {told} | {100 * n / max(1, total):.1f} | {n} |")
    return "\n".join(lines) + "\n"
