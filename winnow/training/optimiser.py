"""Muon for the matrices, AdamW for the rest, and a rate that rises, stays, and falls to nothing over the last part."""

from typing import Any, NamedTuple

_RISE, _FALL = 0.02, 0.4
"""Shares of the training over which the rate rises and falls."""


class Optimisers(NamedTuple):
    """Both optimisers of a model, stepped together."""

    parts: tuple[Any, ...]

    def step(self, done: float) -> None:
        """One step at a rate that hangs on the share of the training done, 0 to 1."""
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = group["initial_lr"] * rate(done)
            part.step()
            part.zero_grad(set_to_none=True)

    def state(self) -> list[Any]:
        return [part.state_dict() for part in self.parts]

    def restore(self, states: list[Any]) -> None:
        for part, state in zip(self.parts, states, strict=True):
            part.load_state_dict(state)


def optimisers(model: Any) -> Optimisers:
    """For all parameters of a model: a matrix is one of two dimensions that is no embedding."""
    import torch

    named = list(model.named_parameters())
    matrices = [part for name, part in named if part.ndim == 2 and "embed" not in name]
    rest = [part for name, part in named if part.ndim != 2 or "embed" in name]
    muon = torch.optim.Muon(matrices, lr=0.02, momentum=0.95, weight_decay=0.01)
    adam = torch.optim.AdamW(rest, lr=0.008, betas=(0.9, 0.98), weight_decay=0.0)
    for part in (muon, adam):
        for group in part.param_groups:
            group["initial_lr"] = group["lr"]
    return Optimisers((muon, adam))


def rate(done: float) -> float:
    """The share of the full rate."""
    return max(0.0, min(1.0, (done + 1e-3) / _RISE, (1.0 - done) / _FALL))
