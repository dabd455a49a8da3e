"""What a tool's name tells of its kind."""

import pytest

from graders.calls import kind_of_name


@pytest.mark.parametrize(
    "name", ["open_page", "openPage", "fetch", "fetchPageContent", "fetch_url", "web_fetch", "browser.open", "get_page"]
)
def test_a_document_is_opened(name: str) -> None:
    assert kind_of_name(name) == "open"


@pytest.mark.parametrize(
    "name", ["open_account", "get_opening_hours", "fetch_weather", "browse_products", "visit_count", "OpenWeatherMap"]
)
def test_other_things_are_opened_and_fetched_too(name: str) -> None:
    assert kind_of_name(name) == "other"
