# ruff: noqa: E501  (a table is data: its rows read best unbroken)
"""Calls in text, in the notations models were trained on; and texts that only look like one."""

import pytest

from tools.written_calls import Written, without, written_calls

OFFERED = ("search", "open_page", "python", "calculator")
F = ("search", {"query": "Tarn"})
NOTATIONS = {
    "hermes": ("hermes", '<tool_call>\n{"name": "search", "arguments": {"query": "Tarn"}}\n</tool_call>'),
    "hermes, not closed": ("hermes", 'I look.\n<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}'),
    "minimax-m1": ("hermes", '<tool_calls>\n{"name": "search", "arguments": {"query": "Tarn"}}\n</tool_calls>'),
    "qwen3-coder": ("xml", "<tool_call>\n<function=search>\n<parameter=query>\nTarn\n</parameter>\n</function>\n</tool_call>"),
    "llama with a tag": ("xml", '<function=search>{"query": "Tarn"}</function>'),
    "glm": ("glm", "<tool_call>search\n<arg_key>query</arg_key>\n<arg_value>Tarn</arg_value>\n</tool_call>"),
    "minimax-m2": ("invoke", '<minimax:tool_call>\n<invoke name="search">\n<parameter name="query">Tarn</parameter>\n</invoke>\n</minimax:tool_call>'),
    "invoke": ("invoke", '<function_calls>\n<invoke name="search">\n<parameter name="query">Tarn</parameter>\n</invoke>\n</function_calls>'),
    "deepseek 3.2": ("invoke", '<｜DSML｜function_calls>\n<｜DSML｜invoke name="search">\n<｜DSML｜parameter name="query" string="true">Tarn</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>'),
    "mistral": ("mistral", '[TOOL_CALLS] [{"name": "search", "arguments": {"query": "Tarn"}}]'),
    "mistral since": ("mistral", '[TOOL_CALLS]search[ARGS]{"query": "Tarn"}'),
    "mistral, no mark": ("mistral", '[TOOL_CALLS]search{"query": "Tarn"}'),
    "llama": ("llama", '<|python_tag|>{"name": "search", "parameters": {"query": "Tarn"}}'),
    "llama built in": ("llama", '<|python_tag|>search.call(query="Tarn")'),
    "deepseek": ("deepseek", '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>search\n```json\n{"query": "Tarn"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>'),
    "deepseek 3.1": ("deepseek", '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>search<｜tool▁sep｜>{"query": "Tarn"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>'),
    "kimi": ("kimi", '<|tool_calls_section_begin|><|tool_call_begin|>functions.search:0<|tool_call_argument_begin|>{"query": "Tarn"}<|tool_call_end|><|tool_calls_section_end|>'),
    "harmony": ("harmony", '<|channel|>commentary to=functions.search <|constrain|>json<|message|>{"query": "Tarn"}<|call|>'),
    "harmony, marks lost": ("harmony", 'commentary to=functions.search json{"query": "Tarn"}'),
    "granite": ("granite", '<|tool_call|>[{"name": "search", "arguments": {"query": "Tarn"}}]'),
    "functionary": ("granite", '>>>search\n{"query": "Tarn"}'),
    "a fence": ("fenced", 'I call:\n```json\n{"name": "search", "arguments": {"query": "Tarn"}}\n```'),
    "gemma": ("fenced", '```tool_code\nprint(search(query="Tarn"))\n```'),
    "bare": ("json", 'I will use {"name": "search", "arguments": {"query": "Tarn"}} now'),
    "bare, as openai sends it": ("json", '{"type": "function", "function": {"name": "search", "arguments": "{\\"query\\": \\"Tarn\\"}"}}'),
    "pythonic": ("pythonic", '[search(query="Tarn")]'),
    "react": ("react", 'Thought: look.\nAction: search\nAction Input: {"query": "Tarn"}\nObservation: none'),
}  # fmt: skip


@pytest.mark.parametrize(("notation", "text"), NOTATIONS.values(), ids=NOTATIONS)
def test_a_call_in_text(notation: str, text: str) -> None:
    [found] = written_calls(text, OFFERED)
    assert (found.notation, found.name, found.arguments, found.error) == (notation, *F, None)


def test_several_and_what_stands_around_them() -> None:
    one = '<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}</tool_call>'
    text = f"First I look.\n{one}\n{one}"
    found = written_calls(text, OFFERED)
    assert len(found) == 2
    assert without(text, found) == "First I look."
    assert len(written_calls('[search(query="a"), open_page(id="b")]', OFFERED)) == 2


@pytest.mark.parametrize(
    "text",
    [
        '<tool_call>{"name": "search", "arguments": {"query": "Tarn}</tool_call>',
        '[TOOL_CALLS]search[ARGS]{"query": ',
        "<function=search>query=Tarn</function>",
    ],
)
def test_one_that_cannot_be_read_is_malformed(text: str) -> None:
    [found] = written_calls(text, OFFERED)
    assert found.name == "search"
    assert isinstance(found.arguments, str)
    assert found.error


@pytest.mark.parametrize(
    "text",
    [
        "The answer is 42 (see [1]).",
        'A person: {"name": "Ann", "arguments": {"a": 1}}',
        '```json\n{"name": "Velmora", "population": 12}\n```',
        '```python\nsearch = {"name": "search"}\n```',
        "[1, 2, 3]",
        "print(12)",
        "f(x) = 2x",
        "Action: none",
        "",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert written_calls(text, OFFERED) == []


def test_only_the_declared_notation_counts() -> None:
    text = '[search(query="Tarn")]'
    assert written_calls(text, OFFERED, "hermes") == []
    assert isinstance(written_calls(text, OFFERED, "pythonic")[0], Written)
