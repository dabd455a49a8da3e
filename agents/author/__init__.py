"""Queries written by a model: a seed becomes a draft, the writer reads it again, and models say whether it may be used.

`write_from_seed` and `vetted` (in `graph`) are the ones to use. The gates that ask no model are in `scenarios.gates`.
"""
