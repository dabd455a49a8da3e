# ruff: noqa: E501  (patterns are data: broken up they cannot be read)
"""Rules of `graders.answers.rewording` on phrases: what one asserts or denies, gives for a reason, or tells beside its point.

Each takes a text and the other, and returns None where it does not apply.
"""

import re

from graders.answers.denials import asserted, denied
from graders.answers.kinds import Quantity, Truth
from graders.answers.persons import also_named
from graders.answers.texts import unlabelled
from graders.answers.turns import direction
from graders.answers.values import parse
from graders.answers.verbs import is_sentence
from graders.place_names import same_state
from graders.wording import Compare, Verdict, lead_free, tokens


def what_is_asserted(text: str, other: str, compare: Compare) -> Verdict | None:
    kept = asserted(text) if asserted(other) is None else None
    return None if kept is None else compare(kept, other)


def what_is_denied(text: str, other: str, compare: Compare) -> Verdict | None:
    gone = denied(text) if denied(other) is None and not isinstance(parse(text), Truth) else None
    return None if gone is None else "different" if compare(gone, other) == "equal" else "undecided"


_EITHER = re.compile(
    r"(?:(?:it\s+)?(?:is|was)\s+)?either\s+(?P<first>\S.{0,30}?),?\s+or\s+(?P<last>\S.{0,30})", re.IGNORECASE
)


