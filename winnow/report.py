"""What came of a run: the funnel by reason, family, difficulty and tool; in the terminal, as `report.md` and as `summary.json`."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from traces.counts import Counts, Solved, Tally
from traces.ledger import Ledger
from traces.rows import Filters
from winnow.cost import Cost
from winnow.criticism import CriticSummary
from winnow.effort import HEADS, Effort
from winnow.folder import RunFolder, write_whole
from winnow.invocation import command
from winnow.left_out import LeftOut
from winnow.lineage import level
from winnow.reasons import not_judged, reasons
from winnow.techniques import Techniques
from winnow.terminal import clean


@dataclass(frozen=True)
class Audit:
    """How the decisions stand against what is known from elsewhere: the teacher's own log of its mistakes.

    Only where the solver logs them. `slipped` kept trajectories hold a step that the log marks as wrong; `wronged` rejected ones hold none;
    of the faulty ones `located` were rejected for the very step that the log names first.
    """

    faulty: int = 0
    clean: int = 0
    located: int = 0
    slipped: tuple[str, ...] = ()
    wronged: tuple[str, ...] = ()

    @property
    def judged(self) -> int:
        return self.faulty + self.clean

    @classmethod
    def of(cls, ledger: Ledger) -> "Audit":
        """Go through every judged trajectory once."""
        faulty, slipped, clean, wronged, located = 0, [], 0, [], 0
        for trace in ledger.trajectories():
            if trace.decision is None:
                continue
            if wrong := [label.step for label in trace.labels if label.value < 0]:
                faulty += 1
                located += trace.decision.first_bad_step == min(wrong)
                slipped += [trace.key] if trace.decision.outcome == "keep" else []
            else:
                clean += 1
                wronged += [trace.key] if trace.decision.outcome != "keep" else []
        return cls(faulty, clean, located, tuple(slipped), tuple(wronged))


def example_of(ledger: Ledger) -> str:
    """The key of a trajectory worth looking at: of several steps and sent back, else rejected, else any; empty where there is none."""
    wanted = (Filters(decision="repair", min_steps=3), Filters(decision="reject"), Filters())
    return next((row.key for filters in wanted for row in ledger.page(filters, limit=1)), "")


@dataclass(frozen=True)
class Report:
    """A run's outcome. `stop` says why it ended; `audit` is None where nothing is known beside the verdicts."""

    name: str
    folder: RunFolder
    counts: Counts
    planned: int
    stop: str
    seconds: float
    audit: Audit | None = None
    critics: CriticSummary | None = None
    """What the critics said; None where there are none."""
    trouble: str = ""
    """What the first attempt that ended in an error met."""
    example: str = ""
    """A trajectory worth looking at; empty where there is none."""
    reason: str = ""
    """Why it ended before its plan, in words."""
    cost: Cost | None = None
    techniques: Techniques | None = None
    """What each technique came to; None where problems are not evolved."""
    effort: Effort | None = None
    """What solving took, by the difficulty the writer was asked for; None where no model writes queries."""
    left_out: LeftOut | None = None
    """The rows of a problem set that were left out; None where none were."""
    solved: Solved | None = None
    """The tasks by how often they were solved; None where each was tried once."""

    def summary(self) -> dict[str, Any]:
        """The report as data."""
        counts = self.counts
        return {
            "name": self.name,
            "stop": self.stop,
            "reason": self.reason,
            "planned_attempts": self.planned,
            "seconds": round(self.seconds, 2),
            "tasks": counts.tasks,
            "discards": dict(counts.discards),
            "left_out": self.left_out.facts() if self.left_out else None,
            "queries": dict(counts.queries),
            **counts.total._asdict(),
            "keep_rate": round(counts.total.keep_rate, 4),
            "trajectories": counts.trajectories,
            "steps": counts.steps,
            "tool_calls": counts.calls,
            "input_tokens": counts.input_tokens,
            "output_tokens": counts.output_tokens,
            "by_family": _plain(counts.family),
            "by_difficulty": _plain(counts.difficulty),
            "by_tool": _plain(counts.tool),
            "by_code": _plain(counts.code),
            "by_ending": _plain(counts.ending),
            "without_code": _plain(counts.uncoded),
            "not_judged": not_judged(counts),
            "by_technique": self.techniques.facts() if self.techniques else None,
            "by_asked_difficulty": self.effort.facts() if self.effort else None,
            "tasks_solved": self.solved._asdict() if self.solved else None,
            "audit": asdict(self.audit) if self.audit else None,
            "critics": self.critics.facts() if self.critics else None,
            "cost": self.cost.summary(counts.kept) if self.cost else None,
        }

    def write(self) -> None:
        """`summary.json` and `report.md`, whole or not at all."""
        if self.left_out:
            self.left_out.write()
        write_whole(self.folder.summary, orjson.dumps(self.summary(), option=orjson.OPT_INDENT_2).decode() + "\n")
        write_whole(self.folder.report, self.markdown())

    def markdown(self) -> str:
        """The report as a page."""
        cause = f"{said}\n\n" if (said := self._cause()) else ""
        parts = [f"# {self.name}\n\n{cause}{self._headline()}\n"]
        parts += [f"{said}\n" for said in (self._cost(), self._trouble(), self._uncalled()) if said]
        parts += [f"## {title}\n\n{_markdown(head, rows)}\n" for title, head, rows in self._tables()]
        if self.left_out:
            rows = "\n".join(f"- {clean(line)}" for line in self.left_out.lines())
            parts.append(f"## {self.left_out.title()}\n\n{rows}\n")
        if self.critics and self.critics.opinions:
            parts.append(f"## Critics\n\n{self.critics.sentence()}\n")
        if self.audit and self.audit.judged:
            parts.append(f"## Decisions against the log of mistakes\n\n{self._audited(self.audit)}\n")
        if following := self.commands():
            parts.append("## Next\n\n" + "\n".join(f"- {what}: `{line}`" for what, line in following) + "\n")
        return "\n".join(parts)

    def print(self, console: Console) -> None:
        """The report on a terminal, where sentences break between words; what is typed stays whole."""
        sentences = partial(console.print, soft_wrap=not console.is_terminal)
        if cause := self._cause():
            sentences(Text(cause, "bold red"))
        sentences(Text(self._headline(), "bold"))
        if said := self._cost():
            sentences(Text(said))
        for said in (self._trouble(), self._uncalled()):
            if said:
                sentences(Text(said, "magenta"))
        for title, head, rows in self._tables():
            if rows:
                console.print(_table(title, head, rows))
        if self.left_out:
            sentences(Text(self.left_out.title(), "bold"))
            for line in self.left_out.lines():
                console.print(Text(clean(line)), soft_wrap=True)
        if self.critics and self.critics.opinions:
            sentences(Text(clean(self.critics.sentence())))
        if self.audit and self.audit.judged:
            style = "bold red" if self.audit.slipped else "bold"
            sentences(Text(self._audited(self.audit), style))
        for what, line in self.commands():
            console.print(Text.assemble((f"{what:<9}", "dim"), line), soft_wrap=True)

    def commands(self) -> list[tuple[str, str]]:
        """What to type next, exactly."""
        run = self.folder.path
        total, lines = self.counts.total, []
        unfinished = self.stop not in ("finished", "goal", "under way")
        if (unfinished or (self.stop == "finished" and total.errors)) and not self.folder.origin_file.is_file():
            lines.append(("resume", command("run", self.folder.config, "-o", run, "--resume")))
        if total.kept and self.folder.exports.is_dir():
            lines.append(("data", f"ls {shlex.quote(str(self.folder.exports))}/*"))
        if total.rejected:
            lines.append(("look", command("show", run, "--rejected")))
        if self.example:
            lines.append(("look", command("show", run, self.example)))
        if total.kept:
            lines.append(("export", command("export", run, "--format", "trl", "-o", f"{run}-trl")))
        if total.repaired:
            lines.append(("export", command("export", run, "--format", "preference", "-o", f"{run}-preference")))
        return lines

    def _cause(self) -> str:
        """Why it stopped before its plan was done; empty where that needs no words."""
        return f"Stopped ({self.stop}): {clean(self.reason)}" if self.reason and self.stop != "goal" else ""

    def _headline(self) -> str:
        total = self.counts.total
        time = f" in {self.seconds:.1f} s" if self.seconds else ""
        why = f": {clean(self.reason)}" if self.reason else ""
        unjudged = f", {total.unjudged} not judged" if total.unjudged else ""
        tail = f"{total.errors} errors{unjudged}; {self.counts.steps} steps judged{time}"
        return (
            f"{total.attempts} of {self.planned} attempts at {self.counts.tasks} tasks: kept {total.kept}"
            f" ({total.repaired} after a repair), rejected {total.rejected}, {tail}"
            + ("" if self.stop == "finished" or self._cause() else f" ({self.stop}{why})")
        )

    def _cost(self) -> str:
        return self.cost.line(self.counts.kept) if self.cost else ""

    def _trouble(self) -> str:
        again = "" if self.stop == "goal" else " What ended in an error is made again with --resume."
        return f"An error, the first: {clean(self.trouble)}{again}" if self.trouble else ""

    def _uncalled(self) -> str:
        """What to look at where tools were called for and none was called in the whole run."""
        counts = self.counts
        if counts.calls or not {"D2", "F1"} & {
            code for code, tally in counts.code.items() if tally.rejected + tally.revised
        }:
            return ""
        return (
            "No tool was called in the whole run. Does the server hand the tools on to the model, and read its calls? (vLLM:"
            " --enable-auto-tool-choice --tool-call-parser NAME; llama.cpp: --jinja.) Calls that it leaves in the text are made with"
            " --set models.solver.tool_parser=auto."
        )

    def _audited(self, audit: Audit) -> str:
        wrong = len(audit.wronged) / audit.clean if audit.clean else 0.0
        missed = f"{len(audit.slipped)} of {audit.faulty} trajectories with a logged mistake were kept"
        listed = f" ({', '.join(audit.slipped[:5])})" if audit.slipped else ""
        unjust = f"{len(audit.wronged)} of {audit.clean} without one were not ({wrong:.1%})"
        placed = f"{audit.located} were caught at the very step that the log names first"
        return f"Against the teacher's own log of its mistakes: {missed}{listed}, {placed}; {unjust}."

    def _tables(self) -> Iterable[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
        head = ("", "attempts", "kept", "repaired", "rejected", "errors", "keep rate")
        counts = self.counts
        yield (
            "Why trajectories failed",
            ("code", "name", "rejected", "sent back"),
            [(r.code or "–", r.name, str(r.tally.rejected), str(r.tally.revised)) for r in reasons(counts)],
        )
        if lost := not_judged(counts):
            yield "Attempts that were not judged", ("why", "attempts"), [(why, str(n)) for why, n in lost.items()]
        if self.techniques:
            yield "By technique", ("", "tried", "kept", "keep rate"), self.techniques.rows()
        yield "By family", head, _rows(counts.family)
        yield "By difficulty", head, _rows({level(n): tally for n, tally in counts.difficulty.items()})
        yield "By tool", head, _rows(counts.tool)
        if counts.queries:
            yield (
                "How queries came to be",
                ("how", "tasks"),
                [(how, str(n)) for how, n in sorted(counts.queries.items())],
            )
        if self.effort and self.effort.levels:
            yield "Difficulty asked for and found", HEADS, self.effort.rows()
        if self.solved and any(self.solved):
            heads = ("never", "now and then", "always")
            yield "How often tasks were solved", heads, [tuple(map(str, self.solved))]
        if counts.discards:
            yield "Tasks thrown away", ("why", "tasks"), [(why, str(n)) for why, n in sorted(counts.discards.items())]


def _rows(tallies: Mapping[Any, Tally]) -> list[tuple[str, ...]]:
    return [
        (str(key), str(t.attempts), str(t.kept), str(t.repaired), str(t.rejected), str(t.errors), t.rate_told)
        for key, t in tallies.items()
        if t.attempts  # names that were only made up in rounds that were sent back say nothing
    ]


def _plain(tallies: Mapping[Any, Tally]) -> dict[str, Any]:
    return {str(key): {**tally._asdict(), "keep_rate": round(tally.keep_rate, 4)} for key, tally in tallies.items()}


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0), min_width=len(title)
    )  # narrower than its title a table would break it
    for column in head:
        table.add_column(
            column, justify="left" if column in ("", "code", "name", "why", "how") else "right", header_style="dim"
        )
    for row in rows:
        table.add_row(*row)
    return table


def _markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    """A text, maybe a model's, that stays in its cell."""
    return " ".join(clean(text).split()).replace("|", "\\|")
