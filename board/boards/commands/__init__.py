"""The verbs of boards, one module per noun."""
