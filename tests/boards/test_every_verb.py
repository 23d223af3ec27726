"""What holds for every verb of a board alike: sent again under its key it is done once, its key is for nothing else, and an undo leaves the board
and the card's page as they were."""

import pytest

from board.core import api
from tests import laws
from tests.boards.places import As, done, made, member

#: command → method, path, body; what stands in braces is an id of the furnished board
VERBS = {
    "change_board": ("PATCH", "/boards/{board}", {"title": "Winter", "background": "sage"}),
    "archive_board": ("PUT", "/boards/{board}/archive", None),
    "make_list": ("POST", "/boards/{board}/lists", {"title": "Later"}),
    "change_list": ("PATCH", "/lists/{list}", {"title": "Soon", "done": True, "wip_limit": 3, "wip_hard": True, "colour": "red"}),
    "move_list": ("PUT", "/lists/{list}/position", {}),
    "archive_list": ("PUT", "/lists/{list}/archive", None),
    "restore_list": ("DELETE", "/lists/{archived_list}/archive", None),
    "make_card": ("POST", "/lists/{list}/cards", {"title": "New", "owner_ids": [5], "due": "2026-12-01"}),
    "make_cards": ("POST", "/lists/{list}/batch", {"titles": ["One", "Two", "Three"]}),
    "change_cards": ("POST", "/boards/{board}/batch", {"card_ids": ["{card}", "{finished}"], "archive": True}),
    "change_card": ("PATCH", "/cards/{card}", {"title": "New", "description": "New", "measure": "New", "due": None}),
    "move_card": ("PUT", "/cards/{card}/position", {"list_id": "{other_list}"}),
    "finish_card": ("PUT", "/cards/{card}/done", None),
    "reopen_card": ("DELETE", "/cards/{finished}/done", None),
    "archive_card": ("PUT", "/cards/{card}/archive", None),
    "restore_card": ("DELETE", "/cards/{archived}/archive", None),
    "bin_card": ("DELETE", "/cards/{card}", None),
    "unbin_card": ("DELETE", "/cards/{binned}/bin", None),
    "set_owner": ("PUT", "/cards/{card}/owners/{jon}", None),
    "remove_owner": ("DELETE", "/cards/{card}/owners/{rose}", None),
    "set_label": ("PUT", "/cards/{card}/labels/{other_label}", None),
    "remove_label": ("DELETE", "/cards/{card}/labels/{label}", None),
    "make_label": ("POST", "/boards/{board}/labels", {"title": "Sport", "colour": "green"}),
    "change_label": ("PATCH", "/labels/{label}", {"title": "Sport", "colour": "green"}),
    "delete_label": ("DELETE", "/labels/{label}", None),
    "make_checklist": ("POST", "/cards/{card}/checklists", {"title": "After Friday"}),
    "change_checklist": ("PATCH", "/checklists/{checklist}", {"title": "After Friday"}),
    "move_checklist": ("PUT", "/checklists/{checklist}/position", {"after_id": "{other_checklist}"}),
    "delete_checklist": ("DELETE", "/checklists/{checklist}", None),
    "make_item": ("POST", "/checklists/{checklist}/items", {"title": "Chairs"}),
    "make_items": ("POST", "/checklists/{checklist}/lines", {"titles": ["Chairs", "Tables", "Tea"]}),
    "change_item": ("PATCH", "/items/{item}", {"title": "Chairs", "owner_id": "{rose}", "due": "2026-12-01"}),
    "move_item": ("PUT", "/items/{item}/position", {"checklist_id": "{other_checklist}", "before_id": "{elsewhere}"}),
    "make_card_of_item": ("POST", "/items/{item}/card", {}),
    "delete_item": ("DELETE", "/items/{item}", None),
    "finish_item": ("PUT", "/items/{item}/done", None),
    "reopen_item": ("DELETE", "/items/{ticked}/done", None),
    "add_link": ("POST", "/cards/{card}/links", {"other_id": "{linked}", "kind": "blocks"}),
    "remove_link": ("DELETE", "/links/{between}", None),
    "make_field": ("POST", "/boards/{board}/fields", {"title": "Room", "kind": "choice", "options": [{"title": "Hall"}]}),
    "change_field": ("PATCH", "/fields/{choice}", {"title": "Place", "options": [{"id": 2, "title": "Hall"}], "shown": True}),
    "move_field": ("PUT", "/fields/{choice}/position", {}),
    "delete_field": ("DELETE", "/fields/{choice}", None),
    "set_field": ("PUT", "/cards/{card}/fields/{number}", {"value": 12.5}),
    "clear_field": ("DELETE", "/cards/{card}/fields/{choice}", None),
    "copy_card": ("POST", "/cards/{card}/copies", {"list_id": "{list}", "with": ["checklists", "labels", "owners", "attachments", "fields"]}),
    "copy_list": ("POST", "/lists/{list}/copies", {"title": "Again"}),
    "set_recurrence": ("PUT", "/cards/{card}/recurrence", {"every": "week", "on": [1, 3]}),
    "clear_recurrence": ("DELETE", "/cards/{linked}/recurrence", None),
    "add_attachment": ("POST", "/cards/{card}/attachments", {"url": "https://example.org/new"}),
    "remove_attachment": ("DELETE", "/attachments/{link}", None),
}  # fmt: skip
#: may be sent again without a key, and is then found done
SAID_AGAIN = {name for name, (method, _, _) in VERBS.items() if method in ("PUT", "PATCH")} | {
    "restore_list", "reopen_card", "restore_card", "unbin_card", "remove_owner", "remove_label", "reopen_item", "clear_field", "clear_recurrence",
}  # fmt: skip
#: commands that say more than one thing in the board's room
SEVERAL = {"make_card_of_item": 2, "add_link": 2}
KEPT_FOR_GOOD = {
    "make_board": "boards are not deleted yet",
    "copy_board": "as make_board",
    "set_guest": "said anew",
    "remove_guest": "said anew",
}
ELSEWHERE = {
    "move_list_to_board": "test_copies",
    "propose_date": "test_propose_date",
    "drop_date": "test_propose_date",
    "accept_date": "test_propose_date",
    "restore_board": "test_archive_board",
    "change_view": "hers",
    "star_board": "hers",
    "unstar_board": "hers",
}


