# ruff: noqa: E501  (word lists are data)
"""Scale words behind figures: "1.5 million", "12k", "3 Mio.", "$2.4m"."""

import re

from graders.readings import Reading

_SCALES: dict[str, int] = {
    word: scale
    for scale, words in {
        12: "dozen dozens Dutzend douzaine docena",
        100: "hundred",
        10**3: "thousand k K tsd tausend mille mil тысяч тыс 千",
        10**4: "万 萬",
        10**5: "lakh lakhs",
        10
        ** 6: "million millions mn mln mio Mio Million Millionen millón millones milhão milhões milione milioni миллион миллиона миллионов млн M",
        10**7: "crore crores",
        10**8: "亿 億",
        10
        ** 9: "billion billions bn Mrd Milliarde Milliarden milliard milliards miliardo miliardi миллиард миллиардов млрд B",
        10**12: "trillion trillions tn Billionen",
    }.items()
    for word in words.split()
}
_SCALES["mil millones"] = 10**9

_AFTER_SCALE = re.compile(r"[\s\u00a0\u202f-]?(mil millones|[^\W\d_]+)\.?")


def _scale_word(word: str, money: bool) -> str:
    """The scale that a word is or, in scripts without spaces, begins with; empty where it is none."""
    if money and word in _MONEY_SCALES:
        return _MONEY_SCALES[word]
    if word in _SCALES:
        return word
    if word[0] in "万萬亿億千":
        return word[0]
    return word.lower() if len(word) > 3 and word.lower() in _SCALES else ""


_MONEY_SCALES = {"m": "M", "b": "B", "t": "tn", "T": "tn", "MM": "M", "mm": "M"}
"""What stands for a scale only directly behind an amount of money: "$3m" is no length."""


def scaled_by(text: str, end: int, readings: tuple[Reading, ...], money: bool) -> tuple[tuple[Reading, ...], int]:
    """Readings times the scale word that follows at `end`, if one does, and where the word ends. `money`: the figure is an amount of money."""
    found = _AFTER_SCALE.match(text, end)
    word = _scale_word(found[1], money) if found else ""
    if not found or not word:
        return readings, end
    attached = end == found.start(1)
    if len(word) == 1 and word.isascii() and not attached:
        return readings, end
    scale = _SCALES[word]
    scaled = tuple(Reading(r.value * scale, r.ulp * scale) for r in sorted(readings, key=lambda r: r.ulp))
    if word in "MBkK" and len(word) == 1:
        scaled += readings
    return scaled, found.start(1) + 1 if word in "万萬亿億千" else found.end()
