"""What can be turned about a world. Rates are parts of all entities, from 0 to 1."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from traces.base import Frozen

Rate = Annotated[float, Field(ge=0, le=1)]
Language = Literal["en", "de", "fr"]


class WorldConfig(Frozen):
    """The knobs. The defaults give an honest English world with distractors and missing facts, and without traps."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    missing: Rate = 0.2
    """How often an optional attribute is not known of an entity."""
    distractors: Rate = 0.1
    """Part of all pages that share key words with the others and state nothing."""
    second_pages: Rate = 0.45
    """Entities with a second page (news note, memo, letter, questions and answers), where side facts move to."""
    tables: Rate = 0.12
    """Entities with a data table of their own."""
    shared_stems: Annotated[int, Field(ge=1, le=4)] = 1
    """How many entities of a kind share the invented part of their name: near-collisions."""
    name_collisions: Rate = 0.0
    """Entities that bear exactly the name of another of their kind."""
    superseded: Rate = 0.0
    """Entities with an older edition of their page, which gives older values and says of what year it is."""
    contradictions: Rate = 0.0
    """Entities with a low-trust page that gets a fact wrong."""
    injections: Rate = 0.0
    """Entities whose main page carries a planted instruction."""
    mixed_units: Rate = 0.0
    """How often a length, mass or volume is written in another unit (feet, pounds, ...)."""
    mixed_numbers: Rate = 0.0
    """How often a number is written another way (1 250 or 1.25 thousand for 1,250)."""
    languages: tuple[Language, ...] = ("en",)
    """English always; every other language adds a page for `translated` of the entities."""
    translated: Rate = 0.5
    """How many of the entities have such a page."""
