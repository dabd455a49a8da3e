"""Seeds from which a model writes queries: topics, the grid they are spread over, passages, and queries of the user's own."""
