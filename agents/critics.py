"""Critics: models that are asked about one step at a time, and a committee of them that votes.

A reply that cannot be read is sent back once with what is wrong with it; after that the critic is unscored. A critic that cannot be asked
costs its own opinion and nothing else. Members are asked in order until the vote is decided.
"""

from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage

from agents.chat.keys import hide
from agents.retry import broken_off
from graders.base import Case
from graders.critics.reading import UNREADABLE, Complaint, read_reply
from graders.critics.rubric import COMPLAINT, VERSION
from graders.critics.view import View
from graders.critics.vote import Rule, outcome, verdict
from traces.base import content_hash
from traces.record import Opinion, Step, Verdict


@dataclass(frozen=True)
class Critic:
    """One member. `model_name` is what the record calls its model, `instructions` its whole system message."""

    name: str
    model: BaseChatModel
    model_name: str
    instructions: str


@dataclass(frozen=True)
class Committee:
    """The members in the order they are asked, and how they vote. `longest`: characters of the conversation shown to each."""

    members: tuple[Critic, ...]
    vote: Rule = "veto"
    longest: int = 60_000

    @property
    def version(self) -> str:
        """Changes with the rubric, the vote, and who sits in it."""
        who = [(critic.name, critic.model_name, critic.instructions) for critic in self.members]
        return f"{VERSION}-{content_hash([self.vote, self.longest, who], 8)}"

    async def judge(self, case: Case, step: Step, seed: int) -> Verdict:
        """The vote on a step."""
        view = View(case, step, self.longest)
        opinions: list[Opinion] = []
        for place, critic in enumerate(self.members):
            opinions.append(await opinion(critic, view, seed + 7919 * place))
            if outcome(opinions, self.vote, len(self.members) - place - 1) is not None:
                break
        return verdict(opinions, self.vote, step.index, self.version)


async def opinion(critic: Critic, view: View, seed: int) -> Opinion:
    """What a critic says of the step of a view."""
    said: list[AnyMessage] = [SystemMessage(critic.instructions), HumanMessage(view.text)]
    try:
        reply, read = await _heard(critic, said, view, seed)
        if isinstance(read, Complaint):
            said += [AIMessage(reply.text[:4000] or "(nothing)"), HumanMessage(COMPLAINT.format(complaint=read.text))]
            _, read = await _heard(critic, said, view, seed + 1)
    except Exception as error:  # the boundary of a critic's model: the attempt's other work goes on
        reason = hide(f"could not be asked: {type(error).__name__}: {error}")[:1000]
        return Opinion(critic=critic.name, status="error", reason=reason)
    if isinstance(read, Complaint):
        return Opinion(critic=critic.name, status="unscored", reason=f"{UNREADABLE}: {read.text}"[:600])
    return read


async def _heard(
    critic: Critic, said: list[AnyMessage], view: View, seed: int
) -> tuple[AIMessage, Opinion | Complaint]:
    """What a critic replies, and what can be read of it."""
    reply = await critic.model.ainvoke(said, seed=seed)
    if not isinstance(reply, AIMessage):
        raise TypeError(f"the model gave a {type(reply).__name__}, not an assistant message")
    read = read_reply(reply.text, view, critic.name)
    if isinstance(read, Complaint) and (broken := broken_off(reply)):
        read = Complaint(broken)
    return reply, read
