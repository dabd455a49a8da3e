"""How a trajectory can end without an answer, and why one may be rejected though no code says what is wrong with it, or not be judged, in
words."""

WITHOUT_ANSWER = {
    "turn_limit": "reached the limit of turns without an answer",
    "call_limit": "reached the limit of calls without an answer",
    "token_limit": "reached the limit of tokens without an answer",
    "time_limit": "reached the limit of time without an answer",
    "empty": "ended with an empty message",
    "unfinished": "stops without an answer",
    "model_error": "broke off because the model failed",
    "error": "broke off because of an error of the machinery",
}
"""By the kind of the ending."""


def without_code(ending: str) -> str:
    """Why a trace of this ending is not kept though no code says what is wrong with it."""
    return WITHOUT_ANSWER.get(ending, "nothing found wrong, but not shown to be right")


def undecided(ending: str) -> str:
    """Why an attempt whose last trajectory has this ending was not judged; an empty one is that of an attempt without trajectories."""
    return WITHOUT_ANSWER.get(ending, "not judged") if ending else "an error before anything was recorded"
