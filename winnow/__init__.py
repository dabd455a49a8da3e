"""The front door: command line, batch runner, report, viewer."""

__version__ = "0.1.0"
