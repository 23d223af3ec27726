"""Where events go after the commit. ``board.sockets`` hands in the real thing; without it (command line, unit tests) nothing is listening."""

from dataclasses import dataclass
from typing import Protocol

from flask import current_app


class Push(Protocol):
    def deliver(self, events: list[tuple[str, str]]) -> None:
        """(room, the journal's text) of each event, in order. A lost one is healed by the hole in seq."""

    def recheck(self, member_ids: list[int]) -> None:
        """What these members may see or do has changed: their sockets leave rooms they lost, and hear of the rest."""

    def end_sessions(self, session_ids: list[int]) -> None: ...

    def end_tokens(self, token_ids: list[int]) -> None: ...


@dataclass
class Nobody:
    def deliver(self, events: list[tuple[str, str]]) -> None: ...
    def recheck(self, member_ids: list[int]) -> None: ...
    def end_sessions(self, session_ids: list[int]) -> None: ...
    def end_tokens(self, token_ids: list[int]) -> None: ...


def current() -> Push:
    push: Push = current_app.extensions.get("push") or Nobody()
    return push
