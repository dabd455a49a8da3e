"""Seeds of self-instruct: a topic and a level for each problem that a model is to pose, and the task that comes of what it wrote."""

import random
from pathlib import Path

from scenarios.queries.topics import topics
from traces.task import Answer, Oracle, PlanNode, Task, Tests

INSTRUCTED = "instructed"
"""The family that such tasks are counted under."""
_HARDER = 2
"""What a level counts for in difficulty beside the first call: levels 1 to 3 are difficulties 1, 3 and 5."""
_PROOF = {
    "execution": "Whether the function is right shows only when it is run; the tests are hidden, and were chosen by execution.",
    "counterfactual": "Without an interpreter the function is handed over untried.",
}


def topics_of(file: str | None) -> tuple[str, ...]:
    """The topics of a file, or those that are shipped. Raises TopicsError."""
    return topics("programming", Path(file) if file else None)


def seed_task(seed: int, number: int, file: str | None) -> Task:
    """What problem `number` is to be about: a task without an oracle, whose query is the topic. Raises TopicsError."""
    known = list(topics_of(file))
    random.Random(f"topics {seed}").shuffle(known)
    again, place = divmod(number, len(known))
    level = 1 + (number + again) % 3
    return Task(
        family=INSTRUCTED,
        query=known[place] + (f" (problem {again + 1})" if again else ""),
        tools=("python",),
        difficulty=1 + _HARDER * (level - 1),
        knobs={"level": level},
        seed=seed,
        index=number,
    )


def is_seed(task: Task) -> bool:
    """Whether a task is still only a topic."""
    return task.family == INSTRUCTED and task.oracle is None


def oracle_of(name: str, test: str) -> Oracle:
    """What is held to be true of a problem: the tests on which solutions that were written apart agree."""
    node = PlanNode(id="n0", op="run", args={"what": f"the function {name}"}, tool="python")
    tests = Tests(entry_point=name, test=test)
    return Oracle(answer=Answer(kind="program", value=name), plan=(node,), tests=tests, calls="required", proof=_PROOF)
