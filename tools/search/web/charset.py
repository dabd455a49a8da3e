"""Decodes a page's bytes as browsers do: byte order mark, then header, then the page's own word, then UTF-8, then windows-1252."""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([a-zA-Z0-9_:.-]{2,30})""", re.IGNORECASE
)
_PRESCAN = 4096
_SAFE = re.compile(
    r"utf-(?:8|16|16-le|16-be|32)|cp\d+|iso8859-\d+|iso2022_\w+|koi8-\w+|gb2312|gbk|gb18030|hz|big5|big5hkscs|"
    r"shift_jis\w*|euc_\w+|mac-\w+|tis-620|johab|ptcp154"
)
"""Python has codecs that run escapes, unpack archives or look names up; only character sets are accepted."""
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode(content: bytes, declared: str | None) -> str:
    """The text; bytes that mean nothing become U+FFFD. `declared` is the charset of the Content-Type header."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    named = _known(declared) or _known(_in_page(content))
    if named:
        return content.decode(named, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut in the middle of a character is UTF-8 all the same.
        cut_character = error.reason == "unexpected end of data"
        return content.decode("utf-8" if cut_character else "cp1252", "replace")


def _in_page(content: bytes) -> str | None:
    found = _DECLARED.search(content, 0, _PRESCAN)
    name = found[1].decode("ascii") if found else None
    # What could be read as ASCII up to here is not UTF-16, whatever it says.
    return "utf-8" if name and name.lower().startswith("utf-16") else name


def _known(name: str | None) -> str | None:
    try:
        canonical = codecs.lookup((name or "").strip()[:40]).name
    except (LookupError, ValueError):
        return None
    canonical = _AS_BROWSERS_READ.get(canonical, canonical)
    return canonical if _SAFE.fullmatch(canonical) else None
