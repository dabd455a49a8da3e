"""Calls that stand in a model's text in some notation, because its server has no parser for it: found, named, and read.

Each notation is what a family of models was trained to write. Notations with marks of their own count whatever they name; bare JSON,
fences, Python calls and ReAct lines only where they name a tool that is offered, since an answer may show such things. What a text only
shows (`tools.quotations`) is no call. Finding a call makes none: that is for whoever declared a parser.
"""

import re
from collections.abc import Callable, Collection, Iterator

from tools.quotations import blanked, explained, fenced, in_quotes
from tools.written_objects import (
    NOTATIONS,
    Notation,
    Written,
    arguments_of,
    object_end,
    objects,
    python,
    run_end,
    value,
)

__all__ = ["NOTATIONS", "Notation", "Written", "without", "written_calls"]


_ENDINGS = re.compile(r"(?:<\|(?:eot_id|eom_id|eot|im_end|end|return|endoftext)\|>|</s>|<｜end▁of▁sentence｜>)\s*\Z")
"""Marks with which a turn ends."""


def written_calls(text: str, offered: Collection[str], only: Notation | None = None) -> list[Written]:
    """The calls in a text, in order; those of the first notation that fits, for one text is in one notation."""
    likely = [f for n, (f, marks) in _FINDERS.items() if only in (None, n) and any(mark in text for mark in marks)]
    if not likely:
        return []
    said = _ENDINGS.sub(lambda m: " " * len(m[0]), blanked(text)) if text.rstrip().endswith(">") else blanked(text)
    for find in likely:
        calls = [call for call in find(said, offered) if call.name]
        if found := [call for call in calls if _is_meant(call, said, offered)]:
            return found
        for call in calls:  # what is quoted in one notation is no call in another
            said = said[: call.start] + " " * (call.end - call.start) + said[call.end :]
    return []


_MARK = r"<[^<>]*tool[_▁]?(?:calls?|sep)[^<>]*>"
_OPENED = re.compile(rf"(?:{_MARK}(?:function(?=<))?\s*)*\Z")
_CLOSED = re.compile(rf"(?:\s*(?:{_MARK}|;))*")


def without(text: str, calls: Collection[Written]) -> str:
    """The text that stands around the calls, without the marks that enclose them or the semicolons between them."""
    for call in sorted(calls, key=lambda call: -call.start):
        before, after = text[: call.start], text[call.end :]
        text = _OPENED.sub("", before, count=1) + _CLOSED.sub("", after, count=1)
    return text.strip()


def _is_meant(call: Written, text: str, offered: Collection[str]) -> bool:
    if in_quotes(text, call.start):
        return False
    if explained(text, call.start) and text[call.end :].strip():
        return False
    return call.name in offered or not fenced(text, call.start)


_TAGS = r"<(tool_?calls?|function_call|tools)>"


