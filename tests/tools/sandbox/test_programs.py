"""The compile profile: other languages, compiled and run under the same confinement."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.sandbox import Limits, LocalSandbox, RunResult, SandboxUnavailable, languages
from tools.sandbox.session import MIB

ECHO = {
    "bash": 'read line\necho "$line" "$1"',
    "c": '#include <stdio.h>\nint main(int n, char **v) { char s[9]; scanf("%8s", s); printf("%s %s\\n", s, v[1]); }',
    "cpp": "#include <iostream>\nint main(int n, char **v) { std::string s; std::cin >> s; std::cout << s << ' ' << v[1] << std::endl; }",
    "go": 'package main\nimport ("fmt"; "os")\nfunc main() { var s string; fmt.Scan(&s); fmt.Println(s, os.Args[1]) }',
    "java": "import java.util.*;\npublic class Main { public static void main(String[] a) "
    '{ System.out.println(new Scanner(System.in).next() + " " + a[0]); } }',
    "javascript": "console.log(require('fs').readFileSync(0, 'utf8').trim(), process.argv[2])",
    "python": "import sys\nprint(input(), sys.argv[1])",
    "rust": "fn main() { let mut s = String::new(); std::io::stdin().read_line(&mut s).unwrap(); "
    'println!("{} {}", s.trim(), std::env::args().nth(1).unwrap()); }',
}
INSTALLED = [language for language, found in languages.available().items() if found]


async def run(
    language: str, source: str, stdin: str = "in\n", timeout: float = 30.0, limits: Limits | None = None
) -> RunResult:
    async with LocalSandbox(limits, profile="compile") as session:
        result = await session.run_program(language, source, stdin, ("arg",), timeout)
        if not result.closed:
            assert (await session.run("1 + 1")).value == "2"
        return result


@pytest.mark.parametrize("language", sorted(set(ECHO) & set(INSTALLED)))
async def test_reads_its_input_and_arguments(language: str) -> None:
    result = await run(language, ECHO[language])
    assert (result.stdout, result.error, result.exit_code) == ("in arg\n", None, 0), result


async def test_sql() -> None:
    source = "create table t(a, b);\ninsert into t values (1, 'x;y'), (2, null);\nselect sum(a), count(*) from t; select b from t;"
    result = await run("sql", source)
    assert result.stdout == "3|2\nx;y\n\n"


async def test_sql_errors_are_the_programs() -> None:
    result = await run("sql", "select * from nowhere;")
    assert result.exit_code == 1
    assert "no such table" in result.stderr


@pytest.mark.skipif("c" not in INSTALLED, reason="needs gcc")
class TestC:
    async def test_a_compile_error(self) -> None:
        result = await run("c", "int main({")
        assert result.error is not None
        assert result.error.name == "CompileError"
        assert "main.c:1" in result.stderr

    async def test_an_exit_status(self) -> None:
        result = await run("c", "int main() { return 7; }")
        assert (result.exit_code, result.error and result.error.name) == (7, "ExitStatus")

    async def test_a_crash(self) -> None:
        result = await run("c", "int main() { return *(volatile int *)0; }")
        assert result.exit_code == -11

    async def test_time(self) -> None:
        result = await run("c", "int main() { for (;;); }", timeout=1.0)
        assert (result.limit, result.closed) == ("time", False)

    async def test_memory(self) -> None:
        hungry = (
            "#include <stdlib.h>\n#include <string.h>\nint main() { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }"
        )
        limits = Limits(time=20, memory=200 * MIB, processes=16, disk=64 * MIB)
        assert (await run("c", hungry, limits=limits)).limit == "memory"

    async def test_output(self) -> None:
        result = await run("c", '#include <stdio.h>\nint main() { for (int i = 0; i < 2000000; i++) puts("x"); }')
        assert result.limit == "output"
        assert result.omitted > 0

    async def test_what_it_leaves_running_is_ended(self) -> None:
        source = "#include <unistd.h>\nint main() { if (!fork()) { setsid(); for (;;) sleep(1); } return 0; }"
        assert (await run("c", source)).exit_code == 0

    async def test_is_confined(self) -> None:
        source = """
        #include <fcntl.h>
        #include <stdio.h>
        #include <sys/mount.h>
        #include <sys/socket.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int main() {
            printf("%d %d %d %d %d %d %d\\n", open("/etc/shadow", 0), socket(AF_INET, 1, 0), setuid(0), chroot("."),
                   mount("x", "/tmp", "tmpfs", 0, 0), (int)syscall(SYS_unshare, 0x10000000), open("/usr/bin/x", 0101, 0600));
            printf("%d %d\\n", open("/proc/1/mem", 2), open("/proc/sys/kernel/hostname", 1));
        }"""
        assert (await run("c", source)).stdout == "-1 -1 -1 -1 -1 -1 -1\n-1 -1\n"


async def test_an_absent_language_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(languages.LANGUAGES, "nolang", languages.Language("no-such-tool", "x", (), ("{tool}",), ()))
    result = await run("nolang", "x")
    assert result.error is not None
    assert result.error.name == "LanguageAbsent"
    assert "no-such-tool" in result.error.message


@pytest.fixture
def forgetful() -> Iterator[None]:
    """What is found in the test is found anew, and forgotten after it."""
    languages.toolchain.cache_clear()
    yield
    languages.toolchain.cache_clear()


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("says", ["echo 'no toolchain is chosen' >&2; exit 1", "echo /nowhere/at/all"])
def test_a_launcher_without_a_compiler_is_no_rust(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, says: str) -> None:
    (tmp_path / "rustc").write_text(f"#!/bin/sh\n{says}\n")
    (tmp_path / "rustc").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert not languages.available()["rust"]


async def test_an_unknown_language_is_a_result() -> None:
    result = await run("cobol", "x")
    assert result.error is not None
    assert result.error.name == "LanguageUnknown"


async def test_tools_are_there_for_python_code_too() -> None:
    async with LocalSandbox(profile="compile") as session:
        result = await session.run(
            "import subprocess; subprocess.run(['bash', '-c', 'echo $((6*7))'], capture_output=True).stdout"
        )
        assert result.value == "b'42\\n'"


async def test_programs_need_the_full_level() -> None:
    with pytest.raises(SandboxUnavailable, match="full level"):
        async with LocalSandbox(profile="compile", level="reduced"):
            pass


async def test_the_ordinary_profile_runs_no_programs() -> None:
    async with LocalSandbox() as session:
        result = await session.run_program("bash", "echo hi")
        assert result.error is not None
        assert result.exit_code == 127
