"""What a second pair of eyes found: each would come back without its test."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from board.core import limits
from board.core.errors import TooMany
from tests.callers import Caller
from tests.school import PEOPLE


def test_an_admins_answer_tells_nothing_of_closed_places(
    as_: Callable[..., Caller], sign_in: Callable[[str], FlaskClient]
) -> None:
    maya, ana = as_("Maya"), Caller(sign_in("Ana"))
    closed = maya.post("/initiatives", {"title": "Quiet", "closed": True}).json["data"]["id"]
    assert ana.get(f"/initiatives/{closed}").status == 404
    answer = ana.patch(f"/members/{PEOPLE['Maya'].member_id}", {"name": "Maya R."})
    assert answer.status == 200
    assert {e["room"] for e in answer.json["events"]} == {"school:1"}
    assert maya.get(f"/rooms/initiative:{closed}/events", since=1).json["events"][0]["type"] == "member.changed"


def test_a_query_that_is_no_text_is_refused(client: FlaskClient, as_: Callable[..., Caller]) -> None:
    raw = {"QUERY_STRING": "x=\xff"}
    assert client.get("/people", environ_overrides=raw).status_code == 400
    answer = as_("Ana").client.post(
        "/api/v1/groups",
        environ_overrides=raw,
        json={"title": "G"},
        headers={"Authorization": f"Bearer {PEOPLE['Ana'].token}", "Idempotency-Key": "a-key-of-mine"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/ops/%00abcdefg/undone", "/comments/1/reactions/%00"])
def test_nul_in_a_path_is_nothing_that_is_there(as_: Callable[..., Caller], path: str) -> None:
    assert as_("Ana").put(path).status == 404


def test_admins_who_set_the_same_week_at_once_all_get_an_answer(
    as_: Callable[..., Caller], sign_in: Callable[[str], FlaskClient]
) -> None:
    callers = [Caller(sign_in("Ana")) for _ in range(4)]
    start, statuses = threading.Barrier(4), list[int]()

    def put(call: Caller) -> None:
        start.wait(20)
        statuses.append(call.put("/school/weeks/2026-11-23", {"letter": "A"}).status)

    threads = [threading.Thread(target=put, args=(call,)) for call in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [200] * 4


def test_without_redis_limits_go_on_in_the_process(app: Flask) -> None:
    found = limits.Limits("redis://127.0.0.1:1/0", True)
    item = limits.CODES_BY_NETWORK
    for _ in range(30):
        found.count(item, "code", "here")
    with pytest.raises(TooMany):
        found.look(item, "code", "here")
