"""One task in the terminal: what is asked, what is true, and why tools are needed."""

from collections.abc import Iterator

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from scenarios.need import HEAD
from traces.task import Need, PlanNode, Task
from winnow.lineage import fails
from winnow.terminal import clean


def show_task(task: Task, console: Console) -> None:
    """Print a task with its plan, values, evidence and proof of need."""
    parts: list[Text | Table] = [Text(clean(task.query), "bold")]
    if task.oracle:
        parts += [_plan(task.oracle.plan)] if task.oracle.plan else []
        answer = task.oracle.answer
        shown = " ".join((answer.value, answer.unit)).strip() or ", ".join(answer.accepted)
        parts.append(
            Text.assemble(("answer ", "dim"), f"{shown} ({answer.kind})", ("  calls ", "dim"), task.oracle.calls)
        )
        parts += [Text.assemble((f"{kind} ", "dim"), clean(why)) for kind, why in task.oracle.proof.items()]
    parts += [Text.assemble((f"{head} ", "dim"), clean(told)) for head, told in _need(task.need)] if task.need else []
    parts.append(Text.assemble(("tools ", "dim"), ", ".join(task.tools)))
    parts += [Text.assemble(("outage ", "dim"), fails(outage)) for outage in task.outages]
    title = Text(clean(f"{task.family} {task.index} · difficulty {task.difficulty} · {task.id}"))
    console.print(Panel(Group(*parts), title=title, title_align="left", border_style="cyan"))


def _need(need: Need) -> Iterator[tuple[str, str]]:
    """What was proven of the need for tools, a line each."""
    yield "proven", "tools are needed" if need.tools else "no tool is needed"
    chance = f" (a blind guess is right in {need.chance})" if need.chance != "0" else ""
    yield "  closed book", f"without tools the answer is: {need.closed_book}{chance}"
    if need.fictional:
        yield "  fictional", ", ".join(need.fictional)
    if need.without:
        yield "  counterfactual", f"cannot be known any more without {'; or '.join(need.without)}"
    if need.work > HEAD:
        yield "  operands", f"{need.work:,} steps of a single digit by hand; a head does {HEAD}"


def _plan(plan: tuple[PlanNode, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("node", "needs", "step", "tool", "value", "evidence"):
        table.add_column(head)
    for node in plan:
        value = f"{node.value} {node.unit}".strip()
        table.add_row(
            node.id, ", ".join(node.needs), clean(_step(node)), node.tool, clean(value), ", ".join(node.evidence)
        )
    return table


def _step(node: PlanNode) -> str:
    """What a step of the plan does, in words: "lookup: mass of Vroumeen Star", "calculate: the average: (33.4 + 31.74) / 2"."""
    args = {name: value if isinstance(value, str) else str(value) for name, value in node.args.items()}
    if {"attribute", "name"} <= args.keys():
        told = f"{args.pop('attribute')} of {args.pop('name')}"
    else:
        told = ": ".join(args.pop(name) for name in ("what", "expression") if name in args)
    rest = ", ".join(f"{name} {value}" for name, value in args.items())
    return ": ".join(part for part in (node.op, told, rest) if part)
