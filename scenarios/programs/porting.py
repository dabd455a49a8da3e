# ruff: noqa: E501  (programs are data: broken up they cannot be read)
"""A specification as a program in another language, as a programmer who knows it would write it. SQL is apart, in `querying`.

A language is a `Manner`: templates for keeping, changing, arranging and giving back. What a language lacks ready-made is a helper that
is written out only where it is needed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scenarios.programs.spec import Op, Spec

Returns = Literal["number", "list", "maybe"]
_EXPRESSIONS = {
    "even": "x % 2 == 0", "odd": "x % 2 != 0", "above": "x > {k}", "at_least": "x >= {k}", "below": "x < {k}",
    "at_most": "x <= {k}", "multiple": "x % {k} == 0", "no_multiple": "x % {k} != 0",
    "add": "x + {k}", "subtract": "x - {k}", "times": "x * {k}", "square": "x * x", "negate": "-x",
}  # fmt: skip


def returns_of(spec: Spec) -> Returns:
    """What kind of result the function has."""
    return {"list": "list", "largest": "maybe", "smallest": "maybe"}.get(spec.result.name, "number")  # type: ignore[return-value]


@dataclass(frozen=True)
class Manner:
    """How one language does it. In `heads` stands `{name}`, in `keep` and `change` `{e}`, in the rest `{k}`."""

    heads: Mapping[Returns, str]
    keep: str
    change: str
    arrange: Mapping[str, str]
    result: Mapping[str, str]
    own: Mapping[str, str]
    """Expressions that differ from what most languages write."""
    helpers: Mapping[str, str] = field(default_factory=dict)
    """By the operation that needs it."""
    top: str = ""
    end: str = "}"

    def written(self, spec: Spec, name: str) -> str:
        """The whole program."""
        ops = (*spec.keep, *spec.change, *spec.arrange, spec.result)
        needed = dict.fromkeys(self.helpers[op.name] for op in ops if op.name in self.helpers)
        helpers = sorted(needed, key=lambda helper: not helper.startswith("import"))  # those have to stand first
        parts = [self.top, *helpers, self.heads[returns_of(spec)], *self._body(spec), self.end]
        return "\n".join(part for part in parts if part).replace("{name}", name) + "\n"

    def _body(self, spec: Spec) -> Iterator[str]:
        for op in spec.keep:
            yield self.keep.replace("{e}", self._expression(op))
        for op in spec.change:
            yield self.change.replace("{e}", self._expression(op))
        for op in spec.arrange:
            yield _filled(self.arrange[op.name], op)
        yield self.result[spec.result.name]

    def _expression(self, op: Op) -> str:
        return _filled(self.own.get(op.name) or _EXPRESSIONS[op.name], op)


def _filled(template: str, op: Op) -> str:
    return template.replace("{k}", f"({op.constant})" if op.constant < 0 else str(op.constant))


_JAVASCRIPT = Manner(
    heads=dict.fromkeys(("number", "list", "maybe"), "function {name}(xs) {"),
    keep="    xs = xs.filter(x => {e});",
    change="    xs = xs.map(x => {e});",
    arrange={
        "sort": "    xs = [...xs].sort((a, b) => a - b);",
        "sort_down": "    xs = [...xs].sort((a, b) => b - a);",
        "reverse": "    xs = [...xs].reverse();",
        "distinct": "    xs = [...new Set(xs)];",
        "first": "    xs = xs.slice(0, {k});",
        "last": "    xs = xs.slice(-{k});",
        "second": "    xs = xs.filter((_, i) => i % 2 === 0);",
    },
    result={
        "list": "    return [...xs];",
        "sum": "    return xs.reduce((sum, x) => sum + x, 0);",
        "count": "    return xs.length;",
        "largest": "    return xs.length ? Math.max(...xs) : null;",
        "smallest": "    return xs.length ? Math.min(...xs) : null;",
        "alternating": "    return xs.reduce((sum, x, i) => (i % 2 ? sum - x : sum + x), 0);",
    },
    own={
        "even": "x % 2 === 0",
        "odd": "x % 2 !== 0",
        "multiple": "x % {k} === 0",
        "no_multiple": "x % {k} !== 0",
        "absolute": "Math.abs(x)",
        "digits": "[...String(Math.abs(x))].reduce((sum, d) => sum + Number(d), 0)",
    },
)
_DIGITS = """\
static long long digit_sum(long long x) {
    long long sum = 0;
    for (x = x < 0 ? -x : x; x > 0; x /= 10) sum += x % 10;
    return sum;
}
"""
_COMPARE = """\
static int {which}(const void *a, const void *b) {
    long long x = *(const long long *)a, y = *(const long long *)b;
    return {sign};
}
"""
_C_START = "    long long v[n + 1];\n    int m = n;\n    for (int i = 0; i < n; i++) v[i] = xs[i];"
_C = Manner(
    top="#include <stdlib.h>\n#include <string.h>\n",
    heads={
        "number": f"long long {{name}}(const long long *xs, int n) {{\n{_C_START}",
        "list": f"int {{name}}(const long long *xs, int n, long long *out) {{\n{_C_START}",
        "maybe": f"int {{name}}(const long long *xs, int n, long long *out) {{\n{_C_START}",
    },
    keep="    n = m;\n    m = 0;\n    for (int i = 0; i < n; i++) {\n        long long x = v[i];\n        if ({e}) v[m++] = x;\n    }",
    change="    for (int i = 0; i < m; i++) {\n        long long x = v[i];\n        v[i] = {e};\n    }",
    arrange={
        "sort": "    qsort(v, m, sizeof v[0], ascending);",
        "sort_down": "    qsort(v, m, sizeof v[0], descending);",
        "reverse": "    for (int i = 0; i < m / 2; i++) {\n        long long x = v[i];\n        v[i] = v[m - 1 - i];\n        v[m - 1 - i] = x;\n    }",
        "distinct": "    n = m;\n    m = 0;\n    for (int i = 0; i < n; i++) {\n        int known = 0;\n"
        "        for (int j = 0; j < m; j++) known |= v[j] == v[i];\n        if (!known) v[m++] = v[i];\n    }",
        "first": "    if (m > {k}) m = {k};",
        "last": "    if (m > {k}) {\n        memmove(v, v + m - {k}, {k} * sizeof v[0]);\n        m = {k};\n    }",
        "second": "    n = m;\n    m = 0;\n    for (int i = 0; i < n; i += 2) v[m++] = v[i];",
    },
    result={
        "list": "    memcpy(out, v, m * sizeof v[0]);\n    return m;",
        "sum": "    long long sum = 0;\n    for (int i = 0; i < m; i++) sum += v[i];\n    return sum;",
        "count": "    return m;",
        "largest": "    for (int i = 0; i < m; i++)\n        if (i == 0 || v[i] > *out) *out = v[i];\n    return m > 0;",
        "smallest": "    for (int i = 0; i < m; i++)\n        if (i == 0 || v[i] < *out) *out = v[i];\n    return m > 0;",
        "alternating": "    long long sum = 0;\n    for (int i = 0; i < m; i++) sum += i % 2 ? -v[i] : v[i];\n    return sum;",
    },
    own={"absolute": "x < 0 ? -x : x", "digits": "digit_sum(x)"},
    helpers={
        "digits": _DIGITS,
        "sort": _COMPARE.replace("{which}", "ascending").replace("{sign}", "(x > y) - (x < y)"),
        "sort_down": _COMPARE.replace("{which}", "descending").replace("{sign}", "(y > x) - (y < x)"),
    },
)
_CPP = Manner(
    top="#include <algorithm>\n#include <functional>\n#include <optional>\n#include <set>\n#include <vector>\n",
    heads={
        "number": "long long {name}(const std::vector<long long>& xs) {\n    std::vector<long long> v(xs);",
        "list": "std::vector<long long> {name}(const std::vector<long long>& xs) {\n    std::vector<long long> v(xs);",
        "maybe": "std::optional<long long> {name}(const std::vector<long long>& xs) {\n    std::vector<long long> v(xs);",
    },
    keep="    v.erase(std::remove_if(v.begin(), v.end(), [](long long x) { return !({e}); }), v.end());",
    change="    for (auto& x : v) x = {e};",
    arrange={
        "sort": "    std::sort(v.begin(), v.end());",
        "sort_down": "    std::sort(v.begin(), v.end(), std::greater<>());",
        "reverse": "    std::reverse(v.begin(), v.end());",
        "distinct": "    std::set<long long> seen;\n"
        "    v.erase(std::remove_if(v.begin(), v.end(), [&](long long x) { return !seen.insert(x).second; }), v.end());",
        "first": "    if (v.size() > {k}) v.resize({k});",
        "last": "    if (v.size() > {k}) v.erase(v.begin(), v.end() - {k});",
        "second": "    std::vector<long long> w;\n    for (std::size_t i = 0; i < v.size(); i += 2) w.push_back(v[i]);\n    v = w;",
    },
    result={
        "list": "    return v;",
        "sum": "    long long sum = 0;\n    for (auto x : v) sum += x;\n    return sum;",
        "count": "    return v.size();",
        "largest": "    if (v.empty()) return std::nullopt;\n    return *std::max_element(v.begin(), v.end());",
        "smallest": "    if (v.empty()) return std::nullopt;\n    return *std::min_element(v.begin(), v.end());",
        "alternating": "    long long sum = 0;\n    for (std::size_t i = 0; i < v.size(); i++) sum += i % 2 ? -v[i] : v[i];\n    return sum;",
    },
    own={"absolute": "x < 0 ? -x : x", "digits": "digit_sum(x)"},
    helpers={"digits": _DIGITS},
)
_RUST = Manner(
    heads={
        "number": "fn {name}(xs: &[i64]) -> i64 {\n    let mut v: Vec<i64> = xs.to_vec();",
        "list": "fn {name}(xs: &[i64]) -> Vec<i64> {\n    let mut v: Vec<i64> = xs.to_vec();",
        "maybe": "fn {name}(xs: &[i64]) -> Option<i64> {\n    let mut v: Vec<i64> = xs.to_vec();",
    },
    keep="    v.retain(|&x| {e});",
    change="    v = v.into_iter().map(|x| {e}).collect();",
    arrange={
        "sort": "    v.sort();",
        "sort_down": "    v.sort_by(|a, b| b.cmp(a));",
        "reverse": "    v.reverse();",
        "distinct": "    let mut seen = std::collections::HashSet::new();\n    v.retain(|&x| seen.insert(x));",
        "first": "    v.truncate({k});",
        "last": "    v = v.split_off(v.len().saturating_sub({k}));",
        "second": "    v = v.into_iter().step_by(2).collect();",
    },
    result={
        "list": "    v",
        "sum": "    v.iter().sum()",
        "count": "    v.len() as i64",
        "largest": "    v.into_iter().max()",
        "smallest": "    v.into_iter().min()",
        "alternating": "    v.iter().enumerate().map(|(i, &x)| if i % 2 == 0 { x } else { -x }).sum()",
    },
    own={"absolute": "x.abs()", "digits": "x.abs().to_string().bytes().map(|d| (d - b'0') as i64).sum::<i64>()"},
)
_BASH = Manner(
    heads=dict.fromkeys(("number", "list", "maybe"), '{name}() {\n    local v=("$@") w=() x i sum=0 best='),
    keep='    w=()\n    for x in "${v[@]}"; do (( {e} )) && w+=("$x"); done\n    v=("${w[@]}")',
    change='    w=()\n    for x in "${v[@]}"; do w+=($(( {e} ))); done\n    v=("${w[@]}")',
    arrange={
        "sort": '    (( ${#v[@]} )) && mapfile -t v <<< "$(printf "%s\\n" "${v[@]}" | sort -n)"',
        "sort_down": '    (( ${#v[@]} )) && mapfile -t v <<< "$(printf "%s\\n" "${v[@]}" | sort -rn)"',
        "reverse": '    w=()\n    for x in "${v[@]}"; do w=("$x" "${w[@]}"); done\n    v=("${w[@]}")',
        "distinct": '    w=()\n    for x in "${v[@]}"; do [[ " ${w[*]} " == *" $x "* ]] || w+=("$x"); done\n    v=("${w[@]}")',
        "first": '    v=("${v[@]:0:{k}}")',
        "last": '    (( ${#v[@]} > {k} )) && v=("${v[@]: -{k}}")',
        "second": '    w=()\n    for (( i = 0; i < ${#v[@]}; i += 2 )); do w+=("${v[i]}"); done\n    v=("${w[@]}")',
    },
    result={
        "list": '    for x in "${v[@]}"; do echo "$x"; done',
        "sum": '    for x in "${v[@]}"; do sum=$(( sum + x )); done\n    echo "$sum"',
        "count": '    echo "${#v[@]}"',
        "largest": '    for x in "${v[@]}"; do [[ -n $best ]] && (( best >= x )) || best=$x; done\n    echo "${best:-None}"',
        "smallest": '    for x in "${v[@]}"; do [[ -n $best ]] && (( best <= x )) || best=$x; done\n    echo "${best:-None}"',
        "alternating": '    for i in "${!v[@]}"; do sum=$(( i % 2 ? sum - v[i] : sum + v[i] )); done\n    echo "$sum"',
    },
    own={"absolute": "x < 0 ? -x : x", "digits": '$(digit_sum "$x")'},
    helpers={
        "digits": 'digit_sum() {\n    local x=${1#-} sum=0\n    while (( x > 0 )); do (( sum += x % 10, x /= 10, 1 )); done\n    echo "$sum"\n}\n'
    },
)
_JAVA_SECOND = """\
    private static long[] everySecond(long[] xs) {
        return java.util.stream.IntStream.range(0, (xs.length + 1) / 2).mapToLong(i -> xs[2 * i]).toArray();
    }
