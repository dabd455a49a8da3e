"""What the techniques of code came to is told from the traces, whoever made them."""

from pathlib import Path

from tests.agents.test_feedback import RIGHT, WRONG, rounds
from traces.ledger import Ledger
from traces.writer import Writer
from winnow.techniques import Share, Techniques


async def test_each_technique_has_its_own_rate_and_mended_programs_are_told_apart(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger.sqlite") as ledger:
        async with Writer(ledger) as writer:
            for number, said in enumerate(((RIGHT,), (WRONG, RIGHT), (WRONG, WRONG))):
                traces, _ = await rounds(*said)
                family = "list_function" if number else "fix_function"
                put = [
                    trace.model_copy(
                        update={
                            "key": f"{family}-{number}-0{f'r{place}' if place else ''}",
                            "task": trace.task.model_copy(update={"family": family}),
                        }
                    )
                    for place, trace in enumerate(traces)
                ]
                await writer.put_task(f"{family}-{number}", put[0].task)
                await writer.put_attempt(f"{family}-{number}", 0, put)
        shares = Techniques.of(ledger, 1).shares()
    assert shares["code: debugging"] == Share(1, 1)
    assert shares["code: from a description, hidden tests"] == Share(2, 1)
    assert shares["execution feedback: first wrong, then right"] == Share(2, 1)
