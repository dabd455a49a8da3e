"""Control tokens of known chat templates: inside a text they would be tokenised as the real thing, and end a turn or open a call.

Spelled exactly, as tokenizers match them: `<Think>` is ordinary text. Bars of either width count, as DeepSeek and Kimi use both.
"""

import re

TOOL_LIST = "<tools>"
"""What the list of tools in a system message opens with, in Hermes' form and others."""
_TAGS = (
    "tool_calls?|tool_response|tool_list|tools|think|arg_key|arg_value|function|functions|function_calls?|function_results"
    "|parameter|invoke|s|bos|eos|pad|unk|sop|eop"
    "|start_of_turn|end_of_turn|start_of_image|end_of_image|image_soft_token"  # Gemma 3
    "|(?:start|end)_function_(?:declaration|call|response)|escape"  # FunctionGemma
    "|TOOLCALL|TOOL_CALL|TOOLRESPONSE|TOOL_RESPONSE|AVAILABLE_TOOLS|SPECIAL_[0-9]{1,4}|extra_id_[0-9]{1,4}"  # Nemotron, Apertus
    "|BOS_TOKEN|EOS_TOKEN|PAD_TOKEN|reserved_[0-9]{1,4}|unused[0-9]{1,4}"
    "|(?:minimax|seed):[a-z_]{1,30}"
)
_ONE_BAR = "turn|channel|think|tool|tool_call|tool_response|image|audio|video"  # Gemma 4
_ANGLE = re.compile(
    r"<(?:[|｜][^\s|｜<>]{1,40}[|｜]>"  # ChatML, Llama 3, harmony, GLM, Cohere, Phi, Granite, Kimi, DeepSeek
    r"|/?｜[^\s｜<>]{1,40}｜"  # DeepSeek's markup for calls, which puts a name after the second bar
    rf"|\|(?:{_ONE_BAR})>|(?:{_ONE_BAR})\|>"
    rf"|/?(?:{_TAGS})>"
    r"|(?:function|parameter)=|(?:invoke|parameter) name=|<SYS>>|</SYS>>)"
)
_SQUARE = re.compile(
    r"\[/?(?:INST|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|AVAILABLE_TOOLS|SYSTEM_PROMPT|MODEL_SETTINGS|THINK|ARGS|CALL_ID|gMASK|sMASK"
    r"|PREFIX|SUFFIX|MIDDLE|IMG|IMG_BREAK|IMG_END|AUDIO|BEGIN_AUDIO)\]"
    r"|\]~!?b[\[\]]|\[e~\["  # MiniMax
)


def control_token(text: str) -> str | None:
    """The first control token in a text; JSON of a text has it where the text has."""
    found = ("<" in text and _ANGLE.search(text)) or (("[" in text or "]" in text) and _SQUARE.search(text))
    return found.group() if found else None
