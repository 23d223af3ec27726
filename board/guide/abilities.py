"""Who may start: whoever may open an initiative."""

from board.core.access import Actor
from board.core.errors import Forbidden

_START = frozenset({"make_start"})


def in_school(actor: Actor) -> frozenset[str]:
    return _START if actor.is_organizer else frozenset()


def need_start(actor: Actor) -> None:
    """Raises Forbidden: she may not open initiatives."""
    if not actor.is_organizer:
        raise Forbidden()
