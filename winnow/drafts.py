"""A query on its way into a run: the seed, the draft, the gates that ask nobody, and the task it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scenarios.gates.contamination import Benchmarks
from scenarios.gates.duplicates import Seen, Twin
from scenarios.gates.form import misshapen
from scenarios.gates.language import is_in
from scenarios.queries.seeds import Known, QuerySeed
from traces.record import Message
from traces.task import Task, Written
from winnow.contaminated import told
from winnow.plan import Slot

_LONGEST_REPLY = 2000
"""Characters of an unreadable reply that are listed."""


class Draft(NamedTuple):
    """A seed and what came of it: a query, or the gate that refused it and why."""

    seed: QuerySeed
    query: str = ""
    wording: tuple[Message, ...] = ()
    rewritten: bool = False
    refused: tuple[str, str] | None = None

    def refuse(self, gate: str, why: str) -> "Draft":
        """The draft with the gate that is shut to it."""
        return self._replace(refused=(gate, why))

    def written(self, model: str) -> Written:
        """Its lineage; `model` is what the record calls the writer."""
        seed = self.seed
        return Written(
            technique=seed.technique,
            domain=seed.cell.domain,
            needs=seed.cell.needs,
            topic=seed.topic,
            persona=seed.persona,
            style=seed.style,
            language=seed.cell.language,
            parents=tuple(parent.place for parent in seed.parents),
            source=seed.passage.id if seed.passage else "",
            model=model,
            rewritten=self.rewritten,
        )

    def facts(self, model: str) -> dict[str, Any]:
        """As a line of the list of what was refused; where no query could be read, with the last that the writer replied."""
        gate, why = self.refused or ("", "")
        lineage = self.written(model).model_dump(mode="json")
        replies = [] if self.query else [said.content for said in self.wording if said.role == "assistant"]
        reply = {"reply": replies[-1][:_LONGEST_REPLY]} if replies else {}
        return {"slot": self.seed.slot, "gate": gate, "why": why, "query": self.query, **reply, **lineage}


def known_of(seed: QuerySeed, task: Task) -> Known:
    """An accepted query, as others may be made from it."""
    cell = seed.cell
    return Known(seed.slot, task.query, cell.domain, cell.difficulty, cell.language, cell.needs)


def slot_of(seed: QuerySeed, task: Task) -> Slot:
    """The place of a written task in its run."""
    return Slot(seed.slot, task.family, task.index)


@dataclass
class Screen:
    """The gates that ask nobody, the cheap ones first: form, language, duplicates, contamination. `known`: what was accepted, in order."""

    near: float
    benchmarks: Benchmarks
    known: list[Known] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._seen = Seen(self.near)

    def remember(self, accepted: Sequence[Known]) -> None:
        """Take in queries that later ones must differ from."""
        self.known.extend(accepted)
        for _ in self._seen.twins([one.query for one in accepted]):
            pass

    def pass_through(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts of a wave, in order; of two alike in it the later is refused."""
        shaped = [_shaped(draft) for draft in drafts]
        fit = [draft for draft in shaped if not draft.refused]
        queries = [draft.query for draft in fit]
        earlier, beside = self._seen.known(queries), Seen(self.near).twins(queries)
        found = {d.seed.slot: self._unlike(d, old, new, fit) for d, old, new in zip(fit, earlier, beside, strict=True)}
        return [found.get(draft.seed.slot, draft) for draft in shaped]

    def _unlike(self, draft: Draft, old: Twin | None, new: Twin | None, wave: Sequence[Draft]) -> Draft:
        if twin := old or new:
            place = self.known[old.of].place if old else wave[twin.of].seed.slot
            gate = "duplicate" if twin.kind == "exact" else "near_duplicate"
            return draft.refuse(gate, f"overlap {twin.overlap:.2f} with {place}")
        hit = self.benchmarks.hit(draft.query)
        return draft.refuse("contaminated", told(hit)) if hit else draft


def _shaped(draft: Draft) -> Draft:
    if draft.refused:
        return draft
    if wrong := misshapen(draft.query):
        return draft.refuse("form", wrong)
    language = draft.seed.cell.language
    return draft if is_in(draft.query, language) else draft.refuse("language", f"not in {language}")
