"""What static analysis tells of programs that nobody runs."""

from collections.abc import AsyncIterator

import pytest

from tools.sandbox import LocalSessions
from tools.trials import analysis
from tools.trials.analysis import complaints, python_complaints
from tools.trials.dialects import absent, free_name

BROKEN = {
    "javascript": ("function top(xs) {\n    return xs.map(x => ;\n}", "return xs.map(x => ;"),
    "c": ("long long top(const long long *xs, int n) {\n    return xs[0] + total;\n}", "total"),
    "cpp": ("#include <vector>\nlong long top(const std::vector<long long>& xs) {\n    return most(xs);\n}", "most"),
    "bash": ("top() {\n    if true; then echo 1\n}", "syntax error"),
    "rust": ("fn top(xs: &[i64]) -> i64 {\n    most\n}", "most"),
}
SOUND = {
    "javascript": "export function top(xs) {\n    return Math.max(...xs);\n}",
    "c": "long long top(const long long *xs, int n) {\n    return n ? xs[0] : 0;\n}",
    "bash": "top() {\n    echo 1\n}",
    "rust": "fn top(xs: &[i64]) -> i64 {\n    xs[0]\n}",
}


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


@pytest.mark.parametrize("language", BROKEN)
async def test_a_parser_names_what_is_wrong_and_its_line(language: str, sessions: LocalSessions) -> None:
    if absent(language):
        pytest.skip(absent(language))
    code, part = BROKEN[language]
    assert part in " ".join(await complaints(language, code, "top", "number", sessions))


@pytest.mark.parametrize("language", SOUND)
async def test_a_sound_program_has_no_complaints(language: str, sessions: LocalSessions) -> None:
    if absent(language):
        pytest.skip(absent(language))
    assert await complaints(language, SOUND[language], "top", "number", sessions) == ()


async def test_python_is_linted_and_without_a_linter_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    undefined, unparsed = "def top(xs):\n    return most(xs)\n", "def top(xs)\n    return 1\n"
    assert "most" in (await python_complaints(undefined))[0]
    assert "SyntaxError" in (await python_complaints(unparsed))[0]
    monkeypatch.setattr(analysis, "ruff", lambda: None)
    assert await python_complaints(undefined) == ()
    assert "def top(xs)" in (await python_complaints(unparsed))[0]


def test_a_function_gets_a_name_that_its_language_allows() -> None:
    assert free_name("bash", "select") == "select_"
    assert free_name("javascript", "select") == "select"
    assert free_name("cpp", "double") == "double_"
