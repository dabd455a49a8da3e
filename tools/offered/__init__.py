"""One LangChain tool a file, each named like its module. Imitate `calculator.py`."""
