"""Columns that mean something else to a trainer or a loader: no line may have them, whoever wrote the format.

TRL takes `labels` for ready-made tokens, `images` (even empty) for a vision model, and needs `completion` beside `prompt`; a null
`chat_template_kwargs` stops it. `datasets` takes some sets of columns for an agent's session log and does not load them as rows.
"""

from collections.abc import Collection

_TAKEN = frozenset(
    {"image", "images", "chat_template_kwargs", "input_ids", "attention_mask", "completion_mask", "assistant_masks"}
)
_BESIDE_MESSAGES = frozenset({"prompt", "completion", "chosen", "rejected", "labels", "label"})
_LOGS = (
    frozenset({"id", "source", "model", "system_prompt", "messages"}),
    frozenset({"type", "message"}),
    frozenset({"type", "payload"}),
)


def reserved(columns: Collection[str]) -> str | None:
    """Why a line with these columns would be misread, in words; None where it would not."""
    names = frozenset(columns)
    if taken := sorted(names & _TAKEN) or ("messages" in names and sorted(names & _BESIDE_MESSAGES)):
        return f"the column {taken[0]} is read by trainers as something else"
    if log := next((log for log in _LOGS if log <= names), None):
        return f"the columns {', '.join(sorted(log))} together are read as an agent's session log"
    return None
