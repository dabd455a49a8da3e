"""The arms of an ablation: which of a run's traces a model is trained on. All arms see the same number of tokens."""

from typing import NamedTuple

from winnow.training.needs import TrainingError


class Arm(NamedTuple):
    """An arm by name, with the options of `winnow train` that make it. `recall` is that of the grader it stands for."""

    name: str
    options: tuple[str, ...]
    recall: float | None = None


_NAMED = {
    "kept": Arm("kept", ("--rows", "kept"), 1.0),
    "all": Arm("all", ("--rows", "all"), 0.0),
    "masked": Arm("masked", ("--rows", "masked")),
    "oracle": Arm("oracle", ("--rows", "all", "--where", "mistakes == 0")),
}


def arm(name: str) -> Arm:
    """`kept`, `all`, `masked`, `oracle` (what is known to hold no mistake, whatever was decided), or `recallNN`: what was kept and, at
    random, so much of the rejected as a grader would have let through that finds NN percent of what this one finds.

    Raises TrainingError for another name.
    """
    if name in _NAMED:
        return _NAMED[name]
    share = name.removeprefix("recall")
    if share == name or not share.isdecimal() or not 0 < int(share) < 100:
        raise TrainingError(f"no arm {name!r}. Arms: {', '.join(_NAMED)}, and recallNN such as recall75")
    recall = int(share) / 100
    return Arm(name, ("--rows", "kept", "--leak", f"{1 - recall:.2f}"), recall)


def arms(names: str) -> list[Arm]:
    """Those of a list with commas, each once."""
    return [arm(name) for name in dict.fromkeys(part.strip() for part in names.split(",") if part.strip())]
