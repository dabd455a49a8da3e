"""Trajectories made by hand, ordinary and odd ones, for the tests of the ledger and the exports."""

from typing import Any, Literal

from traces.record import (
    Artifact,
    Decision,
    Ending,
    Evidence,
    FunctionCall,
    Lineage,
    Message,
    StepLabel,
    ToolCall,
    ToolResult,
    Trajectory,
    Usage,
    Verdict,
)
from traces.task import Answer, Brief, Oracle, PlanNode, Task


def schema(name: str, required: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    parameters = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {"type": "function", "function": {"name": name, "description": f"The {name}.", "parameters": parameters}}


SEARCH = schema("search", ("query",), query={"type": "string"}, limit={"type": "integer", "minimum": 1})
CALCULATOR = schema("calculator", ("expression",), expression={"type": "string"})
PYTHON = schema("python", ("code",), code={"type": "string"})
CLOCK = schema("clock", ())
FILTER = schema(
    "filter",
    ("where",),
    where={
        "type": "object",
        "properties": {"any": {"type": "array", "items": {"type": "object"}}, "limits": {"type": "object"}},
    },
    exact={"type": "boolean"},
    big={"type": "integer"},
    ratio={"type": "number"},
)
TOOLS = (SEARCH, CALCULATOR, PYTHON, CLOCK, FILTER)


def user(text: str) -> Message:
    return Message(role="user", content=text, origin="user")


def system(text: str) -> Message:
    return Message(role="system", content=text, origin="system")


def said(text: str, *calls: ToolCall, reasoning: str | None = None, at: float = 0.0) -> Message:
    return Message(
        role="assistant",
        content=text,
        origin="sampled",
        tool_calls=calls,
        reasoning=reasoning,
        started=at,
        duration=0.25,
    )


def call(id: str, name: str, arguments: dict[str, Any] | str, error: str | None = None) -> ToolCall:
    return ToolCall(id=id, function=FunctionCall(name=name, arguments=arguments), error=error)


def saw(id: str, name: str, text: str, **result: Any) -> Message:
    return Message(
        role="tool",
        content=text,
        origin="tool",
        tool_call_id=id,
        name=name,
        result=ToolResult(started=1.5, duration=0.125, **result),
        started=1.5,
        duration=0.125,
    )


def task(
    query: str = "How much higher is Mount Orlan than Mount Besk?", *, family: str = "compare", **rest: Any
) -> Task:
    return Task(
        family=family,
        query=query,
        brief=Brief(family=family, ask={"attribute": "height"}),
        tools=("search", "calculator"),
        oracle=Oracle(
            answer=Answer(kind="number", value="245", unit="m"),
            plan=(PlanNode(id="a", op="lookup", tool="search", value="4120", unit="m", evidence=("page-1",)),),
        ),
        difficulty=rest.pop("difficulty", 3),
        **rest,
    )


ORDINARY: tuple[Message, ...] = (
    user("How much higher is Mount Orlan than Mount Besk?"),
    said(
        "",
        call("call_1", "search", {"query": "height of Mount Orlan"}),
        call("call_2", "search", {"query": "height of Mount Besk", "limit": 1}),
        reasoning="I need both heights.",
        at=0.5,
    ),
    saw("call_1", "search", "Mount Orlan: 4120 m", data={"hits": ["page-1"]}),
    saw("call_2", "search", "Mount Besk: 3875 m", data={"hits": ["page-2"]}),
    said("Now the difference.", call("call_3", "calculator", {"expression": "4120-3875"}), at=2.0),
    saw("call_3", "calculator", "245", data={"exact": "245", "decimal": "245"}),
    said("Mount Orlan is 245 m higher.", at=3.0),
)
DIRECT: tuple[Message, ...] = (system("Answer in one word."), user("Say hello."), said("Hello.", at=0.5))


def judged(messages: tuple[Message, ...], bad: int | None = None, code: str = "C1") -> tuple[Verdict, ...]:
    steps = sum(m.role == "assistant" for m in messages)
    verdicts = []
    for step in range(steps):
        fails = step == bad
        verdicts.append(
            Verdict(
                grader="arithmetic",
                version="2",
                source="program",
                step=step,
                status="fail" if fails else "pass",
                code=code if fails else None,
                reason="the sum is wrong" if fails else "",
                evidence=(Evidence(message=1, text="245", start=0, end=3),) if fails else (),
                first_error=fails,
            )
        )
        verdicts.append(Verdict(grader="support", version="1", source="oracle", step=step, status="unscored"))
    return tuple(verdicts)


def trace(
    key: str = "compare-0001-1",
    messages: tuple[Message, ...] = ORDINARY,
    *,
    outcome: Literal["keep", "repair", "reject"] | None = "keep",
    bad: int | None = None,
    code: str = "C1",
    of: Task | None = None,
    tools: tuple[dict[str, Any], ...] = TOOLS,
    repaired_from: str | None = None,
    **rest: Any,
) -> Trajectory:
    made = of or task(next((m.content for m in messages if m.role == "user"), ""))
    codes = (code,) if bad is not None else ()
    decision = Decision(outcome=outcome, reasons=codes, codes=codes, first_bad_step=bad) if outcome else None
    return Trajectory(
        key=key,
        task=made,
        tools=tools,
        messages=messages,
        ending=rest.pop("ending", Ending(kind="answered")),
        verdicts=judged(messages, bad, code),
        decision=decision,
        labels=(StepLabel(step=bad, value=-1, source="fault", code=code, kind="sloppy"),) if bad is not None else (),
        usage=Usage(
            model_calls=sum(m.role == "assistant" for m in messages),
            tool_calls=sum(m.role == "tool" for m in messages),
            input_tokens=100,
            output_tokens=20,
        ),
        lineage=Lineage(
            task=made.id,
            attempt=1,
            seed=7,
            model="teacher/1",
            repaired_from=repaired_from,
            graders={"arithmetic": "2"},
        ),
        duration=rest.pop("duration", 3.25),
        **rest,
    )


def wrong(text: str = "245") -> tuple[Message, ...]:
    """ORDINARY with a slip in its second step."""
    return (
        *ORDINARY[:4],
        said("Now the difference.", call("call_3", "calculator", {"expression": "4120-3785"}), at=2.0),
        saw("call_3", "calculator", "335", data={"exact": "335"}),
        said(f"Mount Orlan is {text} m higher.", at=3.0),
    )


UNICODE = (
    user("مرحبا! Wie hoch ist der «Großglöckner»? 高さは? 👩‍🚀 e\u0301 \u2028 end"),
    said("…", call("x", "search", {"query": "高さ Großglöckner 👩‍🚀 \u202eRTL\u202c \u0000nul"})),
    saw("x", "search", 'ارتفاع: ٣٧٩٨\u00a0م\r\n\ttab \\ "quoted" </p> {braces} {{ jinja }} {% raw %}'),
    said("It is 3798 m."),
)
NESTED = (
    user("Filter the table."),
    said(
        "",
        call(
            "n1",
            "filter",
            {
                "where": {"any": [{"a": 1}, {"b": [True, None, "true", "42", 0.1]}, {}], "limits": {}},
                "exact": True,
                "big": 2**63 - 1,
                "ratio": 1e-9,
            },
        ),
        call("n2", "clock", {}),
    ),
    saw("n1", "filter", "2024-01-05"),
    saw("n2", "clock", ""),
    said("true"),
)
CODE = (
    user("Run it:\n```python\nprint({'a': '<b>'})\n```"),
    said("", call("call_1", "python", {"code": "d = {'a': '<b>'}\nprint(f\"{d['a']!r} {{}}\")\n"})),
    saw("call_1", "python", "'<b>' {}\n" * 4000, artifacts=(Artifact(name="a.txt", media_type="text/plain", size=1),)),
    said("Done: `'<b>' {}`"),
)
MALFORMED = (
    user("How many?"),
    said("", call("bad", "calculator", '{"expression": "1+', error="Expecting ',' delimiter")),
    saw("bad", "calculator", "Error (malformed_call): not JSON", status="error", error="malformed_call"),
    said("", call("good", "calculator", {"expression": "1+1"})),
    saw("good", "calculator", "2"),
    said("Two."),
)
SAME_IDS = (
    user("Add twice."),
    said("", call("call_0", "calculator", {"expression": "1+1"})),
    saw("call_0", "calculator", "2"),
    said("", call("call_0", "calculator", {"expression": "2+2"})),
    saw("call_0", "calculator", "4"),
    said("2 and 4."),
)
NOT_JSON = (
    user("Odd values."),
    said(
        "",
        call(
            "o",
            "filter",
            {"where": {"limits": {"nan": float("nan"), "inf": float("inf"), "half": "\ud83d"}}, "big": 10**20},
        ),
    ),
    saw("o", "filter", "null"),
    said("Odd."),
)
BIG = (
    user("Big."),
    said("", call("o", "filter", {"where": {}, "big": 10**20})),
    saw("o", "filter", "100000000000000000000"),
    said("Big."),
)
ODD = {
    "big": BIG,
    "unicode": UNICODE,
    "nested": NESTED,
    "code": CODE,
    "malformed": MALFORMED,
    "same-ids": SAME_IDS,
    "not-json": NOT_JSON,
    "direct": DIRECT,
    "ordinary": ORDINARY,
}
