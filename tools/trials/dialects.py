# ruff: noqa: E501  (promises are data: they read best unbroken)
"""How a function on a list of whole numbers looks in each language: its head, the fence around it, and the program that calls it.

One function takes a list and gives a number, a list, or a number that may be missing; `promise` words what is expected of it. What is
not promised: other kinds of arguments. SQL means SQLite's, and there the function is one statement over a table.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from tools.sandbox import languages

Returns = Literal["number", "list", "maybe"]


class Dialect(NamedTuple):
    """A language of translations: what people call it, the labels its fences bear, and each kind of function in words."""

    title: str
    labels: tuple[str, ...]
    promises: Mapping[Returns, str]
    harness: str
    numbers: tuple[str, str, str] | None = None
    """For a function of so many whole numbers that gives one: its head in words, how a parameter stands in it, and code that calls it with
    the numbers of a list; None where no such function is asked for."""


DIALECTS: Mapping[str, Dialect] = {
    "javascript": Dialect(
        "JavaScript",
        ("javascript", "js", "node"),
        {
            "number": "`{name}(xs)` takes an array of numbers and returns a number",
            "list": "`{name}(xs)` takes an array of numbers and returns a new array",
            "maybe": "`{name}(xs)` takes an array of numbers and returns a number, or null where Python gives None",
        },
        "main.js",
        (
            "`{name}({parameters})` takes whole numbers and returns a number",
            "{p}",
            "function {name}_of(xs) {{ return {name}(...xs); }}",
        ),
    ),
    "c": Dialect(
        "C",
        ("c",),
        {
            "number": "the head is `long long {name}(const long long *xs, int n)`, without a main",
            "list": "the head is `int {name}(const long long *xs, int n, long long *out)`, without a main; it fills `out`, which has room "
            "for n numbers, and returns how many it wrote",
            "maybe": "the head is `int {name}(const long long *xs, int n, long long *out)`, without a main; it writes the number to `out[0]` "
            "and returns 1, or returns 0 where Python gives None",
        },
        "main.c",
        (
            "the head is `long long {name}({parameters})`, without a main",
            "long long {p}",
            "static long long {name}_of(const long long *xs, int n) {{ (void)n; return {name}({xs}); }}",
        ),
    ),
    "cpp": Dialect(
        "C++",
        ("cpp", "c++", "cxx", "cc"),
        {
            "number": "the head is `long long {name}(const std::vector<long long>& xs)`, without a main",
            "list": "the head is `std::vector<long long> {name}(const std::vector<long long>& xs)`, without a main",
            "maybe": "the head is `std::optional<long long> {name}(const std::vector<long long>& xs)`, without a main; nothing stands for None",
        },
        "main.cpp",
        (
            "the head is `long long {name}({parameters})`, without a main",
            "long long {p}",
            "#include <vector>\nstatic long long {name}_of(const std::vector<long long>& xs) {{ return {name}({xs}); }}",
        ),
    ),
    "sql": Dialect(
        "SQL",
        ("sql", "sqlite"),
        {
            "number": "one SQLite statement over the table `xs(i, x)`, where x is the number at place i from 0; it gives one row of one column",
            "list": "one SQLite statement over the table `xs(i, x)`, where x is the number at place i from 0; it gives one column, a row for "
            "each number, in order",
            "maybe": "one SQLite statement over the table `xs(i, x)`, where x is the number at place i from 0; it gives one row of one column, "
            "NULL where Python gives None",
        },
        "main.sql",
    ),
    "java": Dialect(
        "Java",
        ("java",),
        {
            "number": "a class Solution with `static long {name}(long[] xs)`, without a main",
            "list": "a class Solution with `static long[] {name}(long[] xs)`, without a main",
            "maybe": "a class Solution with `static Long {name}(long[] xs)`, without a main; null stands for None",
        },
        "main.java",
    ),
    "rust": Dialect(
        "Rust",
        ("rust", "rs"),
        {
            "number": "the head is `fn {name}(xs: &[i64]) -> i64`, without a main",
            "list": "the head is `fn {name}(xs: &[i64]) -> Vec<i64>`, without a main",
            "maybe": "the head is `fn {name}(xs: &[i64]) -> Option<i64>`, without a main",
        },
        "main.rs",
        (
            "the head is `fn {name}({parameters}) -> i64`, without a main",
            "{p}: i64",
            "fn {name}_of(xs: &[i64]) -> i64 {{ {name}({xs}) }}",
        ),
    ),
    "go": Dialect(
        "Go",
        ("go", "golang"),
        {
            "number": "the head is `func {name}(xs []int64) int64`, without a main",
            "list": "the head is `func {name}(xs []int64) []int64`, without a main",
            "maybe": "the head is `func {name}(xs []int64) *int64`, without a main; nil stands for None",
        },
        "main.go",
        (
            "the head is `func {name}({parameters}) int64`, without a main",
            "{p} int64",
            "func {name}_of(xs []int64) int64 {{ return {name}({xs}) }}",
        ),
    ),
    "bash": Dialect(
        "Bash",
        ("bash", "sh", "shell"),
        {
            "number": "a function `{name}` that gets the numbers as its arguments and prints one number",
            "list": "a function `{name}` that gets the numbers as its arguments and prints the resulting ones, one a line",
            "maybe": "a function `{name}` that gets the numbers as its arguments and prints one number, or None",
        },
        "main.sh",
        (
            "a function `{name}` that gets {parameters} as its arguments and prints one number",
            "{p}",
            '{name}_of() {{ {name} "$@"; }}',
        ),
    ),
}
"""By the name that the sandbox has for the language."""


def promise(language: str, name: str, returns: Returns, arity: int = 0) -> str:
    """What is expected of the function, in words: of a list, or of `arity` whole numbers."""
    numbers = DIALECTS[language].numbers
    if not arity or numbers is None:
        return DIALECTS[language].promises[returns].format(name=name)
    parameters = ", ".join(numbers[1].format(p=letter) for letter in "abcd"[:arity])
    return f"{numbers[0].format(name=name, parameters=parameters)}; 1 and 0 stand for True and False"


_C_WORDS = (
    "auto break case char const continue default do double else enum extern float for goto if inline int long register return "
    "short signed sizeof static struct switch typedef union unsigned void volatile while main abs div exit free malloc puts printf rand"
)
RESERVED: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "bash": "case coproc do done elif else esac fi for function if in select then time until while test echo local declare read "
        "set shift type exit return break continue eval exec export printf source trap unset wait main",
        "c": _C_WORDS,
        "cpp": f"{_C_WORDS} and bool catch class delete explicit export false friend mutable namespace new not operator or private "
        "protected public template this throw true try typename using virtual xor std",
        "go": "break case chan const continue default defer else fallthrough for func go goto if import interface map package range "
        "return select struct switch type var main init len cap append copy delete make new panic print",
        "java": "abstract assert boolean break byte case catch char class const continue default do double else enum extends final "
        "finally float for goto if implements import instanceof int interface long native new package private protected public "
        "return short static strictfp super switch synchronized this throw throws transient try void volatile while true false null",
        "javascript": "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
        "false finally for function if implements import in instanceof interface let new null package private protected public "
        "return static super switch this throw true try typeof var void while with yield",
        "rust": "as async await box break const continue crate dyn else enum extern false fn for if impl in let loop match mod move "
        "mut pub ref return self static struct super trait true type unsafe use where while yield abstract become do final macro "
        "override priv try typeof unsized virtual main",
        "sql": "",
    }.items()
}
"""Names that a function cannot have in a language, or under which it would hide what the program needs."""


def free_name(language: str, name: str) -> str:
    """The name a function goes by in a language: its own, with a stroke behind it where that is a word of the language."""
    return f"{name}_" if name in RESERVED[language] else name


def absent(language: str) -> str:
    """Why a language cannot be tried on this machine; empty where it can."""
    if language == "sql" or languages.toolchain(language) is not None:
        return ""
    return f"no toolchain for {DIALECTS[language].title} on this machine ({languages.LANGUAGES[language].tool} is not found)"


def block(text: str, language: str) -> str:
    """The code of an answer: its last fence with the language's label, else the last fence, else the text."""
    fences = re.findall(r"^[ \t]*```([\w+#-]*)[^\n]*\n(.*?)^[ \t]*```", text, re.MULTILINE | re.DOTALL)
    labelled = [code for label, code in fences if label.lower() in DIALECTS[language].labels]
    return str([*(code for _, code in fences[-1:]), *labelled][-1]) if fences else text


