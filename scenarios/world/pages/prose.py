"""Pages in prose or in letters: encyclopaedia entries, news notes, memos, letters, questions and answers."""

from collections.abc import Callable, Sequence

from scenarios.world.kinds import Column
from scenarios.world.pages.filler import fill
from scenarios.world.pages.voice import Voice, upper_first

Written = tuple[str, str]
"""Title and text."""


def encyclopaedia(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    rest = draw.shuffled(columns)
    cut = max(1, len(rest) * draw.between(4, 6) // 10)
    paragraphs = [voice.paragraph(rest[:cut], voice.lead())]
    if rest[cut:]:
        paragraphs.append(voice.paragraph(rest[cut:]))
    return voice.entity.name, fill(paragraphs, draw)


_DATELINES = (
    "Gazette, morning edition.",
    "From our correspondent.",
    "News in brief.",
    "Evening Courier, local pages.",
    "Wire report.",
)


def news(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    body = voice.paragraph(draw.shuffled(columns))
    title = draw.pick(("News from {}", "{} in the news", "Report: {}", "{}: a short notice")).format(voice.entity.name)
    return title, fill([draw.pick(_DATELINES), body], draw)


_OFFICES = ("Records office", "Statistics desk", "Office of the auditor", "Reading room", "Surveyor's office")


def memo(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    head = f"To: {draw.pick(_OFFICES)}\nFrom: {draw.pick(_OFFICES)}\nRe: {voice.entity.name}"
    lines = "\n".join(f"- {upper_first(c.label)}: {voice.value(c)}" for c in draw.shuffled(columns))
    intro = draw.pick(
        (
            "For the file, the particulars that were asked for:",
            "Please note the following for your records:",
            "As agreed on the telephone, here is what we have:",
        )
    )
    return f"Memo on {voice.entity.name}", fill([f"{head}\n\n{intro}\n{lines}"], draw)


def letter(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    greeting = draw.pick(("Dear colleague,", "Dear reader,", "To whom it may concern,"))
    thanks = draw.pick(("thank you for your enquiry.", "your question has been passed on to me.", "I am glad to help."))
    body = voice.paragraph(draw.shuffled(columns))
    return f"Letter about {voice.entity.name}", fill([f"{greeting}\n{thanks}", body], draw)


def questions(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    blocks = []
    for column in draw.shuffled(columns):
        generic = column.target != "person" and draw.chance(0.3)
        wording = f"What is the {column.label} of {{name}}?" if generic else draw.pick(column.asks)
        answer = voice.value(column)
        if draw.chance(0.5):
            answer = f"{voice.opening} {voice.predicate(column)}"
        blocks.append(f"Q: {wording.format(name=voice.name)}\nA: {answer}.")
    return f"Questions and answers: {voice.entity.name}", fill([*blocks], draw)


def record_sheet(voice: Voice, columns: Sequence[Column]) -> Written:
    draw = voice.draw
    filling = draw.pick((" ..... ", ": ", " = "))
    lines = "\n".join(f"{upper_first(c.label)}{filling}{voice.value(c)}" for c in columns)
    head = f"Record: {voice.entity.name}\nClass: {voice.kind.name}"
    return f"{voice.entity.name} (record sheet)", fill([f"{head}\n{lines}"], draw)


Style = Callable[[Voice, Sequence[Column]], Written]
MAIN_STYLES: tuple[tuple[str, Style], ...] = (
    ("encyclopaedia", encyclopaedia),
    ("encyclopaedia", encyclopaedia),
    ("encyclopaedia", encyclopaedia),
    ("encyclopaedia", encyclopaedia),
    ("encyclopaedia", encyclopaedia),
    ("record", record_sheet),
    ("faq", questions),
)
SECOND_STYLES: tuple[tuple[str, Style], ...] = (("news", news), ("memo", memo), ("letter", letter), ("faq", questions))
