"""Process-reward rows: each step as text, with what the graders say of it.

`labels` is what TRL's PRM trainer (to 1.13) and Axolotl's stepwise strategy read: whether no verdict failed. `ternary` is -1 failed, 1
passed, 0 where no grader could decide. `rewards` is the share of right continuations from behind each step (`winnow rewards`), null
where none was sampled; `outcome` is whether the answer passed. `processbench-*.jsonl` holds the same traces with the
index of the first error, -1 for none. A step holds its calls and their observations together.
"""

from collections.abc import Iterator, Mapping

from traces.export import checks
from traces.export.format import Format, Group, Line, Refused
from traces.export.row import Row, canonical
from traces.export.text import said_text
from traces.record import Verdict
from traces.stored import Stored


def _stepped(row: Row) -> Iterator[str]:
    texts = step_texts(row)
    if not texts:
        yield "no step"
    yield from (f"step {place} is empty" for place, text in enumerate(texts) if not text.strip())


_PROCESSBENCH = {
    "id": "dtype: string",
    "generator": "dtype: string",
    "problem": "dtype: string",
    "steps": "list: string",
    "final_answer_correct": "dtype: bool",
    "label": "dtype: int64",
}


class Steps(Format):
    name = "steps"
    summary = "Every step as text with its label and error codes, for process reward models."
    lossy = "messages become text"
    features = {
        "id": "dtype: string",
        "prompt": "dtype: string",
        "completions": "list: string",
        "labels": "list: bool",
        "ternary": "list: int64",
        "codes": "list: string",
        "rewards": "list: float64",
        "outcome": "dtype: bool",
        "repaired": "dtype: bool",
    }
    rules = {**{name: checks.ALWAYS[name] for name in ("sampled", "strings", "values", "control")}, "steps": _stepped}

    def features_of(self, config: str) -> Mapping[str, str]:
        return _PROCESSBENCH if config == "processbench" else self.features

    def lines(self, group: Group) -> Iterator[Line | Refused]:
        for stored in group:
            if stored.decision not in ("keep", "reject", "repair"):
                continue
            row = canonical(stored)
            found = checks.check(row, self.rules)
            if found:
                yield Refused(row.id, found)
                continue
            split = self.options.split(row.query)
            yield Line(f"data/{split}.jsonl", _labelled(row, stored))
            yield Line(f"processbench-{split}.jsonl", _processbench(row, stored))


def step_texts(row: Row) -> list[str]:
    """The steps as text."""
    texts: list[str] = []
    for message in row.messages:
        if message["role"] == "assistant":
            texts.append(said_text(message))
        elif message["role"] == "tool" and texts:
            texts[-1] += f"\n[{message['name']}] {message['content']}"
    return texts


def _prompt(row: Row) -> str:
    before = []
    for message in row.messages:
        if message["role"] == "assistant":
            break
        before.append(message["content"])
    return "\n\n".join(before)


def _labelled(row: Row, stored: Stored) -> dict[str, object]:
    texts = step_texts(row)
    by_step = [[v for v in stored.verdicts if v.step == step] for step in range(len(texts))]
    ternary = [_ternary(verdicts) for verdicts in by_step]
    codes = [" ".join(sorted({v.code for v in verdicts if v.status == "fail" and v.code})) for verdicts in by_step]
    return {
        "id": row.id,
        "prompt": _prompt(row),
        "completions": texts,
        "labels": [value >= 0 for value in ternary],
        "ternary": ternary,
        "codes": codes,
        "rewards": _rewards(stored, len(texts)),
        "outcome": _answered(stored, by_step),
        "repaired": row.repaired,
    }


def _rewards(stored: Stored, steps: int) -> list[float | None]:
    sampled = {reward.step: reward.value for reward in stored.rewards}
    return [sampled.get(step) for step in range(steps)]


def _answered(stored: Stored, by_step: list[list[Verdict]]) -> bool:
    return stored.ending == "answered" and _ternary(by_step[-1]) >= 0


def _ternary(verdicts: list[Verdict]) -> int:
    statuses = {verdict.status for verdict in verdicts}
    return -1 if "fail" in statuses else 1 if "pass" in statuses else 0


def _processbench(row: Row, stored: Stored) -> dict[str, object]:
    failed = {verdict.step for verdict in stored.verdicts if verdict.status == "fail"}
    texts = step_texts(row)
    return {
        "id": row.id,
        "generator": stored.plain["lineage"]["model"],
        "problem": _prompt(row),
        "steps": texts,
        "final_answer_correct": stored.ending == "answered" and len(texts) - 1 not in failed,
        "label": min(failed, default=-1),
    }