"""
_JAVA_REVERSE = """\
    private static long[] reversed(long[] xs) {
        return java.util.stream.IntStream.range(0, xs.length).mapToLong(i -> xs[xs.length - 1 - i]).toArray();
    }
"""
_JAVA = Manner(
    top="import java.util.Arrays;\n\nclass Solution {",
    heads={
        "number": "    static long {name}(long[] xs) {",
        "list": "    static long[] {name}(long[] xs) {",
        "maybe": "    static Long {name}(long[] xs) {",
    },
    keep="        xs = Arrays.stream(xs).filter(x -> {e}).toArray();",
    change="        xs = Arrays.stream(xs).map(x -> {e}).toArray();",
    arrange={
        "sort": "        xs = Arrays.stream(xs).sorted().toArray();",
        "sort_down": "        xs = reversed(Arrays.stream(xs).sorted().toArray());",
        "reverse": "        xs = reversed(xs);",
        "distinct": "        xs = Arrays.stream(xs).distinct().toArray();",
        "first": "        xs = Arrays.stream(xs).limit({k}).toArray();",
        "last": "        xs = Arrays.stream(xs).skip(Math.max(0, xs.length - {k})).toArray();",
        "second": "        xs = everySecond(xs);",
    },
    result={
        "list": "        return Arrays.copyOf(xs, xs.length);",
        "sum": "        return Arrays.stream(xs).sum();",
        "count": "        return xs.length;",
        "largest": "        return xs.length == 0 ? null : (Long) Arrays.stream(xs).max().getAsLong();",
        "smallest": "        return xs.length == 0 ? null : (Long) Arrays.stream(xs).min().getAsLong();",
        "alternating": "        long sum = 0;\n        for (int i = 0; i < xs.length; i++) sum += i % 2 == 0 ? xs[i] : -xs[i];\n        return sum;",
    },
    own={"absolute": "Math.abs(x)", "digits": "String.valueOf(Math.abs(x)).chars().mapToLong(d -> d - '0').sum()"},
    helpers={"reverse": _JAVA_REVERSE, "sort_down": _JAVA_REVERSE, "second": _JAVA_SECOND},
    end="    }\n}",
)
MANNERS: Mapping[str, Manner] = {
    "javascript": _JAVASCRIPT,
    "c": _C,
    "cpp": _CPP,
    "java": _JAVA,
    "rust": _RUST,
    "bash": _BASH,
}
