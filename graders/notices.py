"""Words of ours that stand in conversations, so that no reader takes them for facts about the task."""

HEADING = "What was wrong, step by step:"
"""The first line of a critique given to an agent that tries again."""


def without_notices(text: str) -> str:
    """A system text up to a critique in it: figures quoted there are what the agent said before, not what it was told."""
    return text.partition(HEADING)[0]
