"""Backups: everything an installation holds in one file, and back into an empty one, on either database."""

from board.keeping.cli import add_commands

__all__ = ["add_commands"]
