# ruff: noqa: SIM905  (word lists are data: broken up they cannot be read)
"""Names in other scripts: Cyrillic and Greek letters as Latin ones, and whether two texts share no script in which words compare.

Limits: one transliteration for each letter ("Толстой" is "Tolstoy"); names that a language writes in its own way are aliases or left open.
"""

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)
_LETTERS = {letter: "" if sign == "_" else sign for letter, sign in (_CYRILLIC | _GREEK).items()}


def latin(text: str) -> str:
    """A text with Cyrillic and Greek letters as Latin ones, in small letters where there are any."""
    if text.isascii():
        return text
    bare = "".join(
        c for c in unicodedata.normalize("NFD", text.lower().replace("й", "\0")) if not unicodedata.combining(c)
    )
    return "".join(_LETTERS.get(c, c) for c in bare.replace("\0", "й"))


def unlike_scripts(one: str, two: str) -> bool:
    """Whether one text has words in Latin letters only, and the other has words in none."""
    mine, theirs = _scripts(one), _scripts(two)
    return bool(mine and theirs) and "LATIN" in mine | theirs and not mine & theirs


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(c, "?").partition(" ")[0] for c in text if c.isalpha()} if len(text) <= 200 else set()
