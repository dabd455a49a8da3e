"""LangGraph graphs and the models that drive them."""
