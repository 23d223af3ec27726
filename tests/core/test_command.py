"""The only write path: whole or nothing, played again when the database refuses for a passing reason, told only after the commit."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from board.core import command, journal
from board.core.access import Actor
from board.initiatives.models import Group
from tests.conftest import Recorder


def add_group(change: command.Change, title: str) -> dict[str, Any]:
    who = change.actor
    id = change.tx.insert(Group, school_id=who.school_id, title=title, created_at=change.at, created_by=who.member_id)
    journal.open_room(change.tx, f"group:{id}", who.school_id)
    change.record("group.made", f"group:{id}", put={"group": [{"id": id, "title": title}]}, subject=("group", id))
    return {"id": id}


class Refused(Exception):
    """What the database's driver raises: the code stands in ``pgcode``."""

    def __init__(self, pgcode: str) -> None:
        super().__init__(pgcode)
        self.pgcode = pgcode


def rows(look: Callable[..., Any]) -> list[int]:
    with look() as tx:
        return [tx.scalar(select(func.count()).select_from(table)) for table in (Group, journal.Room, journal.Entry)]


def test_one_that_breaks_late_leaves_nothing(app: Flask, look: Any, actor: Any, pushed: Recorder) -> None:
    before = rows(look)

    def breaks(change: command.Change) -> dict[str, Any]:
        add_group(change, "Half")
        raise RuntimeError("in the middle")

    with app.test_request_context(), pytest.raises(RuntimeError):
        command.perform(actor("Ana"), breaks)
    assert (rows(look), pushed.events) == (before, [])


def test_a_feed_that_breaks_takes_the_command_back(
    app: Flask, look: Any, actor: Any, pushed: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(look)

    def feed(change: command.Change, event: command.Event) -> None:
        raise RuntimeError("in the feed")

    monkeypatch.setitem(command._feeds, "group.made", [feed])
    with app.test_request_context(), pytest.raises(RuntimeError):
        command.perform(actor("Ana"), add_group, "Choir")
    assert (rows(look), pushed.events) == (before, [])


@pytest.mark.parametrize("code", ["40P01", "40001", "23505"])
def test_what_the_database_took_back_is_played_again(
    app: Flask, look: Any, actor: Any, pushed: Recorder, code: str
) -> None:
    groups, rooms, entries = rows(look)
    tries = []

    def unlucky(change: command.Change) -> dict[str, Any]:
        made = add_group(change, "Choir")
        tries.append(made)
        if len(tries) < 3:
            raise OperationalError("update", {}, Refused(code))
        return made

    with app.test_request_context():
        done = command.perform(actor("Ana"), unlucky)
    assert len(tries) == 3 and len(done.events) == 1
    assert rows(look) == [groups + 1, rooms + 1, entries + 1]
    assert [text for _room, text in pushed.events] == [done.events[0][2]]


def test_it_does_not_try_for_ever(app: Flask, look: Any, actor: Callable[[str], Actor]) -> None:
    before, tries = rows(look), []

    def never(change: command.Change) -> dict[str, Any]:
        tries.append(add_group(change, "Choir"))
        raise OperationalError("update", {}, Refused("40P01"))

    with app.test_request_context(), pytest.raises(OperationalError):
        command.perform(actor("Ana"), never)
    assert (len(tries), rows(look)) == (5, before)
