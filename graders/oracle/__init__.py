"""Graders that compare a step with what the oracle knows. Imitate `answer.py`."""
