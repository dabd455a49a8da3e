"""Why a task needs its tools, proven on the task itself in four ways: `need_of` computes, `task_of` refuses a task that does not hold.

*Closed book*: the careful teacher has no tool, and does not come to the right answer (where none is needed: it does). *Fictional*: the
names on the way are in the world's tables and are no well-known ones. *Counterfactual*: one tool or the pages of one fact are taken away,
and the plan can no longer be carried out; that no other page tells a fact is asked of the world. *Operands*: the calculation takes more
steps of a single digit than `HEAD`. Which proofs are due depends on the plan: facts to be found need the second, a calculation from the
query the last.

Limits. The closed book is one teacher's: what a model remembers is unknown, which is why names are invented. A program can be written
without being run; there the interpreter is needed to know that it is right, not to write it.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import factorial
from types import MappingProxyType

from scenarios.exact import evaluate
from scenarios.family import Family, TruthError
from scenarios.policy import Mind, Observation
from scenarios.stated import gives_up, states_answer
from scenarios.world import World
from scenarios.world.names import is_known
from traces.task import Need, Oracle, PlanNode, Task

HEAD = 9
"""Steps of a single digit that still pass for something done in the head: a product of two numbers of three digits takes as many."""
_CARRIED = 6
"""Digits beyond which nobody carries a number on."""
_STAND_INS: Mapping[str, tuple[str, ...]] = {"calculator": ("calculator", "python")}
"""Tools that can do another's part."""
_REFUSED = Observation("Error (unknown_tool): there is no such tool here.", failed=True)
_TURNS = 40


def task_of(family: Family, world: World, seed: int, index: int) -> Task:
    """Item `index` of a family with its need. Raises TruthError where there is none, or a proof that is due does not hold."""
    task = family.item(world, seed, index)
    need = need_of(family, task, world)
    if need.lacking:
        raise TruthError(f"{family.name}: {'; '.join(need.lacking)}")
    return task.model_copy(update={"need": need})


def need_of(family: Family, task: Task, world: World) -> Need:
    """All proofs of one task, and which of those that are due do not hold."""
    oracle = task.oracle
    assert oracle, "only of a task whose truth is known can it be said what it needs"
    need = Need(
        tools=oracle.calls == "required",
        closed_book=closed_book(family, task),
        chance=str(_chance(task)),
        fictional=tuple(_names(oracle, world)),
        without=tuple(_removals(task, family.settled(task))) if oracle.calls == "required" else (),
        work=work_of(family, task),
    )
    return need.model_copy(update={"lacking": tuple(_lacking(need, task, world))})


def _lacking(need: Need, task: Task, world: World) -> Iterator[str]:
    oracle = task.oracle
    assert oracle
    right = _right(task, need.closed_book)
    if oracle.calls == "forbidden" and not right:
        yield f"no tool is to be called, and without one the answer is {need.closed_book!r}"
    if not need.tools:
        return
    if right and oracle.answer.kind != "unknown":
        yield f"it is answered without any tool: {need.closed_book!r}"
    if not known(task):
        yield "what the plan needs is not offered, or stands on no page"
    if not need.without:
        yield "whatever is taken away, the answer can still be known"
    if any(node.evidence for node in _found(oracle.plan)) and not need.fictional:
        yield "what has to be found is about no thing of the world"
    yield from _invented(task, world)
    if not _found(oracle.plan) and oracle.tests is None and need.work <= HEAD:
        yield f"the calculation takes {need.work} steps of a digit, and a head does {HEAD}"


# Closed book


def closed_book(family: Family, task: Task) -> str:
    """What the careful teacher answers to the query without any tool; empty where it comes to no answer."""
    ask = family.read(task.query)
    policy = family.solve(ask or {}, Mind(frozenset(), seed=task.index))
    try:
        act = next(policy)
        for _ in range(_TURNS):
            act = policy.send([_REFUSED] * len(act.calls))
    except StopIteration as stop:
        return str(stop.value)
    return ""


def _right(task: Task, text: str) -> bool:
    """Whether the text gives the right answer. One that declines may name all that there was to choose from."""
    assert task.oracle
    kind = task.oracle.answer.kind
    declines = kind in ("text", "set", "boolean", "free") and gives_up(text)
    return states_answer(task, text) and (not declines or task.oracle.calls == "forbidden")


def _chance(task: Task) -> Fraction:
    """How likely a blind guess is right, where the query says between what to choose."""
    assert task.oracle
    answer, plan = task.oracle.answer, task.oracle.plan
    options = len({node.args["name"] for node in plan if node.op == "lookup" and "name" in node.args})
    ways = {"count": options + 1, "filter": 2**options - 1, "sort": factorial(options)}
    if answer.kind == "boolean":
        return Fraction(1, 2)
    if options > 1 and plan[-1].op in ways:
        return Fraction(1, ways[plan[-1].op])
    named = answer.kind == "text" and answer.value.casefold() in task.query.casefold()
    return Fraction(1, options) if named and options > 1 else Fraction(0)


# Fictional


def _found(plan: Sequence[PlanNode]) -> list[PlanNode]:
    """The steps that find something out by search."""
    return [node for node in plan if node.tool == "search"]


