"""Which tasks are made, by whom, and what queries have to pass."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from scenarios.parts.base import Part, distinct
from scenarios.parts.named import ALL, Domains, Families, FamilyName, Languages, Techniques
from scenarios.queries.seeds import TECHNIQUES
from scenarios.queries.topics import DOMAINS, Domain

Evolution = Literal["rephrase", "reverse", "depth", "breadth", "unlabelled"]
"""How a problem of mathematics is made of another (`scenarios.evolution`)."""
Derivation = Literal["translate", "document", "mend", "test"]
"""What else is asked about a code problem of one's own (`scenarios.sets.deriving`)."""


class WritePart(Part):
    """Queries that the role `writer` writes from seeds. See docs/queries.md."""

    domains: Domains = Field(dict.fromkeys(DOMAINS, 1.0))
    """What they are about, with weights, or a list for equal ones: `search`, `math`, `programming`."""
    levels: Annotated[tuple[Annotated[int, Field(ge=1, le=5)], ...], AfterValidator(distinct)] = Field(
        (1, 2, 3), min_length=1
    )
    """The difficulties, 1 (one call) to 5 (a long piece of work), in equal parts."""
    languages: Languages = Field({"en": 1.0})
    """The languages, as `en` or `de`, with weights, or a list for equal ones."""
    techniques: Techniques = Field(dict.fromkeys(TECHNIQUES, 1.0))
    """How they are made, with weights, or a list for equal ones."""
    floor: int = Field(0, ge=0, le=100_000)
    """Queries that each cell (domain, tools, difficulty, language) is to have first, 0 to 100,000."""
    cap: int | None = Field(None, ge=1, le=1_000_000)
    """The most queries of a cell. Left out: no limit."""
    topics: dict[Domain, str] = {}
    """Files with topics of your own, one a line, instead of those shipped for a domain."""
    seeds: str | None = Field(None, max_length=4096)
    """A file (JSONL) of queries of your own that others are made from."""
    families: Annotated[tuple[FamilyName, ...], AfterValidator(distinct)] = ()
    """Task families whose queries others are made from too, by name."""
    digests: dict[str, str] = {}
    """Hashes of the files of topics and seeds, filled in when a run starts, so that a run goes on only with the files it began with."""


class InstructPart(Part):
    """Programming problems that the role `writer` poses, solves and tests, chosen by execution. See docs/code.md."""

    share: float = Field(0.15, gt=0, le=1)
    """Which share of the tasks, above 0 to 1."""
    solutions: int = Field(4, ge=2, le=16)
    """Candidate solutions of each problem, 2 to 16; more than half of them have to agree."""
    tests: int = Field(3, ge=1, le=8)
    """Sets of tests written for each problem, 1 to 8."""
    rounds: int = Field(2, ge=0, le=5)
    """How often what failed goes back to its writer, who mends solution or tests, 0 to 5."""
    revisions: int = Field(1, ge=0, le=3)
    """How often a problem on which nobody agrees is posed anew, more plainly, 0 to 3."""
    topics: str | None = Field(None, max_length=4096)
    """A file with topics of your own, one a line. Left out: the 71 that are shipped."""


class TasksPart(Part):
    """Which tasks are made, and how many."""

    count: int = Field(100, ge=1, le=10_000_000)
    """How many tasks, 1 to 10,000,000."""
    file: str | None = Field(None, max_length=4096)
    """A problem set of your own (JSONL) to take the tasks from instead: its first `count` rows. See docs/problem-sets.md."""
    digest: str | None = Field(None, max_length=128)
    """Hash of that file, filled in when a run starts, so that a run goes on only with the file it began with."""
    check: bool = True
    """For `file`: whether each row's own reference is tried first, as `winnow validate` does, and a row that fails is left out."""
    write: WritePart | None = None
    """Have a model write queries instead: `count` tries, those that do not pass the gates included. Left out: nobody is asked for any."""
    instruct: InstructPart | None = None
    """Have a model pose some of the tasks: programming problems with solutions and tests, chosen by execution. Left out: none."""
    evolve: Annotated[tuple[Evolution, ...], AfterValidator(distinct)] = ()
    """Children of each problem of mathematics, made after it and counted with it. `rephrase`: the same in other words; `reverse`: an input
    hidden, the answer given; `depth`: more operations; `breadth`: another topic; `unlabelled`: a sibling whose answer nobody tells.
    See docs/math.md."""
    derive: Annotated[tuple[Derivation, ...], AfterValidator(distinct)] = ()
    """For `file`: further tasks out of each code problem that comes with a solution, made after it and counted with it. `translate`: to
    another language; `document`: words from which it can be written again; `mend`: a planted fault made right; `test`: tests for it.
    See docs/code.md."""
    families: Families = Field(ALL, validate_default=True)
    """The kinds of task, by name, with their weights (0 to 1,000,000; shares are weight over sum), a list of names for equal
    weights, or `all`."""


class GatesPart(Part):
    """What a written query has to pass before it is used."""

    against: tuple[str, ...] = ()
    """Benchmark files (JSONL) that no query may stand in, as seen from where the command is run."""
    digests: dict[str, str] = {}
    """Hashes of those files, filled in when a run starts, so that a run goes on only with the files it began with."""
    coverage: float = Field(0.5, ge=0.05, le=1)
    """Share of an item's runs of eight words from which on a query counts as taken from it, 0.05 to 1."""
    near: float = Field(0.8, ge=0.3, le=1)
    """For `tasks.write`: overlap with an earlier query from which on one counts as its duplicate, 0.3 to 1."""
    judged: bool = True
    """For `tasks.write`: whether the role `critic` is asked if a query can be answered with the tools, and is safe."""
    closed_book: int = Field(2, ge=0, le=8)
    """For `tasks.write`: how often the solver's model tries each query without tools; where all tries agree on an answer, the query needs
    none and is thrown away. 0 does not ask."""
