"""Closing the loop: a tiny model trained from nothing on a run's rows, served, and set against others. Needs the extra `train`.

What imports torch, transformers or TRL does so inside its functions, so that the command line and the tests need none of them.
"""

from winnow.training.needs import TrainingError

__all__ = ["TrainingError"]
