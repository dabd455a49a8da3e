"""Level 2 against templates that keep, drop, refuse and mangle as well-known ones do."""

import json
from pathlib import Path
from typing import Any

import pytest

from traces.export import ExportError, Rendering, Template, all_formats, export
from traces.export.rendering import faults, losses
from traces.export.sentinels import Twin
from traces.ledger import Ledger

HERE = Path(__file__).parent / "templates"
TOOL = {"type": "function", "function": {"name": "look", "description": "Looks.", "parameters": {"type": "object"}}}


def call(id: str, arguments: Any) -> dict[str, Any]:
    return {"id": id, "type": "function", "function": {"name": "look", "arguments": arguments}}


def row(*calls: dict[str, Any], text: str = "", thought: str = "", system: str = "") -> dict[str, Any]:
    said = {"role": "assistant", "content": text, "tool_calls": list(calls)}
    results = [{"role": "tool", "content": "One.", "tool_call_id": c["id"], "name": "look"} for c in calls]
    messages = [{"role": "user", "content": "How many?"}, said | ({"reasoning_content": thought} if thought else {})]
    messages += [*results, {"role": "assistant", "content": "One."}]
    return {"messages": ([{"role": "system", "content": system}] if system else []) + messages, "tools": [TOOL]}


ONE = call("c00000001", {"at": "x", "deep": {"n": [1, 2.5]}, "really": True, "none": None})
TWO = call("c00000002", {"at": "x"})


def rules(name: str, line: dict[str, Any], *losses: str) -> set[str]:
    return {rule for rule, _ in faults(Template.load(HERE / f"{name}.jinja"), line, losses)}


@pytest.mark.parametrize("name", ["hermes", "qwen", "llama", "mistral"])
def test_an_ordinary_row_passes(name: str) -> None:
    assert not rules(name, row(ONE, system="Be short."))


@pytest.mark.parametrize("name", ["hermes", "qwen", "mistral"])
def test_parallel_calls_with_text_pass_where_the_template_takes_them(name: str) -> None:
    assert not rules(name, row(ONE, TWO, text="Let me look."))


def test_a_template_that_raises_is_named_with_its_words() -> None:
    assert [rule for rule, detail in faults(Template.load(HERE / "llama.jinja"), row(ONE, TWO))] == ["raises"]
    ((rule, detail),) = faults(Template.load(HERE / "mistral.jinja"), row(call("call_0", {"at": "x"})))
    assert rule == "raises"
    assert "length 9" in detail


def test_dropped_parts_are_named() -> None:
    assert rules("llama", row(ONE, text="Let me look.", thought="Hm.")) == {
        "text beside a call dropped",
        "reasoning dropped",
    }


def test_reasoning_of_an_earlier_turn_is_dropped_and_declared() -> None:
    line = row(ONE, thought="Hm.")
    line["messages"] += [{"role": "user", "content": "And now?"}, {"role": "assistant", "content": "Two."}]
    assert rules("qwen", line) == {"reasoning of an earlier turn dropped", "no prefix"}
    assert rules("qwen", line, "reasoning of an earlier turn dropped") == {"reasoning of an earlier turn dropped"}
    assert not rules("hermes", line)


def test_strings_of_json_are_encoded_twice_by_most_templates() -> None:
    line = row(call("c00000001", '{"at": "x"}'))
    assert rules("hermes", line) == {"arguments encoded twice"}
    assert not rules("qwen", line)


def of(text: str, line: dict[str, Any]) -> set[str]:
    return {rule for rule, _ in faults(Template(text), line)}


def test_python_in_place_of_json_is_seen() -> None:
    whole = "{{ tools }}{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}{{ c.function }}{% endfor %}{% endfor %}"
    assert of(whole, row(TWO)) == {"arguments as Python"}
    as_text = whole.replace(
        "c.function }}",
        "c.function.name }}{% for k, v in c.function.arguments.items() %}{{ k ~ '=' ~ v }}{% endfor %}{{ '' }}",
    )
    assert of(as_text, row(call("c00000001", {"really": True}))) == {"booleans or nulls as Python words"}
    assert of(as_text, row(TWO)) == set()


def test_a_second_call_that_is_dropped_or_a_text_that_is_repeated_is_seen() -> None:
    call = "{% if m.tool_calls %}{{ m.tool_calls[0].function | tojson }}{% endif %}"
    first = f"{{{{ tools }}}}{{% for m in messages %}}{{{{ m.content }}}}{call}{{% endfor %}}"
    assert of(first, row(ONE, TWO)) == {"name dropped", "argument dropped"}
    assert of(first + "{{ messages[-1].content }}", row(ONE)) == {"answer repeated", "no prefix"}


def test_tools_may_be_named_in_headings_too() -> None:
    headed = "{% for t in tools %}{% for n in range(3) %}{{ t.function.name }}: {{ t.function.description }}{% endfor %}{% endfor %}"
    headed += "{% for m in messages %}{{ m.content }}{{ m.tool_calls | default([]) | tojson }}{% endfor %}"
    assert of(headed, row(ONE)) == set()


