"""Whether an answer says yes or no, and rightly."""

import re

from graders.headlines import headlines
from graders.outcomes.kinds import Outcome
from traces.task import Answer

_YES = re.compile(
    r"^\W*(?:the\s+answer\s+is\s+)?(?:yes|yep|yeah|correct|true|indeed|ja|oui|sí|si|sim)\b|\banswer(?:\s+is)?:?\s*\**yes\b",
    re.I,
)
_NO = re.compile(
    r"^\W*(?:the\s+answer\s+is\s+)?(?:no|nope|incorrect|false|nein|non|não)\b|\banswer(?:\s+is)?:?\s*\**no\b", re.I
)


def truth(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    said = {"yes": False, "no": False}
    for part in (*headlines(text), text):
        said["yes"] |= bool(_YES.search(part.strip()))
        said["no"] |= bool(_NO.search(part.strip()))
    if said["yes"] == said["no"]:
        return Outcome("undecided", "says neither yes nor no plainly")
    given = "yes" if said["yes"] else "no"
    wanted = "yes" if answer.value.lower() in ("yes", "true") else "no"
    return Outcome("right" if given == wanted else "wrong", "" if given == wanted else f"says {given}", given)
