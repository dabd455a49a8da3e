"""A critic's reply, read: a fixed JSON form, taken leniently in its dressing and strictly in what it claims.

    {"verdict": "pass"}
    {"verdict": "fail", "code": "O2", "reason": "...", "where": "2.result1", "quote": "..."}
    {"verdict": "unsure", "reason": "..."}

A fail without a code of the table, or whose quotation does not stand where it says, is not read. What cannot be read is a `Complaint`,
worded for the critic, who is asked once more.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from graders.codes import BY_CODE, CODES
from graders.critics.objects import objects_in
from graders.critics.quotes import elsewhere, find, place_named
from graders.critics.view import View
from traces.record import Evidence, Opinion

_PASS = frozenset({"pass", "passed", "ok", "right", "correct", "good", "true", "valid", "no error", "no fault"})
_FAIL = frozenset({"fail", "failed", "wrong", "incorrect", "bad", "false", "error", "invalid", "fault"})
_UNSURE = frozenset({"unsure", "unknown", "uncertain", "unscored", "undecided", "cannot tell", "skip"})
_KEYS = ("verdict", "judgement", "judgment", "status", "result", "label")
_BY_NAME = {row.name.casefold(): row.code for row in CODES}
_LONGEST_REASON = 600
UNREADABLE = "unreadable, twice"
"""What the reason of a critic begins with whose reply could not be read."""


class Complaint(NamedTuple):
    """Why a reply could not be read, in words for whoever wrote it."""

    text: str


def read_reply(text: str, view: View, critic: str) -> Opinion | Complaint:
    """The opinion in a critic's reply on the step of this view."""
    if not text.strip():
        return Complaint("your reply is empty")
    judged = [(form, verdict) for form in objects_in(text) if (verdict := _verdict(form)) is not None]
    if not judged:
        return Complaint('there is no JSON object in your reply whose "verdict" is "pass", "fail" or "unsure"')
    form, verdict = judged[-1]
    reason = _text(form, "reason", "explanation", "why")[:_LONGEST_REASON]
    if verdict == "pass":
        return Opinion(critic=critic, status="pass")
    if verdict == "unsure":
        return Opinion(critic=critic, status="unscored", reason=reason or "it is not sure")
    return _failing(form, reason, view, critic)


def _failing(form: Mapping[str, Any], reason: str, view: View, critic: str) -> Opinion | Complaint:
    code = _code(_text(form, "code", "error_code", "error", "type"))
    if code is None:
        return Complaint('"code" is not one of the codes of the table')
    if not reason:
        return Complaint('"reason" is missing: say in a sentence what is wrong')
    evidence = _evidence(form, view)
    if isinstance(evidence, Complaint):
        return evidence
    return Opinion(critic=critic, status="fail", code=code, reason=reason, evidence=(evidence,))


def _evidence(form: Mapping[str, Any], view: View) -> Evidence | Complaint:
    given = form.get("evidence")
    inner = given[0] if isinstance(given, list) and given else given
    source = {**form, **inner} if isinstance(inner, dict) else form
    quote = _text(source, "quote", "span", "text") or (inner if isinstance(inner, str) else "")
    where = place_named(_text(source, "where", "place", "location"), view.own)
    places = {part.place: part for part in view.parts}
    if where not in places:
        return Complaint(f'"where" is no place that was shown; the places are {", ".join(places)}')
    found = find(quote, places[where])
    if found is None:
        there = elsewhere(quote, view.parts)
        hint = f"; it stands in {there}" if there else ""
        return Complaint(f'"quote" does not stand in {where}, word for word{hint}')
    return found


def _verdict(form: Mapping[str, Any]) -> str | None:
    value = next((form[key] for key in _KEYS if key in form), None)
    word = str(value).strip().strip(".!").casefold()
    for name, words in (("pass", _PASS), ("fail", _FAIL), ("unsure", _UNSURE)):
        if word in words:
            return name
    return None


def _code(text: str) -> str | None:
    """The code that is named: `C1`, "C1 arithmetic slip", "arithmetic slip"."""
    found = re.match(r"\W*([A-Za-z]\d)\b", text)
    if found and found[1].upper() in BY_CODE:
        return found[1].upper()
    return _BY_NAME.get(text.strip().casefold())


def _text(form: Mapping[str, Any], *keys: str) -> str:
    values = (form[key] for key in keys if form.get(key) not in (None, ""))
    value = next(values, "")
    return value.strip() if isinstance(value, str) else str(value)
