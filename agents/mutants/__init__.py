"""Mutants: finished good traces with one planted error, everything after it done again, and the error confirmed by the oracle.

One mutation a file in `planted/`, found, not registered. They know messages, tool schemas and the oracle, and no policy.
"""
