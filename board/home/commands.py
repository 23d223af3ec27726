"""That somebody was here. Nobody else sees it, so no room hears of it."""

from typing import Any

from board.core.command import Change
from board.home import queries
from board.home.models import home_visits


def visit_home(change: Change) -> dict[str, Any]:
    """Goes on with the visit, or begins another: then all that came after the one before is new."""
    tx, actor = change.tx, change.actor
    since = queries.new_since(tx, actor, change.at)
    values = {"member_id": actor.member_id, "school_id": actor.school_id, "since": since, "at": change.at}
    tx.upsert(home_visits, values, change=["since", "at"])
    return {"since": since, "at": change.at}
