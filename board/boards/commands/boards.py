"""Making, naming and sharing a board."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from board.boards import abilities, queries, records, roster, sight
from board.boards.commands.filling import furnish
from board.boards.models import Board, BoardGuest, board_guests
from board.boards.schemas import ChangeBoard, MakeBoard, Share
from board.core import journal, times
from board.core.access import Actor, need
from board.core.command import Change
from board.core.db import Tx
from board.core.errors import Conflict, Invalid, NotSeen
from board.initiatives import abilities as places
from board.initiatives.models import group_seen, initiative_seen
from board.people.models import Member

members = Member.__table__


def make_board(
    change: Change, body: MakeBoard, *, hidden: bool = False, background: str | None = None
) -> dict[str, Any]:
    """In a group or in an initiative. A ``hidden`` one is seen by nobody until ``show_board``."""
    actor, tx = change.actor, change.tx
    need_place(tx, actor, body.group_id, body.initiative_id)
    values = {
        **body.model_dump(exclude={"start"}),
        "school_id": actor.school_id,
        "hidden": hidden,
        "background": background,
    }
    id = tx.insert(Board, **values, created_at=times.now(), created_by=actor.member_id)
    journal.open_room(tx, f"board:{id}", actor.school_id)
    row = SimpleNamespace(id=id, archived_at=None, template=False, **values)
    if not hidden:
        _announce(change, row)
    if body.start is not None:
        furnish(change, id, body.start)
    return records.board_record(row)


def need_place(tx: Tx, actor: Actor, group_id: int | None, initiative_id: int | None) -> None:
    """Where a board may be made, by this actor.

    Raises:
        Invalid: not one of the two is named. NotSeen, Forbidden. Conflict: it is archived.
    """
    if (group_id is None) == (initiative_id is None):
        raise Invalid.field("group_id", _("Name either the group or the initiative that the board belongs to."))
    if group_id is not None:
        place = group_seen(tx, actor, group_id)
        can = places.on_group(actor, place)
    else:
        place = initiative_seen(tx, actor, initiative_id or 0)
        can = places.on_initiative(actor, place)
    need(can, "make_board")
    places.need_open(place)


def show_board(change: Change, id: int) -> dict[str, Any]:
    """Ends ``hidden``: from now on the board is seen, whole."""
    row = change.tx.one(
        select(Board.__table__).where(Board.__table__.c.id == id, Board.__table__.c.school_id == change.actor.school_id)
    )
    change.tx.update(Board, id, hidden=False)
    _announce(change, row)
    return records.board_record(row)


def change_board(change: Change, id: int, body: ChangeBoard) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, id)
    abilities.need(actor, row, "change_board")
    given = {k: v for k, v in body.given().items() if getattr(row, k) != v}
    if given:
        tx.update(Board, id, **given)
        was = {k: getattr(row, k) for k in given}
        _tell(change, row, "board.changed", put={"id": id, **given}, was={"id": id, **was})
    return {**records.board_record(row), **given}


def archive_board(change: Change, id: int) -> dict[str, Any]:
    """Out of the lists, the home page and the search; still to be read, and not to be changed."""
    row = sight.board(change.tx, change.actor, id)
    abilities.need(change.actor, row, "restore_board" if row.archived_at else "archive_board")
    return records.board_record(row) if row.archived_at else set_archived(change, row, change.at)


def restore_board(change: Change, id: int) -> dict[str, Any]:
    row = sight.board(change.tx, change.actor, id)
    abilities.need(change.actor, row, "restore_board")
    if row.archived_at:
        return set_archived(change, row, None)
    abilities.need_open(row)
    return records.board_record(row)


def set_archived(change: Change, row: Any, at: str | None) -> dict[str, Any]:
    tx, subject = change.tx, ("board", row.id)
    around = queries.rooms_of(tx, row)
    tx.update(Board, row.id, archived_at=at)
    record = {**records.board_record(row), "archived": at}
    put, was = {"id": row.id, "archived": at}, {"id": row.id, "archived": row.archived_at}
    type = "board.archived" if at else "board.restored"
    change.record(type, f"board:{row.id}", put={"board": [put]}, subject=subject, was={"board": [was]})
    if at:
        change.record(type, around, drop={"boards": [row.id]}, subject=subject)
    else:
        change.record(type, queries.rooms_of(tx, row), put={"boards": [record]}, subject=subject)
    # What they may do there has changed for all who watch it.
    change.access_changed(
        tx.scalars(select(members.c.id).where(members.c.school_id == row.school_id, members.c.active))
    )
    return record


def set_guest(change: Change, id: int, member_id: int, body: Share) -> dict[str, Any]:
    """Shares the board with one person by name: to read, to comment, or to edit."""
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, id)
    person = tx.first(select(members).where(members.c.id == member_id, members.c.school_id == actor.school_id))
    if person is None or (actor.is_guest and not roster.among(tx, id, [member_id])):
        raise NotSeen(_("There is no such member in this school."))
    abilities.need(actor, row, "set_guest")
    if not person.active:
        raise Conflict(_("This member is not active any more."))
    record = {"id": member_id, "right": body.right}
    present = tx.scalar(
        select(board_guests.c.right).where(board_guests.c.board_id == id, board_guests.c.member_id == member_id)
    )
    if present == body.right:
        return record
    if present is None:
        tx.insert(BoardGuest, board_id=id, member_id=member_id, school_id=actor.school_id, right=body.right)
    else:
        tx.execute(
            board_guests.update()
            .where(board_guests.c.board_id == id, board_guests.c.member_id == member_id)
            .values(right=body.right)
        )
    change.record(
        "board.shared",
        f"board:{id}",
        put=roster.shown(tx, id, [member_id]),
        subject=("board", id),
        was={"guests": [{"id": member_id, "right": present}]},
    )
    change.access_changed([member_id])
    return record


def remove_guest(change: Change, id: int, member_id: int) -> dict[str, Any]:
    actor, tx = change.actor, change.tx
    row = sight.board(tx, actor, id)
    if member_id != actor.member_id:
        abilities.need(actor, row, "remove_guest")
    record = {"id": member_id, "right": None}
    if tx.delete(BoardGuest, board_guests.c.board_id == id, board_guests.c.member_id == member_id) == 0:
        return record
    change.record("board.unshared", f"board:{id}", drop=roster.gone(tx, id, [member_id]), subject=("board", id))
    change.access_changed([member_id])
    return record


def _tell(change: Change, row: Any, type: str, *, put: dict[str, Any], was: dict[str, Any]) -> None:
    """To the board itself and to those rooms around it that show it."""
    subject = ("board", row.id)
    change.record(type, f"board:{row.id}", put={"board": [put]}, subject=subject, was={"board": [was]})
    change.record(type, queries.rooms_of(change.tx, row), put={"boards": [put]}, subject=subject)


def _announce(change: Change, row: Any) -> None:
    tx, subject = change.tx, ("board", row.id)
    record = records.board_record(row)
    change.record(
        "board.added", f"board:{row.id}", put={"board": [record], "members": roster.listed(tx, row.id)}, subject=subject
    )
    change.record("board.added", queries.rooms_of(tx, row), put={"boards": [record]}, subject=subject)
