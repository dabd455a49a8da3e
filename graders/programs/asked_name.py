# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""A2 by the user's own words: a call is given another town, person, company or hotel than the one that the user named.

"The weather in Paris" and `city="London"`. Of towns only those are told apart that everybody knows. Four things must come together: the
user's words name exactly one thing of the kind, no call of the trace has it, no word of what the call has stood before, and the answer
speaks of the user's as if the result were of it. What a call may go for instead is left alone: the town for a sight or a district, the
capital for its country, the same thing in another language or misspelt, a code, and whoever holds an office ("the boss of Tarn Ltd").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import ClassVar

from graders.base import Case, Finding, Grader, LooksAt
from graders.calls import failed, kind_of, only_reads, strings
from graders.names import names
from graders.outcomes.words import plain_text
from graders.places import known_town
from graders.unseen import common
from traces.record import Evidence, Step

_PLACE = re.compile(
    r"(?:^|_)(?:city|town|location|place|loc|ville|stadt|ort|ciudad|citta|cidade|destination|to_city|arrival_city|destination_city)(?:_name)?$",
    re.I,
)
_PERSON = re.compile(r"(?:^|_)(?:person|customer|employee|contact|recipient|patient|guest|passenger|player|student|member|colleague)(?:_name)?$", re.I)  # fmt: skip
_THING = re.compile(r"(?:^|_)(?:company|corporation|organi[sz]ation|firm|stock|hotel|restaurant|airline|product|museum)(?:_name)?$", re.I)  # fmt: skip
_NAME = re.compile(r"[^\W\d_][\w'’&.-]*(?:\s+[^\W\d_][\w'’&.-]*){0,3}")
_IN = re.compile(r"\b(?:in|for|at|from|to|around|en|à|nach|für|em)\s+$", re.IGNORECASE)
_OPENERS = re.compile(
    r"^(?:(?:The|An?|In|On|At|For|From|To|Is|Are|Was|Does|Do|Did|Has|Can|Could|Will|Which|What|Who|When|Where|Why|How|And|Or|But|Please|Tell|Find|Show|Give|Get|Look|Check|"
    r"Book|Email|Call|Send|Write|Weather|Hi|Hello|Hey|Thanks|Dear|I|My)(?:['’](?:s|m|ll|ve|d))?\s+)+"
)
_RELATION = re.compile(
    r"\b(?:capital|parent|owner\w*|own(?:s|ed)|mak(?:er|es)|made|manufactur\w+|produc\w+|ceo|boss|head|chief|chair\w*|president|minister|mayor|king|queen|founde\w+|author|wrote|written|"
    r"director|directed|singer|sings?|sang|sung|compos\w+|painte\w+|invent\w+|captain|coach|manager|wife|husband|spouse|married|mother|father|sister|brother|son|daughter|rival\w*|competitor\w*|"
    r"subsidiar\w+|successor|predecessor|alternative\w*|similar|(?:something|one|places?)\s+like|instead|other|another|than|nearest|closest|nearby|near|next\s+to|compar\w+|versus|vs|headquarter\w*|based|known\s+as|formerly|called|"
    r"(?:larg|bigg|small|old|new|high|b)est|birthplace|born|venue|host\w*)\b",
    re.IGNORECASE,
)
"""Words by which a name stands for another one."""
_RENAMED = (
    {"facebook", "meta"},
    {"instagram", "meta"},
    {"whatsapp", "meta"},
    {"youtube", "alphabet"},
    {"youtube", "google"},
)
"""Companies and what they now belong to or are called."""
_ONE_SPELLING = 0.6
"""How alike two spellings of one name are at least, misspelt or of two languages."""


