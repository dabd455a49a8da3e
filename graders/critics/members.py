"""The critics of a committee one by one: each one's opinions as if it had judged alone."""

from collections.abc import Iterable, Iterator

from traces.record import Verdict


def heard_critics(verdicts: Iterable[Verdict]) -> list[str]:
    """The names of the critics that were asked about any of these steps, in order."""
    return list(dict.fromkeys(opinion.critic for verdict in verdicts for opinion in verdict.opinions))


def alone(verdicts: Iterable[Verdict], critic: str) -> list[Verdict]:
    """The verdicts of one critic."""
    return list(_alone(verdicts, critic))


def _alone(verdicts: Iterable[Verdict], critic: str) -> Iterator[Verdict]:
    for verdict in verdicts:
        for one in verdict.opinions:
            if one.critic == critic:
                said = {"status": one.status, "code": one.code, "reason": one.reason, "evidence": one.evidence}
                yield verdict.model_copy(update={**said, "opinions": ()})
