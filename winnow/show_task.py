"""One task in the terminal: what is asked, what is true, and why tools are needed."""

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from traces.task import PlanNode, Task
from winnow.show import clean


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
    parts.append(Text.assemble(("tools ", "dim"), ", ".join(task.tools)))
    title = f"{task.family} {task.index} · difficulty {task.difficulty} · {task.id}"
    console.print(Panel(Group(*parts), title=title, title_align="left", border_style="cyan"))


def _plan(plan: tuple[PlanNode, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("node", "needs", "op", "tool", "value", "evidence"):
        table.add_column(head)
    for node in plan:
        value = f"{node.value} {node.unit}".strip()
        table.add_row(node.id, ", ".join(node.needs), node.op, node.tool, clean(value), ", ".join(node.evidence))
    return table
