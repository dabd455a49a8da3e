"""Tasks for training in an environment: prompt, tools, and the expected answer with a typed rule for matching it.

One line a task, whatever became of its attempts; `pass_rate` is the share of judged attempts that were kept, so that tasks all too easy or
too hard can be left out. Tasks about which nothing is known are not written.
"""

from collections.abc import Iterator

from traces.export import checks
from traces.export.format import Format, Group, Line, Refused
from traces.export.parting import cut
from traces.export.row import Row, canonical
from traces.export.text import dumps
from traces.ledger import Filters
from traces.task import Oracle


class RL(Format):
    name = "rl"
    summary = "Prompts with tools and a typed expected answer, for reinforcement learning."
    lossy = "the attempts themselves are left out"
    reads = Filters(final=True)
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
    rules = {name: checks.ALWAYS[name] for name in ("strings", "tools", "values", "control")}

    def lines(self, group: Group) -> Iterator[Line | Refused]:
        task = group[0].task
        if task.oracle is None:
            return
        row = canonical(group[0])
        start = next((place for place, m in enumerate(row.messages) if m["role"] == "assistant"), len(row.messages))
        row = cut(row, start - 1)
        found = checks.check(row, self.rules)
        if found:
            yield Refused(group[0].slot, found)
            return
        judged = [stored.decision for stored in group if stored.decision in ("keep", "reject", "repair")]
        line = _line(group[0].slot, row, task.oracle, judged)
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
