# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""What a sentence tells of a short answer: where it names it, and in which role it stands there.

A name is looked for word by word, whatever the case, accents, articles and titles, and numbers in words or figures; "steam ship" names
"steamship". Where those words are nowhere, the capitalised names of the sentence are compared one by one ("Spielberg").
Limits: roles are told from the words of the clause, not from its grammar; figures are left to `graders.answers.figured`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from graders.names import folded
from graders.number_words import SMALL
from graders.wording import ARTICLES, ORDINALS, TITLES, Verdict

Compare = Callable[[str, str], Verdict]
Role = Literal["asserted", "denied", "open", "aside"]
"""Denied also where something else is set against it ("older than Bob"); open beside another candidate or with a "maybe"; aside in a
clause that gives a reason, or a contrast, for what the main one says."""


class Place(NamedTuple):
    """Where a sentence names something, `[start, end)`."""

    start: int
    end: int


def told(sentence: str, short: str, compare: Compare) -> Verdict | None:
    """Whether a sentence puts a short answer forward; None where it does not name it."""
    if SIGNED.search(short):
        return None
    places = list(_named(sentence, short)) or list(_alike(sentence, short, compare))
    if not places:
        return "different" if _counted_otherwise(sentence, short) or _namesake(sentence, short, compare) else None
    last = _concluding(sentence)
    told_last = [place for place in places if place.start >= last]
    roles = {_role(sentence, place, short, compare) for place in told_last or places}
    roles = roles - {"aside"} or roles
    if "asserted" in roles:
        return "undecided" if "denied" in roles else "equal"
    return "different" if roles == {"denied"} else "undecided"


SIGNED = re.compile(r"[=+<>≤≥≠^\\*±|%$€£#√∞]|(?<![\w\s])[-−]|(?:^|\s)[-−](?=\w)")
"""Signs that tell one formula from another, and that words leave out."""


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def _words(text: str) -> Iterator[_Word]:
    """The words that tell a name, folded, ordinals and number words as figures, without articles and "'s"."""
    for m in _WORD.finditer(text):
        word = folded(re.sub(r"['’]s$", "", m[0]))
        plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)
        plain = ORDINALS.get(plain, str(SMALL[plain]) if plain in SMALL else "and" if plain == "&" else plain)
        if plain not in ARTICLES or (len(m[0]) == 1 and m[0].isupper()):
            yield _Word(plain, m.start(), m.end())


def _named(sentence: str, short: str) -> Iterator[Place]:
    """Where the words of the short answer stand, in order and with nothing between them."""
    wanted = [word.text for word in _words(short)]
    while len(wanted) > 1 and wanted[0] in TITLES - {"st", "saint"}:
        wanted = wanted[1:]
    said = list(_words(sentence))
    if not wanted or len(wanted) > 12:
        return
    orders = [wanted]
    if len(wanted) == 2 and wanted[0].isdigit() != wanted[1].isdigit():
        orders.append(wanted[::-1])  # "season 3" and "the third season"
    begins, whole = {0: 0}, ""
    for at, word in enumerate(said):
        whole += word.text
        begins[len(whole)] = at + 1
    for order in orders:
        joined = "".join(order)
        at = whole.find(joined)
        while at >= 0:
            first, behind = begins.get(at), begins.get(at + len(joined))
            if first is not None and behind is not None and behind > first:
                place = Place(said[first].start, said[behind - 1].end)
                if not re.match(r"[.,]\d", sentence[place.end :]) and not re.search(
                    r"\d[.,]$", sentence[: place.start]
                ):
                    yield place
            at = whole.find(joined, at + 1)


def _namesake(sentence: str, short: str, compare: Compare) -> bool:
    """Whether a sentence has another name of the same kind: "Columbia Records" for "Capitol Records"."""
    last = short.split()[-1]
    if len(short.split()) < 2 or not last[0].isupper():
        return False
    names = [
        m[0]
        for m in list(_NAME.finditer(sentence))[:_MOST]
        if len(m[0]) <= _LONGEST and m[0].split()[-1] == last != m[0]
    ]
    return len(names) == 1 and compare(names[0], short) == "different"


