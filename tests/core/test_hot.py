"""Hot statements: what SQLAlchemy would give, without its cost."""

import pytest
from flask import Flask
from sqlalchemy import bindparam, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from board.core.db import Tx, glancing, reading, writing
from board.core.hot import Hot
from board.core.journal import Room
from board.people.models import Member

_rooms, _members = Room.__table__, Member.__table__
_BY_ROOM = select(_rooms).where(_rooms.c.room == bindparam("of"))
_ADD = Hot(insert(_rooms).values(room=bindparam("room"), school_id=bindparam("school"), seq=bindparam("seq")))
_GROW = update(_rooms).values(seq=_rooms.c.seq + bindparam("by"))


def _fill(tx: Tx) -> None:
    for n in range(3):
        tx.count(_ADD, {"room": f"board:{n + 700}", "school": 77, "seq": n})


def test_rows_are_those_of_sqlalchemy(app: Flask) -> None:
    with app.app_context(), writing() as tx:
        _fill(tx)
        for room in ("board:701", "board:999"):
            plain = tx.all(_BY_ROOM, {"of": room})
            assert [dict(r._mapping) for r in tx.all(Hot(_BY_ROOM), {"of": room})] == [dict(r._mapping) for r in plain]
        row = tx.one(Hot(_BY_ROOM), {"of": "board:702"})
        assert (row.room, row.school_id, row.seq, row[0]) == ("board:702", 77, 2, "board:702")


def test_a_yes_is_a_yes_and_nothing_is_nothing(app: Flask) -> None:
    columns = select(
        (_rooms.c.seq > 1).label("late"),
        literal(None).label("none"),
        literal(False).label("no"),
        func.length(_rooms.c.room).label("long"),
    )
    with app.app_context(), writing() as tx:
        _fill(tx)
        row = tx.one(Hot(columns.where(_rooms.c.room == bindparam("of"))), {"of": "board:702"})
    assert row.late is True
    assert row.no is False
    assert row.none is None
    assert row.long == 9


def test_changes_are_counted_and_returned(app: Flask) -> None:
    with app.app_context(), writing() as tx:
        _fill(tx)
        grow = Hot(_GROW.where(_rooms.c.school_id == bindparam("of")))
        assert tx.count(grow, {"of": 77, "by": 5}) == 3
        assert tx.count(grow, {"of": 78, "by": 5}) == 0
        returning = Hot(_GROW.where(_rooms.c.room == bindparam("room")).returning(_rooms.c.seq))
        assert tx.scalar(returning, {"by": 5, "room": "board:700"}) == 10


def test_what_is_written_is_taken_back_with_its_transaction(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), writing() as tx:
            _fill(tx)
            raise ZeroDivisionError
        with reading() as tx:
            assert tx.all(Hot(_BY_ROOM), {"of": "board:700"}) == []


def test_a_reader_sees_one_moment_from_its_first_hot_statement_on(app: Flask) -> None:
    count = Hot(select(func.count().label("n")).select_from(_rooms))
    with app.app_context(), reading() as before:
        seen = before.scalar(count)
        with writing() as tx:
            _fill(tx)
        assert before.scalar(count) == seen
        with glancing() as after:
            assert after.scalar(count) == seen + 3


def test_errors_are_those_of_sqlalchemy(app: Flask) -> None:
    with app.app_context(), pytest.raises(IntegrityError) as caught, writing() as tx:
        _fill(tx)
        _fill(tx)
    assert getattr(caught.value.orig, "pgcode", "23505") == "23505"


def test_after_an_error_the_connection_goes_on(app: Flask) -> None:
    late = Hot(select(_rooms.c.seq).where(_rooms.c.room == bindparam("of"), _rooms.c.seq > 0))
    with app.app_context():
        for _ in range(3):
            with pytest.raises(IntegrityError), writing() as tx:
                tx.all(late, {"of": "board:701"})
                _fill(tx)
                _fill(tx)
        with writing() as tx:
            _fill(tx)
            assert tx.scalar(late, {"of": "board:701"}) == 1


def test_what_may_wait_is_there_for_what_follows_and_for_the_commit(app: Flask) -> None:
    grow = Hot(_GROW.where(_rooms.c.room == bindparam("of")))
    with app.app_context():
        with writing() as tx:
            _fill(tx)
            tx.later(grow, {"of": "board:700", "by": 3})
            assert tx.scalar(select(_rooms.c.seq).where(_rooms.c.room == "board:700")) == 3
            tx.later(grow, {"of": "board:700", "by": 3})
            assert tx.one(Hot(_BY_ROOM), {"of": "board:700"}).seq == 6
            tx.later(grow, {"of": "board:700", "by": 3})
        with reading() as tx:
            assert tx.one(Hot(_BY_ROOM), {"of": "board:700"}).seq == 9


def test_what_was_given_up_before_it_was_sent_is_not_taken_for_prepared(app: Flask) -> None:
    fresh = Hot(_GROW.where(_rooms.c.room == bindparam("of"), _rooms.c.school_id == bindparam("school")))
    with app.app_context():
        with pytest.raises(ZeroDivisionError), writing() as tx:
            tx.later(fresh, {"of": "board:700", "school": 77, "by": 3})
            raise ZeroDivisionError
        with writing() as tx:
            _fill(tx)
            tx.later(fresh, {"of": "board:700", "school": 77, "by": 3})
        with reading() as tx:
            assert tx.one(Hot(_BY_ROOM), {"of": "board:700"}).seq == 3


def test_what_waits_and_fails_fails_the_transaction(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(IntegrityError), writing() as tx:
            _fill(tx)
            tx.later(_ADD, {"room": "board:700", "school": 77, "seq": 0})
        with reading() as tx:
            assert tx.all(Hot(_BY_ROOM), {"of": "board:701"}) == []


def test_percent_signs_and_quotes_are_only_text(app: Flask) -> None:
    odd = "100 % \"of\" 'it' $1 \\ %s"
    statement = Hot(select((literal("%") + bindparam("text") + literal("%s")).label("text")))
    with app.app_context(), reading() as tx:
        assert tx.scalar(statement, {"text": odd}) == f"%{odd}%s"


def test_lists_are_refused_at_once(app: Flask) -> None:
    listed = Hot(select(_members.c.id).where(_members.c.id.in_(bindparam("ids", expanding=True))))
    with app.app_context(), reading() as tx, pytest.raises(TypeError, match="single values"):
        tx.all(listed, {"ids": [1, 2]})


def test_statements_are_heard_by_who_listens(app: Flask, queries) -> None:  # type: ignore[no-untyped-def]
    with app.app_context(), queries(1) as seen, reading() as tx:
        tx.all(Hot(_BY_ROOM), {"of": "board:1"})
    assert len(seen) == 1
