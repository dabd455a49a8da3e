"""What is seen of a training: a bar on a terminal, a line now and then elsewhere, and each look at the held-out rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from winnow.training.loop import Training


@contextmanager
def shown(console: Console) -> Iterator[Callable[[Training], None]]:
    """A function that hears of each step."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f}%"),
        TimeRemainingColumn(),
    )
    looks = 0
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("training", total=None)

        def tell(training: Training) -> None:
            nonlocal looks
            progress.update(
                bar, total=training.total, completed=training.tokens, description=f"loss {training.loss:.3f}"
            )
            if len(training.looks) > looks:
                looks = len(training.looks)
                console.print(f"{training.tokens:,} tokens, loss {training.loss:.3f}; {training.looks[-1][1].words()}")

        yield tell