def _counted_otherwise(sentence: str, short: str) -> bool:
    """Whether a sentence has another number of the same thing: "the third season" for "season 2"."""
    wanted = [word.text for word in _words(short)]
    if len(wanted) != 2 or wanted[0].isdigit() == wanted[1].isdigit():
        return False
    noun = next(word for word in wanted if not word.isdigit())
    said = [word.text for word in _words(sentence)]
    return (
        any(noun in pair and any(word.isdigit() for word in pair) for pair in pairwise(said)) and said.count(noun) == 1
    )


_NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?<![.'’])\.?(?:\s+(?:(?:of|de|van|von|da|di|la|der|del|the|and|&)\s+){0,2}[A-ZÀ-Þ][\w'’-]*(?:\.(?=\s[A-Z]))?)*"
)
_MOST = 12
"""Names of a sentence that are compared."""
_LONGEST = 80
"""Characters of a name."""


def _alike(sentence: str, short: str, compare: Compare) -> Iterator[Place]:
    """The names of a sentence that are the short answer in another form."""
    if not short[:1].isupper() and short[:4].lower() != "the ":
        return
    for m in list(_NAME.finditer(sentence))[:_MOST]:
        name = m[0].removeprefix("The ")
        if 2 < len(name) <= min(_LONGEST, len(sentence) - 9) and compare(name, short) == "equal":
            yield Place(m.end() - len(name), m.end())


_CONCLUSION = re.compile(
    r"(?:(?<=[.;!?])|(?<=,))\s+(?:so|thus|therefore|hence|consequently|in\s+conclusion|folglich|donc|por\s+lo\s+tanto)\b,?",
    re.IGNORECASE,
)


def _concluding(sentence: str) -> int:
    """Where what is concluded begins."""
    return max((m.end() for m in _CONCLUSION.finditer(sentence)), default=0)


_CUT = re.compile(
    r"(?<=[^\W_][^\W_.][.!?])\s+(?=[A-ZÀ-Þ\"“(*])|[;\n]\s*|(?<=\w):\s+|,?\s+(?:but|however|yet)\s+|,\s+(?=(?:while|whereas|although|though|so|as|because|since|and\s+not|not)\b)|\s+(?=(?:while|whereas|although|because)\s)"
)
_DENIES = re.compile(
    r"\b(?:not(?!\s+(?:only|just|merely)\b)|never|neither|nor|without|cannot|except|excluding|nicht|kein\w*|pas|no\s+longer|other\s+than)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIED_BEHIND = re.compile(
    r"\W*\s*(?:is|was|are|were|did|does|do|has|had|can|could|will|would)(?:\s+\w+ly)?(?:\s+not\b|n['’]t\b)|,?\s+is\s+(?:wrong|incorrect|mistaken|false)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:than|compared\s+(?:to|with)|unlike|as\s+opposed\s+to|in\s+contrast\s+to|instead\s+of|versus|vs\.?)\s+(?:(?:that|those)\s+(?:of|in)\s+)?(?:the\s+|an?\s+)?\W*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:or|either|between|beating|defeating|beat|defeated|over|ahead\s+of|followed\s+by|behind|against|replac\w+|succeed\w+|alongside|along\s+with|together\s+with|such\s+as|like|including|as\s+well\s+as|both)\s+(?:the\s+|an?\s+)?\W*$",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|may(?!\s+\d)|could\s+(?:also\s+)?be|whether|initially|at\s+first|first\s+thought|once\s+thought|rumou?red|alleged\w*|one\s+might\s+think|mistaken\w*|if)\b",
)
_OTHERS_SAY = re.compile(
    r"\b(?:many|some|most|people|others|everyone|they)\b[^,;.]*\b(?:sa[iy]|think|thought|believe|assume|claim|guess|expect)",
    re.IGNORECASE,
)
_YET = re.compile(r"[,;.]?\s+(?:but|however|yet)\b,?\s+(?!I\b)", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\s*(?:while|whereas|although|though|unlike|because|since|as(?!\s+of\b))\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r",\s+(?:who|which(?!\s+(?:is|means|gives|makes|suggests|shows|indicates|leads)\b)|whose|whom|where|when)\b[^,]*$|\([^()]*$"
)
_ALSO = re.compile(
    r"\W{0,2}\s*(?:or|and|&)\s+(?:(?:by|in|on|at|to|for|from|with)\s+)?(?:the\s+)?\W?(?P<other>\w+)|,\s+(?:[A-ZÀ-Þ][\w'’.-]*\s?)+,?\s+(?:and|or)\s"
)
_ALSO_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]+,?\s+(?:and|&|or)\s+(?:the\s+)?\W?$")
_TOPIC = re.compile(r"\b(?:of|in|for|from|about)\s+(?:the\s+)?\W?$")
_SAYS = re.compile(r"\W?\s+(?:is|was|are|were|has|had|lies)\b")


