"""A seed as the writer reads it, and a query as the judge reads it: JSON, in plain words."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from agents.author.prompts import DO, GROUNDED, LEVELS
from scenarios.queries.seeds import Passage, QuerySeed
from tools.catalogue import catalogue


def brief(seed: QuerySeed) -> str:
    """What the writer is given."""
    cell = seed.cell
    do, same = DO[seed.technique].format(method=seed.method), seed.technique == "rephrase"
    return _json(
        {
            "do": do + (GROUNDED if seed.passage and seed.technique != "extract" else ""),
            "technique": seed.technique,
            "domain": cell.domain,
            "topic": seed.topic or None,
            "who_asks": seed.persona,
            "style": seed.style,
            "language": cell.language,
            "difficulty": None if same else f"{cell.difficulty} of {len(LEVELS)}: {LEVELS[cell.difficulty - 1]}",
            "tools": described(seed.tools),
            "should_need": None if same else cell.needs,
            "parent": seed.parents[0].query if seed.parents else None,
            "examples": seed.examples or None,
            "passage": _shown(seed.passage),
        }
    )


def question(query: str, tools: Iterable[str], passage: Passage | None) -> str:
    """What the judge is given."""
    return _json({"query": query, "tools": described(tools), "passage": _shown(passage)})


def described(tools: Iterable[str]) -> dict[str, str]:
    """Tools by name, with the first line of what the model is told of them."""
    return {name: catalogue()[name].description.partition("\n")[0] for name in tools}


def _shown(passage: Passage | None) -> Mapping[str, str] | None:
    return {"title": passage.title, "text": passage.text} if passage else None


def _json(value: Mapping[str, Any]) -> str:
    kept = {key: said for key, said in value.items() if said is not None}
    return orjson.dumps(kept, option=orjson.OPT_INDENT_2).decode()
