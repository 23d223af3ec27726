"""Who may do what to people and to the school: the same sets guard the commands and are sent to the client as ``can``."""

from collections.abc import Callable
from typing import Any

from board.core.access import Actor

_ADMIN = frozenset(
    {
        "add_member", "add_people", "make_join_link", "revoke_join_link", "change_school",
        "add_school_year", "change_school_year", "remove_school_year", "add_term", "change_term", "remove_term",
        "add_closed_days", "change_closed_days", "remove_closed_days", "set_week_letter", "clear_week_letter", "import_school_days",
    }
)  # fmt: skip
_ON_ACTIVE = frozenset(
    {
        "change_member", "deactivate_member", "make_invitation", "revoke_invitation", "make_reset", "make_sign_in_card", "revoke_sign_in_card",
        "add_away", "remove_away",
    }
)  # fmt: skip
_more: list[Callable[[Actor], frozenset[str]]] = []


def add_in_school(abilities: Callable[[Actor], frozenset[str]]) -> None:
    """A later slice says what an actor may do in the school at large."""
    if abilities not in _more:
        _more.append(abilities)


def in_school(actor: Actor) -> frozenset[str]:
    """What she may do where no record stands yet, of all slices."""
    return own_in_school(actor).union(*(more(actor) for more in _more))


def own_in_school(actor: Actor) -> frozenset[str]:
    return _ADMIN if actor.is_admin else frozenset()


def on_member(actor: Actor, row: Any) -> frozenset[str]:
    """``row``: id and active of a member of her school."""
    own = frozenset({"change_me", "add_away", "remove_away"}) if row.id == actor.member_id else frozenset()
    if not actor.is_admin:
        return own
    return own | (_ON_ACTIVE if row.active else frozenset({"change_member", "reactivate_member"}))
