"""Gates before a query is used: is it new, is it in no benchmark, is it in the language that was asked for. No model is asked here."""
