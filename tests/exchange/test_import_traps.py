"""Each trap of real exports, as it stands on the board in the end."""

from collections.abc import Callable
from typing import Any


def brought(ana: Any, file: str, **form: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """(the report, the board's snapshot, its open cards by title)."""
    done = ana(file, **form)
    assert done["state"] == "done", done
    board = ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]
    return done["report"], board, {card["title"]: card for card in board["cards"]}


def page(ana: Any, card: dict[str, Any]) -> dict[str, Any]:
    return ana.caller.get(f"/cards/{card['id']}")[1]


def comments(ana: Any, card: dict[str, Any]) -> list[dict[str, Any]]:
    return ana.caller.get(f"/threads/{card['thread_id']}/comments")[1]["data"]


def reasons(report: dict[str, Any], kind: str) -> list[str]:
    return [f"{row['what']}: {row['why']}" for row in report["left_out"] if row["kind"] == kind]


def test_comments_that_are_not_in_the_export(importer: Callable[..., Any]) -> None:
    report, _, cards = brought(importer("Ana"), "trap1_comments_missing.json")
    tables = cards["Ask the caretaker for tables"]
    assert report["missing"] == {
        "comments": 2,
        "by_card": [{"card_id": tables["id"], "card": tables["title"], "comments": 2}],
    }
    assert (report["found"]["comments"], report["made"]["comments"], tables["comment_count"]) == (2, 2, 1)


