"""Bugs in programs, and the program that an answer hands over, put wrong wherever the trace says it."""

import random
import re
from collections.abc import Iterator

from agents.mutants.base import Planted
from agents.mutants.figures import shuffled
from agents.mutants.scene import Scene, call_with
from traces.record import Message

_CHANGES = (
    (r"<=", "<"), (r">=", ">"), (r"<(?!=)", "<="), (r">(?!=)", ">="), (r"==", "!="), (r"===", "!=="), (r"&&", "||"),
    (r"\bmax\(", "min("), (r"\bmin\(", "max("), (r"\bsum\(", "len("), (r"\blen\(", "sum("), (r"(?<=\)) \+ (?=\()", " - "),
    (r" \* ", " + "), (r" / ", " * "), (r" % ", " // "), (r"\+= 1\b", "+= 2"), (r"\brange\(1, ", "range("),
    (r"\brange\((\w+)\)", r"range(\1 - 1)"), (r" \+ 1\b", ""), (r"\[1\]\)$", "[0])"), (r"\[1:\]", "[2:]"), (r"\[::2\]", "[1::2]"),
    (r"\[::-1\]", ""), (r"\band\b", "or"), (r"(?<== )0\b(?=\n)", "1"), (r"\bmean\(", "median("), (r"reverse=True", "reverse=False"),
    (r"\bsorted\((\w+)\)", r"sorted(\1, reverse=True)"), (r"\babs\((\w+)\)", r"\1"), (r"\bASC\b", "DESC"), (r"\bDESC\b", "ASC"),
    (r"\bMAX\(", "MIN("), (r"\bMIN\(", "MAX("), (r"\bSUM\(", "COUNT("),
)  # fmt: skip


def bugs(code: str, rng: random.Random, most: int) -> Iterator[tuple[str, str]]:
    """The code with one bug, and what was changed. Figures stay as they are: another figure would be another error."""
    places = [(m, new) for pattern, new in _CHANGES for m in re.finditer(pattern, code, re.MULTILINE)]
    for m, new in shuffled(places, rng)[:most]:
        changed = code[: m.start()] + m.expand(new) + code[m.end() :]
        yield changed, f"{m[0].strip()} became {m.expand(new).strip() or 'nothing'}"


def handed_over(scene: Scene) -> str:
    """The program in the answer's last fence; empty where there is none."""
    blocks = re.findall(r"^```[\w+-]*[ \t]*\n(.*?)^```", scene.answer.content, re.MULTILINE | re.DOTALL)
    return blocks[-1].strip() if blocks else ""


def first_written(scene: Scene, program: str) -> int | None:
    """The first step with a call that holds a program; None where only the answer does."""
    return next((a.step for a in scene.asked if any(program in a.text(name) for name in a.call.arguments)), None)


def rewritten(scene: Scene, start: int, program: str, other: str, code: str, detail: str) -> tuple[Planted, ...]:
    """Every message from a step on with another program in place of one: the first is the error, the rest follow from it."""
    says = [_with(scene.said(step), program, other) for step in range(start, scene.last + 1)]
    changed = [other in "\n".join(_texts(message)) for message in says]
    return tuple(
        Planted(message, code if place == 0 else None, detail, follows=bool(place) and changed[place])
        for place, message in enumerate(says)
    )


def _with(message: Message, program: str, other: str) -> Message:
    calls = tuple(
        call_with(call, **{k: v.replace(program, other) for k, v in call.arguments.items() if isinstance(v, str)})
        for call in message.tool_calls
    )
    return message.model_copy(
        update={"content": message.content.replace(program, other), "tool_calls": calls, "origin": "forced"}
    )


def _texts(message: Message) -> list[str]:
    return [message.content, *(str(v) for call in message.tool_calls for v in call.arguments.values())]
