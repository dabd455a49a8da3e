"""The world: a seeded fictional encyclopaedia of fact tables and the pages rendered from them."""

from scenarios.world.config import WorldConfig
from scenarios.world.facts import Attribute, Document, Entity, Former, Table, Value, ValueKind, World
from scenarios.world.generate import GeneratedWorld

__all__ = [
    "Attribute", "Document", "Entity", "Former", "GeneratedWorld", "Table", "Value", "ValueKind", "World", "WorldConfig", "build_world",
]  # fmt: skip


def build_world(seed: int, documents: int = 2000, config: WorldConfig | None = None) -> GeneratedWorld:
    """The world of this seed and size. Costs almost nothing: facts and pages are made when they are asked for.

    Raises:
        ValueError: so few documents that the knobs leave no room.
    """
    return GeneratedWorld(seed, documents, config or WorldConfig())