def test_a_template_that_looks_ahead_gives_no_prefixes() -> None:
    ahead = "{{ messages | length }}{{ tools }}"
    ahead += "{% for m in messages %}{{ m.content }}{{ m.tool_calls | default([]) | tojson }}{% endfor %}"
    assert of(ahead, row(ONE)) == {"no prefix"}


def test_the_twin_has_each_part_once_and_the_shape_of_the_row() -> None:
    line = row(ONE, TWO, text="Let me look.", thought="Hm.")
    twin = Twin.of(line)
    whole = json.dumps([twin.messages, twin.tools])
    assert all(whole.count(mark) == 1 for mark in twin.parts)
    assert "look" not in json.dumps([m.get("tool_calls") for m in twin.messages])
    assert [m["role"] for m in twin.messages] == [m["role"] for m in line["messages"]]


CHAT = ["axolotl", "kto", "openai", "preference", "rl", "trl"]


@pytest.mark.parametrize("name", CHAT)
def test_an_export_is_rendered_as_it_is_written(filled: Ledger, tmp_path: Path, name: str) -> None:
    found = Rendering(Template.load(HERE / "qwen.jinja"))
    report = export(filled, name, tmp_path / "out", screens=(found,))
    assert report.ok, found.findings.words()
    assert found.findings.looked == report.rows > 0
    refused = export(filled, name, tmp_path / "none", screens=(Rendering(Template("{{ raise_exception('no') }}")),))
    assert (refused.rows, refused.refused) == (0, report.rows)
    assert set(refused.by_rule) == {"raises"}


def test_both_sides_of_a_pair_are_rendered() -> None:
    whole = row(ONE)
    *prompt, last = whole["messages"]
    pair = {"prompt": prompt, "chosen": [last], "rejected": [{**last, "content": ""}], "tools": whole["tools"]}
    refuses = (
        Template.load(HERE / "qwen.jinja").text
        + "{% if not messages[-1].content %}{{ raise_exception('empty') }}{% endif %}"
    )
    assert {rule for rule, _ in faults(Template(refuses), pair)} == {"raises"}
    assert faults(Template(refuses), {**pair, "rejected": [last]}) == []


def test_what_is_allowed_is_told_and_no_failure(filled: Ledger, tmp_path: Path) -> None:
    blank = tmp_path / "blank.jinja"
    blank.write_text((HERE / "qwen.jinja").read_text().replace("{{ tool | tojson }}", ""))
    assert not export(filled, "trl", tmp_path / "a", screens=(Rendering(Template.load(blank)),)).ok
    allowed = Rendering(Template.load(blank), losses(["drops-tools"]))
    assert export(filled, "trl", tmp_path / "b", screens=(allowed,)).ok
    assert "tool dropped (declared)" in allowed.findings.words()
    with pytest.raises(ExportError, match="drops-tools"):
        losses(["drop-tools"])


def test_a_format_without_chat_rows_is_refused_before_anything_is_written(filled: Ledger, tmp_path: Path) -> None:
    assert [name for name, format in sorted(all_formats().items()) if format.chat] == CHAT
    with pytest.raises(ExportError, match=", ".join(CHAT)):
        export(filled, "xlam", tmp_path / "out", screens=(Rendering(Template("x")),))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("chat_template.jinja", "{{ bos_token }}!"),
        ("tokenizer_config.json", '{"chat_template": "{{ bos_token }}!", "bos_token": {"content": "<bos>"}}'),
        ("tokenizer_config.json", '{"chat_template": [{"name": "default", "template": "{{ bos_token }}!"}]}'),
        ("chat_template.json", '{"chat_template": "{{ bos_token }}!"}'),
    ],
)
def test_a_template_is_found_where_models_keep_it(tmp_path: Path, file: str, content: str) -> None:
    (tmp_path / file).write_text(content)
    assert Template.load(tmp_path).render([], []) == "<bos>!"
    assert Template.load(tmp_path / file).render([], []) == "<bos>!"


def test_a_template_for_tools_is_taken_where_there_are_tools(tmp_path: Path) -> None:
    both = [{"name": "default", "template": "plain"}, {"name": "tool_use", "template": "tools"}]
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"chat_template": both}))
    assert [Template.load(tmp_path).render([], tools) for tools in ([], [TOOL])] == ["plain", "tools"]


@pytest.mark.parametrize(("content", "told"), [("{% if %}", "line 1"), (None, "cannot be read")])
def test_what_is_no_template_is_refused(tmp_path: Path, content: str | None, told: str) -> None:
    file = tmp_path / "bad.jinja"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ExportError, match=told):
        Template.load(file)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExportError, match="no chat template"):
        Template.load(tmp_path / "empty")


def test_templates_cannot_reach_out_of_the_sandbox() -> None:
    ((rule, detail),) = faults(Template("{{ messages.__class__.__mro__[1].__subclasses__() }}"), row(ONE))
    assert rule == "raises"
    assert "Security" in detail or "unsafe" in detail
