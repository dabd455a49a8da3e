"""The world: a seeded fictional encyclopaedia of fact tables and the pages rendered from them."""

from scenarios.world.facts import Attribute, Document, Entity, Value, ValueKind, World

__all__ = ["Attribute", "Document", "Entity", "Value", "ValueKind", "World"]
