"""Who may start: whoever may open an initiative."""

from board.core.access import Actor

_START = frozenset({"make_start"})


def in_school(actor: Actor) -> frozenset[str]:
    return _START if actor.is_organizer else frozenset()
