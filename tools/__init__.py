"""Tools an agent can call: search, calculator, code interpreter; and the sandbox that runs what models write."""
