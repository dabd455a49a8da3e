"""Back-translation: a function is written again by a model that sees nothing but a document about it, and tried on the original's tests.

    document, without code → the model writes the function, `times` over → each is run on the tests → right where all of them pass

So a document is judged by what can be done with it. Blocks of code are cut out of it before it is read, and one that repeats the original
line by line is refused.
"""

import ast
import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from agents.context import AttemptContext
from agents.prompts import REBUILD
from tools.sandbox.session import SessionSource
from tools.trials import CodeProblem, Trial, attempt
from traces.record import Execution, Message, steps_of
from traces.task import Rebuilt

_FENCE = re.compile(r"^[ \t]*```.*?^[ \t]*```[ \t]*$", re.MULTILINE | re.DOTALL)
_COPIED = 0.5
"""Share of the original's statements that a document may quote, below which it still counts as words about them."""
_SHORT = 10
"""Letters up to which a statement is what anyone would quote, such as `return xs`."""


async def rebuilt_from(messages: Sequence[Message], context: AttemptContext) -> tuple[Execution, ...]:
    """What came of the document that the last step is; empty where the task asks for none, or there is no answer."""
    asked = context.task.oracle.rebuilt if context.task.oracle else None
    steps = steps_of(list(messages))
    if asked is None or context.env.sessions is None or not steps or messages[steps[-1].message].tool_calls:
        return ()
    document = messages[steps[-1].message].content
    trial = await rebuilt(asked, document, context.model, context.env.sessions, context.seed)
    return (Execution(step=steps[-1].index, **trial._asdict()),)


async def rebuilt(asked: Rebuilt, document: str, model: BaseChatModel, sessions: SessionSource, seed: int) -> Trial:
    """What came of writing the function again. Raises what the model raises, and SandboxError."""
    if copies(document, asked.code):
        why = "the document repeats the code instead of saying what it does"
        return Trial(False, why, told=why)
    known: dict[str, Trial] = {}
    for number in range(asked.times):
        code = await _written(asked, words_of(document), model, seed + number)
        if code not in known:
            known[code] = await attempt(CodeProblem(asked.prompt, asked.entry_point, asked.test), code, sessions)
        if not (tried := known[code]).passed:
            return _failed(tried)
    return Trial(True, calls=sum(one.calls for one in known.values()))


def words_of(document: str) -> str:
    """A document without its blocks of code."""
    return _FENCE.sub("", document).strip()


def copies(document: str, code: str) -> bool:
    """Whether a document quotes the statements of a function instead of describing them."""
    said = _squeezed(document)
    lines = [line for line in map(_squeezed, _statements(code)) if len(line) > _SHORT]
    return bool(lines) and sum(line in said for line in lines) >= _COPIED * len(lines)


def _statements(code: str) -> list[str]:
    """The lines of a function below its head, as they are commonly spelt."""
    return ast.unparse(ast.parse(code)).splitlines()[1:]


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace('"', "'")


async def _written(asked: Rebuilt, words: str, model: BaseChatModel, seed: int) -> str:
    question = f"Function: {asked.entry_point}\n\nDocumentation:\n{words}"
    reply = await model.ainvoke([SystemMessage(REBUILD), HumanMessage(question)], seed=seed)
    return str(reply.text)


def _failed(tried: Trial) -> Trial:
    before = "written again from your document alone, "
    told = f"{before}{tried.told}" if tried.told else f"{before}the function fails a test"
    return Trial(
        False, f"written again from the document alone: {tried.reason}"[:600], tried.calls, tried.together, told[:600]
    )
