"""Search on the web: providers behind one interface, a page fetcher that trusts nobody, and cassettes that make runs repeatable."""
