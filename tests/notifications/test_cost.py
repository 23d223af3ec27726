"""What concerns nobody costs nothing; what does costs a look-up and the writing."""

from contextlib import contextmanager

from sqlalchemy import event

from board.core.db import db
from tests.boards.places import done, member
from tests.notifications.conftest import mention


@contextmanager
def about_notices(app):
    """Statements that name the tables of notices."""
    seen = []

    def note(connection, cursor, statement, *rest):
        if "notice" in statement or "due_told" in statement:
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_move_of_what_nobody_owns_costs_nothing(app, desk):
    with about_notices(app) as seen:
        desk.move("Maya", 1)
        done(desk.as_("Maya").put(f"/cards/{desk.card}/done"))
        done(desk.as_("Maya").delete(f"/cards/{desk.card}/done"))
    assert seen == []


def test_nor_a_move_of_ones_own(app, desk):
    desk.own("Jon")
    with about_notices(app) as seen:
        desk.move("Jon", 1)
    assert seen == []


def test_a_move_of_anothers_costs_one_look_up_and_one_row(app, desk):
    desk.own("Jon")
    with about_notices(app) as seen:
        desk.move("Maya", 1)
    assert kinds(seen) == ["INSERT"]
    with about_notices(app) as seen:
        desk.move("Maya", 0)
    assert kinds(seen) == ["UPDATE"]


def kinds(seen):
    """What was written; the look-up is one, which PostgreSQL has prepared and calls by a name."""
    found = [statement.split()[0] for statement in seen]
    assert len([kind for kind in found if kind in ("SELECT", "PREPARE")]) <= 1
    return [kind for kind in found if kind not in ("SELECT", "PREPARE")]


def test_a_comment_costs_one_look_up_however_many_are_told(app, desk):
    for person in ("Rose", "Jon", "Thomas", "Ana"):
        desk.say(person)
    for person in ("Rose", "Jon", "Thomas", "Ana"):
        done(desk.as_(person).put("/notices/read", {"card_id": desk.card}))
    with about_notices(app) as seen:
        desk.say("Maya", f"{mention('Rose')} {mention('Sam')}")
    assert [s.split()[0] for s in seen] == ["SELECT", "INSERT"]
    assert all(desk.unread(person) for person in ("Rose", "Jon", "Thomas", "Ana", "Sam"))


def test_reading_a_page_is_two_statements(desk, queries):
    desk.say("Maya", mention("Rose"))
    with queries(3):
        desk.as_("Rose").get("/notices")
    assert member("Rose")
