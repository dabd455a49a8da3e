"""How many plain rows a second are imported, with and without grading, and how much memory that takes.

python -m benchmarks.imports [ROWS] [WORKERS]
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from winnow.importing import Import


def row(n: int) -> str:
    """Three calls in two steps, an answer, some 2 KB: a plain trace of a search and a sum."""
    page = f"Page {n}. " + "The mountain stands in the north of the country, 2,481 metres above the sea. " * 6
    calls = [
        {
            "id": f"a{n}",
            "type": "function",
            "function": {"name": "search", "arguments": json.dumps({"query": f"peak {n}"})},
        },
        {
            "id": f"b{n}",
            "type": "function",
            "function": {"name": "search", "arguments": json.dumps({"query": "Orlan"})},
        },
    ]
    sum_ = {"name": "calculator", "arguments": json.dumps({"expression": "2481 - 1200"})}
    messages = [
        {"role": "system", "content": "Answer with the tools."},
        {"role": "user", "content": f"How much higher than 1,200 m is peak {n}?"},
        {"role": "assistant", "content": None, "tool_calls": calls},
        {"role": "tool", "tool_call_id": f"a{n}", "content": page},
        {"role": "tool", "tool_call_id": f"b{n}", "content": page},
        {"role": "assistant", "content": "", "tool_calls": [{"id": f"c{n}", "type": "function", "function": sum_}]},
        {"role": "tool", "tool_call_id": f"c{n}", "content": "1281"},
        {"role": "assistant", "content": f"Peak {n} is 1,281 metres higher."},
    ]
    return json.dumps({"id": n, "messages": messages, "tools": TOOLS, "reference": "1281", "label": n % 3 != 0})


def _tool(name: str, argument: str) -> dict[str, object]:
    parameters = {"type": "object", "properties": {argument: {"type": "string"}}, "required": [argument]}
    return {"type": "function", "function": {"name": name, "description": f"The {name}.", "parameters": parameters}}


TOOLS = [_tool("search", "query"), _tool("calculator", "expression")]


def measure(file: Path, output: Path, rows: int, workers: int, grade: bool) -> None:
    began, before = time.perf_counter(), _cpu()
    came = Import([file], output, grade=grade, workers=workers).run()
    spent, cpu = time.perf_counter() - began, _cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert came.imported == rows, came
    how = "graded" if grade else "ungraded"
    print(f"{how:10} {workers:7} {rows:8,} {spent:8.1f} {rows / spent:9,.0f} {rows / cpu:9,.0f} {peak:8.0f}")


def _cpu() -> float:
    """Seconds of CPU of this process and of its workers that ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    with tempfile.TemporaryDirectory() as folder:
        file, few = Path(folder) / "rows.jsonl", Path(folder) / "few.jsonl"
        file.write_text("\n".join(map(row, range(rows))))
        few.write_text("\n".join(map(row, range(rows // 10))))
        print(f"{'':10} {'workers':>7} {'rows':>8} {'seconds':>8} {'rows/s':>9} {'per CPU-s':>9} {'peak MiB':>8}")
        for workers in dict.fromkeys((1, most)):
            measure(file, Path(folder) / f"plain{workers}", rows, workers, grade=False)
            measure(few, Path(folder) / f"graded{workers}", rows // 10, workers, grade=True)


if __name__ == "__main__":
    main()
