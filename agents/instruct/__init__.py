"""Self-instruct for code: a model poses a problem from a topic, solves and tests it several times, and execution chooses among all that.

`instruct` (in `graph`) is the one to use.
"""
