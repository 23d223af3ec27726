"""Nobody is locked out: the last lead cannot be removed or demoted, and when she leaves the school somebody follows."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests import laws
from tests.callers import Caller
from tests.school import PEOPLE

JON, ROSE = PEOPLE["Jon"].member_id, PEOPLE["Rose"].member_id


@pytest.fixture
def closed_group(as_: Callable[..., Caller]) -> int:
    """Made by Jon in his own initiative; Rose is its other member."""
    jon = as_("Jon")
    initiative = jon.post("/initiatives", {"title": "Choir"}).json["data"]["id"]
    group = jon.post("/groups", {"title": "Altos", "initiative_id": initiative, "closed": True}).json["data"]["id"]
    assert jon.put(f"/groups/{group}/members/{ROSE}", {"role": "member"}).status == 200
    return int(group)


def test_the_last_lead_cannot_be_removed_or_demoted(as_: Callable[..., Caller], closed_group: int) -> None:
    jon = as_("Jon")
    assert jon.delete(f"/groups/{closed_group}/members/{JON}").status == 409
    assert jon.put(f"/groups/{closed_group}/members/{JON}", {"role": "member"}).status == 409
    assert jon.put(f"/groups/{closed_group}/members/{ROSE}", {"role": "lead"}).status == 200
    assert jon.delete(f"/groups/{closed_group}/members/{JON}").status == 200
    assert jon.get(f"/groups/{closed_group}").status == 404


@pytest.fixture
def ana(sign_in: Callable[[str], FlaskClient]) -> Caller:
    """Signed in just now: rights over people are not for tokens."""
    return Caller(sign_in("Ana"))


def test_when_the_last_lead_leaves_the_school_a_member_follows(
    as_: Callable[..., Caller], ana: Caller, closed_group: int
) -> None:
    rose = as_("Rose")
    assert rose.patch(f"/groups/{closed_group}", {"title": "Tenors"}).status == 403
    assert ana.get(f"/groups/{closed_group}").status == 404, "a role opens no closed group"
    with laws.kept(rose, f"group:{closed_group}"):
        left = ana.delete(f"/members/{JON}/active")
    assert left.status == 200 and "group:" not in str(left.json["events"]), "the admin hears nothing of closed groups"
    assert rose.patch(f"/groups/{closed_group}", {"title": "Tenors"}).status == 200


def test_who_becomes_a_guest_hands_over_too(as_: Callable[..., Caller], ana: Caller, closed_group: int) -> None:
    rose = as_("Rose")
    with laws.kept(rose, f"group:{closed_group}"):
        assert ana.patch(f"/members/{JON}", {"role": "guest"}).status == 200
    assert rose.patch(f"/groups/{closed_group}", {"title": "Tenors"}).status == 200
    assert as_("Jon").get(f"/groups/{closed_group}").status == 404
