"""Level 2: what a chat template makes of the rows. Templates drop, repeat and mangle legal rows without a word; this names each.

Every part of a row must stand in the text once; arguments must stand as JSON, encoded once; what a turn was prompted with must be the
beginning of the whole text. Limits: booleans and nulls are looked at only as words, and schemas not at all.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from traces.export.errors import ExportError
from traces.export.findings import Findings
from traces.export.row import JSON
from traces.export.sentinels import MARK, Twin
from traces.export.template import Template, TemplateFailure
from traces.export.text import dumps
from traces.export.written import conversations

ALLOWANCES: Mapping[str, frozenset[str]] = {
    "drops-earlier-reasoning": frozenset({"reasoning of an earlier turn dropped"}),
    "drops-reasoning": frozenset({"reasoning of an earlier turn dropped", "reasoning dropped"}),
    "drops-text": frozenset({"text beside a call dropped"}),
    "drops-tools": frozenset({"tool dropped", "description dropped"}),
    "drops-descriptions": frozenset({"description dropped"}),
    "python-words": frozenset({"booleans or nulls as Python words"}),
    "cuts-answers": frozenset({"an answer would be cut"}),
    "trains-results": frozenset({"results trained"}),
}
"""What a user may declare as known, by name: these findings are counted as declared losses."""

_OFTEN = {"tool": None, "description": None, "name": 2}
"""Parts that may stand more than once: tools in headings and indexes, the name of a call again above its result."""
_JSON_WORDS = re.compile(r"\b(?:true|false|null)\b")
_PYTHON = re.compile(r"\b(?:True|False|None)\b")


def losses(allowed: Iterable[str]) -> frozenset[str]:
    """The rules that the names of allowances stand for. Raises ExportError for an unknown name."""
    rules: frozenset[str] = frozenset()
    for name in allowed:
        if name not in ALLOWANCES:
            raise ExportError(name, "nothing of that name can be allowed", f"Known are {', '.join(ALLOWANCES)}")
        rules |= ALLOWANCES[name]
    return rules


class Rendering:
    """Level 2 of the rows that pass through it on their way to a file. `findings` has what it saw."""

    def __init__(self, template: Template, declared: frozenset[str] = frozenset()) -> None:
        self._template = template
        self.findings = Findings("rendered with the chat template", declared)

    def __call__(self, key: str, line: JSON) -> list[tuple[str, str]]:
        """What the template does wrong with a row and nobody declared."""
        return self.findings.add(key, faults(self._template, line, self.findings.declared))


def faults(template: Template, line: JSON, declared: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What the template does wrong with a row: rule and detail, each once of all sides of a pair."""
    return list(dict.fromkeys(found for each in conversations(line) for found in _faults(template, each, declared)))


def _faults(template: Template, line: JSON, declared: Iterable[str]) -> list[tuple[str, str]]:
    twin = Twin.of(line)
    try:
        template.render(line["messages"], line.get("tools") or ())
        text = template.render(twin.messages, twin.tools)
        counts = Counter(MARK.findall(text))
        found = [*_counted(twin, counts), *_mangled(twin, text)]
        return [*found, *_not_prefix(template, _reduced(twin, counts, declared), twin.tools, text)]
    except TemplateFailure as failure:
        return [("raises", str(failure))]


def _counted(twin: Twin, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for mark, part in twin.parts.items():
        times, place = counts.get(mark, 0), twin.places[mark]
        where = "the tools" if place < 0 else f"message {place}"
        if not times:
            yield f"{part} dropped", f"the {part} of {where} is not in the text"
        elif (most := _OFTEN.get(part, 1)) and times > most:
            yield f"{part} repeated", f"the {part} of {where} stands {times} times in the text"


def _mangled(twin: Twin, text: str) -> Iterator[tuple[str, str]]:
    for mark, part in twin.parts.items():
        if part != "argument":
            continue
        if f'\\"{mark}' in text:
            yield "arguments encoded twice", f"message {twin.places[mark]} has its arguments as a string of JSON"
            return
        if f"'{mark}'" in text:
            yield "arguments as Python", f"message {twin.places[mark]} has its arguments in Python's quotes, not JSON's"
            return
    words = {word for message in twin.messages for word in _words(message)}
    if words and (seen := _PYTHON.search(MARK.sub(" ", text))) and not _PYTHON.search(dumps(twin.tools)):
        yield "booleans or nulls as Python words", f"{seen.group()} where JSON has {', '.join(sorted(words))}"


def _words(message: JSON) -> Iterator[str]:
    for call in message.get("tool_calls", ()):
        yield from _JSON_WORDS.findall(dumps(call["function"]["arguments"]))


def _reduced(twin: Twin, counts: Mapping[str, int], declared: Iterable[str]) -> list[JSON]:
    """The twin's messages without reasoning that is dropped and may be: what is left must render to prefixes."""
    gone = {mark for mark, part in twin.parts.items() if not counts.get(mark) and f"{part} dropped" in declared}
    drop = ("reasoning_content", "thinking")
    return [
        {key: value for key, value in message.items() if not (key in drop and value in gone)}
        for message in twin.messages
    ]


def _not_prefix(template: Template, messages: list[JSON], tools: list[JSON], text: str) -> Iterator[tuple[str, str]]:
    for place, message in enumerate(messages):
        if message["role"] == "assistant" and not text.startswith(template.render(messages[:place], tools)):
            yield "no prefix", f"the messages before message {place} render to another beginning than the whole row"
            return
