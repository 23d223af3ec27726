"""Texts that nobody sent for 30 days go for good, once a day."""

from typing import Any

from board.core import jobs, times
from board.core.db import writing
from board.people.models import Draft

KEPT_S = 30 * 86_400
_DAY_S = 86_400


def still_kept() -> Any:
    """The condition on drafts that are not too old."""
    return Draft.__table__.c.at > times.later(-KEPT_S)


@jobs.handler("drop_old_drafts", every_s=_DAY_S)
def drop_old_drafts(arguments: dict[str, Any]) -> None:
    with writing() as tx:
        tx.delete(Draft, ~still_kept())
