"""Scenario files, task families and the world: truth without a model."""