def whole(language: str, code: str, name: str, returns: Returns, arity: int = 0) -> str:
    """The program that reads lists from its input, calls the function with each (or with the `arity` numbers in it), and prints what it
    gives behind a mark."""
    imports, code = _apart(language, code)
    if arity and (numbers := DIALECTS[language].numbers):
        xs = ", ".join(f"xs[{place}]" for place in range(arity))
        code, name = f"{code}\n{numbers[2].format(name=name, xs=xs)}\n", f"{name}_of"
    filled = _harness(DIALECTS[language].harness)
    for place, text in (("IMPORTS", imports), ("NAME", name), ("RETURNS", returns), ("SOLUTION", code)):
        filled = filled.replace(f"//{place}//", text)
    return f"#define RETURNS_{returns.upper()}\n{filled}" if language == "c" else filled


_MAINS = {"rust": r"\bfn\s+main\s*\(", "go": r"\bfunc\s+main\s*\("}
_IMPORTS = {
    "java": r"^[ \t]*import\s[^;]+;[ \t]*\n?",
    "go": r"^import\s*(?:\([^)]*\)|[^\n]*)[ \t]*\n?",
}


def _apart(language: str, code: str) -> tuple[str, str]:
    """What has to stand at the head of the file, and the rest, whose own `main` is called something else."""
    if language in _MAINS:
        code = re.sub(_MAINS[language], lambda m: m[0].replace("main", "solution_main"), code)
    if language == "javascript":
        code = re.sub(r"^export\s+(?:default\s+)?(?=function|const|let|class|async)", "", code, flags=re.MULTILINE)
    code = re.sub(r"^\s*package\s+\w+\s*;?[ \t]*\n", "", code) if language in ("java", "go") else code
    pattern = re.compile(_IMPORTS.get(language, r"(?!)"), re.MULTILINE)
    return "".join(pattern.findall(code)), pattern.sub("", code)


@cache
def _harness(name: str) -> str:
    return (Path(__file__).parent / "harness" / name).read_text(encoding="utf-8")
