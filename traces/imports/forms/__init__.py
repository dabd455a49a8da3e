"""Forms of foreign traces, one file each. Imitate `sharegpt.py`."""