def either(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "either 4 or 5": two figures are not one of them."""
    m = _EITHER.fullmatch(text) if not re.search(r"\bor\b", other) else None
    if not m or not (isinstance(parse(m["first"]), Quantity) and isinstance(parse(m["last"]), Quantity)):
        return None
    return "different" if isinstance(parse(other), Quantity) else None


_SO = re.compile(r".+[,;.]\s+(?:so|thus|hence|therefore)\s+(?P<value>[^;.]+)", re.DOTALL)


def so(text: str, other: str, compare: Compare) -> Verdict | None:
    """What a text concludes at its end, where that is the other."""
    m = _SO.fullmatch(text) if not _SO.fullmatch(other) else None
    verdict = compare(m["value"], other) if m else "undecided"
    return (
        verdict if verdict == "equal" or (m and verdict == "different" and "=" in m["value"] and "=" in other) else None
    )


_BARE_MOVE = re.compile(
    r"(?:(?:it|they)\s+)?(?:has\s+|have\s+|will\s+|would\s+|an?\s+)?(?P<move>[a-z]+)", re.IGNORECASE
)


def moves(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "The price went up" against "increased", without a figure."""
    bare = _BARE_MOVE.fullmatch(other)
    if (
        not bare
        or not direction(bare["move"])
        or re.search(r"\d|\b(?:not|no|never)\b|n't|%", text)
        or len(text.split()) > 8
    ):
        return None
    mine = direction(text)
    return None if not mine else "equal" if mine == direction(other) else "different"


_AFFIRMED = re.compile(r"(?:yes|no|correct|right)\s*[,.;:—–-]+\s+(?P<said>\S.{0,80})", re.IGNORECASE)


def affirmed(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Yes, it converges" against "converges"."""
    m = _AFFIRMED.fullmatch(text) if len(other.split()) <= 6 and not _AFFIRMED.match(other) else None
    said = m and lead_free(m["said"]).removeprefix("it ")
    return "equal" if said and compare(said, other) == "equal" else None


_DENIES = re.compile(r"\s+(?:not|never)\b|n't\b")


def the_contrary(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "91 is not prime" against "91 is prime": the same words, and "not" on one side."""
    affirmed = _DENIES.sub("", text) if len(_DENIES.findall(text)) == 1 and not _DENIES.search(other) else ""
    return "different" if len(affirmed.split()) > 2 and tokens(affirmed) == tokens(other) else None


_BY = re.compile(r"(?:(?:\w+(?:ed|en|ne|de|lt|nt|und|ht|ung|rown)|by)\s+)?by\s+([A-ZÀ-Þ][^,;]{1,60})")


def made_by(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "written by Ann Lee"."""
    maker = _BY.fullmatch(text) if not _BY.fullmatch(other) and len(other.split()) < 6 else None
    return "equal" if maker and compare(maker[1], other) == "equal" else None


_DONE_WHEN = re.compile(
    r"(?:first\s+|originally\s+|officially\s+)?(?:[a-z]{2,}ed|born|built|made|won|held|begun|sold|set\s+up|written|known|found|sent|taken|shot|drawn|cast|lost|bought)\s+"
    r"(?:back\s+)?(?:in|on|at|for|from)\s+(?P<what>(?:(?!and\b)[^\s,;]+)(?:\s(?!and\b)[^\s,;]+){0,3})",
    re.IGNORECASE,
)


def done_when(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "founded in 1887": what stands behind the deed, where the other is that alone."""
    m = _DONE_WHEN.fullmatch(text) if not _DONE_WHEN.fullmatch(other) and len(other.split()) <= 6 else None
    return "equal" if m and compare(m["what"], other) == "equal" else None


_OF_KIND = re.compile(
    r"(?:an?\s+)?([a-z-]+)\s+(?:function|number|integer|triangle|quadrilateral|matrix|series|sequence|graph|curve|event|reaction|polygon|relation|set|line|angle|bond)s?"
)


_FROM_THERE = re.compile(r"(?:an?\s+)?([A-Z][a-z]+(?:sh|ch))(?:wo)?m[ae]n")


def of_kind(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "an odd function" for "odd", "an Irishman" for "Irish"."""
    m = _OF_KIND.fullmatch(text) if re.fullmatch(r"[a-z-]+", other) else _FROM_THERE.fullmatch(text)
    return "equal" if m and m[1] == other else None


_OWNER = re.compile(r"[A-ZÀ-Þ][^,;]*['’]s?\s+(?P<what>\S+)")


def _alike_owned(one: str, two: str) -> bool:
    """Whether both are somebody's, and called the same: "New Year's Day", "St. Patrick's Day"."""
    mine, theirs = _OWNER.fullmatch(one), _OWNER.fullmatch(two)
    return bool(mine and theirs and mine["what"] == theirs["what"])


def by_another_name(text: str, other: str, compare: Compare) -> Verdict | None:
    names = also_named(text) if len(other.split()) <= 8 and not _alike_owned(text, other) else ()
    return "equal" if any(compare(name, other) == "equal" for name in names) else None


_APPOSED = re.compile(
    r"(?P<name>[A-ZÀ-Þ][^,;:()]{1,60}?|(?:[a-z]+\s){0,2}[a-z]+(?=,\s+the\b))(?:\s*\([^()]*\))?,\s+(?:an?|the|his|her|their)\s+(?:[A-ZÀ-Þ][\w-]+\s+)?[a-zà-þ][^,;:]*"
)


_DESCRIBED = re.compile(
    r"(?:The\s+)?(?P<name>[A-ZÀ-Þ][^\s,;:()]*(?:\s+(?:(?:of|the|de|von|van|and)\s+)*[A-ZÀ-Þ][^\s,;:()]*)*)(?:\s*\([^()]*\))?,\s+"
    r"(?:(?:who|whose|which|where)\s[^,;:]+|(?:at|with|standing|measuring|reaching|founded|born|built)\s[^,;:]*\d[^;:]*|\d[\d.,]*\s?[^\W\d_]{1,3})"
)
"""A name and a clause that tells of it, and nothing else: "Ann Lee, who came second"."""
_RELATIVE = r"wife|husband|widow|son|daughter|father|mother|brother|sister|friend|uncle|aunt|cousin|nephew|niece|predecessor|successor|rival|student|teacher|assistant|colleague"


_RELATED = re.compile(
    rf"(?:the|an?)\s+(?:[a-z]+\s+)?(?:{_RELATIVE})s?\s+of\s+(?P<of>[A-ZÀ-Þ].+)|(?P<whose>[A-ZÀ-Þ].+?)['’]s?\s+(?:[a-z]+\s+)?(?:{_RELATIVE})s?",
    re.IGNORECASE,
)


def apposed(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Ann Lee (1850–1921), the Welsh painter" is Ann Lee, and "the sister of Ann Lee" is not."""
    if (m := _RELATED.fullmatch(text)) and not _RELATED.fullmatch(other):
        return "different" if compare(m["of"] or m["whose"], other) == "equal" else None
    m = _APPOSED.fullmatch(text) if not _APPOSED.fullmatch(other) and not is_sentence(text) else None
    if m is None and other[:1].isupper() and len(other.split()) <= 6 and not re.search(r"\d", other):
        m = _DESCRIBED.fullmatch(text)
    verdict = compare(m["name"], other) if m else "undecided"
    return None if verdict == "undecided" else verdict


_REASON = re.compile(r"(.{1,60}?),?\s+(?:because|since(?!\s+\d))\s+.+", re.DOTALL)


def with_reason(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "(B), because the others are too small"."""
    m = _REASON.fullmatch(text)
    verdict = compare(m[1], other) if m and " not" not in m[1] and not _REASON.fullmatch(other) else "undecided"
    return None if verdict == "undecided" else verdict


def labelled(text: str, other: str, compare: Compare) -> Verdict | None:
    bare = unlabelled(text, other)
    if bare is None and (label := re.match(r"[A-Z][\w-]{1,20}:\s+(?=\S)", text)) and ":" not in other:
        return "equal" if compare(text[label.end() :], other) == "equal" else None
    verdict = compare(*bare) if bare is not None else "undecided"
    return None if verdict == "undecided" else verdict


_FIELD = re.compile(r"\W*([A-Z][\w ]{1,24}):\W*\s+(\S[^\n]*)")


def fields(text: str, other: str, compare: Compare) -> Verdict | None:
    """Lines of labels and values, "Name: Ann Lee" above "Born: 1815": the same where one value is, different where none is."""
    lines = [_FIELD.fullmatch(line) for line in text.splitlines() if line.strip()] if "\n" not in other else []
    if len(lines) < 2 or not all(lines):
        return None
    said = [compare(m[2], other) for m in lines if m]
    return "equal" if said.count("equal") == 1 else "different" if set(said) == {"different"} else "undecided"


_DID_IT = re.compile(r"(?P<who>(?:[A-ZÀ-Þ][\w'’.-]*\s+){1,4})[a-z]+\s+(?:it|this|that|them)")


def did_it(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Hemingway wrote it"."""
    m = _DID_IT.fullmatch(text) if other[:1].isupper() and not _DID_IT.fullmatch(other) else None
    verdict = compare(m["who"].strip(), other) if m else "undecided"
    return None if verdict == "undecided" else verdict


_JUDGED = re.compile(
    r"(?P<said>\S.{0,60}?)\s+(?:is|would\s+be)\s+(?:the\s+)?(?P<how>correct|right|incorrect|wrong|not\s+correct|not\s+right)(?:\s+(?:answer|choice|option|one))?",
    re.IGNORECASE,
)


def judged(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "Lima is correct"."""
    m = _JUDGED.fullmatch(text) if not isinstance(parse(other), Truth) and not _JUDGED.fullmatch(other) else None
    if not m or m["said"].lower() in ("neither", "none", "both", "all") or compare(m["said"], other) != "equal":
        return None
    return "equal" if m["how"].lower() in ("correct", "right") else "different"


def state(text: str, other: str, compare: Compare) -> Verdict | None:
    return "equal" if same_state(text, other) else None
