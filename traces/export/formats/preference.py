"""One-step preference pairs: a shared prefix, then one assistant message each, the wrong one with its error code and reason.

Pairs come from repaired attempts, from siblings that part at a step, and from confirmed mutants beside their originals; always at the
first bad step, so the prefix is right. The step planted in a mutant is the one message that no model need have said, and is only ever
the rejected side. A repair is sampled with the critique in its system message: such a pair shows the prompt without it, and is marked
`drop_critique`. Whole-trace pairs would put tool results into the loss; LLaMA-Factory takes one-step pairs alone.
"""

from collections.abc import Iterator

from traces.export.format import Format, Group, Line, Refused
from traces.export.parting import Parting, faults, partings


class Preference(Format):
    name = "preference"
    summary = "Preference pairs of one step with a shared prefix, for DPO and reward models."
    compares = True
    features = {
        "id": "dtype: string",
        "prompt": "list: json",
        "chosen": "list: json",
        "rejected": "list: json",
        "tools": "list: json",
        "step": "dtype: int64",
        "code": "dtype: string",
        "reason": "dtype: string",
        "pair": "dtype: string",
        "transforms": "list: string",
        "family": "dtype: string",
        "difficulty": "dtype: int64",
    }

    def lines(self, group: Group) -> Iterator[Line | Refused]:
        for parting in partings(group):
            found = faults(parting)
            if found:
                yield Refused(parting.wrong.id, found)
            else:
                yield Line(f"data/{self.options.split(parting.wrong.query)}.jsonl", _line(parting))


def _line(parting: Parting) -> dict[str, object]:
    right, wrong, place = parting.right, parting.wrong, parting.place
    return {
        "id": f"{wrong.id}/{parting.step}",
        "prompt": wrong.messages[:place],
        "chosen": [right.messages[place]],
        "rejected": [wrong.messages[place]],
        "tools": wrong.tools,
        "step": parting.step,
        "code": parting.verdict.code or "",
        "reason": parting.verdict.reason,
        "pair": parting.source,
        "transforms": parting.transforms,
        "family": wrong.family,
        "difficulty": wrong.difficulty,
    }
