"""The canonical row as TRL's SFTTrainer takes it, with a dataset card that declares `messages` and `tools` as lists of JSON.

TRL has no mask for single messages, so a row in which a turn failed a verdict is refused.
"""

from traces.export import checks
from traces.export.format import RowFormat
from traces.export.row import JSON, Row


class TRL(RowFormat):
    name = "trl"
    summary = "Supervised fine-tuning on tool calls: `messages` and `tools` as TRL, NeMo RL and Unsloth take them."
    chat = True
    rules = {**checks.ALWAYS, "unmasked": checks.unmasked}
    features = {
        "id": "dtype: string",
        "messages": "list: json",
        "tools": "list: json",
        "family": "dtype: string",
        "difficulty": "dtype: int64",
        "attempt": "dtype: int64",
        "steps": "dtype: int64",
        "repaired": "dtype: bool",
        "transforms": "list: string",
    }

    def line(self, row: Row) -> JSON:
        return {
            "id": row.id,
            "messages": row.messages,
            "tools": row.tools,
            "family": row.family,
            "difficulty": row.difficulty,
            "attempt": row.attempt,
            "steps": row.steps,
            "repaired": row.repaired,
            "transforms": row.transforms,
        }
