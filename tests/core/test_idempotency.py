"""One key, one change: also when eight arrive at once, and until 24 hours are over."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from board.core import idempotency, times
from board.core.db import writing
from board.initiatives.models import Group
from tests.callers import Caller

As = Callable[..., Caller]
KEY = "one-and-the-same"


def groups(look: Any) -> int:
    with look() as tx:
        return int(tx.scalar(select(func.count()).select_from(Group)))


def test_eight_at_once_are_one(as_: As, look: Any) -> None:
    start, answers, before = threading.Barrier(8), list[tuple[int, Any, bool]](), groups(look)

    def post(caller: Caller) -> None:
        start.wait(20)
        status, body = caller.post("/groups", {"title": "Choir"}, key=KEY)
        assert caller.last is not None
        answers.append((status, body, "Idempotent-Replayed" in caller.last.headers))

    threads = [threading.Thread(target=post, args=(as_("Ana"),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert groups(look) == before + 1
    assert [a[:2] for a in answers] == [answers[0][:2]] * 8 and answers[0][0] == 201
    assert sorted(a[2] for a in answers) == [False] + [True] * 7


def test_a_key_is_its_members_own(as_: As, look: Any) -> None:
    before = groups(look)
    assert as_("Ana").post("/groups", {"title": "Choir"}, key=KEY).status == 201
    assert as_("Thomas").post("/groups", {"title": "Garden"}, key=KEY).status == 201
    assert groups(look) == before + 2


def test_a_refused_one_may_be_tried_again(as_: As) -> None:
    ana = as_("Ana")
    assert ana.put("/groups/999999/members/1", {"role": "lead"}, key=KEY).status == 404
    assert ana.post("/groups", {"title": "Choir"}, key=KEY).status == 201
    status, body = ana.post("/groups", {"title": "Garden"}, key=KEY)
    assert (status, body["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_after_a_day_the_key_is_free(app: Flask, as_: As, look: Any) -> None:
    ana, before = as_("Ana"), groups(look)
    assert ana.post("/groups", {"title": "Choir"}, key=KEY).status == 201
    age(app, idempotency.KEPT_S - 60)
    assert ana.post("/groups", {"title": "Garden"}, key=KEY).status == 422
    age(app, idempotency.KEPT_S + 60)
    assert ana.post("/groups", {"title": "Garden"}, key=KEY).status == 201
    assert groups(look) == before + 2


def test_old_keys_are_forgotten(app: Flask, as_: As) -> None:
    assert as_("Ana").post("/groups", {"title": "Choir"}, key=KEY).status == 201
    with app.app_context(), writing(1) as tx:
        assert idempotency.forget_old(tx) == 0
    age(app, idempotency.KEPT_S + 60)
    with app.app_context(), writing(1) as tx:
        assert idempotency.forget_old(tx) == 1


def age(app: Flask, seconds: float) -> None:
    with app.app_context(), writing(1) as tx:
        tx.execute(update(idempotency.Answered.__table__).values(at=times.later(-seconds)))
