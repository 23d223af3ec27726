"""The guide's start: an initiative, and a board that is its own plan."""

import re
from datetime import datetime

import pytest

from board.core import times
from board.guide import content
from tests import laws


def start(caller, **answers):
    return caller.post("/starts", {"start": "nine-steps", **answers})


def board_of(caller, answer):
    return caller.get(f"/boards/{answer.json['data']['board_id']}").json


def test_the_nine_steps_stand_on_a_board_with_measures_and_checklists(as_):
    ana = as_("Ana")
    answer = start(ana)
    assert answer.status == 201
    board = board_of(ana, answer)
    texts = content.texts()
    assert [(each["title"], each.get("done", False)) for each in board["lists"]] == [
        ("Later", False),
        ("Now", False),
        ("Done", True),
    ]
    assert [card["title"] for card in board["cards"]] == [
        texts["before"]["title"],
        *(step["title"] for step in texts["steps"]),
    ]
    now = board["lists"][1]["id"]
    assert [card["title"] for card in board["cards"] if card["list_id"] == now] == [
        texts["before"]["title"],
        texts["steps"][0]["title"],
    ]
    page = ana.get(f"/cards/{board['cards'][3]['id']}").json
    step = texts["steps"][2]
    assert page["data"]["measure"] == step["measure"]
    assert step["explanation"] in page["data"]["description"]
    assert [item["title"] for item in page["items"]] == step["checklist"]


def test_who_makes_it_owns_it_with_her_partner_and_what_was_agreed_is_its_norms(as_):
    thomas = as_("Thomas")
    answer = start(thomas, partner_id=3, limits="Not after 16:30.")
    found = thomas.get(f"/initiatives/{answer.json['data']['initiative_id']}").json
    assert found["data"]["norms"] == "Not after 16:30."
    assert found["data"]["norms_look_again"] > found["data"]["start"], "and a day to look at them again"
    assert found["data"]["status"] == "open"
    maya = as_("Maya").get(f"/initiatives/{answer.json['data']['initiative_id']}").json
    assert "change_initiative" in maya["can"]


@pytest.fixture
def tuesday(monkeypatch):
    """24 November 2026."""
    moment = datetime.fromisoformat("2026-11-24T16:00:00+00:00")
    monkeypatch.setattr(times, "clock", lambda: moment)


def meeting_of(caller, board):
    card = next(c for c in board["cards"] if c["title"] == content.texts()["meeting"]["title"])
    return card["due"], [item["due"] for item in caller.get(f"/cards/{card['id']}").json["items"]]


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        ("2026-11-23", "This day is over. The next school day is 24 Nov 2026."),
        ("1999-01-04", "This day is over. The next school day is 24 Nov 2026."),
        ("2026-11-28", "The school is closed on this day. The next school day is 30 Nov 2026."),
        ("2026-12-10", "The school is closed on this day. The next school day is 11 Dec 2026."),
    ],
)
def test_no_meeting_is_on_a_day_that_is_over_or_closed(as_, tuesday, meeting, words):
    ana = as_("Ana")
    ana.post("/closed-days", {"title": "Feast", "start": "2026-12-10"})
    status, answer = start(ana, meeting=meeting)
    assert (status, answer["errors"]) == (422, [{"field": "meeting", "message": words}])
    assert ana.get("/initiatives").json["data"] == []


@pytest.mark.parametrize(
    ("meeting", "due"),
    [
        ("2026-11-27", ["2026-11-24", "2026-11-24", "2026-11-25"]),
        ("2026-11-25", ["2026-11-24", "2026-11-24", "2026-11-24"]),
        ("2026-11-24", ["2026-11-24", "2026-11-24", "2026-11-24"]),
    ],
)
def test_nothing_is_overdue_from_its_beginning(as_, tuesday, meeting, due):
    ana = as_("Ana")
    assert meeting_of(ana, board_of(ana, start(ana, meeting=meeting))) == (meeting, due)


def test_a_further_start_has_its_number(as_, sign_in):
    ana, client = as_("Ana"), sign_in("Ana")
    titles = ["Sharing leadership", "Sharing leadership 2", "Sharing leadership 3"]
    for title in titles:
        page = client.get("/guide").text
        assert f"“{title}”" in page
        assert ("You have made a start before" in page) == (title != titles[0])
        start(ana)
    assert [each["title"] for each in ana.get("/initiatives").json["data"]] == titles


@pytest.mark.parametrize(("person", "word", "many"), [("Ana", "Six", 6), ("Thomas", "Five", 5)])
def test_the_questions_are_as_many_as_it_says(sign_in, person, word, many):
    page = sign_in(person).get("/guide").text
    assert f"{word} questions" in page
    assert re.findall(r'class="guide__number" aria-hidden="true">(\d)<', page) == [str(n + 1) for n in range(many)]


def test_the_meeting_is_planned_backwards_on_school_days(as_, tuesday):
    ana = as_("Ana")
    board = board_of(ana, start(ana, meeting="2026-12-07"))  # a Monday
    card = next(c for c in board["cards"] if c["title"] == content.texts()["meeting"]["title"])
    assert card["due"] == "2026-12-07"
    items = ana.get(f"/cards/{card['id']}").json["items"]
    assert [item["due"] for item in items] == ["2026-11-30", "2026-12-02", "2026-12-03"]


@pytest.mark.parametrize("small", [each["id"] for each in content.texts()["smaller_starts"]])
def test_a_smaller_start_has_one_card_with_a_date(as_, small):
    ana = as_("Ana")
    board = board_of(ana, start(ana, start=small))
    (card,) = board["cards"]
    assert card["title"] == content.smaller(small)["title"] == board["board"]["title"]
    assert card["due"]


def test_who_brings_boards_gets_the_initiative_alone(as_):
    data = start(as_("Ana"), start="bring").json["data"]
    assert data["board_id"] is None
    assert as_("Ana").get(f"/initiatives/{data['initiative_id']}").status == 200


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Jon", 403), ("Thomas", 201), ("Ana", 201)]
)
def test_who_may(as_, who, status):
    assert start(as_(who)).status == status


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"start": "everything"}, 422),
        ({"start": "nine-steps", "meeting": "soon"}, 422),
        ({"start": "nine-steps", "partner_id": 999}, 404),
        ({"start": "nine-steps", "limits": "x" * 65_537}, 422),
        ({"start": "nine-steps", "colour": "red"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(as_, answers, status):
    ana = as_("Ana")
    before = ana.get("/initiatives").json["data"]
    assert ana.post("/starts", answers).status == status
    assert ana.get("/initiatives").json["data"] == before


def test_the_same_key_starts_once(as_):
    ana = as_("Ana")
    first = ana.post("/starts", {"start": "nine-steps"}, key="start-once-0001")
    again = ana.post("/starts", {"start": "nine-steps"}, key="start-once-0001")
    assert first.json == again.json
    assert len(ana.get("/initiatives").json["data"]) == 1


def test_the_school_hears_of_it(as_):
    with laws.kept(as_("Maya"), "school:1"):
        assert start(as_("Ana"), partner_id=3).status == 201


def test_the_page_is_for_who_may_start(sign_in, queries):
    assert sign_in("Maya").get("/guide").status_code == 403
    page = sign_in("Ana").get("/guide")
    assert page.status_code == 200
    for question in content.texts()["questions"]:
        assert question["ask"] in page.text
    assert 'name="roster"' in page.text
    assert 'name="roster"' not in sign_in("Thomas").get("/guide").text
