"""The compile profile: which languages this machine can run, found by looking, and how each is compiled and run.

Toolchains are shown to sessions read-only, those outside the system's folders under `/opt/<language>`.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from tools.sandbox.session import MIB, CodeError, Limits, RunResult
from tools.sandbox.view import Bind, View, interpreter_view, toolchain_view

LIMITS = Limits(time=30.0, cpu=120.0, memory=1024 * MIB, processes=64, disk=256 * MIB, files=8000)
"""What sessions of the compile profile may use unless told otherwise."""
_PATH = "/usr/local/bin:/usr/bin:/bin"
_SYSTEM = ("/usr/", "/bin/", "/lib/", "/lib64/")


class Step(TypedDict):
    """One command: `stage` names the error it ends with where it fails."""

    stage: str
    argv: list[str]
    env: dict[str, str]


class Recipe(NamedTuple):
    """Where the source goes and what is done with it."""

    source: str
    steps: list[Step]


class Language(NamedTuple):
    """How a language is run. `{tool}` stands for the found tool, `{python}` for the sandbox's own interpreter."""

    tool: str
    source: str
    compile: tuple[str, ...]
    run: tuple[str, ...]
    check: tuple[str, ...]
    """Reads the source and runs nothing of it. `{javac}` is the compiler beside `java`."""


_WARN = ("-fsyntax-only", "-Wall", "-Wextra", "-fno-diagnostics-show-caret")
LANGUAGES = {
    "bash": Language("bash", "main.sh", (), ("{tool}", "main.sh"), ("{tool}", "-n", "main.sh")),
    "c": Language(
        "gcc", "main.c", ("{tool}", "-O2", "-o", "main", "main.c", "-lm"), ("./main",), ("{tool}", *_WARN, "main.c")
    ),
    "cpp": Language(
        "g++", "main.cpp", ("{tool}", "-O2", "-o", "main", "main.cpp"), ("./main",), ("{tool}", *_WARN, "main.cpp")
    ),
    "go": Language(
        "go", "main.go", ("{tool}", "build", "-o", "main", "main.go"), ("./main",), ("{tool}", "vet", "main.go")
    ),
    "java": Language(
        "java",
        "Main.java",
        (),
        ("{tool}", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto", "Main.java"),
        ("{javac}", "-J-XX:+UseSerialGC", "-Xlint:all", "-d", "classes", "Main.java"),
    ),
    "javascript": Language("node", "main.js", (), ("{tool}", "main.js"), ("{tool}", "--check", "main.js")),
    "python": Language("", "main.py", (), ("{python}", "main.py"), ("{python}", "-m", "py_compile", "main.py")),
    "rust": Language(
        "rustc",
        "main.rs",
        ("{tool}", "-O", "-o", "main", "main.rs"),
        ("./main",),
        ("{tool}", "--crate-type=lib", "--emit=metadata", "--error-format=short", "-Adead_code", "main.rs"),
    ),
    "sql": Language("", "main.sql", (), ("{python}", "-c", "{sql}"), ("{python}", "-c", "{sql}")),
}
_SQL = """
import sqlite3, sys

def run(statement):
    for row in db.execute(statement):
        print(*("" if cell is None else cell for cell in row), sep="|")

db, pending = sqlite3.connect(":memory:", isolation_level=None), ""
try:
    for part in open("main.sql").read().split(";"):
        pending += part + ";"
        if sqlite3.complete_statement(pending):
            run(pending)
            pending = ""
    if pending.strip("; \\n"):
        run(pending)
except sqlite3.Error as error:
    sys.exit(f"Error: {error}")
"""


class Toolchain(NamedTuple):
    """A tool as sessions find it, and what has to be shown to them beside the system's folders."""

    tool: str
    binds: tuple[Bind, ...] = ()


@cache
def toolchain(language: str) -> Toolchain | None:
    """The toolchain of a language, or None where it is not installed. Raises KeyError for an unknown language."""
    wanted = LANGUAGES[language]
    if not wanted.tool:
        return Toolchain(interpreter_view().python)
    found = shutil.which(wanted.tool)
    if found and language == "rust":
        found = _rust_of(found)
    return _located(language, found) if found else None


def available() -> dict[str, bool]:
    """Every language of the profile, and whether it is installed here."""
    return {language: toolchain(language) is not None for language in LANGUAGES}


def view() -> View:
    """What sessions of the compile profile see."""
    found = [toolchain(language) for language in LANGUAGES]
    return toolchain_view(tuple(dict.fromkeys(bind for chain in found if chain for bind in chain.binds)))


def recipe(language: str, args: tuple[str, ...], *, check: bool = False) -> Recipe | RunResult:
    """How to run this language here, or only to `check` a source; a result with an error where it is unknown or absent."""
    if language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        return RunResult(error=CodeError("LanguageUnknown", f"{language!r} is none of {known}", ""))
    found = toolchain(language)
    if found is None:
        tool = LANGUAGES[language].tool
        return RunResult(
            error=CodeError("LanguageAbsent", f"{language} needs {tool!r}, which is not installed here", "")
        )
    wanted = LANGUAGES[language]
    compiled = (("CompileError", wanted.compile), ("ExitStatus", (*wanted.run, *args)))
    stages = (("CheckFailed", wanted.check),) if check else compiled
    filled = [(stage, [_filled(word, found) for word in command]) for stage, command in stages if command]
    return Recipe(wanted.source, [Step(stage=stage, argv=argv, env=_environment()) for stage, argv in filled])


def _filled(word: str, found: Toolchain) -> str:
    javac = str(Path(found.tool).with_name("javac"))
    return {"{tool}": found.tool, "{python}": found.tool, "{javac}": javac, "{sql}": _SQL}.get(word, word)


def _environment() -> dict[str, str]:
    fixed = {"PATH": _PATH, "HOME": "/home/user", "LANG": "C.UTF-8", "TZ": "UTC", "TMPDIR": "/tmp"}
    tools = {
        "GOCACHE": "/tmp/go",
        "GOPATH": "/tmp/gopath",
        "GOFLAGS": "-mod=mod",
        "GO111MODULE": "off",
        "CGO_ENABLED": "0",
    }
    return {**fixed, **tools, "PYTHONHASHSEED": "0", **interpreter_view().environment}


def _located(language: str, found: str) -> Toolchain:
    real = os.path.realpath(found)
    if real.startswith(_SYSTEM):
        return Toolchain(real)
    root = str(Path(real).parent.parent)
    return Toolchain(f"/opt/{language}/bin/{Path(real).name}", (Bind(root, f"/opt/{language}"),))


def _rust_of(found: str) -> str | None:
    """The compiler itself: the `rustc` on the path may be a launcher that chooses one, or has none to choose."""
    command = [found, "--print", "sysroot"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    real = Path(done.stdout.strip(), "bin", "rustc")
    return str(real) if done.stdout.strip() and real.is_file() else None
