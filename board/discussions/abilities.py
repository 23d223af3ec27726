"""Who may do what with comments: who sees the subject and may comment on it, and whose comment it is."""

from typing import Any

from board.core.access import Actor
from board.core.errors import Forbidden


def by_whose(on_subject: frozenset[str]) -> dict[str, list[str]]:
    """What the actor may do with her own comments and with those of others."""
    own = ["delete_comment", "edit_comment"] if "add_comment" in on_subject else []
    return {"own": own, "others": ["delete_comment"] if "delete_others_comment" in on_subject else []}


def need(on_subject: frozenset[str], name: str) -> None:
    """Raises Forbidden: the subject does not allow it to this actor."""
    if name not in on_subject:
        raise Forbidden()


def need_on(actor: Actor, comment: Any, on_subject: frozenset[str], name: str) -> None:
    """Raises Forbidden: not the actor's comment, or she may not comment here any more."""
    whose = by_whose(on_subject)["own" if comment.by == actor.member_id else "others"]
    if name not in whose:
        raise Forbidden()
