"""How text becomes search terms: one analyser for documents and for queries, and a reader for what a model types.

Terms are lower-cased words without accents, stemmed as English; characters of Chinese, Japanese and Thai are terms by themselves.
Model text never reaches a query parser: no operator, field name or wildcard means anything, only "quoted phrases" do.
"""

import re
from functools import cache
from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

ANALYSIS_VERSION = 1
"""Raised whenever terms change, since an index answers only to the analysis it was built with."""
MAX_QUERY_CHARACTERS = 2000
MAX_WORD = 80
_UNSPACED = re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»')


class QueryTerms(NamedTuple):
    """A query as read: single words in order, each once, and phrases of two words or more that stood in quotes."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


@cache
def analyser() -> TextAnalyzer:
    """The one analyser. Over-long words (hashes, encoded data) are dropped."""
    built = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(MAX_WORD)).filter(Filter.lowercase())
    return built.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


def spaced(text: str) -> str:
    """The text with a space round each character of a script that is written without spaces."""
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)


def encodable(text: str) -> str:
    """The text without lone surrogates, which a model's JSON may hold and no UTF-8 can."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def terms_of(text: str) -> list[str]:
    """The terms of a text, in order, repeated where they repeat."""
    return analyser().analyze(spaced(encodable(text)))


def read_query(query: str) -> QueryTerms:
    """Words and quoted phrases of a query; never raises. An unmatched quote means nothing."""
    text = query[:MAX_QUERY_CHARACTERS]
    quoted = [tuple(terms_of("".join(found))) for found in _PHRASE.findall(text)]
    return QueryTerms(tuple(dict.fromkeys(terms_of(text))), tuple(dict.fromkeys(p for p in quoted if len(p) > 1)))
