"""Muon for the matrices, AdamW for the rest, and a rate that rises, stays, and falls to nothing over the last part.

torch's own Muon turns matrices to orthogonal ones a matrix at a time and in half precision, which a processor without such instructions
emulates: 40 % of a training's time at this size. `_muon` does the same in single precision, all matrices of a shape together, in a
quarter of the time; the steps differ by what half precision rounds.
"""

import math
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
    muon = _muon(matrices, lr=0.02, momentum=0.95, weight_decay=0.01)
    adam = torch.optim.AdamW(rest, lr=0.008, betas=(0.9, 0.98), weight_decay=0.0)
    for part in (muon, adam):
        for group in part.param_groups:
            group["initial_lr"] = group["lr"]
    return Optimisers((muon, adam))


def rate(done: float) -> float:
    """The share of the full rate."""
    return max(0.0, min(1.0, (done + 1e-3) / _RISE, (1.0 - done) / _FALL))


def _muon(matrices: list[Any], **settings: float) -> Any:
    """Muon (K. Jordan 2024) with Nesterov's momentum. A function, since torch is no part of the default install."""
    import torch

    class Muon(torch.optim.Optimizer):  # type: ignore[misc]
        def step(self, closure: None = None) -> None:
            alike: dict[Any, list[Any]] = {}
            for part in matrices:
                alike.setdefault(part.shape, []).append(part)
            with torch.no_grad():
                for (rows, columns), parts in alike.items():
                    moves = orthogonal(torch.stack([self._moved(part) for part in parts]))
                    for part, move in zip(parts, moves, strict=True):
                        self._move(part, move, math.sqrt(max(1, rows / columns)))

        def _moved(self, part: Any) -> Any:
            momentum = self.param_groups[0]["momentum"]
            mean = self.state[part].setdefault("mean", torch.zeros_like(part))
            mean.lerp_(part.grad, 1 - momentum)
            return part.grad.lerp(mean, momentum)

        def _move(self, part: Any, move: Any, scale: float) -> None:
            rate = self.param_groups[0]["lr"]
            part.mul_(1 - rate * self.param_groups[0]["weight_decay"])
            part.add_(move, alpha=-rate * scale)

    return Muon(matrices, settings)


_QUINTIC = (3.4445, -4.7750, 2.0315)
"""Of the Newton-Schulz iteration: its slope at nothing is as steep as can be, and it ends near 1 rather than at it."""


def orthogonal(matrices: Any) -> Any:
    """Matrices, stacked, with their singular values brought to between 0.7 and 1.2 by five Newton-Schulz iterations."""
    import torch

    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.mT if tall else matrices
    x = x / x.norm(dim=(-2, -1), keepdim=True).clamp(min=1e-7)
    first, third, fifth = _QUINTIC
    for _ in range(5):
        square = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=third, alpha=fifth), x, beta=first)
    return x.mT if tall else x
