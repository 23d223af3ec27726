"""That somebody was here. Nobody else sees it, so no room hears of it."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from board.core.command import Change
from board.home import queries
from board.home.models import home_visits


def visit_home(change: Change) -> dict[str, Any]:
    """Goes on with the visit, or begins another: then all that came after the one before is new."""
    tx, actor = change.tx, change.actor
    since = queries.new_since(tx, actor, change.at)
    values = {"member_id": actor.member_id, "school_id": actor.school_id, "since": since, "at": change.at}
    make: Any = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    kept = {"since": since, "at": change.at}
    tx.execute(make(home_visits).values(values).on_conflict_do_update(index_elements=["member_id"], set_=kept))
    return kept
