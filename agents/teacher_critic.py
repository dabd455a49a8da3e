"""The teacher as a critic: it reads the conversation out of the text it is shown, and judges the step by the program graders.

It knows no oracle, so what programs cannot see without one it cannot see either. Beyond that its errors are planted and seeded: of the
faults it finds it misses the share `misses`, of the steps without any it fails the share `alarms`, and of its replies the share `garbles`
is prose.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import orjson
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from graders.base import Case, Finding, Grader, Unscored, all_graders
from graders.critics.quotes import find
from graders.critics.view import BAR, Part, View
from traces.base import content_hash
from traces.record import Ending, FunctionCall, Message, Step, ToolCall, ToolResult
from traces.task import Task

_HEAD = re.compile(r"^(.+) \[([^\]]+)\]:$")
_CALL = re.compile(r"call \d+ of (.*?)(, malformed)?$")
PROSE = "Looking at this step, I would say that it is hard to tell, and that on the whole it may well be in order."


class Shown(NamedTuple):
    """A part of the conversation as it was shown."""

    what: str
    place: str
    text: str


def criticism(messages: Sequence[BaseMessage], profile: Mapping[str, float], seed: int) -> AIMessage:
    """The teacher's reply to a critic's question."""
    asked = next(m.text for m in messages if isinstance(m, HumanMessage))
    rng = random.Random(f"critic {seed} {content_hash(asked)}")
    garbles, misses, alarms = (rng.random() < profile.get(kind, 0.0) for kind in ("garbles", "misses", "alarms"))
    if garbles:
        return AIMessage(PROSE)
    case = conversation(asked)
    own = _own_parts(case)
    fault = _fault(case) if case.steps else None
    if own and alarms and fault is None:
        return _fails("P2", "this step adds nothing", own[0])
    if own and fault is not None and not misses:
        return _fails(fault.code, fault.reason, *_quoted(fault, own))
    return AIMessage('{"verdict": "pass"}')


def _fails(code: str, reason: str, part: Part, quote: str = "") -> AIMessage:
    said = {
        "verdict": "fail",
        "code": code,
        "reason": reason,
        "where": part.place,
        "quote": quote or _begins(part.text),
    }
    return AIMessage(orjson.dumps(said).decode())


def _quoted(fault: Finding, own: Sequence[Part]) -> tuple[Part, str]:
    """Where the fault shows in the step itself."""
    spans = ((part, one.text) for one in fault.evidence for part in own if find(one.text, part))
    return next(spans, (own[0], ""))


def _begins(text: str) -> str:
    return next((line for line in text.splitlines() if re.search(r"\w", line)), text)[:120]


def _own_parts(case: Case) -> list[Part]:
    if not case.steps:
        return []
    view = View(case, case.steps[-1])
    own = [part for part in view.parts if part.place.startswith(view.own) and ".result" not in part.place]
    return [part for part in own if re.search(r"\w", part.text)]


def _fault(case: Case) -> Finding | None:
    """The first thing a program finds wrong with the last step."""
    return next(_faults(case, case.steps[-1]), None)


def _faults(case: Case, step: Step) -> Iterator[Finding]:
    for grader in _programs():
        try:
            said = grader.judge(case, step)
            found = [said] if isinstance(said, Finding) else [] if isinstance(said, Unscored) else list(said or ())
        except Exception:  # a grader that breaks finds nothing
            continue
        yield from found


@cache
def _programs() -> tuple[Grader, ...]:
    return tuple(grader for grader in all_graders().values() if grader.source == "program")


def conversation(text: str) -> Case:
    """The case that a view shows."""
    parts = list(_shown(text))
    tools = tuple(orjson.loads(line) for p in parts if p.place == "tools" for line in p.text.splitlines() if line)
    query = next((p.text for p in parts if p.place == "query"), "")
    task = Task(family="", query=query, tools=tuple(_name(tool) for tool in tools))
    return Case(tuple(_messages(parts)), tools, Ending(kind="answered"), task)


def _name(tool: Mapping[str, Any]) -> str:
    return str(tool.get("function", tool).get("name", ""))


def _shown(text: str) -> Iterator[Shown]:
    head, lines = None, list[str]()
    for line in [*text.split("\n"), ""]:
        if line.startswith(BAR):
            lines.append(line.removeprefix(BAR))
            continue
        if head and lines:
            yield Shown(head[1], head[2], "\n".join(lines))
        head, lines = _HEAD.match(line) or (head if not line else None), []


def _messages(parts: Sequence[Shown]) -> Iterator[Message]:
    done = set[str]()
    for part in parts:
        if part.place == "instructions":
            yield Message(role="system", content=part.text, origin="system")
        elif part.place.startswith("query"):
            yield Message(role="user", content=part.text, origin="user")
        elif "." in part.place and (number := part.place.partition(".")[0]) not in done:
            done.add(number)
            yield from _step([p for p in parts if p.place.startswith(f"{number}.")])


def _step(parts: Sequence[Shown]) -> Iterator[Message]:
    text = next((p.text for p in parts if p.place.endswith(".text")), "")
    calls = tuple(_call(p) for p in parts if ".call" in p.place)
    yield Message(role="assistant", content=text, origin="sampled", tool_calls=calls)
    for part in parts:
        if ".result" in part.place:
            status = ToolResult(status="error" if "error from" in part.what else "ok")
            id = part.place.replace("result", "call")
            yield Message(role="tool", content=part.text, origin="tool", tool_call_id=id, result=status)


def _call(part: Shown) -> ToolCall:
    found = _CALL.search(part.what)
    name, malformed = (found[1], bool(found[2])) if found else ("", False)
    error = "no JSON object" if malformed else None
    function = FunctionCall(name=name, arguments=part.text if malformed else _arguments(part.text))
    return ToolCall(id=part.place, function=function, error=error)


def _arguments(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {"code": text}
    return found if isinstance(found, dict) else {"code": text}
