"""Answers that say the same in other words: each rule takes a text and the other, and compares what is left of the text.

A rule returns None where it does not apply. Rules are asked in order, each for both sides; only a rule that is sure decides.
"""

from collections.abc import Callable

from graders.answers import amounts, assignments, choices, phrases, spoken_times
from graders.answers.frequencies import how_often
from graders.answers.scores import score
from graders.answers.workings import WORKINGS
from graders.wording import Compare, Verdict

_Rule = Callable[[str, str, Compare], Verdict | None]


def reworded(one: str, two: str, compare: Compare) -> Verdict | None:
    """The verdict of the first rule that has one."""
    verdicts = (rule(text, other, compare) for rule in _RULES for text, other in ((one, two), (two, one)))
    return next((verdict for verdict in verdicts if verdict is not None), None)


_RULES: tuple[_Rule, ...] = (
    phrases.what_is_asserted,
    amounts.in_two_units,
    phrases.what_is_denied,
    phrases.either,
    phrases.the_contrary,
    spoken_times.moments,
    spoken_times.onward,
    spoken_times.seasons,
    phrases.affirmed,
    assignments.set_equal,
    phrases.so,
    phrases.moves,
    spoken_times.same_part,
    assignments.number_set,
    spoken_times.opening,
    phrases.made_by,
    phrases.done_when,
    assignments.by_letter,
    phrases.of_kind,
    phrases.by_another_name,
    phrases.apposed,
    amounts.factor,
    amounts.told_twice,
    amounts.how_many,
    score,
    how_often,
    spoken_times.from_day_to_day,
    amounts.size,
    *WORKINGS,
    phrases.with_reason,
    choices.option,
    choices.behind_letter,
    choices.other_option,
    amounts.unit_alone,
    choices.several_letters,
    phrases.did_it,
    phrases.judged,
    phrases.fields,
    phrases.labelled,
    phrases.state,
    amounts.bounds,
)
