"""Answers of mathematics that say the same in another form: turned equations, values told twice, bases, mixed numbers in words.

Rules as those of `graders.answers.rewording`, which asks them.
"""

import re
from fractions import Fraction

from graders.answers.formulas import equation
from graders.answers.kinds import Quantity, Truth
from graders.answers.values import parse
from graders.expressions import expression, proportional, same
from graders.wording import Compare, Verdict, roman


def _turned_round(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "x = 3y + 2" against "y = (x - 2)/3": solved for another letter."""
    solved = [re.match(r"\s*([A-Za-z])\s*=[^=]+$", each) for each in (text, other)]
    if not solved[0] or not solved[1] or solved[0][1] == solved[1][1]:
        return None
    one, two = equation(text), equation(other)
    if not one or not two or one.left.names != two.left.names:
        return None
    return "equal" if proportional(one.left, two.left) else None


def _identity(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "x^2 - 1 = (x - 1)(x + 1)" against "(x - 1)(x + 1)": what a side is, where both are the same."""
    sides = text.split("=")
    if len(sides) != 2 or "=" in other:
        return None
    left, right = (expression(side) for side in sides)
    if not left or not right or same(left, right) is not True:
        return None
    return compare(sides[1].strip(), other)


_ABOUT = re.compile(r"\s*(?:≈|\\approx(?![a-z])|≃)\s*")


def _told_nearly(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "9\\pi ≈ 28.27": equal to what either is."""
    sides = _ABOUT.split(text) if not _ABOUT.search(other) else []
    if len(sides) != 2 or not all(sides) or re.fullmatch(r"\\?[A-Za-z]{1,8}(?:_\w+)?", sides[0]):
        return None
    said = {compare(side, other) for side in sides}
    return "equal" if "equal" in said else "different" if said == {"different"} else "undecided"


_WITH_PART = re.compile(r"([-−]?\d+)\s+and\s+(?:an?\s+)?(\d+)\s*/\s*(\d+)(?=$|\s)")


def _and_part(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "1 and 1/2" as one and a half where the other is a single number."""
    m = _WITH_PART.match(text)
    if not m or int(m[2]) >= int(m[3]) or not isinstance(parse(other), Quantity):
        return None
    return compare(f"{m[1]} {m[2]}/{m[3]}{text[m.end() :]}", other)


_LETTERS_OF_TRUTH = {"T": "true", "F": "false", "Y": "yes", "y": "yes", "N": "no", "n": "no"}


def _by_first_letter(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "T" for "True", where the other affirms or denies."""
    word = _LETTERS_OF_TRUTH.get(text)
    if not word or (other not in _LETTERS_OF_TRUTH and not isinstance(parse(other), Truth)):
        return None
    return compare(word, _LETTERS_OF_TRUTH.get(other, other))


_SIZED = re.compile(r"([A-Za-z][A-Za-z ]*?)\s+(\d[\d./⁄ ]*[½⅓⅔¼¾⅛⅜⅝⅞]?)")


def _sized(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "size 9 1/2" and "size 9.5": the same word, and a figure with a fraction."""
    mine, theirs = _SIZED.fullmatch(text), _SIZED.fullmatch(other)
    if not mine or not theirs or mine[1].lower() != theirs[1].lower() or not re.search("[/⁄½⅓⅔¼¾⅛⅜⅝⅞]", mine[2]):
        return None
    return compare(mine[2], theirs[2])


def _numeral(text: str, other: str, compare: Compare) -> Verdict | None:
    """A Roman numeral or a number with its base against plain figures, or another base; the same figures without the base leave it open."""
    value, figures = _worth(text), re.fullmatch(r"\d{1,18}", other)
    if value is None:
        return None
    if not figures:
        theirs = _worth(other) if "_" in text and "_" in other else None
        return None if theirs is None else "equal" if value == theirs else "different"
    open_ = text.partition("_")[0] == other or len(text) < 3
    return "equal" if value == int(other) else "undecided" if open_ else "different"


def _worth(text: str) -> int | None:
    if based := re.fullmatch(r"\(?([0-9A-Za-z]{1,40})\)?_(\d{1,2})", text):
        try:
            return int(based[1], int(based[2]))
        except ValueError:
            return None
    return roman(text) if len(text) >= 2 else None


_OF_LIGHT = re.compile(
    r"(?P<many>\d*\.?\d+)\s*c|(?P<share>\d+(?:\.\d+)?)\s?%\s+(?:of\s+)?(?:c|the\s+speed\s+of\s+light)"
)


def _of_light(text: str, other: str, compare: Compare) -> Verdict | None:
    """ "0.5c" against a speed, with what light makes in a vacuum told exactly or as 3e8 m/s."""
    m, speed = _OF_LIGHT.fullmatch(text), parse(other)
    if not m or not isinstance(speed, Quantity) or not any(dict(x.powers) == {"m": 1, "s": -1} for x in speed.measures):
        return None
    many = Fraction(m["many"]) if m["many"] else Fraction(m["share"]) / 100
    said = [compare(f"{float(many * light)} m/s", other) for light in (299792458, 300000000)]
    return "equal" if "equal" in said else said[0]


WORKINGS = (_turned_round, _identity, _told_nearly, _and_part, _by_first_letter, _sized, _numeral, _of_light)
