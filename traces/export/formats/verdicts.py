"""What was thought of every attempt, kept, sent back or not: one line each, for whoever compares verdicts with labels of their own.

A step's `verdict` is -1 where a grader failed it, 1 where one passed it and none failed, 0 where a grader broke on it and none failed,
null where none could decide. `disputed` is where critics and programs disagree, `notes` what people said: each only where there is any.
Messages are counted as in the file that a trace was imported from.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from traces.export.format import Format, Group, Line
from traces.record import Verdict
from traces.stored import Stored

_FILE = "verdicts.jsonl"


class Verdicts(Format):
    name = "verdicts"
    summary = "What was decided of every attempt and why, with a verdict, codes and graders for each step."

    def lines(self, group: Group) -> Iterator[Line]:
        yield from (Line(_FILE, _line(stored)) for stored in group)


def _line(stored: Stored) -> dict[str, Any]:
    imported = stored.plain["lineage"].get("imported") or {}
    given = imported.get("id")
    places = _places(stored, imported.get("places") or ())
    judged: defaultdict[int, list[Verdict]] = defaultdict(list)
    for verdict in stored.verdicts:
        judged[verdict.step].append(verdict)
    failed = [step for step, verdicts in judged.items() if any(v.status == "fail" for v in verdicts)]
    decision = stored.plain.get("decision") or {}
    return {
        "key": stored.key,
        "id": stored.key if given is None else given,
        "decision": stored.decision,
        "reasons": [_clean(reason) for reason in decision.get("reasons", ())],
        "first_error": places[min(failed)] if failed else None,
        "steps": [_step(place, judged[step]) for step, place in enumerate(places)],
        **({"disputed": places[step]} if (step := stored.disputed) is not None else {}),
        **({"notes": notes} if (notes := [_note(places, *note) for note in stored.notes]) else {}),
    }


def _note(places: Sequence[int], step: int | None, author: str, kind: str, text: str) -> dict[str, Any]:
    """What a person said; `message` is null where it is of the whole."""
    message = places[step] if step is not None and step < len(places) else None
    return {"message": message, "author": _clean(author), "kind": kind, "text": _clean(text)}


def _places(stored: Stored, places: Sequence[int]) -> list[int]:
    """The index of each assistant message, in the row it came from."""
    said = [index for index, message in enumerate(stored.messages) if message["role"] == "assistant"]
    return [places[index] for index in said] if places else said


def _step(place: int, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    failing = [verdict for verdict in verdicts if verdict.status == "fail"]
    return {
        "message": place,
        "verdict": _mark({verdict.status for verdict in verdicts}),
        "codes": sorted({verdict.code for verdict in failing if verdict.code}),
        "graders": sorted({verdict.grader for verdict in failing}),
    }


def _mark(statuses: set[str]) -> int | None:
    return next((mark for status, mark in (("fail", -1), ("error", 0), ("pass", 1)) if status in statuses), None)


def _clean(text: str) -> str:
    """Text that UTF-8 can hold: a reason may quote half of a surrogate pair."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
