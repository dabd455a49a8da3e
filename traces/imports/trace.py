"""From a row to a trajectory, or to the plain values that are stored of one.

Messages keep their order and, where the form allows, their index; only ids of calls are added.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from traces.base import Frozen, content_hash
from traces.imports import jsontext
from traces.imports.errors import RowError
from traces.imports.files import Raw
from traces.imports.form import Parts, form_of
from traces.imports.linking import linked
from traces.imports.messages import Said, read_messages
from traces.imports.offered import in_prompt, read_tools
from traces.imports.truth import plain_reference, read_label, read_step_labels
from traces.packing import Plain, whole
from traces.puts import attempt_key
from traces.record import Lineage, Role, Trajectory
from traces.task import Answer, Oracle, Task

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
    return whole(read_plain(raw, number, form))


def read_plain(raw: Raw, number: int, form: str = "auto") -> Plain:
    """`read` that stops at the plain values that are stored: to make a trajectory of them costs as much again."""
    row = raw.parsed()
    if not isinstance(row, dict):
        raise RowError(f"the row is no object but {type(row).__name__}")
    kind = form_of(row, form)
    try:
        return _plain(raw, number, kind.name, kind.parts(row))
    except (RecursionError, ValueError) as error:
        raise error if isinstance(error, RowError) else RowError(f"not readable: {error}") from error


def with_verdicts(plain: Plain, judged: Trajectory) -> Plain:
    """The plain values of a row with the verdicts and the decision that its trajectory was given; nothing else of it may have changed."""
    given = {"lineage": _ordered({**plain.record["lineage"], "graders": judged.lineage.graders}, Lineage)}
    if judged.decision:
        given["decision"] = judged.decision.model_dump(exclude_defaults=True)
    return plain._replace(record=_ordered({**plain.record, **given}, Trajectory), verdicts=judged.verdicts)


def _ordered(values: Mapping[str, Any], model: type[Frozen]) -> dict[str, Any]:
    return {name: values[name] for name in model.model_fields if name in values}


def _plain(raw: Raw, number: int, form: str, parts: Parts) -> Plain:
    said = read_messages(parts.messages, hermes=parts.hermes)
    roles = [one.role for one in said]
    if "assistant" not in roles:
        raise RowError("no assistant message: there is nothing to judge")
    if parts.system and "system" not in roles:
        said.insert(0, Said(-1, "system", parts.system))
        roles.insert(0, "system")
    missing: list[str] = []
    tools = _tools(parts, said, missing)
    task = _task(_query(said, roles), tools, _oracle(parts, missing))
    labels = _labels(parts, said, roles, missing)
    missing += [f"{kind} in message {one.place}" for one in said if one.skipped for kind in one.skipped]
    record = {"key": attempt_key(slot_of(number), 0), "messages": linked(said), "ending": _ending(said, roles)}
    if labels:
        record["labels"] = labels
    model = jsontext.whole(parts.model) if isinstance(parts.model, str) else ""
    imported = _imported(raw, form, parts, said, missing)
    record["lineage"] = {"task": _task_id(task), "attempt": 0, "seed": 0, "model": model, "imported": imported}
    return Plain(task, tools, record, (), [0.0] * (1 + 4 * len(said)))


def _task(query: str, tools: Sequence[Mapping[str, Any]], oracle: dict[str, Any] | None) -> dict[str, Any]:
    """A `Task` without what has its default value."""
    names = tuple(tool["function"]["name"] for tool in tools)
    known = {} if oracle is None else {"oracle": oracle}
    return {"family": FAMILY, "query": query, "tools": names, **known, "difficulty": 0}


def _task_id(task: Mapping[str, Any]) -> str:
    """What `Task.id` would be."""
    oracle = task.get("oracle")
    whole, whole_oracle, whole_answer = _defaults()
    if oracle is None:
        return content_hash({**whole, **task})
    return content_hash(
        {**whole, **task, "oracle": {**whole_oracle, **oracle, "answer": {**whole_answer, **oracle["answer"]}}}
    )


@cache
def _defaults() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Every field that a task's id covers, with its default value: of a task, of its oracle, and of that one's answer."""
    answer = Answer(kind="text")
    return Task(family="", query="", tools=()).identity, _json(Oracle(answer=answer)), _json(answer)


def _json(value: Frozen) -> dict[str, Any]:
    return value.model_dump(mode="json")


def _imported(raw: Raw, form: str, parts: Parts, said: Sequence[Said], missing: Sequence[str]) -> dict[str, Any]:
    """An `Imported` without what has its default value."""
    found: dict[str, Any] = {"file": jsontext.whole(raw.file), "line": raw.line, "form": form}
    if (id := _id(parts.id)) is not None:
        found["id"] = id
    if missing:
        found["missing"] = missing
    places = [one.place for one in said]
    if places != list(range(len(places))):
        found["places"] = places
    return found


def _tools(parts: Parts, said: Sequence[Said], missing: list[str]) -> tuple[dict[str, Any], ...]:
    """The tools offered; none, and said to be missing, where the row does not tell or cannot be read."""
    if not jsontext.missing(parts.tools):
        found = read_tools(parts.tools)
        if found is None:
            missing.append("tools (what stands there cannot be read)")
    else:
        found = next((t for one in said if one.role == "system" and (t := in_prompt(one.content))), None)
    if not found and not missing:
        missing.append("tools")
    return found or ()


def _oracle(parts: Parts, missing: list[str]) -> dict[str, Any] | None:
    oracle = plain_reference(parts.reference)
    if oracle is None:
        given = not jsontext.missing(parts.reference) and parts.reference not in ("", [], {})
        missing.append("reference (what stands there is no answer)" if given else "reference")
    return oracle


def _labels(parts: Parts, said: Sequence[Said], roles: Sequence[Role], missing: list[str]) -> list[dict[str, Any]]:
    labels: list[dict[str, Any]] = []
    if not jsontext.missing(parts.step_labels):
        places = [one.place for one in said]
        labels, odd = read_step_labels(parts.step_labels, list(zip(roles, places, strict=True)))
        missing += odd
    if jsontext.missing(parts.label):
        return labels
    whole = read_label(parts.label, roles.count("assistant"), parts.label_by)
    if whole is None:
        missing.append(f"label (given as {jsontext.whole(jsontext.dump(parts.label))[:40]})")
        return labels
    return [*labels, whole]


def _query(said: Sequence[Said], roles: Sequence[Role]) -> str:
    return jsontext.whole(said[roles.index("user")].content) if "user" in roles else ""


def _id(value: Any) -> str | int | None:
    if isinstance(value, int) and not isinstance(value, bool) and -_WIDEST <= value < _WIDEST:
        return value
    if jsontext.missing(value) or value == "":
        return None
    return jsontext.whole(value if isinstance(value, str) else jsontext.dump(value))


def _ending(said: Sequence[Said], roles: Sequence[Role]) -> dict[str, str]:
    """How a trace ends, as an `Ending` without what has its default value. What the user says after the last answer takes nothing from
    it."""
    after = roles[::-1].index("assistant")
    last = said[len(said) - 1 - after]
    if last.calls:
        names = [call.name for call in last.calls]
        by = next((name for name in names if name.casefold() in HANDS_IN or _LEAVES.search(name)), None)
        if by:
            return {"kind": "answered", "detail": f"by a call of {by}"}
        what = "the results of its last calls" if after else "a call"
        return {"kind": "unfinished", "detail": f"the trace stops after {what}"}
    return {"kind": "answered" if last.content.strip() else "empty"}
