"""Whole programs as functions: a text for standard input goes in, what is printed comes out.

The program runs as a process of its own in the solution's session, as its author ran it: `open(0)`, `sys.exit`, threads and recursion
limits are all as usual. An exit status other than 0 is an error.
"""

SCRIPT = "__main__"
"""The entry point of a problem whose solution is a whole program."""
SECONDS = 60.0
"""For all cases of a program together."""
_ONE = 20
"""Seconds for one case. A program that has not ended by then is not run on any other."""


def as_function(source: str) -> str:
    """A module that defines the program as a function. What raises in it names lines of the program, not of this text."""
    return f"exec(compile({_RUN!r}, '<script>', 'exec'))\n{SCRIPT} = script({source!r}, {_ONE})\n"


_RUN = """
def script(source, seconds):
    import pathlib, re, subprocess, sys

    pathlib.Path("program.py").write_text(source, encoding="utf-8", errors="surrogatepass")

    late = []

    def run(given):
        if late:
            raise TimeoutError(late[0])
        try:
            done = subprocess.run(
                [sys.executable, "program.py"], input=given, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds
            )
        except subprocess.TimeoutExpired:
            late.append(f"the program does not end within {seconds} seconds")
            raise TimeoutError(late[0]) from None
        if done.returncode:
            said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            lines = re.findall(r'program.py", line (\\d+)', done.stderr)
            raise RuntimeError(said[-1] + (f" (line {lines[-1]} of the program)" if lines else ""))
        return done.stdout

    return run
"""
