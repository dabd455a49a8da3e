"""From a row to a trajectory. Messages keep their order and, where the form allows, their index; only ids of calls are added."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from traces.imports import jsontext
from traces.imports.errors import RowError
from traces.imports.files import Raw
from traces.imports.form import Parts, form_of
from traces.imports.linking import linked
from traces.imports.messages import Said, read_messages
from traces.imports.offered import in_prompt, read_tools
from traces.imports.truth import read_label, read_reference, read_step_labels
from traces.puts import attempt_key
from traces.record import Ending, Imported, Lineage, Message, StepLabel, Trajectory
from traces.task import Oracle, Task

FAMILY = "imported"
HANDS_IN = frozenset(
    {
        "submit",
        "submit_answer",
        "submit_final_answer",
        "final_answer",
        "finish",
        "final_result",
        "provide_final_answer",
        "answer",
        "give_answer",
        "return_answer",
        "respond",
        "complete_task",
        "attempt_completion",
    }
)
"""Tools by which agents of other harnesses hand in their answer: a call of one ends a trace as an answer does."""
_LEAVES = re.compile(
    r"^(?:transfer_to_\w*(?:human|agent)s?\w*|escalate_to_\w+|end_(?:call|chat|conversation|dialog\w*)|hang_up|"
    r"terminate|done|stop)$",
    re.IGNORECASE,
)
"""Tools that end a conversation by themselves: nobody waits for words after them."""
_WIDEST = 2**63


def slot_of(number: int) -> str:
    """The slot of the n-th row of an import."""
    return f"row-{number:07}"


def read(raw: Raw, number: int, form: str = "auto") -> Trajectory:
    """The trajectory of the n-th row.

    Raises:
        RowError: it holds no trace that can be read; the message says why.
    """
    row = raw.parsed()
    if not isinstance(row, Mapping):
        raise RowError(f"the row is no object but {type(row).__name__}")
    kind = form_of(row, form)
    try:
        return _trajectory(raw, number, kind.name, kind.parts(row))
    except (RecursionError, ValueError) as error:
        raise error if isinstance(error, RowError) else RowError(f"not readable: {error}") from error


def _trajectory(raw: Raw, number: int, form: str, parts: Parts) -> Trajectory:
    said = read_messages(parts.messages, hermes=parts.hermes)
    if not any(one.role == "assistant" for one in said):
        raise RowError("no assistant message: there is nothing to judge")
    if parts.system and not any(one.role == "system" for one in said):
        said.insert(0, Said(-1, "system", parts.system))
    messages, places = linked(said), [one.place for one in said]
    missing: list[str] = []
    tools, oracle = _tools(parts, messages, missing), _oracle(parts, missing)
    task = Task(family=FAMILY, query=_query(messages), tools=_names(tools), oracle=oracle, difficulty=0)
    labels = _labels(parts, messages, places, missing)
    missing += _skipped(said)
    imported = Imported(
        file=jsontext.whole(raw.file),
        line=raw.line,
        form=form,
        id=_id(parts.id),
        missing=tuple(missing),
        places=() if places == list(range(len(places))) else tuple(places),
    )
    model = jsontext.whole(parts.model) if isinstance(parts.model, str) else ""
    return Trajectory(
        key=attempt_key(slot_of(number), 0),
        task=task,
        tools=tools,
        messages=messages,
        ending=_ending(messages),
        labels=labels,
        lineage=Lineage(task=task.id, attempt=0, seed=0, model=model, imported=imported),
    )


def _tools(parts: Parts, messages: Sequence[Message], missing: list[str]) -> tuple[dict[str, Any], ...]:
    """The tools offered; none, and said to be missing, where the row does not tell or cannot be read."""
    if not jsontext.missing(parts.tools):
        found = read_tools(parts.tools)
        if found is None:
            missing.append("tools (what stands there cannot be read)")
    else:
        found = next((t for m in messages if m.role == "system" and (t := in_prompt(m.content))), None)
    if not found and not missing:
        missing.append("tools")
    return found or ()


def _oracle(parts: Parts, missing: list[str]) -> Oracle | None:
    oracle = read_reference(parts.reference)
    if oracle is None:
        given = not jsontext.missing(parts.reference) and parts.reference not in ("", [], {})
        missing.append("reference (what stands there is no answer)" if given else "reference")
    return oracle


def _labels(
    parts: Parts, messages: Sequence[Message], places: Sequence[int], missing: list[str]
) -> tuple[StepLabel, ...]:
    steps = sum(message.role == "assistant" for message in messages)
    labels, odd = read_step_labels(parts.step_labels, messages, places)
    missing += odd
    whole = read_label(parts.label, steps, parts.label_by)
    if whole is None and not jsontext.missing(parts.label):
        missing.append(f"label (given as {jsontext.whole(jsontext.dump(parts.label))[:40]})")
    return (*labels, *([whole] if whole else []))


def _skipped(said: Sequence[Said]) -> list[str]:
    return [f"{kind} in message {one.place}" for one in said for kind in one.skipped]


def _query(messages: Sequence[Message]) -> str:
    return jsontext.whole(next((m.content for m in messages if m.role == "user"), ""))


def _names(tools: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(tool["function"]["name"] for tool in tools)


def _id(value: Any) -> str | int | None:
    if isinstance(value, int) and not isinstance(value, bool) and -_WIDEST <= value < _WIDEST:
        return value
    if jsontext.missing(value) or value == "":
        return None
    return jsontext.whole(value if isinstance(value, str) else jsontext.dump(value))


def _ending(messages: Sequence[Message]) -> Ending:
    """How a trace ends. What the user says after the last answer takes nothing from it."""
    last = max(i for i, m in enumerate(messages) if m.role == "assistant")
    said, after = messages[last], messages[last + 1 :]
    if said.tool_calls:
        by = next((c.name for c in said.tool_calls if c.name.casefold() in HANDS_IN or _LEAVES.search(c.name)), None)
        if by:
            return Ending(kind="answered", detail=f"by a call of {by}")
        what = "the results of its last calls" if after else "a call"
        return Ending(kind="unfinished", detail=f"the trace stops after {what}")
    if not said.content.strip():
        return Ending(kind="empty")
    return Ending(kind="answered")
