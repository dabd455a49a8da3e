"""Control tokens of known chat templates: inside a text they would be tokenised as the real thing, and end a turn or open a call."""

import re

_ANGLE = re.compile(
    r"<(?:\|[A-Za-z0-9_./-]{1,40}\|>"  # ChatML, Llama 3, gpt-oss, GLM, Cohere, Phi
    r"|｜[^｜>]{1,40}｜>"  # DeepSeek
    r"|/?(?:tool_calls?|tool_response|tool_list|tools|think|s|arg_key|arg_value|start_of_turn|end_of_turn"
    r"|start_function_call|end_function_call|start_function_response|end_function_response|function|parameter"
    r"|bos|eos|pad|unk|sop|eop)>"
    r"|(?:function|parameter)=)"  # Qwen 3.5, Llama 3 custom calls
)
_SQUARE = re.compile(
    r"\[(?:/?(?:INST|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|AVAILABLE_TOOLS|SYSTEM_PROMPT|THINK|ARGS|CALL_ID|gMASK|PREFIX|SUFFIX)\])"
)


def control_token(text: str) -> str | None:
    """The first control token in a text; JSON of a text has it where the text has."""
    found = ("<" in text and _ANGLE.search(text)) or _SQUARE.search(text)
    return found.group() if found else None
