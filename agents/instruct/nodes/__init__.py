"""The nodes of the self-instruct graph."""
