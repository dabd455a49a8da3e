"""What came of running a run's calls again, as verdicts of its trajectories: in a copy, with the decisions that follow.

A step fails where one of its calls gives something else now, and a failing step is a veto as any other. Steps none of whose calls could be
run again are unscored; trajectories that were not in the sample have no such verdict. An earlier verification is replaced.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from graders.base import placed
from graders.keep import decide
from graders.reproduction import NAME, VERSION, of_step
from traces.record import Trajectory, Verdict
from traces.stored import Stored
from winnow.origin import Origin
from winnow.regrading import Changes, copied
from winnow.verification import Verified


@dataclass(frozen=True)
class Reproducing:
    """One copy of `run` in the new folder `output`, with the verdicts of a verification."""

    run_path: Path
    output: Path
    verified: Verified
    _found: defaultdict[str, defaultdict[int, list[Verdict]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def run(self) -> Changes:
        """Do it. Raises FolderError where the output is not a new or empty folder."""
        for rerun in self.verified.reruns:
            self._found[rerun.key][rerun.step].append(rerun.verdict)
        origin = Origin(kind="verify", name=self.output.name, sources=(str(self.run_path),), graders={NAME: VERSION})
        return copied(self.run_path, self.output, origin, self._with_verdicts)

    def _with_verdicts(self, stored: Stored, trace: Trajectory) -> Trajectory:
        if trace.key not in self._found or trace.decision is None:
            return trace
        new = [of_step(step, found) for step, found in sorted(self._found[trace.key].items())]
        verdicts = placed([*(v for v in trace.verdicts if v.grader != NAME), *new])
        versions = {**trace.lineage.graders, NAME: VERSION}
        return trace.model_copy(
            update={
                "verdicts": verdicts,
                "decision": decide(verdicts, trace.ending, can_repair=not stored.final),
                "lineage": trace.lineage.model_copy(update={"graders": versions}),
            }
        )
