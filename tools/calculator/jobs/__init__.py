"""Work that may run away: symbolic mathematics and units. Runs only inside the worker process, started by `worker.py`."""
