"""The directory: who is here, in which groups, who leads what; of what is closed only to those who are inside."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask.testing import FlaskClient

from tests.boards.places import SECRET, done, made, member, settle
from tests.callers import Caller

As = Callable[..., Caller]
SignIn = Callable[[str], FlaskClient]


def rows(page: str) -> dict[str, str]:
    """Name → the row of the table."""
    found = {}
    for row in page.split("<tr data-row")[1:]:
        found[row.split('<bdi class="person__name">')[1].split("<")[0]] = row.split("</tr>")[0]
    return found


def test_groups_and_who_leads_stand_with_each(as_: As, sign_in: SignIn) -> None:
    settle(as_)
    found = rows(sign_in("Jon").get("/people").text)
    assert "Reading week" in found["Maya"]
    assert "Leads" in found["Maya"]
    assert "Reading week" in found["Jon"]
    assert "Leads" not in found["Jon"]
    assert "/groups/" not in found["Thomas"]


def test_closed_groups_are_told_to_their_members_alone(as_: As, sign_in: SignIn) -> None:
    places = settle(as_)
    title = as_("Rose").get(f"/groups/{places.closed.group}").json["data"]["title"]
    for person, told in (("Rose", True), ("Maya", False), ("Ana", False)):
        client = sign_in(person)
        assert (title in client.get("/people").text) == told, person
        assert (title in client.get(f"/people/{member('Rose')}").text) == told, person
        assert (f'value="{places.closed.group}"' in client.get("/people").text) == told, person
        # Nor does asking for it tell who is inside.
        if not told:
            assert rows(client.get(f"/people?group={places.closed.group}").text) == {}
            assert SECRET not in client.get(f"/people?group={places.closed.group}").text


def test_by_role_and_by_group(as_: As, sign_in: SignIn) -> None:
    places = settle(as_)
    client = sign_in("Jon")
    assert set(rows(client.get("/people?role=guest").text)) == {"Sam"}
    assert set(rows(client.get(f"/people?group={places.open.group}").text)) == {"Maya", "Jon"}
    assert set(rows(client.get(f"/people?group={places.open.group}&role=guest").text)) == set()
    for odd in ("role=x", "group=x", "group=99999999999999999999"):
        assert client.get(f"/people?{odd}").status_code == 200


def test_a_person_has_her_places_on_her_page(as_: As, sign_in: SignIn) -> None:
    settle(as_)
    page = sign_in("Jon").get(f"/people/{member('Maya')}").text
    assert "Where Maya works" in page
    assert "Reading week" in page
    # Figures and work of a person are hers alone.
    assert "/work" not in page
    assert "Where you work" in sign_in("Maya").get(f"/people/{member('Maya')}").text


def test_archived_groups_are_out_of_it(as_: As, sign_in: SignIn) -> None:
    places = settle(as_)
    done(as_("Maya").put(f"/groups/{places.open.group}/archive"))
    assert "Reading week" not in sign_in("Jon").get("/people").text


def test_guests_have_no_directory(as_: As, sign_in: SignIn) -> None:
    settle(as_)
    assert sign_in("Sam").get("/people").status_code == 404
    assert sign_in("Sam").get("/people/3").status_code == 404


@pytest.mark.parametrize("address", ["/people", "/people/3"])
def test_as_many_statements_for_many_groups_as_for_few(
    as_: As, sign_in: SignIn, queries: Callable[[int], AbstractContextManager[list[str]]], address: str
) -> None:
    client = sign_in("Ana")
    with queries(99) as few:
        client.get(address)
    for n in range(4):
        group = made(as_("Thomas").post("/groups", {"title": f"Group {n}"}))
        done(as_("Thomas").put(f"/groups/{group}/members/{member('Maya')}", {"role": "member"}))
    with queries(len(few)):
        client.get(address)
