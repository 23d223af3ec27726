"""GET /boards/{id}/export: a whole board as a file, harmless in a spreadsheet, for who may see it."""

import csv
import io
import json

import pytest

from board.boards import export
from tests.boards.places import done, made, member


@pytest.fixture
def written(scene):
    maya, here = scene.as_("Maya"), scene.here
    card = here.cards[0]
    done(
        maya.patch(
            f"/cards/{card}",
            {"title": '=HYPERLINK("http://evil.example")', "description": 'A "quoted"\nline, and more'},
        )
    )
    done(maya.patch(f"/cards/{here.cards[1]}", {"title": "-2+3"}))
    done(maya.patch(f"/cards/{card}", {"due": "2026-11-30"}))
    done(maya.put(f"/cards/{card}/owners/{member('Rose')}"))
    done(maya.put(f"/cards/{card}/labels/{here.labels[0]}"))
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "Before"}))
    done(maya.put(f"/items/{made(maya.post(f'/checklists/{checklist}/items', {'title': 'Hall'}))}/done"))
    made(maya.post(f"/checklists/{checklist}/items", {"title": "@Songs"}))
    room = made(
        maya.post(f"/boards/{here.board}/fields", {"title": "Room", "kind": "choice", "options": [{"title": "Gym"}]})
    )
    chairs = made(maya.post(f"/boards/{here.board}/fields", {"title": "+Chairs", "kind": "number"}))
    done(maya.put(f"/cards/{card}/fields/{room}", {"value": 1}))
    done(maya.put(f"/cards/{card}/fields/{chairs}", {"value": -3}))
    made(maya.post(f"/threads/{here.threads[0]}/comments", {"body": "How many?"}))
    done(maya.put(f"/cards/{here.cards[3]}/archive"))
    done(maya.delete(f"/cards/{here.cards[2]}"))
    return card


def load(caller, board, format="csv"):
    caller.get(f"/boards/{board}/export", format=format)
    return caller.last


def test_for_a_spreadsheet(scene, written):
    answer = load(scene.as_("Sam"), scene.here.board)
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    assert (
        "attachment" in answer.headers["Content-Disposition"]
        and f"board-{scene.here.board}.csv" in answer.headers["Content-Disposition"]
    )
    assert answer.data.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.data
    head, first, second = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert head == [
        "Number", "Title", "List", "Done", "Due", "Start", "Owners", "Labels", "Checklist items", "Room", "'+Chairs", "Description", "Comments",
    ]  # fmt: skip
    row = dict(zip(head, first, strict=True))
    assert row["Title"].startswith("'=HYPERLINK") and row["Description"] == 'A "quoted"\nline, and more'
    assert (row["Owners"], row["Labels"], row["Room"], row["'+Chairs"]) == ("Rose", "Autumn", "Gym", "-3")
    assert (row["Checklist items"], row["Due"], row["Comments"]) == ("[x] Hall\n[ ] @Songs", "2026-11-30", "1")
    assert second[1] == "'-2+3"


def test_as_the_api_shows_it(scene, written):
    found = json.loads(load(scene.as_("Jon"), scene.here.board, "json").data)
    page = scene.as_("Jon").get(f"/cards/{written}").json
    card = next(c for c in found["cards"] if c["id"] == written)
    assert {k: v for k, v in card.items() if k in page["data"]}.items() <= page["data"].items()
    for part in ("checklists", "items", "attachments"):
        assert card[part] == page[part], part
    assert [c["body"] for c in card["comments"]] == ["How many?"]
    assert {c["id"] for c in found["cards"]} == set(scene.here.cards) - {scene.here.cards[2]}, "archived, not the bin"
    assert found["board"]["id"] == scene.here.board and len(found["lists"]) == 2


def test_links_to_what_she_does_not_see_are_left_out(scene, written):
    maya = scene.as_("Maya")
    made(maya.post(f"/cards/{written}/links", {"other_id": scene.here.cards[1], "kind": "relates"}))
    found = json.loads(load(scene.as_("Sam"), scene.here.board, "json").data)
    assert len(next(c for c in found["cards"] if c["id"] == written)["links"]) == 1


def test_who_may_see_may_take_it_along(scene):
    for person, status in ((None, 401), ("Olga", 404), ("Rose", 200), ("Sam", 200), ("Maya", 200)):
        assert scene.as_(person).get(f"/boards/{scene.here.board}/export")[0] == status, person
    assert scene.as_("Maya").get(f"/boards/{scene.places.closed.board}/export")[0] == 404
    assert scene.as_("Maya").get(f"/boards/{scene.here.board}/export", format="xml")[0] == 422


def test_in_pieces_and_by_as_many_statements_each(scene, written, queries, monkeypatch):
    maya, board = scene.as_("Maya"), scene.here.board
    whole = {f: load(maya, board, f).data for f in ("csv", "json")}
    done(maya.post(f"/lists/{scene.here.lists[0]}/batch", {"titles": [f"Card {n}" for n in range(30)]}))
    with queries(60) as many:
        load(maya, board, "json")
    monkeypatch.setattr(export, "_AT_ONCE", 7)
    with queries(len(many) + 14 * 5):
        pieces = load(maya, board, "json").data
    assert len(json.loads(pieces)["cards"]) == 33
    assert whole["csv"].count(b"\r\n") == 3


def test_a_large_one_is_sent_from_the_disk(scene, written, monkeypatch):
    whole = load(scene.as_("Maya"), scene.here.board).data
    monkeypatch.setattr(export, "MOST_IN_MEMORY", 10)
    answer = load(scene.as_("Maya"), scene.here.board)
    assert answer.data == whole and answer.content_length == len(whole)
    answer.close()


def test_not_without_end(scene):
    found = [scene.as_("Maya").get(f"/boards/{scene.here.board}/export")[0] for _ in range(11)]
    assert found == [200] * 10 + [429]
    assert scene.as_("Jon").get(f"/boards/{scene.here.board}/export")[0] == 200
