"""Reading a Trello board export: bytes → records → a neutral plan of what to make.

Imports nothing of the application, so that the reader runs as a small process of its own (``client.py`` of the slice above starts it)."""
