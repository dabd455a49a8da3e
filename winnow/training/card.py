"""The model card: what the model is, what it was shown, how far it came, and what is toy about it."""

from collections.abc import Mapping, Sequence
from typing import Any

_TOY = (
    "It was trained from nothing on the rows of one run and knows their kinds of question, in their wordings, and nothing else.",
    "Its tokenizer was made for these rows: one token stands for the JSON around a tool's first argument, so that calls are valid JSON"
    " says little of the model.",
    "The system turn names the tools without their schemas, and text beside a call is not part of the conversation it sees.",
)


def model_card(about: Mapping[str, Any], looks: Sequence[Mapping[str, Any]], run: Mapping[str, str]) -> str:
    """Markdown with the head that the Hub reads."""
    head = ["---", "library_name: transformers", "pipeline_tag: text-generation", "tags: [tool-use, toy]", "---", ""]
    body = [f"# {about['name']}: a toy model trained on a run of Winnow", ""]
    body += [f"- {name}: {value}" for name, value in {**about, **{f"run, {k}": v for k, v in run.items()}}.items()]
    return "\n".join(
        [*head, *body, "", *_seen(looks), "## What is toy about it", "", *(f"- {line}" for line in _TOY), ""]
    )


def _seen(looks: Sequence[Mapping[str, Any]]) -> list[str]:
    if not looks:
        return []
    lines = ["| tokens seen | held-out loss | calls to the letter | answers to the letter |", "|---:|---:|---:|---:|"]
    lines += [f"| {look['tokens']:,} | {look['loss']:.3f} | {look['calls']} | {look['answers']} |" for look in looks]
    return ["## Held-out rows", "", *lines, "", "Another wording of a right turn counts as a miss here.", ""]
