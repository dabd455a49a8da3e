"""One module a page: reads what it needs and hands it to its template."""
