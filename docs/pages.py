"""The generated pages: each a short function that reads the code and returns Markdown."""

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import getdoc, getmodule
from pathlib import Path
from typing import Any

from docs.fields import ChoiceDoc, ModelDoc, choices, models
from docs.markdown import block, code, page, prose, table

ROOT = Path(__file__).resolve().parent.parent


def cli_page() -> str:
    """Every command with its usage, arguments and options."""
    import typer.main

    from winnow.cli import app

    return page("Command line", *_commands(typer.main.get_command(app), "winnow"))


def _commands(command: Any, name: str, parent: Any = None) -> Iterator[str]:
    context = command.make_context(name.split()[-1], [], parent=parent, resilient_parsing=True, terminal_width=10_000)
    records = (param.get_help_record(context) for param in command.get_params(context))
    rows = [record for record in records if record and record[0] != "--help"]
    yield f"## {name}"
    yield prose(command.help)
    yield block(command.get_usage(context).removeprefix("Usage: "))
    yield table(["option", "meaning"], [(code(option), meaning) for option, meaning in rows])
    for child in getattr(command, "commands", {}).values():
        yield from _commands(child, f"{name} {child.name}", context)


def sets_page() -> str:
    """The names of fields that problem sets are read by."""
    from scenarios.sets.cases import LISTS, TABLES
    from scenarios.sets.fields import MEANINGS, NAMES

    rows = [(meaning, ", ".join(map(code, NAMES[what]))) for what, meaning in MEANINGS.items()]
    return page(
        "Fields of problem sets",
        "The names by which the rows of a [problem set](../problem-sets.md) are read: of each line of the table the first that is there "
        "and not empty. Capitals or small letters, blanks, hyphens or underlines make no difference.",
        table(["what", "names"], rows),
        "## Inputs and outputs in the place of tests",
        f"`input_output` with `inputs`, `outputs` and perhaps `fn_name`; lists of objects with `input` and `output` as {_or(LISTS)}, "
        f"with `func_name` in `metadata` for a function; objects with lists `input` and `output` as {_or(TABLES)}. `starter_code` is "
        "what a solution goes on from, `solutions` may hold several of which the first is tried.",
        "## Wrapped rows",
        "A `prompt` or `messages` that is a list of messages is asked as its first user message, `reward_model.ground_truth` is the "
        "answer, or the inputs and outputs; a `prompt` that is a text with an answer beside it is a problem of mathematics.",
    )


def _or(names: tuple[str, ...]) -> str:
    return " or ".join([", ".join(map(code, names[:-1])), code(names[-1])])


def tools_page() -> str:
    """Every tool as the model sees it."""
    from tools.catalogue import catalogue, schema

    parts = (_tool(schema(tool)["function"]) for _, tool in sorted(catalogue().items()))
    return page("Tools", "What an agent can be offered, as the model is told of it.", *parts)


def _tool(function: Mapping[str, Any]) -> str:
    required = function["parameters"].get("required", [])
    rows = [
        (
            code(name),
            _type(node),
            "required" if name in required else code(json.dumps(node.get("default"))),
            node.get("description", ""),
        )
        for name, node in function["parameters"]["properties"].items()
    ]
    arguments = table(["argument", "type", "default", "meaning"], rows)
    return "\n\n".join([f"## {function['name']}", function["description"], arguments])


def _type(node: Mapping[str, Any]) -> str:
    if "anyOf" in node:
        return " or ".join(_type(branch) for branch in node["anyOf"])
    return (
        " or ".join(code(json.dumps(value)) for value in node["enum"])
        if "enum" in node
        else str(node.get("type", "any"))
    )


def graders_page() -> str:
    """Every program and oracle grader with its version and codes."""
    from graders.base import all_graders

    graders = list(all_graders().values())
    rows = [(f"[{g.name}](#{g.name})", g.source, ", ".join(g.codes), g.version) for g in graders]
    overview = table(["grader", "decides from", "codes", "version"], rows)
    return page(
        "Graders", "The codes are explained in [error codes](../error-codes.md).", overview, *map(_grader, graders)
    )


def _grader(grader: Any) -> str:
    module = getmodule(type(grader))
    return "\n\n".join([f"## {grader.name}", prose(module.__doc__ if module else None), prose(getdoc(type(grader)))])


