"""How a conversation with the tiny model is written, and how its replies are read back.

ChatML with Hermes calls. The system turn names the tools only: their schemas are constant text, and learning what a tool takes is what
the rows are for. Text beside a call is left out, as `transformers serve` leaves it out of what it shows a model.
"""

import json
from typing import Any

END = "<|im_end|>"
PAD = "<|pad|>"
CALL_END = "}\n</tool_call>"

CHAT_TEMPLATE = """\
{%- if tools -%}
{{- '<|im_start|>tools\\n' -}}
{%- for tool in tools -%}{{- tool.function.name + ' ' -}}{%- endfor -%}
{{- '<|im_end|>' -}}
{%- endif -%}
{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\\n' -}}
{%- if message.role == 'assistant' -%}
{%- generation -%}
{%- for call in message.tool_calls or [] -%}
{{- '<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' -}}
{{- call.function.arguments | tojson -}}
{{- '}\\n</tool_call>' -}}
{%- endfor -%}
{%- if not message.tool_calls -%}{{- message.content -}}{%- endif -%}
{{- '<|im_end|>' -}}
{%- endgeneration -%}
{%- else -%}
{{- message.content + '<|im_end|>' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
"""

RESPONSE_TEMPLATE: dict[str, Any] = {
    "defaults": {"role": "assistant"},
    "start_anchor": "<|im_start|>assistant\n",
    "fields": {
        "tool_calls": {
            "open_pattern": r"\s*<tool_call>\n\{\"name\": \"(?P<name>[^\"]*)\", \"arguments\": ",
            "close": CALL_END,
            "repeats": True,
            "content": "json",
            "content_args": {"allow_non_json": True},  # arguments that are no JSON are for the graders to see
            "transform": {"type": "function", "function": {"name": "{name}", "arguments": "{content}"}},
        },
        "content": {"close_pattern": r"\s*<\|im_end\|>", "content": "text"},
    },
}


def role_header(role: str) -> str:
    """What opens a turn."""
    return f"<|im_start|>{role}\n"


def call_head(name: str, argument: str) -> str:
    """The constant text before the first argument of a call, where that is a string."""
    return f'<tool_call>\n{{"name": {json.dumps(name)}, "arguments": {{{json.dumps(argument)}: "'


def call_tail() -> str:
    """The constant text after a last argument that is a string."""
    return '"}' + CALL_END