def _role(sentence: str, place: Place, short: str, compare: Compare) -> Role:
    cuts = [m.end() for m in _CUT.finditer(sentence)]
    ends = [m.start() for m in _CUT.finditer(sentence)]
    begin = max((cut for cut in cuts if cut <= place.start), default=0)
    before = sentence[begin : place.start]
    after = sentence[place.end : min((end for end in ends if end >= place.end), default=len(sentence))]
    if _denies(before) or _DENIED_BEHIND.match(after) or _AGAINST.search(before):
        return "denied"
    if _OTHERS_SAY.search(before) and _YET.match(sentence, place.end + len(after)):
        return "denied"
    said = sentence[place.start : place.end]
    if _part_of_a_name(sentence, place, short, compare) or _BESIDE.search(before):
        return "open"
    if _SUBORDINATE.match(before):
        return "aside"
    if _MAYBE.search(before) or (_RELATIVE.search(before) and not re.match(r"\)", after)):
        return "open"
    if (
        (also := _ALSO.match(after))
        and sentence[place.start - 1 : place.start] not in tuple("'\"“`")
        and (also["other"] is None or also["other"][0].isupper() or not said[0].isupper())
    ):
        return "open"
    if _ALSO_BEFORE.search(before) or (_TOPIC.search(before) and _SAYS.match(after)):
        return "open"
    return "asserted"


def _denies(before: str) -> bool:
    """Whether what stands before a name in its clause denies it: behind the last comma, or before it where no verb follows the comma."""
    head, _, tail = before.rpartition(",")
    if _DENIES.search(tail):
        return True
    return (
        bool(head)
        and not re.search(r"\b(?:is|was|are|were|has|had|it|he|she|they)\b|'s\b", tail)
        and bool(_DENIES.search(head))
    )


_SMALL = frozenset(
    "the a an in on at by of from to for with and or as that is was are were his her its their this he she it if when".split()
)


def _part_of_a_name(sentence: str, place: Place, short: str, compare: Compare) -> bool:
    """Whether the words are part of a longer name: "Mexico" in "Mexico City"; "Obama" in "Barack Obama" is the name itself."""
    start, end = place
    if re.match(r"-[^\W\d_]|[+#]", sentence[end : end + 2]):
        return True
    if not sentence[start].isupper() or folded(sentence[start:end]) in TITLES:
        return False
    if (led := re.search(r"([A-ZÀ-Þ][\w'’.-]*)[ ]$", sentence[:start])) and (
        folded(led[1].strip(".")) not in TITLES | _SMALL
    ):
        start -= len(led[0])
    follows = re.match(r"\s(?:of\s(?:the\s)?)?[A-ZÀ-Þ\d][\w-]*", sentence[end:])
    if follows and (" " not in sentence[start:end] or " of " not in follows[0]):
        end += follows.end()
    return (start, end) != place and compare(sentence[start:end], short) != "equal"
