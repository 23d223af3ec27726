"""Nothing is due before it starts."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from board.boards.models import cards
from board.core.db import writing
from board.people.models import School
from tests.boards.places import done, member

WRONG = [
    ("2026-12-02", "2026-12-01"),
    ("2026-12-01T10:00:00.000Z", "2026-12-01T09:00:00.000Z"),
    # The school's days, in New York: its 1 December ends at five in the morning in UTC.
    ("2026-12-02T05:00:01.000Z", "2026-12-01"),
    ("2026-12-01", "2026-12-01T04:59:00.000Z"),
]
RIGHT = [
    ("2026-12-01", "2026-12-01"),
    ("2026-12-02T04:00:00.000Z", "2026-12-01"),
    ("2026-12-01", "2026-12-01T05:00:00.000Z"),
    ("2199-12-31T23:00:00.000Z", "2199-12-31"),
]


@pytest.fixture(autouse=True)
def new_york(app: Flask, scene: Any) -> None:
    with app.app_context(), writing() as tx:
        tx.update(School, 1, time_zone="America/New_York")


@pytest.mark.parametrize("start, due", WRONG)
def test_a_start_after_the_due_date_is_refused(scene: Any, start: str, due: str) -> None:
    maya, list_, card = scene.as_("Maya"), scene.here.lists[0], scene.here.cards[0]
    before = scene.snapshot()
    for answer, field in (
        (maya.post(f"/lists/{list_}/cards", {"title": "Wrong", "start": start, "due": due}), "start"),
        (maya.patch(f"/cards/{card}", {"start": start, "due": due}), "start"),
    ):
        assert (answer.status, [e["field"] for e in answer.json["errors"]]) == (422, [field])
        assert "after the due date" in answer.json["errors"][0]["message"]
    assert scene.snapshot() == before


@pytest.mark.parametrize("start, due", WRONG)
def test_one_of_both_is_compared_with_what_stands_there(scene: Any, start: str, due: str) -> None:
    maya, (first, second) = scene.as_("Maya"), scene.here.cards[:2]
    done(maya.patch(f"/cards/{first}", {"start": start}))
    done(maya.patch(f"/cards/{second}", {"due": due}))
    for card, given in ((first, {"due": due}), (second, {"start": start})):
        status, body = maya.patch(f"/cards/{card}", given)
        assert (status, [e["field"] for e in body["errors"]]) == (422, list(given))
    done(maya.patch(f"/cards/{first}", {"start": None, "due": due}))


@pytest.mark.parametrize("start, due", RIGHT)
def test_the_same_day_is_right(scene: Any, start: str, due: str) -> None:
    done(scene.as_("Maya").patch(f"/cards/{scene.here.cards[0]}", {"start": start, "due": due}))


def test_what_came_so_from_elsewhere_stays_and_can_be_changed(scene: Any, app: Flask) -> None:
    card = scene.here.cards[0]
    with app.app_context(), writing() as tx:
        tx.execute(sa.update(cards).where(cards.c.id == card).values(start="2026-12-05", due="2026-12-01"))
    done(scene.as_("Maya").patch(f"/cards/{card}", {"title": "Still so"}))
    assert scene.as_("Maya").patch(f"/cards/{card}", {"due": "2026-12-02"})[0] == 422


def test_nothing_is_taken_back_to_a_due_date_before_the_start(scene: Any) -> None:
    jon, (card, other) = scene.as_("Jon"), scene.here.cards[:2]
    for id in (card, other):
        done(jon.patch(f"/cards/{id}", {"due": "2026-12-10"}))
    done(jon.patch(f"/cards/{card}", {"due": "2026-12-20"}, key="later-by-hand"))
    done(jon.patch(f"/cards/{card}", {"start": "2026-12-15"}))
    before = scene.card(card)
    refused = scene.undo("Jon", "later-by-hand")
    assert (refused.status, refused.json["data"]) == (409, before)
    assert "after the due date" in refused.json["detail"]
    done(jon.patch(f"/cards/{card}", {"start": None}))
    assert done(scene.undo("Jon", "later-by-hand"))["record"]["due"] == "2026-12-10"
    path, later = f"/boards/{scene.here.board}/batch", {"card_ids": [card, other], "due": "2026-12-20"}
    done(jon.post(path, later, key="later-together"))
    done(jon.patch(f"/cards/{other}", {"start": "2026-12-15T10:00:00.000Z"}))
    refused = scene.undo("Jon", "later-together")
    assert (refused.status, refused.json["data"]) == (409, {"card_ids": [other]})
    done(jon.patch(f"/cards/{other}", {"start": "2026-12-10T10:00:00.000Z"}))
    assert scene.undo("Jon", "later-together").status == 200


def test_nor_by_taking_back_another_date(scene: Any) -> None:
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    done(jon.patch(f"/cards/{card}", {"due": "2026-12-10"}))
    done(jon.put(f"/cards/{card}/owners/{member('Rose')}"))
    done(scene.as_("Rose").put(f"/cards/{card}/owners/{member('Rose')}/proposal", {"due": "2026-12-20"}))
    done(jon.put(f"/cards/{card}/owners/{member('Rose')}/proposal/acceptance", key="as-she-likes"))
    done(jon.patch(f"/cards/{card}", {"start": "2026-12-15"}))
    before = scene.card(card)
    assert scene.undo("Jon", "as-she-likes").status == 409
    assert scene.card(card) == before
    done(jon.patch(f"/cards/{card}", {"start": "2026-12-10"}))
    assert scene.undo("Jon", "as-she-likes").status == 200
