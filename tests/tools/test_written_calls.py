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
    "hermes, the object in a fence": ("hermes", '<tool_call>\n```json\n{"name" : "search", "arguments": {"query": "Tarn"}}\n```\n</tool_call>'),
    "hermes, opened again instead of closed": ("hermes", '<tool_call>\n{"name": "search", "arguments": {"query": "Tarn"}}\n<tool_call>'),
    "hermes, with what the tool might say": ("hermes", '<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}</tool_call>\n<tool_response>12</tool_response>\nIt is 12.'),
    "hermes, its closing mark in an argument": ("hermes", '<tool_call>{"name": "search", "arguments": {"query": "Tarn"}, "id": "</tool_call>"}</tool_call>'),
    "nemotron": ("hermes", '<TOOLCALL>[{"name": "search", "arguments": {"query": "Tarn"}}]</TOOLCALL>'),
    "a namespace before the name": ("hermes", '<tool_call>{"name": "functions.search", "arguments": {"query": "Tarn"}}</tool_call>'),
    "after its thoughts": ("hermes", '<think>So: `<tool_call>`?</think>\n<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}</tool_call><|im_end|>'),
    "qwen3-coder, spaced and not closed": ("xml", "<function = search>\n<parameter = query>\nTarn\n</function>"),
    "names as attributes": ("xml", '<function name="search"><parameter name="query">Tarn</parameter></function>'),
    "seed": ("xml", "<seed:tool_call>\n<function=search>\n<parameter=query>Tarn</parameter>\n</function>\n</seed:tool_call>"),
    "step": ("invoke", '<｜tool_call_begin｜>function<｜tool_sep｜><steptml:invoke name="search"><steptml:parameter name="query">Tarn</steptml:parameter></steptml:invoke><｜tool_call_end｜>'),
    "mistral, then words": ("mistral", '[TOOL_CALLS] [{"name": "search", "arguments": {"query": "Tarn"}}]\n\nI wait.'),
    "harmony, its channel after": ("harmony", '<|start|>assistant to=functions.search<|channel|>commentary json<|message|>{"query": "Tarn"}<|call|>'),
    "command a": ("granite", '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "search", "parameters": {"query": "Tarn"}}]<|END_ACTION|>'),
    "command r": ("granite", 'Action: ```json\n[{"tool_name": "search", "parameters": {"query": "Tarn"}}]\n```'),
    "internlm": ("granite", '<|action_start|><|plugin|>\n{"name": "search", "parameters": {"query": "Tarn"}}<|action_end|>'),
    "apertus": ("granite", '<|tools_prefix|>[{"search": {"query": "Tarn"}}]<|tools_suffix|>'),
    "function gemma": ("gemma", "<start_function_call>call:search{query:<escape>Tarn<escape>}<end_function_call>"),
    "gemma, with what the tool might say": ("fenced", '```tool_code\nsearch(query="Tarn")\n```\n```tool_output\n12\n```\nIt is 12.'),
    "a fence, announced": ("fenced", 'I\'ll call the tool:\n```json\n{"tool": "search", "input": {"query": "Tarn"}}\n```\nThen I can answer.'),
    "a list of uses": ("json", '{"tool_uses": [{"recipient_name": "functions.search", "parameters": {"query": "Tarn"}}]}'),
    "pythonic, on the last line": ("pythonic", 'I look.\n[search(query="Tarn")]<|eot_id|>'),
    "lfm": ("pythonic", '<|tool_call_start|>[search(query="Tarn")]<|tool_call_end|>I look.'),
    "olmo": ("pythonic", '<function_calls>\nsearch(query="Tarn")\n</function_calls>'),
    "react in one line": ("react", '**Action:** search(query="Tarn")'),
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


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('<longcat_tool_call>{"name": "search", "arguments": {}}</longcat_tool_call>', ""),
        ('{"name": "search", "parameters": {}}; {"name": "search", "parameters": {"n": 1}}', ""),
        (
            "I look.<｜tool_calls_begin｜><｜tool_call_begin｜>function<｜tool_sep｜>"
            '<steptml:invoke name="search"></steptml:invoke><｜tool_call_end｜><｜tool_calls_end｜>',
            "I look.",
        ),
        ('I use <b>search</b>; so.\n{"name": "search", "arguments": {}}', "I use <b>search</b>; so."),
    ],
)
def test_no_marks_are_left_around_a_call_that_is_taken_out(text: str, rest: str) -> None:
    found = written_calls(text, ["search"])
    assert found
    assert without(text, found) == rest
    assert len(written_calls('[search(query="a"), open_page(id="b")]', OFFERED)) == 2
    assert len(written_calls('```tool_code\nprint(search(query="a"))\nprint(open_page(id="b"))\n```', OFFERED)) == 2
    objects = '{"name": "search", "arguments": {"query": "a"}}\n{"name": "open_page", "arguments": {"id": "b"}}'
    assert len(written_calls(f"<tool_calls>{objects}</tool_calls>", OFFERED)) == 2


@pytest.mark.parametrize(
    "text",
    [
        '<tool_call>{"name": "search", "arguments": {"query": "Tarn}</tool_call>',
        '[TOOL_CALLS]search[ARGS]{"query": ',
        "<function=search>query=Tarn</function>",
        "<tool_call>{'name': 'search', 'arguments': {'query': 'Tarn'}}</tool_call>",
        '<tool_call>{"name": "search", "arguments": {"query": "Tarn"}}}</tool_call>',
        '{"name": "search", "arguments": {"query": "Tarn"}',
        '<|tool_call_begin|>functions.search:0<|tool_call_argument_begin|>{"query": "Ta',
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
        'A call is written as `<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>` there.',
        "The model puts its calls between <tool_call> and </tool_call>.",
        'The log has "[TOOL_CALLS] [{"name": "search", "arguments": {}}]" at that place.',
        'A call looks like this:\n```json\n{"name": "search", "arguments": {"query": "cats"}}\n```\nThe name is that of a tool.',
        'An example:\n\n```xml\n<tool_call>\n{"name": "search", "arguments": {}}\n</tool_call>\n```\n\nEach block is a call.',
        'Here is an example of it: <tool_call>{"name": "search", "arguments": {}}</tool_call>. Only one is allowed.',
        'For example, {"name": "search", "arguments": {"query": "cats"}} would look for cats.',
        'In Gemma the call is\n```tool_code\nprint(search(query="cats"))\n```\nand its result comes back in a block.',
        '<think>I could <tool_call>{"name": "search", "arguments": {}}</tool_call> but I know it.</think>It is 5.',
        "```xml\n<function=main><parameter=x>1</parameter></function>\n```\nis what the file holds.",
        '{"name": "search", "description": "finds pages", "parameters": {"type": "object", "properties": {}}}',
        '```python\nsearch(query="cats")\n```',
        'I called search(query="Tarn") and found 12 hits.',
        'You can write `search(query="Tarn")` there.',
        "<search>the word</search>",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert written_calls(text, OFFERED) == []


def test_only_the_declared_notation_counts() -> None:
    text = '[search(query="Tarn")]'
    assert written_calls(text, OFFERED, "hermes") == []
    assert isinstance(written_calls(text, OFFERED, "pythonic")[0], Written)
