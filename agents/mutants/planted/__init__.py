"""One kind of planted error a file. Imitate `other_operator.py`."""
