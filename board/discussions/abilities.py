"""Who may do what with comments: who sees the subject and may comment on it, and whose comment it is."""

from typing import Any

from board.core.access import Actor, need


def by_whose(on_subject: frozenset[str]) -> dict[str, list[str]]:
    """What the actor may do with her own comments and with those of others."""
    own = ["delete_comment", "edit_comment"] if "add_comment" in on_subject else []
    return {"own": own, "others": ["delete_comment"] if "delete_others_comment" in on_subject else []}


def need_on(actor: Actor, comment: Any, on_subject: frozenset[str], name: str) -> None:
    """Raises Forbidden: not the actor's comment, or she may not comment here any more."""
    need(frozenset(by_whose(on_subject)["own" if comment.by == actor.member_id else "others"]), name)
