"""The verbs of people and of the school, one module per noun."""
