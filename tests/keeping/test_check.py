"""``bin/board check`` finds each kind of fault, and says where."""

import pytest
from sqlalchemy import insert, text, update

from board import cli
from board.boards.models import card_labels, cards, items, lists
from board.core.db import writing
from board.core.journal import Entry, Room
from board.people.models import School

_entries, _rooms = Entry.__table__, Room.__table__


def _set(table, id, **values):
    return update(table).where(table.c.id == id).values(**values)


FAULTS = {
    "a hole": (text("DELETE FROM journal WHERE room = 'board:1' AND seq = 3"), "board:1: stands at"),
    "a seq too far": (
        update(_rooms).where(_rooms.c.room == "board:1").values(seq=_rooms.c.seq + 1),
        "board:1: stands at",
    ),
    "another text": (
        update(_entries).where(_entries.c.room == "board:1", _entries.c.seq == 2).values(text="{}"),
        "board:1: event 2 is not",
    ),
    "a count": (_set(cards, 1, comment_count=7), "card 1: comment_count says 7"),
    "a position": (_set(cards, 1, position="a b"), "cards: 1 stands at 'a b'"),
    "no position": (_set(items, 1, position=""), "items: 1 stands at ''"),
    "a number": (update(School.__table__).values(card_number=0), "the counter stands at 0"),
    "two boards": (_set(cards, 1, board_id=2), "card 1: its list is on another board"),
    "a title": (_set(cards, 1, title="Told to nobody"), "of cards 1 the journal tells something else"),
    "a list": (_set(lists, 1, wip_limit=3), "of lists 1 the journal tells something else"),
    "a school": (_set(cards, 1, school_id=77), "cards: 1 rows are of a school that is not there"),
    "a label": (insert(card_labels).values(card_id=1, label_id=3, school_id=1), "its label 3 is of another board"),
}


def test_a_good_school_has_none(app, board, capsys):
    assert board("check") == 0
    assert "0 wrong" in capsys.readouterr().out


def test_where_it_is_may_be_said_after_the_command(app, capsys):
    data = str(app.config["BOARD"].data)
    database = [] if app.config["BOARD"].is_sqlite else ["--database", app.config["BOARD"].database]
    assert cli.main(["check", "--data", data, *database]) == 0
    assert "0 wrong" in capsys.readouterr().out


@pytest.mark.parametrize("what", FAULTS)
def test_each_fault_is_found(what, app, board, capsys):
    statement, says = FAULTS[what]
    with app.app_context(), writing() as tx:
        tx.execute(statement)
    assert board("check") == 1
    assert says in capsys.readouterr().out
