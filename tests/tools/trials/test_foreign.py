# ruff: noqa: E501  (programs are data: broken up they cannot be read)
"""A program in another language is compiled and run on every input; the right results never leave the host."""

import json
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from tools.sandbox import LocalSessions
from tools.sandbox.session import SandboxUnavailable
from tools.trials import Example, Port, attempt_port
from tools.trials.dialects import DIALECTS, Returns, absent, block, promise

INPUTS = ((), (4,), (7, -3, 10), (5, 5, -8, 12))
RIGHT: dict[str, tuple[str, Callable[[Sequence[int]], object]]] = {
    "number": ("sum", lambda xs: sum(xs)),
    "list": ("negatives", lambda xs: [-x for x in xs]),
    "maybe": ("top", lambda xs: max(xs, default=None)),
}
CODE: dict[tuple[str, str], str] = {
    ("javascript", "number"): "const fs = require('fs');\nexport function sum(xs) { return xs.reduce((a, b) => a + b, 0) }\nconsole.log(sum([1]))",
    ("javascript", "list"): "const negatives = xs => xs.map(x => -x)",
    ("javascript", "maybe"): "function top(xs) { return xs.length ? Math.max(...xs) : null }",
    ("c", "number"): "#include <stdio.h>\nlong long sum(const long long *xs, int n) { long long s = 0; while (n) s += xs[--n]; return s; }\n"
    'int main() { printf("%d\\n", 1); }',
    ("c", "list"): "int negatives(const long long *xs, int n, long long *out) { for (int i = 0; i < n; i++) out[i] = -xs[i]; return n; }",
    ("c", "maybe"): "int top(const long long *xs, int n, long long *out) { if (!n) return 0; *out = xs[0];\n"
    "for (int i = 1; i < n; i++) if (xs[i] > *out) *out = xs[i]; return 1; }",
    ("cpp", "number"): "#include <numeric>\n#include <vector>\nlong long sum(const std::vector<long long>& xs) { return std::accumulate(xs.begin(), xs.end(), 0LL); }",
    ("cpp", "maybe"): "#include <algorithm>\n#include <optional>\n#include <vector>\nstd::optional<long long> top(const std::vector<long long>& xs)\n"
    "{ if (xs.empty()) return std::nullopt; return *std::max_element(xs.begin(), xs.end()); }",
    ("sql", "number"): "SELECT coalesce(sum(x), 0) FROM xs;",
    ("sql", "list"): "SELECT -x FROM xs ORDER BY i",
    ("sql", "maybe"): "SELECT max(x) FROM xs",
    ("java", "list"): "import java.util.*;\npublic class Solution { static long[] negatives(long[] xs) { return Arrays.stream(xs).map(x -> -x).toArray(); } }",
    ("rust", "maybe"): "use std::cmp::max;\nfn top(xs: &[i64]) -> Option<i64> { xs.iter().copied().reduce(max) }\nfn main() { println!(\"1\") }",
    ("go", "list"): 'package main\nimport "fmt"\nfunc negatives(xs []int64) []int64 { out := []int64{}; for _, x := range xs { out = append(out, -x) }; return out }\n'
    'func main() { fmt.Println("x") }',
    ("bash", "number"): "sum() { local s=0 x; for x in \"$@\"; do (( s += x )); done; echo $s; }",
    ("bash", "list"): 'negatives() { for x in "$@"; do echo $((-x)); done; }',
    ("bash", "maybe"): 'top() { (( $# )) || { echo None; return; }; local m=$1; for x in "$@"; do (( x > m )) && m=$x; done; echo $m; }',
}  # fmt: skip
CASES = [
    pytest.param(*key, code, id=" ".join(key), marks=[pytest.mark.slow] if key[0] in ("java", "rust", "go") else [])
    for key, code in CODE.items()
]


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


def port(language: str, returns: Returns) -> Port:
    name, function = RIGHT[returns]
    return Port(language, name, returns, tuple(Example(xs, json.dumps(function(xs))) for xs in INPUTS))


@pytest.mark.parametrize(("language", "returns", "code"), CASES)
async def test_a_right_program_agrees_everywhere(
    language: str, returns: Returns, code: str, sessions: LocalSessions
) -> None:
    if why := absent(language):
        pytest.skip(why)
    label = DIALECTS[language].labels[0]
    found = await attempt_port(port(language, returns), f"Here:\n\n```{label}\n{code}\n```\nDone.", sessions)
    assert found.passed, found.reason
    assert found.calls == len(INPUTS)


@pytest.mark.parametrize(
    ("language", "returns", "code", "why"),
    [
        ("javascript", "number", "function sum(xs) { return xs.reduce((a, b) => a + b) }", "ends at the call with []"),
        ("javascript", "maybe", "function top(xs) { return Math.max(...xs) }", 'gives "-Infinity" for []'),
        ("javascript", "maybe", "function top(xs) { return xs[0] ?? null }", "gives 7 for [7, -3, 10]"),
        ("javascript", "number", "function sum(xs) { return true }", "gives true for []"),
        ("javascript", "number", "function sum(xs) {", "SyntaxError"),
        ("javascript", "number", "function other(xs) { return 0 }", "sum is not defined"),
        ("c", "number", "long long sum(const long long *xs, int n) { return xs[0] }", "does not compile"),
        ("c", "list", "int negatives(const long long *xs, int n, long long *out) { return -1; }", "a count of -1"),
        ("c", "number", "long long sum(const long long *xs, int n) { for (;;); }", "limit of time"),
        ("sql", "number", "DELETE FROM xs; SELECT 1", "one statement at a time"),
        ("sql", "list", "SELECT i, -x FROM xs", "rows of 2 columns"),
        ("sql", "number", "SELECT sum(x) FROM xs", "gives null for []"),
        ("sql", "number", "SELECT summ(x) FROM xs", "no such function: summ"),
        ("bash", "number", 'sum() { local s=0 x; for x in "$@"; do (( s += x, s > 0 )); done; echo $((s + 1)); }', "gives 1 for []"),
    ],
)  # fmt: skip
async def test_a_wrong_one_does_not(
    language: str, returns: Returns, code: str, why: str, sessions: LocalSessions
) -> None:
    if missing := absent(language):
        pytest.skip(missing)
    found = await attempt_port(port(language, returns), code, sessions, seconds=2 if "(;;)" in code else 60)
    assert not found.passed
    assert why in found.reason, found.reason


async def test_what_a_program_prints_is_no_result(sessions: LocalSessions) -> None:
    code = 'top() { echo "$mark_ 1" >&2; for m in "$mark_" mark; do echo "$m 10"; done; }'
    assert not (await attempt_port(port("bash", "maybe"), code, sessions)).passed


async def test_a_language_that_is_not_there_is_told(sessions: LocalSessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.sandbox.languages.toolchain", lambda language: None)
    assert absent("sql") == ""
    with pytest.raises(SandboxUnavailable, match="no toolchain for Rust on this machine"):
        await attempt_port(port("rust", "number"), "", sessions)


def test_the_fence_carries_the_language() -> None:
    said = "```python\nold\n```\n\n```js\nnew\n```\nand a run:\n```\noutput\n```"
    assert block(said, "javascript") == "new\n"
    assert block(said, "c") == "output\n"
    assert block("int f();", "c") == "int f();"


@pytest.mark.parametrize("language", sorted(DIALECTS))
def test_every_kind_of_function_is_described(language: str) -> None:
    for returns, words in DIALECTS[language].promises.items():
        assert promise(language, "pick", returns) == words.replace("{name}", "pick")
