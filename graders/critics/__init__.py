"""What a critic is asked, how its reply is read, and how several critics vote. Asking a model is `agents.critics`."""
