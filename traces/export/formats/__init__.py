"""One file a format; each is found by its class."""