@pytest.fixture
def ids(scene) -> dict[str, int]:
    """One of everything, in every state."""
    maya, here = scene.as_("Maya"), scene.here
    card, finished, archived, binned = here.cards
    extra = made(maya.post(f"/boards/{here.board}/lists", {"title": "Old"}))
    made(maya.post(f"/lists/{extra}/cards", {"title": "In the archive", "owner_ids": [member("Rose")]}))
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "Before Friday"}))
    item, ticked = (made(maya.post(f"/checklists/{checklist}/items", {"title": t})) for t in ("Hall", "Songs"))
    other_checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "On the day"}))
    elsewhere = made(maya.post(f"/checklists/{other_checklist}/items", {"title": "Doors"}))
    between = made(maya.post(f"/cards/{card}/links", {"other_id": finished, "kind": "relates"}))
    linked = made(maya.post(f"/lists/{here.lists[0]}/cards", {"title": "Waits"}))
    done(maya.put(f"/cards/{linked}/recurrence", {"every": "school_days"}))
    rooms = [{"title": "Library"}, {"title": "Gym", "colour": "red"}]
    choice = made(maya.post(f"/boards/{here.board}/fields", {"title": "Room", "kind": "choice", "options": rooms}))
    number = made(maya.post(f"/boards/{here.board}/fields", {"title": "Chairs", "kind": "number"}))
    done(maya.put(f"/cards/{card}/fields/{choice}", {"value": 1}))
    link = made(maya.post(f"/cards/{card}/attachments", {"url": "https://example.org/", "title": "Plan"}))
    for method, path in (
        ("PUT", f"/lists/{extra}/archive"), ("PUT", f"/cards/{finished}/done"), ("PUT", f"/cards/{archived}/archive"),
        ("DELETE", f"/cards/{binned}"), ("PUT", f"/items/{ticked}/done"), ("PUT", f"/cards/{card}/labels/{here.labels[0]}"),
        ("PUT", f"/cards/{card}/owners/{member('Rose')}"),
    ):  # fmt: skip
        done(maya.call(method, path))
    done(maya.patch(f"/cards/{card}", {"due": "2026-11-30"}))
    return {
        "board": here.board, "list": here.lists[0], "other_list": here.lists[1], "archived_list": extra, "card": card, "finished": finished,
        "archived": archived, "binned": binned, "label": here.labels[0], "other_label": here.labels[1], "checklist": checklist, "item": item,
        "between": between, "linked": linked, "choice": choice, "number": number, "other_checklist": other_checklist, "elsewhere": elsewhere, "ticked": ticked, "link": link, "jon": member("Jon"), "rose": member("Rose"),
    }  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_done_once_and_taken_back(scene, ids, name):
    method, path, body = request(name, ids)
    maya, page = scene.as_("Maya"), f"/cards/{ids['card']}"
    before, events = state(scene.as_, ids), newest(scene)
    with laws.kept(scene.as_("Sam"), scene.room, reads=[page]):
        first = maya.call(method, path, body, key="said-once")
        assert first.status == (201 if method == "POST" else 200) and first.json["events"]
        assert [e["op"] for e in first.json["events"]] == ["said-once"] * len(first.json["events"])
        again = maya.call(method, path, body, key="said-once")
    assert again == first and maya.last.headers["Idempotent-Replayed"] == "true"
    assert newest(scene) == events + SEVERAL.get(name, 1), "one event in the board's room"
    assert maya.post(f"/boards/{ids['board']}/lists", {"title": "Another request"}, key="said-once")[0] == 422
    if name in SAID_AGAIN:
        assert maya.call(method, path, body).json["events"] == []
    assert state(scene.as_, ids) != before
    with laws.kept(scene.as_("Sam"), scene.room):
        assert scene.undo("Maya", "said-once", "take-it-back").status == 200
    assert state(scene.as_, ids) == before
    assert scene.undo("Maya", "said-once").status in (404, 409), "it is back already"
    with laws.kept(scene.as_("Sam"), scene.room):
        assert scene.undo("Maya", "take-it-back").status == 200
    assert state(scene.as_, ids) != before