def codes_page() -> str:
    """The table of error codes."""
    from graders import codes

    return codes.page()


def record_page() -> str:
    """Every stored model of the record, with its fields."""
    from traces import record, task

    parts = [prose(record.__doc__), *(_model(m) for module in (record, task) for m in models(module))]
    lists = [_choice(c) for module in (record, task) for c in choices(module)]
    return page("The record", *parts, "## Closed lists", *lists)


def _model(model: ModelDoc) -> str:
    rows = [(code(f.name), code(f.type), code(f.default, empty="required"), f.meaning) for f in model.fields]
    return "\n\n".join([f"## {model.name}", model.meaning, table(["field", "type", "default", "meaning"], rows)])


def _choice(choice: ChoiceDoc) -> str:
    values = ", ".join(code(value) for value in choice.values)
    return f"**{choice.name}**: {values}" + (f"\n\n{choice.meaning}" if choice.meaning else "")


def scenario_page() -> str:
    """Every key of a scenario file, section by section, and the fault profiles it may name."""
    from scenarios import scenario
    from scenarios.profiles import CRITIC_SLIPS, PROFILES, SLIPS, WRITER_SLIPS

    schema = scenario.schema()
    example = block((ROOT / "scenarios/quickstart.yaml").read_text(encoding="utf-8"), "yaml")
    about = "Checked before anything runs: `winnow validate SCENARIO`. One value is changed with `--set a.b=c`."
    named = SLIPS | CRITIC_SLIPS | WRITER_SLIPS
    slips = table(["slip", "what it is"], [(code(slip), meaning) for slip, meaning in named.items()])
    profiles = table(["profile", "slips"], [(code(name), _odds(odds)) for name, odds in PROFILES.items()])
    sections = _sections(schema, schema["$defs"])
    return page("Scenario files", example, about, *sections, "## Fault profiles", profiles, "## Slips", slips)


def _odds(odds: Mapping[str, float]) -> str:
    return ", ".join(f"{slip} {probability:g}" for slip, probability in odds.items()) or "none"


def _sections(node: Mapping[str, Any], defs: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """A section of keys, then the sections below it; keys of one kind share theirs."""
    if at:
        yield f"## {at}"
        yield node.get("description", "")
    keys = [(name, child, _section_of(child)) for name, child in node["properties"].items()]
    rows = [(code(name), _allowed(child), _default(child), child.get("description", "")) for name, child, _ in keys]
    yield table(["key", "allowed", "default", "meaning"], rows)
    for section in dict.fromkeys(section for _, _, section in keys if section):
        names = [name for name, _, of in keys if of == section]
        below = names[0] if len(names) == 1 else "ROLE"
        yield from _sections(defs[section], defs, f"{at}.{below}".lstrip("."))


def _section_of(node: Mapping[str, Any]) -> str:
    references = [branch["$ref"] for branch in (node, *node.get("anyOf", ())) if "$ref" in branch]
    return references[0].rsplit("/", 1)[1] if references else ""


def _allowed(node: Mapping[str, Any]) -> str:
    from scenarios.complaints import describe

    if _section_of(node):
        return "keys, below"
    words = describe(node)
    return "text" if words[1:] == node.get("description", "")[1:].rstrip(".") else words


def _default(node: Mapping[str, Any]) -> str:
    if node.get("default") is None:
        return ""
    value = node["default"]
    return code(value if isinstance(value, str) else json.dumps(value))


def graphs_page() -> str:
    """The graphs of `langgraph.json` as diagrams."""
    graphs = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]
    about = (
        "Drawn from the compiled graphs that runs use; `langgraph.json` opens the same ones in LangGraph's own tools."
    )
    return page("Graphs", about, *(_graph(name, place) for name, place in graphs.items()))


def _graph(name: str, place: str) -> str:
    file, factory = place.split(":")
    module = import_module(file.removeprefix("./").removesuffix(".py").replace("/", "."))
    mermaid = getattr(module, factory)().get_graph().draw_mermaid()
    return "\n\n".join([f"## {name}", prose(module.__doc__).split("\n\n")[0], block(mermaid, "mermaid")])
