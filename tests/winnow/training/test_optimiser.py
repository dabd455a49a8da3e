"""Our Muon takes the steps that torch's takes, as near as half precision lets that one come. Needs torch."""

from typing import Any

import pytest

from winnow.training.optimiser import optimisers, orthogonal

pytestmark = pytest.mark.train
torch: Any = pytest.importorskip("torch", reason="needs the extra train: make install-train")

SHAPES = ((48, 16), (16, 48), (16, 16), (16, 16))


def _model() -> Any:
    torch.manual_seed(0)
    return torch.nn.ParameterList([torch.randn(shape) for shape in (*SHAPES, (16,))])


def test_singular_values_come_near_one() -> None:
    for shape in SHAPES:
        values = torch.linalg.svdvals(orthogonal(torch.randn(3, *shape, generator=torch.Generator().manual_seed(1))))
        assert float(values.min()) > 0.5, shape
        assert float(values.max()) < 1.3, shape


def test_steps_are_those_of_torch() -> None:
    ours, torchs = _model(), _model()
    mine = optimisers(ours)
    other = torch.optim.Muon(list(torchs)[:-1], lr=0.02, momentum=0.95, weight_decay=0.01)
    generator = torch.Generator().manual_seed(2)
    for _ in range(4):
        for part, twin in zip(ours, torchs, strict=True):
            part.grad = torch.randn(part.shape, generator=generator)
            twin.grad = part.grad.clone()
        mine.step(0.3)  # the rate neither rises nor falls here
        other.step()
    before = _model()
    for part, twin, start in list(zip(ours, torchs, before, strict=True))[:-1]:
        moved = float((twin - start).detach().norm())
        assert float((part - twin).detach().norm()) < 0.03 * moved
        assert moved > 0.1
