"""The grader card as tables of text, as a page of Markdown, and as data. Shares come with Wilson's 95 % intervals."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from graders.card import ALL, Card, Figures
from graders.codes import BY_CODE, CODES
from graders.floors import below
from graders.wilson import Share

KINDS = (ALL, "natural", "mutated")
COUNTED = """\
A step is bad where a label says so, and clean where it stands in a trace without an error, or before the first error of one. Later \
steps of a faulty trace that no label names may follow from its error, so they count neither for nor against precision. Recall: of the \
steps where an error happened, those that failed, under whatever code; named: under this very code. False rej(ection): of the clean \
steps, those that failed under this code. First error: of the traces that begin to go wrong with this error, those whose first failing \
step is that step. * Only traces with an error that, by the table of codes, needs no oracle to be found. Precision depends on how many \
errors there are, false rejection does not. Left to critics: traces whose errors leave the answer right and that no program decides; they \
count in no other figure. Intervals are Wilson's, at 95 %."""


class Section(NamedTuple):
    """A table of text."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def short(share: Share) -> str:
    """A share in few characters, in per cent: "98.3 (95-99)"; "-" where nothing was counted."""
    if share.value is None or share.percents is None:
        return "-"
    low, high = share.percents
    value = "100" if share.hits == share.of else f"{min(100 * share.value, 99.9):.1f}"
    return f"{value} ({low}-{high})"


def sections(card: Card, decided: Collection[str]) -> Iterator[Section]:
    """All tables of a card."""
    yield _decision(card)
    for kind in KINDS:
        name = {ALL: "all errors", "natural": "natural errors", "mutated": "planted errors"}[kind]
        yield _codes(f"With the oracle, {name}", card.seeing, kind)
    for kind in KINDS[1:]:
        name = {"natural": "natural errors", "mutated": "planted errors"}[kind]
        yield _codes(f"Without the oracle, {name}", card.blind, kind)
    yield Section("Left to critics", ("code", "name", "steps", "failed", "traces not kept"), _apart(card.apart))
    silent = [row for row in CODES if not card.seeing.of_code(row.code).bad and not card.apart.of_code(row.code).bad]
    rows = [
        (row.code, row.name, "no program decides it" if row.code not in decided else "no labelled error")
        for row in silent
    ]
    yield Section("Not measured", ("code", "name", "why"), rows)
    yield Section("Failed under another code", ("labelled", "failed as", "steps"), _confusions(card.seeing))


def _apart(figures: Figures) -> list[tuple[str, ...]]:
    """Errors that leave the answer right and that no program decides: what failed all the same, by some other code or a critic."""
    codes = [row for row in CODES if figures.of_code(row.code).bad]
    rows = [
        (row.code, row.name, str((measure := figures.of_code(row.code)).bad), short(measure.recall), "")
        for row in codes
    ]
    every = figures.of_code(ALL)
    return [*rows, (ALL, "", str(every.bad), short(every.recall), short(figures.catch_rate))] if rows else []


def _decision(card: Card) -> Section:
    head = ("judged by", "precision", "recall", "first error", "catch rate", "keep prec.", "keep recall")
    rows = [
        _overall("with the oracle", card.seeing),
        _overall("without it", card.blind),
        _overall("without it *", card.unaided),
    ]
    for name, figures in card.baselines.items():
        rows.append(_overall(name, figures) if figures else (name, *["absent"] * 6))
    return Section("Steps and decisions, in %", head, rows)


def _overall(name: str, figures: Figures) -> tuple[str, ...]:
    steps = figures.of_code(ALL)
    shares = (
        steps.precision,
        steps.recall,
        steps.first_error,
        figures.catch_rate,
        figures.keep_precision,
        figures.keep_recall,
    )
    return (name, *(short(share) for share in shares))


def _codes(title: str, figures: Figures, kind: str) -> Section:
    head = ("code", "steps", "precision", "recall", "named", "false rej.", "first error")
    codes = [row.code for row in CODES if row.code in figures.codes.get(kind, {})]
    rows = []
    for code in (*codes, ALL):
        measure = figures.of_code(code, kind)
        shares = (measure.precision, measure.recall, measure.naming, measure.false_rejection, measure.first_error)
        rows.append((code, str(measure.bad), *(short(share) for share in shares)))
    return Section(f"{title}, in %", head, rows)


def _confusions(figures: Figures) -> list[tuple[str, ...]]:
    return [(mine, other, str(n)) for (mine, other), n in figures.confusions.most_common(15)]


def markdown(card: Card, decided: Collection[str], about: Sequence[str]) -> str:
    """The card as a page."""
    parts = ["# Grader card\n", *(f"{line}\n" for line in about), f"{COUNTED}\n"]
    parts += [table(section) for section in sections(card, decided) if section.rows]
    under = [f"- {one}" for one in below(card, decided)]
    parts.append("## Floors\n\n" + ("\n".join(under) if under else "All are met.") + "\n")
    return "\n".join(parts)


def table(section: Section) -> str:
    """A table in Markdown, under its title."""
    lines = [section.head, tuple("---" for _ in section.head), *section.rows]
    return f"## {section.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def facts(card: Card, decided: Collection[str]) -> dict[str, Any]:
    """The card as data. `missed` and `unjust` name steps as `key:step`, some of each."""
    ways = {"with_oracle": card.seeing, "without_oracle": card.blind, "unaided": card.unaided, **card.baselines}
    return {
        "traces": dict(card.counts),
        **{name.replace(" ", "_"): _facts(figures) if figures else None for name, figures in ways.items()},
        "left_to_critics": _facts(card.apart),
        "missed": {code: keys[:10] for code, keys in sorted(card.seeing.missed.items())},
        "unjust": {code: keys[:10] for code, keys in sorted(card.seeing.unjust.items())},
        "failed_as": [[mine, other, n] for (mine, other), n in card.seeing.confusions.most_common()],
        "below_floor": [{"what": one.what, "floor": one.floor, **one.share.facts()} for one in below(card, decided)],
    }


def _facts(figures: Figures) -> dict[str, Any]:
    return {
        "catch_rate": figures.catch_rate.facts(),
        "keep_precision": figures.keep_precision.facts(),
        "keep_recall": figures.keep_recall.facts(),
        "codes": {
            kind: {
                code: figures.of_code(code, kind).facts() for code in sorted(codes) if code in BY_CODE or code == ALL
            }
            for kind, codes in figures.codes.items()
        },
    }
