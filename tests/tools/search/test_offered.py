"""The tools a model sees: what search and open_page say, and what stands in the record."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.catalogue import schema
from tools.offered.open_page import open_page
from tools.offered.search import search
from tools.results import ToolEnv, ToolOutput
from tools.search.index import LocalIndex
from tools.search.provider import Hit, Page, SearchProvider, SearchUnavailable

LONG = "\n\n".join(f"Paragraph {n}. " + "All is quiet on the quay. " * 20 for n in range(30))
PAGES = (
    Page("quay", "The quay", LONG),
    Page("inn", "The Inn", "The inn by the quay has nine rooms."),
    Page('odd "id"\n', "Odd", "An odd page about newts."),
)


class Down:
    """A provider that never answers."""

    name = "down"

    async def search(self, query: str, limit: int) -> Sequence[Hit]:
        raise SearchUnavailable("the provider is down")

    async def page(self, id: str) -> Page | None:
        raise SearchUnavailable("the provider is down")


@pytest.fixture
def provider(tmp_path: Path) -> LocalIndex:
    return LocalIndex.build(PAGES, tmp_path, untrusted=True)


async def searched(provider: SearchProvider | None, query: str, limit: int = 5) -> ToolOutput:
    return await called(search, provider, {"query": query, "limit": limit})


async def opened(provider: SearchProvider | None, id: str, part: int = 1) -> ToolOutput:
    return await called(open_page, provider, {"id": id, "part": part})


async def called(tool: object, provider: SearchProvider | None, arguments: dict[str, object]) -> ToolOutput:
    call = {"type": "tool_call", "id": "c", "name": "t", "args": {**arguments, "env": ToolEnv(search=provider)}}
    message = await tool.ainvoke(call)  # type: ignore[attr-defined]
    output = message.artifact
    assert isinstance(output, ToolOutput)
    assert message.content == output.content
    return output


async def test_search_shows_titles_ids_and_words_in_context(provider: LocalIndex) -> None:
    output = await searched(provider, "rooms of the inn")
    assert output.error is None
    assert output.content.startswith("1. The Inn (id: inn)\nThe inn by the quay has nine rooms.")
    assert output.data["hits"][0]["id"] == "inn"
    assert output.untrusted


async def test_nothing_found_is_said(provider: LocalIndex) -> None:
    output = await searched(provider, "zeppelin")
    assert output.error is None
    assert output.content.startswith("No results")
    assert output.data["hits"] == []


async def test_an_empty_query_is_an_error(provider: LocalIndex) -> None:
    assert (await searched(provider, "  ")).error == "invalid_input"
    assert (await opened(provider, "  ")).error == "invalid_input"


@pytest.mark.parametrize("limit", [-3, 0, 1, 500])
async def test_any_limit_is_brought_into_bounds(provider: LocalIndex, limit: int) -> None:
    assert 1 <= len((await searched(provider, "quay", limit)).data["hits"]) <= 20


async def test_a_long_page_comes_in_parts_that_make_the_whole(provider: LocalIndex) -> None:
    first = await opened(provider, "quay")
    parts = first.data["parts"]
    assert parts == 3
    assert "[part 1 of 3; for the next call open_page with id quay and part 2]" in first.content
    texts = [(await opened(provider, "quay", part)).content for part in range(1, parts + 1)]
    assert "part 3 of 3, the last" in texts[-1]
    assert all(any(f"Paragraph {n}. " in text for text in texts) for n in range(30))
    assert max(map(len, texts)) < 8000


async def test_a_part_that_does_not_exist_is_an_error(provider: LocalIndex) -> None:
    output = await opened(provider, "quay", 4)
    assert output.error == "invalid_input"
    assert "has parts 1 to 3" in output.content
    assert (await opened(provider, "inn", 0)).error == "invalid_input"


async def test_a_short_page_is_shown_whole(provider: LocalIndex) -> None:
    output = await opened(provider, "inn")
    assert output == ToolOutput(
        "The Inn\n\nThe inn by the quay has nine rooms.", data={"id": "inn", "part": 1, "parts": 1}, untrusted=True
    )


async def test_an_odd_id_can_be_copied_from_the_results(provider: LocalIndex) -> None:
    content = (await searched(provider, "newts")).content
    shown = content[content.index("(id: ") + 5 : content.index(")\n")]
    assert (await opened(provider, shown)).data["id"] == 'odd "id"\n'
    assert (await opened(provider, 'odd "id"\n')).error is None


async def test_an_unknown_id_names_pages_that_may_be_meant(provider: LocalIndex) -> None:
    output = await opened(provider, "The Inn")
    assert output.error == "not_found"
    assert "inn" in output.data["near"]
    assert "Use an id from search results" in (await opened(provider, "zeppelin")).content


@pytest.mark.parametrize("provider", [None, Down()], ids=["none", "down"])
async def test_unavailable_is_never_an_empty_success(provider: SearchProvider | None) -> None:
    assert (await searched(provider, "quay")).error == "search_unavailable"
    assert (await opened(provider, "quay")).error == "search_unavailable"


@pytest.mark.parametrize(("tool", "required"), [(search, ["query"]), (open_page, ["id"])])
def test_the_environment_is_hidden_from_the_model(tool: object, required: list[str]) -> None:
    parameters = schema(tool)["function"]["parameters"]  # type: ignore[arg-type]
    assert parameters["required"] == required
    assert "env" not in parameters["properties"]
