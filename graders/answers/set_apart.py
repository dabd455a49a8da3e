"""What a sentence sets apart from its words or can only have once: a formula, code behind "prints", hours, a version, a mail address.

Each is read only where the sentence has one of its form alone, and denies nothing; names and figures in plain words are none of these.
"""

import re

from graders.answers.days import HOURS_FROM_TO, read_hours
from graders.answers.figured import DENIAL
from graders.wording import Compare, Verdict

_SIGNS = (
    re.compile(r"\b[OΘΩ]\s?\((?:[^()]|\([^()]*\))+\)"),
    re.compile(r"\bv?\d+(?:\.\d+){2,3}(?![\d.]*\d)"),
    re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
)
"""Orders of growth, versions and mail addresses, of which a sentence hardly tells two."""
_MATH = re.compile(r"(?<![\\$])\$(?=[^$]*[\\^_=a-zA-Z])([^$]+)\$(?!\$)|\\\((.+?)\\\)")
_PROSE = re.compile(
    r"(?<![\\a-z])(?:[a-z]{2,}\s+[a-z]{2,}|\s(?:in|to|and|of|on|at|from|for|by|or|per|with|was|is)\s)\b"
)
"""Words between two amounts of dollars, which are no formula."""
_PRINTED = re.compile(
    r"\b(?:prints?|returns?|outputs?|yields?|displays?|printed|returned|output|evaluates\s+to|is|be)\s*:?\s+(`[^`]+`|\"[^\"]+\"|“[^”]+”)\W*$"
)


def only_sign(long: str, short: str) -> Verdict | None:
    """By the only order of growth, version or mail address that a sentence gives: "O(n log n)"."""
    pattern = next((each for each in _SIGNS if each.fullmatch(short)), None)
    found = set(pattern.findall(long)) if pattern and not DENIAL.search(long) else set()
    plain = [re.sub(r"[\s\\*]|^v", "", text).lower() for text in (*found, short)]
    return None if len(found) != 1 else "equal" if plain[0] == plain[1] else "different"


def only_hours(long: str, short: str, compare: Compare) -> Verdict | None:
    """By the only hours from and to that a sentence gives."""
    if not read_hours(short):
        return None
    found = [m[0] for m in HOURS_FROM_TO.finditer(long) if read_hours(m[0])]
    return compare(found[0], short) if len(found) == 1 else None


def only_formula(text: str, short: str) -> tuple[str, ...]:
    """The only formula set in a text, and its last side where the short answer has but one."""
    found = [said for m in _MATH.finditer(text) if not _PROSE.search(said := m[1] or m[2])]
    if len(found) != 1 or re.fullmatch(r"\\?[a-zA-Z]+(?:_\w+)?", found[0].strip()):
        return ()  # a letter in a sentence names what it is about
    sides = [side.strip() for side in re.split(r"(?<![<>!:])=(?!=)", found[0])]
    if len(sides) > 1 and "=" not in short and not re.search(r"[xyz]", sides[0]):
        return (sides[-1],)
    return (found[0].strip(),) if len(sides) <= 2 else ()


def printed(text: str) -> tuple[str, ...]:
    """What a sentence ends with, set apart as code or in quotation marks: "The function prints `hello`."."""
    m = _PRINTED.search(text) if not DENIAL.search(text) else None
    return (m[1],) if m and text.count(m[1][0]) <= 2 else ()
