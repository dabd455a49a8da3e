"""The symbolic tier of `equivalent`: math-verify in a process of its own, asked where typed values cannot tell and both sides are formulas.

The process is started at the first such pair, killed by this side when it is late, started again at the next pair, and closed at
exit. Late is told by the processor time it took, so that a busy machine decides as an idle one does. An engine that breaks, is late
or cannot be started leaves a pair `undecided`. A percentage is never put to it: to the engine 100 % may be 1. Safe to call from several
threads; a caller in an event loop uses `graders.answers.compared`.
"""

import atexit
import json
import os
import re
import select
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from graders.answers.kinds import Quantity
from graders.answers.values import parse
from graders.wording import Verdict

SECONDS = 1.0
"""Of processor time, for a pair."""

PATIENCE = 20
"""An engine that gets no processor is waited for so many times as long."""

START_SECONDS = 60.0
LONGEST = 300
_TICKS = os.sysconf("SC_CLK_TCK")
_TICK = 1 / _TICKS

_FAILED_STARTS = 3
"""After so many starts that failed, one after another, no other is tried: something is wrong with the machine."""

_VERDICTS: dict[str, Verdict] = {"equal": "equal", "different": "different", "undecided": "undecided"}
_COMMAND = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|\\[a-zA-Z]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MATHEMATICAL = re.compile(r"\\[a-zA-Z]+|[\^=+*/√π∞∪∩<>≤≥]|\d[a-z(]|[a-z)]\(")
_NAMED = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "ln",
        "log",
        "exp",
        "sqrt",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "pi",
    ]
)


class Asked(NamedTuple):
    """How often the engine was asked in this process, and how often it was lost (late or dead)."""

    pairs: int
    lost: int


class _Lost(Exception):
    """The process died or is late."""


class _Process:
    def __init__(self) -> None:
        self.owner = os.getpid()
        self.popen = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("symbolic_worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONHASHSEED": "0"},
            cwd="/",
        )
        self.buffer = b""
        try:
            self.line(START_SECONDS, patience=2)
        except _Lost:
            self.stop()
            raise

    def ask(self, one: str, two: str, seconds: float) -> Verdict:
        assert self.popen.stdin
        try:
            self.popen.stdin.write(json.dumps([one, two]).encode() + b"\n")
            self.popen.stdin.flush()
            return _VERDICTS[json.loads(self.line(seconds))]
        except (OSError, ValueError, KeyError) as error:
            raise _Lost from error

    def line(self, seconds: float, patience: float = PATIENCE) -> str:
        """The next line of it, which may take `seconds` of processor time and `patience` times as long in all."""
        assert self.popen.stdout
        out, spent, deadline = self.popen.stdout.fileno(), self.spent(), monotonic() + patience * seconds
        while b"\n" not in self.buffer:
            left = min(seconds - (self.spent() - spent), deadline - monotonic())
            if left <= 0:
                raise _Lost
            if select.select([out], [], [], max(left, _TICK))[0]:
                part = os.read(out, 65536)
                if not part:
                    raise _Lost
                self.buffer += part
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.decode()

    def spent(self) -> float:
        """Seconds of processor time it has had."""
        fields = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def stop(self) -> None:
        """Kill it; a process that a parent of ours started is left to that parent."""
        if self.owner == os.getpid():
            self.popen.kill()
            self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


class Engine:
    """One process at most, started when it is first needed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._failed = self._pairs = self._lost = 0

    @property
    def asked(self) -> Asked:
        return Asked(self._pairs, self._lost)

    def compare(self, one: str, two: str) -> Verdict:
        """What the engine makes of two formulas; blocks while it has `seconds` of processor time, and for its start."""
        with self._lock:
            self._pairs += 1
            process = self._ready()
            if process is None:
                return "undecided"
            try:
                return process.ask(one, two, self.seconds)
            except _Lost:
                self._lost += 1
                self._close()
                return "undecided"

    def _ready(self) -> _Process | None:
        if self._process and (self._process.owner != os.getpid() or self._process.popen.poll() is not None):
            self._close()
        if self._process is None and self._failed < _FAILED_STARTS:
            try:
                self._process, self._failed = _Process(), 0
            except (_Lost, OSError):
                self._failed += 1
        return self._process

    def _close(self) -> None:
        if self._process:
            self._process.stop()
        self._process = None

    def close(self) -> None:
        """End the process; the next pair starts another."""
        with self._lock:
            self._close()


_engine = Engine()
atexit.register(_engine.close)


def asked() -> Asked:
    """How often `symbolic` has come to the engine in this process."""
    return _engine.asked


def close() -> None:
    """End the process that `symbolic` uses."""
    _engine.close()


@lru_cache(maxsize=512)
def symbolic(given: str, reference: str) -> Verdict:
    """Whether two formulas are the same by computer algebra; `undecided` where either is no formula, or a percentage, or both are
    figures with or without a unit: to the engine those are exact."""
    if isinstance(parse(given), Quantity) and isinstance(parse(reference), Quantity):
        return "undecided"
    if not (is_formula(given) and is_formula(reference) and (shows(given) or shows(reference))):
        return "undecided"
    found = _engine.compare(_bare(given), _bare(reference))
    rounded = found == "different" and (_DECIMAL.fullmatch(_bare(given)) or _DECIMAL.fullmatch(_bare(reference)))
    return "undecided" if rounded else found


_DECIMAL = re.compile(r"[-−+]?\d*\.\d+")
"""To the engine a decimal is exact: that it may be a rounding has been left open before."""


_ENDLESS = re.compile(r"(?:\^[\s{(]*(?:\d+|[a-z])\s*){3}|\d{5,}\s*!|\^\s*\{?\s*[-−]?\d{6,}")
"""Towers of powers, and factorials and powers of ten thousands and more: what no engine writes out in time."""


def is_formula(text: str) -> bool:
    """Whether a text is mathematics and nothing else: no words but names of functions."""
    if len(text) > LONGEST or "%" in text or not text.isprintable() or _ENDLESS.search(text):
        return False
    words = _WORD.findall(_COMMAND.sub(" ", _bare(text)))
    return all(word.lower() in _NAMED for word in words) and bool(re.search(r"\d|[a-zA-Z]", text))


def shows(text: str) -> bool:
    """Whether a text has signs of mathematics beyond figures and brackets."""
    return bool(_MATHEMATICAL.search(text))


def _bare(text: str) -> str:
    """Without the delimiters of a formula: those the engine is shown are set anew."""
    return re.sub(r"\$|\\[()\[\]](?![a-zA-Z])", "", text).strip()
