"""Search: a local tantivy index (default), web providers, recorded results."""