def test_no_verb_is_forgotten(app):
    with app.app_context():
        written = {o.name for tag, o in api.operations() if tag == "boards" and o.method != "GET"}
    assert written == set(VERBS) | set(KEPT_FOR_GOOD) | set(ELSEWHERE)


def request(name: str, ids: dict[str, int]) -> tuple[str, str, dict | None]:
    method, path, body = VERBS[name]
    return method, path.format(**ids), fill(body, ids)


def fill(value, ids: dict[str, int]):
    if isinstance(value, dict):
        return {k: fill(v, ids) for k, v in value.items()}
    if isinstance(value, list):
        return [fill(v, ids) for v in value]
    return ids[value.strip("{}")] if isinstance(value, str) and value[0] == "{" else value


def newest(scene) -> int:
    seq: int = scene.snapshot()["seq"]
    return seq


def state(as_: As, ids: dict[str, int]) -> dict:
    """What Maya sees, but for how often texts were changed and the place of what was restored."""
    board = laws.read(as_("Maya"), f"/boards/{ids['board']}")
    shown = {
        name: {r["id"]: plain(r) for r in board[name]} for name in ("lists", "cards", "labels", "fields", "members")
    }
    status, page = as_("Maya").get(f"/cards/{ids['card']}")
    parts = {name: page[name] for name in ("checklists", "items", "attachments", "links")} if status == 200 else {}
    return {**shown, "board": board["board"], **parts, "page": plain(page["data"]) if parts else status}


def plain(record: dict) -> dict:
    return {k: v for k, v in record.items() if k != "version"}
