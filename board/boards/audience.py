"""Who sees a board, asked from the other side than in ``sight``: not what one actor may see, but which of many members see one thing.

Both are made of the same conditions; a test compares them for everybody.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from board.boards.models import board_guests, boards
from board.initiatives.models import groups, initiatives, my_group, my_initiative, seen_by_staff
from board.people.models import Member

_viewer = Member.__table__.alias("viewer")
_their_guest = board_guests.alias("their_guest")
_IN_INITIATIVE, _IN_GROUP = seen_by_staff()
_BY_PLACE = or_(
    and_(boards.c.group_id.isnot(None), _IN_GROUP), and_(boards.c.initiative_id.isnot(None), _IN_INITIATIVE)
)


def sees_board(member_id: Any, board_id: Any) -> ColumnElement[bool]:
    """The condition that the member of this column (or id) is active and sees the board of that one."""
    source = boards.join(_viewer, _viewer.c.school_id == boards.c.school_id)
    source = source.outerjoin(groups, groups.c.id == boards.c.group_id)
    source = source.outerjoin(
        initiatives, initiatives.c.id == func.coalesce(boards.c.initiative_id, groups.c.initiative_id)
    )
    source = source.outerjoin(
        my_initiative,
        and_(my_initiative.c.initiative_id == initiatives.c.id, my_initiative.c.member_id == _viewer.c.id),
    )
    source = source.outerjoin(my_group, and_(my_group.c.group_id == groups.c.id, my_group.c.member_id == _viewer.c.id))
    source = source.outerjoin(
        _their_guest, and_(_their_guest.c.board_id == boards.c.id, _their_guest.c.member_id == _viewer.c.id)
    )
    inside = (boards, _viewer, groups, initiatives, my_initiative, my_group, _their_guest)
    seen = or_(_their_guest.c.right.isnot(None), and_(_viewer.c.role != "guest", _BY_PLACE))
    return (
        exists()
        .select_from(source)
        .where(_viewer.c.id == member_id, boards.c.id == board_id)
        .where(_viewer.c.active, boards.c.hidden == false(), seen)
        .correlate_except(*inside)
    )