def test_the_age_of_a_card_is_in_its_id(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    _, _, cards = brought(ana, "trap1_comments_missing.json")
    card = cards["Print the flyers"]
    assert page(ana, card)["data"]["created_at"] == "2018-11-29T15:04:44.000Z"
    activity = ana.caller.get(f"/cards/{card['id']}/activity")[1]["data"]
    assert [(row["type"], row["at"]) for row in activity] == [
        ("comment.added", "2019-02-04T09:00:00.000Z"),
        ("card.added", "2018-11-29T15:04:44.000Z"),
    ]


def test_visible_only_where_list_and_card_are_open(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    report, board, cards = brought(ana, "trap2_closed_list.json")
    assert ([x["title"] for x in board["lists"]], list(cards)) == (["To do"], ["Open in an open list"])
    rows = ana.caller.get(f"/boards/{board['board']['id']}/archive")[1]["data"]
    assert sorted(row["title"] for row in rows) == [
        "Archived in a closed list",
        "Archived in an open list",
        "Last year",
        "Open in a closed list",
    ]
    assert report["made"]["lists"] == 2 and report["made"]["cards"] == 4
    # The open card of the closed list comes back with its list, the archived one does not.
    list_id = next(row["id"] for row in rows if row["title"] == "Last year")
    assert ana.caller.delete(f"/lists/{list_id}/archive")[0] == 200
    now = {card["title"] for card in ana.caller.get(f"/boards/{board['board']['id']}")[1]["cards"]}
    assert now == {"Open in an open list", "Open in a closed list"}


def test_positions(importer: Callable[..., Any]) -> None:
    _, board, _ = brought(importer("Ana"), "trap3_positions.json")
    assert [x["title"] for x in sorted(board["lists"], key=lambda x: x["position"])] == [
        "First",
        "Second",
        "Third",
        "Fourth",
    ]
    assert [c["title"] for c in sorted(board["cards"], key=lambda c: c["position"])] == ["b", "c", "d", "e", "f", "g"]
    assert len({c["position"] for c in board["cards"]}) == 6


def test_labels(importer: Callable[..., Any]) -> None:
    report, board, cards = brought(importer("Ana"), "trap4_labels_2015.json")
    looks = {label["id"]: (label["title"], label["colour"]) for label in board["labels"]}
    assert list(looks.values()) == [("Hall", "green"), ("Urgent", "red"), ("", "grey")]
    assert [sorted(looks[id] for id in card.get("label_ids", ())) for card in cards.values()] == [
        [("Hall", "green")],
        [("Urgent", "red")],
        [("", "grey")],
        [],
        [("Hall", "green"), ("Urgent", "red")],
    ]
    assert "Never used: No card has this label." in reasons(report, "labels")
    assert report["found"]["labels"] == report["made"]["labels"] == 3


def test_newer_fields(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    report, board, cards = brought(ana, "trap5_newer_fields.json", mapping='{"minaokafor": 3}')
    found = page(ana, cards["Book the choir"])
    card = found["data"]
    assert (card["start"], card["due"], card["done"]) == (
        "2019-03-01T08:00:00.000Z",
        "2019-03-08T15:30:00.000Z",
        "2019-03-07T11:11:11.000Z",
    )
    assert card["description"] == ("Two songs.\n\n---\n\n**From Trello**\n\n- Location: Main hall, 1 School Lane")
    names = {str(field["id"]): field["title"] for field in board["fields"]}
    assert {names[id]: value for id, value in card["field_values"].items()} == {
        "Cost": 12.5,
        "Priority": 1,
        "Confirmed": True,
        "Visit": "2019-03-05T10:00:00.000Z",
        "Room": "B 12",
    }
    assert [(f["title"], f["kind"], [o["title"] for o in f["options"]]) for f in board["fields"]] == [
        ("Cost", "number", []),
        ("Priority", "choice", ["High", "Low"]),
        ("Confirmed", "tick", []),
        ("Visit", "date", []),
        ("Room", "text", []),
    ]
    assert [(item["title"], item["done"], item["due"], item["owner_id"]) for item in found["items"]] == [
        ("Count the chairs", "2019-03-02T13:00:00.000Z", None, None),
        ("Write to the parents", None, "2019-03-04T10:00:00.000Z", 3),
    ]
    for counted in (report["found"], report["made"]):
        assert (counted["items"], counted["item_owners"], counted["item_dates"]) == (2, 1, 1)
    assert (card["item_count"], card["item_done"]) == (2, 1)
    assert board["lists"][0]["wip_limit"] == 4
    assert {row["kind"] for row in report["left_out"]} == {"votes", "covers", "cards"}
    assert report["made"]["custom_fields"] == 5


def test_attachments(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    report, _, cards = brought(ana, "trap6_attachments.json")
    assert [(a["title"], a["url"]) for a in page(ana, cards["Flyer"])["attachments"]] == [
        ("https://example.org/prices", "https://example.org/prices"),
        ("flyer.pdf", "https://files.example.org/flyer.pdf"),
    ]
    assert sorted(reasons(report, "attachments")) == [
        "A script (Flyer): Its address is not a web address.",
        "No address (Flyer): It has no address in the export.",
        "flyer.pdf (Flyer): It is kept as a link. The file itself lies at Trello and needs a Trello login.",
    ]
    assert (report["found"]["attachments"], report["made"]["attachments"], cards["Flyer"]["attachment_count"]) == (
        4,
        2,
        2,
    )


def test_comments(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    report, _, cards = brought(ana, "trap7_comments.json", mapping='{"minaokafor": 3, "tomreyes": 4}')
    found = comments(ana, cards["Choose the day"])
    assert [(c["by"], c["by_name"], c["at"], c["edited_at"]) for c in found] == [
        (None, "Ida Berg", "2019-02-01T09:00:00.000Z", None),
        (4, None, "2019-02-04T09:00:00.000Z", "2019-02-04T10:30:00.000Z"),
        (None, "Ida Berg", "2019-02-05T09:00:00.000Z", None),
    ]
    assert found[1]["body"].startswith("@Maya can you ask @nobodyhere and mail tom@tomreyes.org? Long.")
    assert len(found[1]["body"]) > 2_400
    assert reasons(report, "comments") == ["On a card that is gone.: Its card is not in the export."]
    assert reasons(report, "people") == [
        "Ida Berg: Nobody here was named for this person. Her cards and comments keep her name."
    ]


def test_what_is_too_long_is_cut_and_kept_elsewhere(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    long = "A very long title " * 100
    card = {"id": "5c00000b000000000000000b", "idList": "5c0000010000000000000001", "name": long, "desc": "Text."}
    lists = [{"id": "5c0000010000000000000001", "name": "x" * 2_000}]
    report, board, _ = brought(ana, {"name": "", "lists": lists, "cards": [card]})
    (found,) = board["cards"]
    assert (len(found["title"]), len(board["lists"][0]["title"]), board["board"]["title"]) == (512, 512, "Trello board")
    assert page(ana, found)["data"]["description"] == f"{long.strip()}\n\nText."
    assert len(reasons(report, "cards")) == 1


def test_text_stays_text(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    evil = "<script>alert(1)</script>"
    card = {
        "id": "5c00000b000000000000000b",
        "idList": "5c0000010000000000000001",
        "name": evil,
        "desc": evil,
        "locationName": "[x](javascript:1)",
    }
    action = {"id": "5c00000c000000000000000c", "type": "commentCard", "date": "2019-02-01T09:00:00.000Z", "data": {"text": evil, "card": {"id": card["id"]}},
              "memberCreator": {"id": "5c00000d000000000000000d", "fullName": evil, "username": "x"}}  # fmt: skip
    lists = [{"id": "5c0000010000000000000001", "name": evil}]
    _, board, _ = brought(ana, {"name": evil, "lists": lists, "cards": [card], "actions": [action]})
    (found,) = board["cards"]
    assert found["title"] == board["lists"][0]["title"] == board["board"]["title"] == evil
    assert r"\[x\](javascript:1)" in page(ana, found)["data"]["description"]
    (comment,) = comments(ana, found)
    assert (comment["by_name"], comment["body"]) == (evil, evil) and "<script" not in comment["html"]


def test_a_start_after_the_due_date_stays_as_it_was_there(importer: Callable[..., Any]) -> None:
    ana, cards = (
        importer("Ana"),
        [{"id": "5c00001a000000000000000b", "name": "Odd", "pos": 1, "idList": "5c000001000000000000000a"}],
    )
    cards[0] |= {"start": "2019-05-09T10:00:00.000Z", "due": "2019-05-01T10:00:00.000Z"}
    lists = [{"id": "5c000001000000000000000a", "name": "To do", "pos": 1}]
    board = {"id": "5c00000000000000000b0a4d", "name": "Odd", "lists": lists, "cards": cards}
    for title in ("Odd", "Odd still"):
        cards[0]["name"] = title
        done = ana(board)
        assert done["state"] == "done", done
        (card,) = ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]["cards"]
        assert (card["title"], card["start"], card["due"]) == (title, cards[0]["start"], cards[0]["due"])
