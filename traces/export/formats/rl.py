"""Tasks for training in an environment: prompt, tools, and the expected answer with a typed rule for matching it.

One line a task, whatever became of its attempts; `pass_rate` is the share of judged attempts that were kept, so that tasks all too easy
or too hard can be left out. Tasks about which nothing is known are not written. The prompt is that of a first try, for a repair's has
the critique in it.
"""

from collections.abc import Iterator

from traces.export import checks
from traces.export.format import Format, Group, Line, Refused
from traces.export.parting import cut
from traces.export.row import Row, canonical
from traces.export.text import dumps
from traces.task import Oracle


def _asks(row: Row) -> Iterator[str]:
    if not row.messages or row.messages[-1]["role"] != "user":
        yield "the prompt does not end with the user's message"


class RL(Format):
    name = "rl"
    chat = True
    summary = "Prompts with tools and a typed expected answer, for reinforcement learning."
    lossy = "the attempts themselves are left out"
    features = {
        "id": "dtype: string",
        "prompt": "list: json",
        "tools": "list: json",
        "answer": "dtype: string",
        "match": "dtype: string",
        "answerable": "dtype: bool",
        "calls": "dtype: string",
        "family": "dtype: string",
        "difficulty": "dtype: int64",
        "attempts": "dtype: int64",
        "pass_rate": "dtype: float64",
    }
    rules = {**{name: checks.ALWAYS[name] for name in ("strings", "tools", "values", "control")}, "asks": _asks}

    def lines(self, group: Group) -> Iterator[Line | Refused]:
        first = next((stored for stored in group if stored.repair == 0), None)
        if first is None or (oracle := first.task.oracle) is None:
            return
        row = canonical(first)
        start = next((place for place, m in enumerate(row.messages) if m["role"] == "assistant"), len(row.messages))
        row = cut(row, start - 1)  # everything before the first step
        found = checks.check(row, self.rules)
        if found:
            yield Refused(first.slot, found)
            return
        judged = [s.decision for s in group if s.final and s.decision in ("keep", "reject", "repair")]
        line = _line(first.slot, row, oracle, judged)
        yield Line(f"data/{self.options.split(row.query)}.jsonl", line)


def _line(slot: str, row: Row, oracle: Oracle, judged: list[str]) -> dict[str, object]:
    return {
        "id": slot,
        "prompt": row.messages,
        "tools": row.tools,
        "answer": oracle.answer.value,
        "match": dumps(oracle.answer.model_dump(mode="json")),
        "answerable": oracle.answerable,
        "calls": oracle.calls,
        "family": row.family,
        "difficulty": row.difficulty,
        "attempts": len(judged),
        "pass_rate": judged.count("keep") / len(judged) if judged else 0.0,
    }