@dataclass(frozen=True)
class AskedName(Grader):
    """Looks at calls under keys that say what they name: a town, a person, a company or the like."""

    name: ClassVar[str] = "asked_name"
    looks_at: ClassVar[LooksAt] = "calls"
    codes: ClassVar[tuple[str, ...]] = ("A2",)

    def judge(self, case: Case, step: Step) -> Iterator[Finding]:
        for call in case.said(step).tool_calls:
            answer = case.answer_to(step, call)
            if call.malformed or kind_of(call) in ("code", "calculator") or answer is None or failed(answer):
                continue
            for key, value in call.arguments.items():
                said_by = call.name if key in ("name", "full_name") and only_reads(call.name) else key
                if isinstance(value, str) and (asked := _asked(case, step, said_by, value)):
                    here = Evidence(message=step.message, text=value, where="arguments")
                    yield Finding(
                        "A2",
                        f"{call.name} is given {key} {value!r}, where the user named {asked}",
                        (here,),
                        silent=True,
                    )


def _asked(case: Case, step: Step, key: str, value: str) -> str | None:
    """The one thing that the user named of the kind that a key asks for, where a call goes for another; None where it may be right."""
    given = value.split(",")[0].strip()
    if (
        not _NAME.fullmatch(given)
        or not given[0].isupper()
        or given.isupper()
        or len(given) > 50
        or not (_PLACE.search(key) or _PERSON.search(key) or _THING.search(key))
    ):
        return None
    told = next(reversed(case.asked(step)), "")
    if len(told) > 1000 or _RELATION.search(told):
        return None
    named = _named(told, key)
    if len(named) != 1 or not _apart(named[0], given, key) or _known(case, step, given):
        return None
    return named[0] if _taken_for(case, step, named[0], given, key) else None


def _known(case: Case, step: Step, given: str) -> bool:
    """Whether any word of a name stood before."""
    return any(case.knowledge.word(word, step.message) for word in re.findall(r"[^\W\d_]{2,}", given))


def _named(told: str, key: str) -> list[str]:
    """The different names of a text that could fill an argument of that key."""
    found = []
    for name in names(told):
        text = re.sub(r"['’]s?$", "", _OPENERS.sub("", name.text))
        start = name.end - len(name.text) + name.text.find(text)
        town = known_town(text)
        if not text or text.isupper() or all(map(common, text.split())) or any(c.isdigit() for c in text):
            continue
        if _PLACE.search(key):
            # A sight or a person of two words may be what the place is asked for.
            fits = bool(town or _IN.search(told[:start])) or len(text.split()) > 1
        elif _PERSON.search(key):
            fits = 2 <= len(text.split()) <= 3 and town is None
        else:
            fits = bool(_THING.search(key)) and town is None and (not name.opens or len(text.split()) > 1)
        if fits:
            found.append(text)
    return list(dict.fromkeys(found))


def _apart(asked: str, given: str, key: str) -> bool:
    """Whether two names are of two things of one kind."""
    one, two = plain_text(asked), plain_text(given)
    if SequenceMatcher(None, one, two).ratio() >= _ONE_SPELLING or set(one.split()) & set(two.split()):
        return False
    if _PLACE.search(key):
        towns = known_town(asked), known_town(given)
        return None not in towns and towns[0] != towns[1]
    if {one, two} in _RENAMED:
        return False
    return not (_PERSON.search(key) and not 2 <= len(given.split()) <= 3)


def _taken_for(case: Case, step: Step, asked: str, given: str, key: str) -> bool:
    """Whether no call and no result has what was asked about, and the answer speaks of it and not of what the call went for.

    An answer that names only the other town, and never the one asked about, gives no more.
    """
    done = " ".join(t for s in case.steps for c in case.said(s).tool_calls for t in strings(c.arguments))
    shown = " ".join(m.content for m in case.messages if m.role == "tool")
    answer = next((case.text(s) for s in case.answers if s.index > step.index), "")
    one, two, said = (f" {plain_text(t)} " for t in (asked, given, answer))
    if one in f" {plain_text(f'{done} {shown}')} ":
        return False
    if _PLACE.search(key) and two in said and one not in said:
        return True
    return one in said and not any(f" {w} " in said for w in two.split())