def _hermes(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(_TAGS + r"\s*(?:```(?:json)?\s*)?(?=[{\[])", text, re.IGNORECASE):
        closing = re.compile(rf"\s*(?:```)?\s*(?:</{m[1]}>|(?=<{m[1]}>)|\Z)")
        end = run_end(text, m.end())
        closed = closing.match(text, end)
        if end == m.end() or not closed:  # no JSON, or not JSON alone
            closed = closing.search(text, m.end())
            end = closed.start() if closed else len(text)
        yield from objects("hermes", text[m.end() : end], m.start(), closed.end() if closed else end)


def _xml(text: str, offered: Collection[str]) -> Iterator[Written]:
    name = r"(?:_call)?\s*(?:=|\bname\s*=)\s*[\"']?([\w.-]+)[\"']?\s*>"
    around = r"(?:<(?:\w+:)?tool_call>\s*)?", r"(?:\s*</(?:\w+:)?tool_call>)?"
    pattern = rf"{around[0]}<function{name}(.*?)(?:</function(?:_call)?>|\Z){around[1]}"
    parameter = (
        r"<parameter\s*(?:=|\bname\s*=)\s*[\"']?([\w.-]+)[\"']?\s*>\n?(.*?)\n?(?:</parameter>|(?=<parameter)|\Z)"
    )
    for m in re.finditer(pattern, text, re.DOTALL):
        pairs = re.findall(parameter, m[2], re.DOTALL)
        if pairs or not m[2].strip():
            yield Written("xml", m[1], {key: value(given) for key, given in pairs}, None, m.start(), m.end())
        else:
            yield arguments_of("xml", m[1], m[2], m.start(), m.end())


def _glm(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"<tool_call>\s*([\w.-]+)\s*(<arg_key>.*?)?(?:</tool_call>|\Z)", text, re.DOTALL):
        if m[2] or m[1] in offered:
            pairs = re.findall(r"<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|\Z)", m[2] or "", re.DOTALL)
            yield Written("glm", m[1], {key.strip(): value(given) for key, given in pairs}, None, m.start(), m.end())


def _invoke(text: str, offered: Collection[str]) -> Iterator[Written]:
    mark = r"(?:\w+:|｜\w+｜)?"
    pattern = rf"<{mark}invoke name=\"([\w.-]+)\"\s*>(.*?)(?:</{mark}invoke>|\Z)"
    around = [
        (m.start(), m.end()) for m in re.finditer(r"</?(?:[\w｜]+:)?[｜\w]*(?:function_calls|tool_calls?)>", text)
    ]
    for m in re.finditer(pattern, text, re.DOTALL):
        pairs = re.findall(rf"<{mark}parameter name=\"([\w.-]+)\"[^>]*>(.*?)(?:</{mark}parameter>|\Z)", m[2], re.DOTALL)
        start = max((a for a, b in around if b <= m.start() and not text[b : m.start()].strip()), default=m.start())
        end = next((b for a, b in around if a >= m.end() and not text[m.end() : a].strip()), m.end())
        yield Written("invoke", m[1], {key: value(given) for key, given in pairs}, None, start, end)


def _mistral(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"\[TOOL_CALLS\]\s*(.*?)(?=\[TOOL_CALLS\]|</s>|\Z)", text, re.DOTALL):
        named = re.match(r"([\w.-]+)(?:\[CALL_ID\][\w-]+)?(?:\[ARGS\])?\s*(?=\{)", m[1])
        if named:
            yield arguments_of("mistral", named[1], m[1][named.end() :], m.start(), m.end())
        else:
            end = run_end(m[1], 0) or len(m[1])
            yield from objects("mistral", m[1][:end], m.start(), m.start(1) + end)


def _llama(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"<\|python_tag\|>(.*?)(?=<\|python_tag\|>|<\|eo[mt]_id\|>|\Z)", text, re.DOTALL):
        inside = m[1].strip()
        if inside.startswith(("{", "[")):
            yield from objects("llama", inside, m.start(), m.end())
        elif called := re.match(r"([\w-]+)\.call\((.*)\)\s*\Z", inside, re.DOTALL):
            read = python("llama", f"{called[1]}({called[2]})", m.start(), m.end())
            yield from read or [arguments_of("llama", called[1], called[2], m.start(), m.end())]
        elif "python" in offered:
            yield Written("llama", "python", {"code": inside}, None, m.start(), m.end())


def _deepseek(text: str, offered: Collection[str]) -> Iterator[Written]:
    begin, sep, end = (rf"<[|｜]tool[▁_]{word}[|｜]>" for word in ("call[▁_]begin", "sep", "call[▁_]end"))
    around = r"(?:<[|｜]tool[▁_]calls[▁_](?:begin|end)[|｜]>)?"
    for m in re.finditer(
        rf"{around}{begin}(?:function{sep})?([\w.-]+)(?:{sep})?(.*?)(?:{end}|\Z){around}", text, re.DOTALL
    ):
        yield arguments_of("deepseek", m[1], m[2], m.start(), m.end())


def _kimi(text: str, offered: Collection[str]) -> Iterator[Written]:
    pattern = (
        r"(?:<\|tool_calls_section_begin\|>)?\s*<\|tool_call_begin\|>\s*(?:functions\.)?([\w.-]+?)(?::\d+)?\s*"
        r"<\|tool_call_argument_begin\|>(.*?)(?:<\|tool_call_end\|>|\Z)\s*(?:<\|tool_calls_section_end\|>)?"
    )
    return (arguments_of("kimi", m[1], m[2], m.start(), m.end()) for m in re.finditer(pattern, text, re.DOTALL))


def _harmony(text: str, offered: Collection[str]) -> Iterator[Written]:
    opening = r"(?:<\|start\|>assistant)?\s*(?:<\|channel\|>)?(?:commentary|analysis)?\s*to="
    pattern = (
        opening + r"(?:functions\.)?([\w-]+)(?:<\|channel\|>\w+)?\s*"
        r"(?:<\|constrain\|>)?\s*(?:json|code)?\s*(?:<\|message\|>)?\s*(?=\{)(.*?)(?:<\|call\|>|\Z)"
    )
    for m in re.finditer(pattern, text, re.DOTALL):
        yield arguments_of("harmony", m[1], m[2], m.start(), m.end())
    for m in re.finditer(opening + r"python\b[^{\n]*?<\|message\|>(?!\{)(.*?)(?:<\|call\|>|\Z)", text, re.DOTALL):
        yield from (
            [Written("harmony", "python", {"code": m[1]}, None, m.start(), m.end())] if "python" in offered else []
        )


_OPENINGS = r"(?:<\|tool_call\|>|functools|<\|START_ACTION\|>|<\|tools_prefix\|>|<\|action_start\|>\s*<\|plugin\|>|Action:\s*```json)"
_CLOSINGS = re.compile(r"\s*(?:<\|/tool_call\|>|<\|END_ACTION\|>|<\|tools_suffix\|>|<\|action_end\|>|```)?")


def _granite(text: str, offered: Collection[str]) -> Iterator[Written]:
    """A mark, and a list or an object after it: Granite, Phi, Command, Apertus, InternLM; and Functionary's `>>>`."""
    for m in re.finditer(_OPENINGS + r"\s*(?=[{\[])", text):
        end = run_end(text, m.end())
        end = end if end > m.end() else len(text)
        closed = _CLOSINGS.match(text, end)
        yield from objects("granite", text[m.end() : end], m.start(), closed.end() if closed else end)
    for m in re.finditer(r">>>(?!all\b)([\w-]+)\n(\{.*?\})(?=>>>|\s*\Z)", text, re.DOTALL):
        yield arguments_of("granite", m[1], m[2], m.start(), m.end())


def _gemma(text: str, offered: Collection[str]) -> Iterator[Written]:
    pattern = r"<start_function_call>\s*call:\s*([\w.-]+)\s*\{(.*?)\}\s*(?:<end_function_call>|\Z)"
    for m in re.finditer(pattern, text, re.DOTALL):
        pairs = re.findall(r"([\w-]+)\s*:\s*(?:<escape>(.*?)<escape>|([^,]*))", m[2], re.DOTALL)
        arguments = {key: value(plain) if plain.strip() else escaped for key, escaped, plain in pairs}
        yield Written("gemma", m[1], arguments, None, m.start(), m.end())


def _fenced(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"```([\w-]*)[ \t]*\n(.*?)(?:```|\Z)", text, re.DOTALL):
        inside = m[2].strip()
        if inside.startswith("{") or (inside.startswith("[") and m[1] != "tool_code"):
            yield from (c for c in objects("fenced", inside, m.start(), m.end(), whole=False) if c.name in offered)
        elif m[1] in ("tool_code", "tool_call", "tool_calls"):
            yield from _all_offered(python("fenced", inside, m.start(), m.end()), offered)


def _bare(text: str, offered: Collection[str]) -> Iterator[Written]:
    place = 0
    while (start := _next(text, place)) >= 0:
        end = object_end(text, start)
        place = end or start + 1
        if end and not explained(text, start):
            yield from (c for c in objects("json", text[start:end], start, end, whole=False) if c.name in offered)
    alone = re.match(
        r"\s*\{\s*\"(?:name|tool|tool_name)\"\s*:\s*\"([\w.-]+)\"\s*,\s*\"(?:arguments|parameters)\"", text
    )
    if alone and alone[1] in offered and not object_end(text, len(text) - len(text.lstrip())):  # a call that breaks off
        yield from objects("json", text, 0, len(text))


_AROUND_PYTHON = (
    (r"<\|python_start\|>", r"<\|python_end\|>"),
    (r"<\|tool_call_start\|>", r"<\|tool_call_end\|>"),
    (r"<function_calls>", r"</function_calls>"),
)
"""Marks of Llama 4, LFM2 and OLMo."""


def _pythonic(text: str, offered: Collection[str]) -> Iterator[Written]:
    opening, closing = ("|".join(marks) for marks in zip(*_AROUND_PYTHON, strict=True))
    marked = list(re.finditer(rf"(?:{opening})\s*(.*?)\s*(?:{closing}|\Z)", text, re.DOTALL))
    for m in marked:
        yield from _all_offered(python("pythonic", m[1], m.start(), m.end()), offered)
    if marked or fenced(text, len(text.rstrip()) - 1):
        return
    if not text.rstrip().endswith((")", "]")):
        return
    last = len(text) - len(text.rstrip().rpartition("\n")[2]) - (len(text) - len(text.rstrip()))
    for start in dict.fromkeys((0, last)):  # all of it, or its last line
        alone = re.match(r"\s*\[?\s*([\w.]+)\(", text[start:])
        if alone and (found := _all_offered(python("pythonic", text[start:], start, len(text)), offered)):
            yield from found
            return


def _all_offered(calls: list[Written], offered: Collection[str]) -> list[Written]:
    return calls if all(call.name in offered for call in calls) else []


def _react(text: str, offered: Collection[str]) -> Iterator[Written]:
    bold = r"\*{0,2}"
    action = rf"^{bold}Action:{bold}[ \t]*([\w.-]+)[ \t]*"
    until = rf"(?=\n{bold}(?:Observation|Thought|Action):|\Z)"
    for m in re.finditer(rf"{action}\s*\n{bold}Action Input:{bold}[ \t]*(.*?){until}", text, re.M | re.DOTALL):
        if m[1] in offered:
            yield arguments_of("react", m[1], m[2], m.start(), m.end())
    for m in re.finditer(rf"{action}(\(.*?\)){until}", text, re.M | re.DOTALL):
        yield from _all_offered(python("react", m[1] + m[2], m.start(), m.end()), offered)


_Finder = Callable[[str, Collection[str]], Iterator[Written]]
_FINDERS: dict[Notation, tuple[_Finder, tuple[str, ...]]] = {
    "hermes": (_hermes, ("<",)),
    "xml": (_xml, ("<",)),
    "glm": (_glm, ("<tool_call>",)),
    "invoke": (_invoke, ("invoke name",)),
    "mistral": (_mistral, ("[TOOL_CALLS]",)),
    "llama": (_llama, ("<|python_tag|>",)),
    "kimi": (_kimi, ("<|tool_call_begin|>",)),
    "deepseek": (_deepseek, ("<｜", "<|")),
    "harmony": (_harmony, ("to=",)),
    "granite": (_granite, ("<|", "functools", "Action:", ">>>")),
    "gemma": (_gemma, ("<start_function_call>",)),
    "fenced": (_fenced, ("```",)),
    "json": (_bare, ('"',)),
    "pythonic": (_pythonic, ("=", "()")),
    "react": (_react, ("Action:",)),
}
"""How calls of a notation are found, and what stands in every text that holds any: most texts hold none of it."""


_OBJECT = re.compile(
    r"[{\[]\s*(?:\{\s*)?\"(?:name|function|tool|tool_name|action|id|type|tool_calls|tool_uses|recipient_name|parameters|arguments)\""
)


def _next(text: str, place: int) -> int:
    found = _OBJECT.search(text, place)
    return found.start() if found else -1