def _names(oracle: Oracle, world: World) -> Iterator[str]:
    """The names of the world's things, and the titles of its tables, that the plan goes by."""
    for node in _found(oracle.plan):
        title = str(node.args.get("title", ""))
        if title and all(world.document(page).title == title for page in node.evidence):
            yield title
    for name in dict.fromkeys(str(n.args["name"]) for n in _found(oracle.plan) if "name" in n.args):
        if world.named(name):
            yield name


def _invented(task: Task, world: World) -> Iterator[str]:
    """What is amiss with the facts to be found: a real name, one that is in no table, a page that nobody promised."""
    assert task.oracle
    for node in _found(task.oracle.plan):
        name = str(node.args.get("name", ""))
        if name and is_known(name):
            yield f"{name} is a well-known real name"
        if name and node.evidence and not _all_pages(node, name, world):
            yield f"the pages {', '.join(node.evidence)} are not those that tell the {node.args['attribute']} of {name}"


def _all_pages(node: PlanNode, name: str, world: World) -> bool:
    """Whether the evidence of a step is all the pages that tell the fact, of one of those that bear the name."""
    for entity in world.named(name):
        for attribute in world.schema(entity.kind):
            if attribute.label == node.args["attribute"] and set(world.pages(entity.id, attribute.name)) == set(
                node.evidence
            ):
                return True
    return False


# Counterfactual


def known(
    task: Task,
    tools: frozenset[str] | None = None,
    gone: frozenset[str] = frozenset(),
    settled: Mapping[str, str] = MappingProxyType({}),
) -> bool:
    """Whether the plan can be carried out to its end with these tools (all that are offered) and without some pages.

    `settled` names steps that do not matter once another is known.
    """
    assert task.oracle
    offered = frozenset(task.tools) if tools is None else tools
    done: set[str] = set()
    for node in task.oracle.plan:
        shown = not node.evidence or not gone.issuperset(node.evidence)
        ready = all(need in done or settled.get(need) in done for need in node.needs)
        if _can(node, offered) and shown and ready:
            done.add(node.id)
    return bool(task.oracle.plan) and task.oracle.plan[-1].id in done


def _can(node: PlanNode, tools: frozenset[str]) -> bool:
    return node.tool == "none" or not tools.isdisjoint(_stand_ins(node.tool))


def _stand_ins(tool: str) -> tuple[str, ...]:
    return _STAND_INS.get(tool, (tool,))


def _removals(task: Task, settled: Mapping[str, str]) -> Iterator[str]:
    """What, taken away alone, leaves the answer unknown: each tool of the plan with its stand-ins, and the pages of each fact."""
    assert task.oracle
    offered = frozenset(task.tools)
    for tool in dict.fromkeys(node.tool for node in task.oracle.plan if node.tool != "none"):
        names = [name for name in _stand_ins(tool) if name in offered]
        if names and not known(task, offered - frozenset(names)):
            yield " and ".join(names)
    for node in task.oracle.plan:
        if node.evidence and not known(task, gone=frozenset(node.evidence), settled=settled):
            yield f"{node.id}: {', '.join(node.evidence)}"


# Operands


def work_of(family: Family, task: Task) -> int:
    """Steps of a single digit, at least: of the plan's expressions, of a program as its family counts them, else of reading all digits."""
    assert task.oracle
    plan = task.oracle.plan
    steps = sum(_expression_work(str(node.args.get("expression", ""))) for node in plan)
    steps += family.steps(task.brief.ask) if task.brief else 0
    if not steps and any(node.tool == "python" for node in plan) and task.oracle.tests is None:
        steps = sum(c.isdigit() for text in (task.query, *(f.content for f in task.files)) for c in text)
    return steps


@cache
def _expression_work(expression: str) -> int:
    try:
        return _work(ast.parse(expression, mode="eval").body, expression)
    except (ValueError, SyntaxError, ZeroDivisionError):  # dates and comparisons: no arithmetic to count
        return 0


def _work(node: ast.expr, source: str) -> int:
    """By the methods of school: a line for each digit of a factor or of a quotient, a column for each digit of a summand."""
    if isinstance(node, ast.UnaryOp):
        return _work(node.operand, source)
    if not isinstance(node, ast.BinOp):
        return 0
    left, right = _digits(node.left, source), _digits(node.right, source)
    here = {ast.Add: max(left, right), ast.Sub: max(left, right), ast.Mult: left * right}.get(type(node.op))
    if here is None:
        times = int(evaluate(_text(node.right, source))) - 1 if isinstance(node.op, ast.Pow) else 0
        here = times * left * left if times else right * _digits(node, source)
    powers = {_digits(node.left, source, ones=True), _digits(node.right, source, ones=True)}
    moved = 0 in powers and isinstance(node.op, ast.Mult | ast.Div)
    return (0 if moved else here) + _work(node.left, source) + _work(node.right, source)


def _text(node: ast.expr, source: str) -> str:
    return ast.get_source_segment(source, node) or ""


def _digits(node: ast.expr, source: str, *, ones: bool = False) -> int:
    """How many digits of a value somebody would carry on; with `ones`, 0 for a power of ten, which only moves the point."""
    value = abs(evaluate(f"({_text(node, source)})"))
    text = f"{float(value):.{_CARRIED - 1}e}".partition("e")[0].replace(".", "").strip("0")
    return 0 if ones and text == "1" else max(1, len(text))
