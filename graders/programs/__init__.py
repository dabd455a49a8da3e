"""Graders that need the trace alone: they work on anybody's traces. Imitate `schema.py`."""
