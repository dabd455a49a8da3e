"""Unpaired steps with a label, for KTO: the first bad step of each wrong trajectory, and one step of each kept one.

A kept trajectory gives the step its key falls on, so that answers and calls both appear. Trainers want neither label
to be rare; the card tells how many there are of each. A wrong step that no row can hold, such as one with arguments that are no JSON
object, is left out.
"""

from collections.abc import Iterator
from zlib import crc32

from traces.export import checks
from traces.export.checks import Fault
from traces.export.format import Format, Group, Item, LeftOut, Line, Refused
from traces.export.parting import RIGHT, SHARED, WRONG, cut, said, unheld
from traces.export.row import Row, canonical
from traces.stored import Stored


class KTO(Format):
    name = "kto"
    chat = True
    summary = "Single steps labelled right or wrong, for KTO."
    features = {
        "id": "dtype: string",
        "prompt": "list: json",
        "completion": "list: json",
        "label": "dtype: bool",
        "tools": "list: json",
        "step": "dtype: int64",
        "codes": "list: string",
        "repaired": "dtype: bool",
    }

    def lines(self, group: Group) -> Iterator[Item]:
        for stored in group:
            row = canonical(stored)
            step = _step(stored, row)
            if step is None:
                continue
            label = stored.decision == "keep"
            short = cut(row, said(row)[step])
            found = checks.check(short, RIGHT if label else WRONG)
            if found:
                why = _known(short) if label else _unheld(short, found)
                yield LeftOut(row.id, why) if why else Refused(row.id, found)
            else:
                line = _line(short, step, label, stored.codes)
                yield Line(f"data/{self.options.split(row.query)}.jsonl", line, "right" if label else "wrong")


def _known(row: Row) -> str:
    """Why a row with a right step is left out, where a turn before it is known to be wrong and no template takes it."""
    unreadable = checks.unreadable(row)
    return checks.UNREADABLE if unreadable and unreadable <= row.wrong else ""


def _unheld(row: Row, found: list[Fault]) -> str:
    """Why a row with a wrong step is left out, where that step alone is what no row can hold."""
    before = cut(row, len(row.messages) - 2)
    return "" if checks.check(before, SHARED) else unheld(found)


def _step(stored: Stored, row: Row) -> int | None:
    places = said(row)
    if stored.decision == "keep":
        good = [step for step, place in enumerate(places) if place not in row.wrong]
        return good[crc32(stored.key.encode()) % len(good)] if good else None
    bad = stored.first_bad_step
    return bad if stored.decision in ("reject", "repair") and bad is not None and bad < len(places) else None


def _line(row: Row, step: int, label: bool, codes: tuple[str, ...]) -> dict[str, object]:
    return {
        "id": f"{row.id}/{step}",
        "prompt": row.messages[:-1],
        "completion": row.messages[-1:],
        "label": label,
        "tools": row.tools,
        "step": step,
        "codes": () if label else codes,
        "repaired": row.repaired,
    }
