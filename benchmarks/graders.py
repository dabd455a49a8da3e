"""How many steps a second all program graders judge on one core: fresh pages (nothing cached), and pages seen before.

Run: python -m benchmarks.graders [TRACES]
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from graders.base import Case, Grader, all_graders, judge_all
from traces.record import Ending, FunctionCall, Message, ToolCall, ToolResult

SEARCH = {
    "type": "object",
    "properties": {"query": {"type": "string"}},
    "required": ["query"],
    "additionalProperties": False,
}
OPEN = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"], "additionalProperties": False}
COUNT = {"type": "object", "properties": {"expression": {"type": "string"}}, "required": ["expression"]}
TOOLS = tuple(
    {"type": "function", "function": {"name": name, "parameters": parameters}}
    for name, parameters in (("search", SEARCH), ("open_page", OPEN), ("calculator", COUNT))
)
WORDS = ("river", "market", "council", "harbour", "report", "winter", "bridge", "school", "garden", "valley")


def page(rng: random.Random, name: str, value: int) -> str:
    """A page of about 150 words and a dozen figures."""
    lines = [
        f"{name}",
        "",
        f"{name} is a town of {value:,} inhabitants, founded on {rng.randint(1, 28)} May {rng.randint(1200, 1900)}.",
    ]
    for _ in range(9):
        words = " ".join(rng.choice(WORDS) for _ in range(14))
        lines.append(
            f"The {words} of {rng.choice(WORDS).title()} counts {rng.randint(1000, 999999):,} and covers {rng.random() * 900:.1f} km²."
        )
    return "\n".join(lines)


def trace(seed: int) -> Case:
    """Two towns looked up, compared with the calculator, answered: seven steps."""
    rng = random.Random(seed)
    values = rng.sample(range(10_000, 900_000), 2)
    names = [f"Velm{rng.randint(1000, 9999)}ora".replace(str(i), "x") for i in range(2)]
    messages = [
        Message(role="user", content=f"How many more people live in {names[0]} than in {names[1]}?", origin="user")
    ]
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        text = page(rng, name, value)
        messages += turn(
            "search",
            {"query": f"{name} population"},
            f"1. {name} (id: d{seed}{place})\n{text[:200]}",
            f"Looking up {name}.",
        )
        messages += turn("open_page", {"id": f"d{seed}{place}"}, text, "")
    high, low = max(values), min(values)
    messages += turn("calculator", {"expression": f"{high} - {low}"}, str(high - low), "Now the difference.")
    messages += turn(
        "search",
        {"query": f"{names[0]} {names[1]} census"},
        page(rng, "Census", high),
        "A second source would be good.",
    )
    messages.append(
        Message(role="assistant", content=f"{high - low:,} more people ({high:,} against {low:,}).", origin="sampled")
    )
    return Case(tuple(messages), TOOLS, Ending(kind="answered"))


def turn(tool: str, arguments: dict[str, str], observed: str, says: str) -> Iterator[Message]:
    call = ToolCall(id=f"c{abs(hash(observed))}", function=FunctionCall(name=tool, arguments=dict(arguments)))
    yield Message(role="assistant", content=says, origin="sampled", tool_calls=(call,))
    yield Message(
        role="tool",
        content=observed,
        origin="tool",
        tool_call_id=call.id,
        name=tool,
        result=ToolResult(data={"ok": True}),
    )


def rate(cases: list[Case], graders: list[Grader]) -> float:
    """Steps a second of processor time."""
    started = time.process_time()
    failing = sum(v.status != "pass" for case in cases for v in judge_all(case, graders))
    seconds = time.process_time() - started
    assert failing <= len(cases), "honest traces were failed"
    return sum(len(case.steps) for case in cases) / seconds


def reference(pages: int = 400) -> float:
    """Pages a second of processor time of work that no grader changes: the words of each page counted, its figures added up."""
    rng = random.Random(0)
    texts = [page(rng, "Velmora", 10_000 + n) for n in range(pages)]
    started = time.process_time()
    for text in texts:
        Counter(re.findall(r"\w+", text))
        sum((Fraction(f.replace(",", "")) for f in re.findall(r"\d[\d,]*(?:\.\d+)?", text)), Fraction(0))
    return pages / (time.process_time() - started)


FLOOR = 0.2
"""Steps judged a page of the reference work, on fresh pages, under which the run fails: whatever the machine and its load."""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    graders = [g for g in all_graders().values() if g.source == "program"]
    rate([trace(-1)], graders)
    fresh = rate([trace(seed) for seed in range(count)], graders)
    again = rate([trace(seed) for seed in range(count)], graders)
    print(f"{len(graders)} program graders, {count} traces of 7 steps")
    print(f"fresh pages   {fresh:8.0f} steps/s")
    print(f"known pages   {again:8.0f} steps/s")
    ratio = fresh / reference()
    print(f"fresh pages   {ratio:8.2f} steps a page of the reference work (at least {FLOOR})")
    sys.exit(ratio < FLOOR)


if __name__ == "__main__":
    main()
