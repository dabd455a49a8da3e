"""What families of programs share: a specification is drawn, told, and what solves it is a program. A family says what it asks and how it
is judged (`problem`), and how it is solved (`play`).

`difficulty` is the number of operations of the specification, unless a family adds to it.
"""

import random
import re
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from scenarios.families._common import brief_for, refusal, worded
from scenarios.family import Ask, Family
from scenarios.moves import finish, guarded
from scenarios.policy import Mind, Policy
from scenarios.programs import Spec, draw, evaluate, mutants
from scenarios.wording import Form, Slot, Wordings
from scenarios.world import World
from traces.task import Answer, Brief, Calls, Oracle, PlanNode, Suspects, Task, Tests

EXAMPLE = [3, -8, 14, 7, 7, 22, -5, 40]
"""What the teacher tries a function on."""


class ProgramFamily(Family):
    """A kind of task whose answer is a program."""

    form: ClassVar[Form]
    harder = "operations that the function does"
    names: ClassVar[tuple[str, ...]]
    """What the functions are called."""
    declined: ClassVar[str]
    """What a teacher that refuses declines."""
    tools: ClassVar[tuple[str, ...]] = ("python",)

    @abstractmethod
    def problem(self, spec: Spec, name: str, rng: random.Random) -> tuple[Ask, Oracle]:
        """What is asked, and what is true of it. Raises TruthError."""

    @abstractmethod
    def play(self, ask: Ask, mind: Mind) -> Policy:
        """How the teacher solves it, where it does not decline."""

    @property
    def wordings(self) -> Wordings:
        return Wordings((self.form,))

    def item(self, world: World, seed: int, index: int) -> Task:
        rng = random.Random(f"{self.name} {seed} {index}")
        spec, name = draw(rng, level := rng.randint(1, 3)), rng.choice(self.names)
        ask, oracle = self.problem(spec, name, rng)
        brief = brief_for(self.name, ask, rng)
        return Task(
            family=self.name,
            query=worded(self, brief, rng),
            brief=brief,
            tools=self.tools,
            oracle=oracle,
            difficulty=min(9, len(steps_of(spec))),
            knobs={"level": level},
            seed=seed,
            index=index,
        )

    def write(self, brief: Brief, rng: random.Random) -> str:
        return self.wordings.write(brief, rng)

    def read(self, query: str) -> Ask | None:
        return self.wordings.read(query)

    def solve(self, ask: Ask, mind: Mind) -> Policy:
        return guarded(self._declined_or_played(ask, mind))

    def _declined_or_played(self, ask: Ask, mind: Mind) -> Policy:
        if mind.slips("refuses", "G5", f"declines {self.declined}"):
            return refusal(mind)
        return (yield from self.play(ask, mind))


def steps_of(spec: Spec) -> list[list[Any]]:
    """The operations, in order, as JSON."""
    return [list(op) for op in (*spec.keep, *spec.change, *spec.arrange, spec.result)]


def program_oracle(name: str, what: str, tests: Tests | Calls | Suspects) -> Oracle:
    """The oracle of an answer that has to be run to be known for right; `what` is handed over."""
    node = PlanNode(id="n0", op="run", args={"what": f"the function {name}"}, tool="python")
    proof = {
        "execution": f"Whether {what} is right shows only when it is run; the tests are hidden.",
        "counterfactual": f"Without an interpreter {what} is handed over untried.",
    }
    answer = Answer(kind="program", value=name)
    return Oracle(answer=answer, plan=(node,), tests=tests, calls="required", proof=proof)


def name_of(code: str) -> str:
    """What a Python function is called."""
    name: str = re.findall(r"\w+", code)[1]
    return name


def mistakes(spec: Spec, lists: Iterable[Sequence[int]]) -> list[tuple[str, Spec]]:
    """The one-place mutants of a specification that some of the lists show, and what is wrong with each."""
    right = [(xs, evaluate(spec, xs)) for xs in lists]
    return [(why, mutant) for why, mutant in mutants(spec) if any(evaluate(mutant, xs) != fits for xs, fits in right)]


def slipped(spec: Spec, mind: Mind, seen: Sequence[int] = EXAMPLE) -> tuple[str, Spec] | None:
    """A mistake to make, where the teacher is tempted to one that shows on what it tries; what is wrong, and the specification."""
    wrong = mistakes(spec, [seen])
    return mind.rng.choice(wrong) if wrong and strays(mind, spec) else None


def strays(mind: Mind, spec: Spec) -> bool:
    """Whether a mistake is made at one of the operations: the more there are, the likelier."""
    return any(mind.tempted("code_bug") for _ in steps_of(spec))


def handed_over(mind: Mind, says: str, code: str, label: str = "python") -> str:
    """The closing answer with its block of code."""
    return finish(mind, f"{says}\n\n```{label}\n{code}```")


def _read_code(said: str) -> str:
    """The function again: a head and lines of one depth, whatever became of the blanks before them."""
    head, *body = [" ".join(line.split()) for line in said.strip("`").removeprefix("python").strip().splitlines()]
    return "\n".join([head, *(f"    {line}" for line in body)]) + "\n"


CODE = Slot(r"```python\s.{10,900}?\n\s*```", lambda code, _: f"\n```python\n{code}```\n", _read_code)
"""A function in a fence."""
