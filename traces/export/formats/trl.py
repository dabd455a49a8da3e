"""The canonical row as TRL's SFTTrainer takes it, with a dataset card that declares `messages` and `tools` as lists of JSON.

TRL has no mask for single messages. A row in which a turn failed a verdict is written as prompt and completion instead, in a config of
its own: a line for each right turn, which alone is its completion, so that neither the wrong turn nor a tool's result is in the loss.
"""

from collections.abc import Iterator, Mapping

from traces.export.format import Line, RowFormat
from traces.export.parting import cut, said
from traces.export.row import JSON, Row

_ABOUT = {
    "family": "dtype: string",
    "difficulty": "dtype: int64",
    "attempt": "dtype: int64",
    "steps": "dtype: int64",
    "repaired": "dtype: bool",
    "transforms": "list: string",
}
_TURNS = {"prompt": "list: json", "completion": "list: json", "tools": "list: json", "turn": "dtype: int64"}


class TRL(RowFormat):
    name = "trl"
    summary = "Supervised fine-tuning on tool calls: `messages` and `tools` as TRL, NeMo RL and Unsloth take them."
    chat = True
    features = {"id": "dtype: string", "messages": "list: json", "tools": "list: json", **_ABOUT}

    def features_of(self, config: str) -> Mapping[str, str]:
        return {"id": "dtype: string", **_TURNS, **_ABOUT} if config.endswith("turns") else self.features

    def written(self, row: Row) -> Iterator[Line]:
        if not row.wrong:
            yield from super().written(row)
            return
        *folder, file = self.place(row).split("/")
        *prefix, split = file.split("-")
        name = "/".join([*folder, "-".join([*prefix, "turns", split])])
        yield from (Line(name, _turn(row, n, at)) for n, at in enumerate(said(row)) if at not in row.wrong)

    def line(self, row: Row) -> JSON:
        return {"id": row.id, "messages": row.messages, "tools": row.tools, **_about(row)}


def _turn(row: Row, turn: int, place: int) -> JSON:
    """One right turn to learn, after all that went before it, the wrong ones too."""
    *prompt, completion = cut(row, place).messages
    return {
        "id": f"{row.id}/{turn}",
        "prompt": prompt,
        "completion": [completion],
        "tools": row.tools,
        "turn": turn,
        **_about(row),
    }


def _about(row: Row) -> JSON:
    return {
        "family": row.family,
        "difficulty": row.difficulty,
        "attempt": row.attempt,
        "steps": row.steps,
        "repaired": row.repaired,
        "transforms": row.transforms,
    }
