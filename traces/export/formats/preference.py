"""Preference pairs: a shared prefix, then one assistant message each, the wrong one with its error code and reason.

Pairs come from repaired attempts, from siblings that part at a step, and from confirmed mutants beside their originals; always at the
first bad step, so the prefix is right. The step planted in a mutant is the one message that no model need have said, and is only ever
the rejected side. A repair is sampled with the critique in its system message: such a pair shows the prompt without it, and is marked
`drop_critique`. A rejected side that no row can hold, such as arguments that are no JSON object, is left out. LLaMA-Factory takes
one-step pairs alone. With `pairs="trace"` each side goes on to the end of its trace instead: what tools said is then in the loss of
trainers that train all of a side, as TRL does.
"""

from collections.abc import Iterator

from traces.export.format import Format, Group, Item, LeftOut, Line, Refused
from traces.export.parting import Parting, faults, opposites, partings, unheld, whole_faults


class Preference(Format):
    name = "preference"
    summary = "Preference pairs of one step with a shared prefix, for DPO and reward models."
    compares = True
    chat = True
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

    def lines(self, group: Group) -> Iterator[Item]:
        whole = self.options.pairs == "trace"
        for parting in opposites(group) if whole else partings(group):
            wrong, found = parting.wrong, whole_faults(parting) if whole else faults(parting)
            if not found.shared and (why := unheld(found.wrong)):
                yield LeftOut(wrong.id, why)
            elif found.shared or found.wrong:
                yield Refused(wrong.id, [*found.shared, *found.wrong])
            else:
                yield Line(f"data/{self.options.split(wrong.query)}.jsonl", _line(parting, whole))


def _line(parting: Parting, whole: bool) -> dict[str, object]:
    right, wrong, place = parting.right, parting.wrong, parting.place
    end = None if whole else place + 1
    return {
        "id": f"{wrong.id}/{parting.step}",
        "prompt": wrong.messages[:place],
        "chosen": right.messages[place:end],
        "rejected": wrong.messages[place:end],
        "tools": wrong.tools,
        "step": parting.step,
        "code": parting.verdict.code or "",
        "reason": parting.verdict.reason,
        "pair": parting.source,
        "transforms": parting.transforms,
        "family": wrong.family,
        "difficulty": wrong.difficulty,
    }
