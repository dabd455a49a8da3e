"""Whether an answer tells the right day, month or year."""

from graders.claims import claimed_dates
from graders.dates import Day
from graders.headlines import headlines
from graders.outcomes.kinds import Outcome
from traces.task import Answer


def day(answer: Answer, text: str, query: str, others: tuple[str, ...]) -> Outcome:
    year, _, rest = answer.value.partition("-")
    month, _, day = rest.partition("-")
    wanted = Day(int(year), int(month or 0), int(day or 0))
    for part in (*headlines(text), text):
        claimed = claimed_dates(part)
        exact = [
            d
            for d in claimed
            if any(r == wanted or (not r.year and r.agrees(wanted) and year in text + query) for r in d.readings)
        ]
        if exact:
            agrees = [d for d in claimed if any(r.iso() in others for r in d.readings)]
            alone = all(d in exact or d in agrees or d.text in query for d in claimed)
            return Outcome(
                "right" if alone or claimed[0] in exact or claimed[-1] in exact else "undecided", given=exact[0].text
            )
        if claimed and part is not text:
            break
    if not wanted.day and not wanted.month and year in text:
        return Outcome("right", given=year)
    claimed = claimed_dates(text)
    return Outcome(
        "wrong",
        f"says {', '.join(d.text for d in claimed[:3])}" if claimed else "states no date",
        claimed[0].text if claimed else "",
    )
