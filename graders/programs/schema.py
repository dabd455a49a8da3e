"""F3 and F4: arguments against the tool's own JSON Schema (draft 2020-12 unless it names another), which travels with the trace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import jsonschema_rs
import orjson

from graders.base import Case, Finding, Grader, LooksAt, Unscored
from graders.calls import failed
from traces.base import json_bytes
from traces.record import Evidence, Step, ToolCall

_VALUE_KEYWORDS = frozenset(
    {"enum", "const", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
     "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "contains", "minProperties", "maxProperties"}
)  # fmt: skip


@lru_cache(maxsize=1024)
def _validator(parameters: bytes) -> jsonschema_rs.Validator | None:
    """The compiled schema; None where it is no schema itself. Schemas of others may name types loosely, so that is no crash."""
    try:
        return jsonschema_rs.validator_for(orjson.loads(parameters), validate_formats=True)
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None


@dataclass(frozen=True)
class Schema(Grader):
    """F3: missing, extra or mistyped; F4: a value outside what the schema allows. Malformed and unknown calls are others' matter."""

    name: ClassVar[str] = "schema"
    version: ClassVar[str] = "3"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("F3", "F4")

    def judge(self, case: Case, step: Step) -> Iterable[Finding] | Unscored | None:
        calls = [
            c for c in case.said(step).tool_calls if not c.malformed and (not case.offered or c.name in case.offered)
        ]
        if not calls:
            return None
        if not case.offered:
            return Unscored("the trace does not say which tools were offered")
        findings: list[Finding] = []
        for call in calls:
            parameters = case.offered[call.name]
            if not parameters:
                continue
            validator = _validator(orjson.dumps(_with_what_it_has(parameters)))
            if validator is None:
                return Unscored(f"the schema of {call.name} is no JSON Schema")
            findings.extend(_problems(case, step, call, parameters, validator))
            findings.extend(_extra(case, step, call, parameters))
        return findings


def _with_what_it_has(parameters: dict[str, Any]) -> dict[str, Any]:
    """A schema without required names that none of its properties has: a slip of whoever wrote it, which no call can mend."""
    named, required = parameters.get("properties"), parameters.get("required")
    if not (named and isinstance(named, dict) and isinstance(required, list)) or all(
        name in named for name in required
    ):
        return parameters
    return {**parameters, "required": [name for name in required if name in named]}


def _problems(
    case: Case, step: Step, call: ToolCall, parameters: dict[str, Any], validator: jsonschema_rs.Validator
) -> Iterator[Finding]:
    if validator.is_valid(call.arguments):
        return
    answer = case.answer_to(step, call)
    for error in validator.iter_errors(call.arguments):
        if _left_out(call, parameters, error) and (answer is None or not failed(answer)):
            continue
        code = "F4" if _keyword(error) in _VALUE_KEYWORDS else "F3"
        place = "/".join(str(part) for part in error.instance_path)
        yield _finding(step, call, code, f"{place}: {error.message}" if place else error.message)


def _left_out(call: ToolCall, parameters: dict[str, Any], error: jsonschema_rs.ValidationError) -> bool:
    """Whether an error is a null for an argument that may be left out: most tools take the one for the other."""
    place = list(error.instance_path)
    return (
        len(place) == 1 and call.arguments.get(str(place[0])) is None and place[0] not in parameters.get("required", ())
    )


def _keyword(error: jsonschema_rs.ValidationError) -> str:
    path = [part for part in error.schema_path if isinstance(part, str)]
    return path[-1] if path else ""


def _extra(case: Case, step: Step, call: ToolCall, parameters: dict[str, Any]) -> Iterator[Finding]:
    """Arguments the schema does not name, where it neither allows nor forbids them, and the tool did not take them either.

    Where a trace has calls alone and nothing that came back, the schema is all there is to go by.
    """
    known = parameters.get("properties")
    if not known or "additionalProperties" in parameters or "patternProperties" in parameters:
        return
    extras = call.arguments.keys() - known.keys()
    answer = case.answer_to(step, call) if extras else None
    bare = extras and not any(m.role == "tool" for m in case.messages)
    if bare or (answer is not None and failed(answer)):
        for extra in sorted(extras):
            yield _finding(step, call, "F3", f"{extra!r} is no argument of it")


def _finding(step: Step, call: ToolCall, code: str, what: str) -> Finding:
    text = json_bytes(call.arguments).decode()[:200]
    return Finding(
        code, f"{call.name}: {what}", (Evidence(message=step.message, text=text, where="arguments"),), silent=False
    )
