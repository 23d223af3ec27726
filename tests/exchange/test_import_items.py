"""Who does an item of a checklist, and by when: theirs become ours as owners and dates of cards do, at first and again."""

from collections.abc import Callable
from typing import Any

import pytest

from board.boards.models import items
from board.core.db import writing
from board.exchange.commands import sources
from board.exchange.models import import_sources
from tests import laws
from tests.callers import Caller
from tests.exchange.test_import_people import LIST, person

CARD = {"id": "5c00000b000000000000000b", "idList": LIST["id"], "name": "Concert"}
MAYA, IDA, SAM, JON = (
    person(1, "Maya", "maya"),
    person(2, "Ida Berg", "ida"),
    person(3, "Sam", "sam"),
    person(4, "Jon", "jon"),
)
DUE = "2019-03-04T10:00:00.000Z"


def export(*todo: dict[str, Any], **card: Any) -> dict[str, Any]:
    checklist = {"id": "5cdd010000000000000000bb", "idCard": CARD["id"], "name": "Before", "checkItems": list(todo)}
    return {
        "id": "5c00000000000000000b0a4d", "name": "Items", "lists": [LIST], "cards": [CARD | card], "members": [MAYA, IDA, SAM, JON],
        "checklists": [checklist],
    }  # fmt: skip


def item(n: int, who: dict[str, Any] | None = None, due: str | None = None, **more: Any) -> dict[str, Any]:
    found = {"id": f"5caa{n:02}0000000000000000bb", "name": f"Item {n}", "pos": n, "state": "incomplete", "due": due}
    return found | {"idMember": who and who["id"]} | more


@pytest.fixture
def ana(importer: Callable[..., Any]) -> Any:
    return importer("Ana")


def brought(ana: Any, done: dict[str, Any]) -> tuple[list[tuple[Any, ...]], set[int], dict[str, Any]]:
    """(title, owner and date of each item, who is listed on the board, the card's page)."""
    assert done["state"] == "done", done
    board = ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]
    page = ana.caller.get(f"/cards/{board['cards'][0]['id']}")[1]
    rows = [(i["title"], i["owner_id"], i["due"]) for i in page["items"]]
    return rows, {m["id"] for m in board["members"]}, page


def left_out(done: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row["kind"], row["what"]) for row in done["report"]["left_out"]]


def test_people_and_dates_come_as_such(ana: Any) -> None:
    done = ana(export(item(1, MAYA, DUE), item(2, None, DUE), item(3, IDA), item(4, SAM, DUE), item(5)))
    rows, listed, _ = brought(ana, done)
    assert rows == [
        ("Item 1", 3, DUE), ("Item 2", None, DUE), ("Item 3 (Ida Berg)", None, None), ("Item 4 (Sam)", None, DUE), ("Item 5", None, None),
    ]  # fmt: skip
    assert {"items": 5, "item_owners": 3, "item_dates": 3}.items() <= done["report"]["found"].items()
    assert {"items": 5, "item_owners": 1, "item_dates": 3}.items() <= done["report"]["made"].items()
    # Sam is a guest: he does not see the board.
    assert left_out(done) == [
        ("items", "Item 3 (Concert)"), ("items", "Item 4 (Concert)"), ("people", "Ida Berg"), ("people", "Sam"),
    ]  # fmt: skip
    assert 3 in listed and 6 not in listed


def test_who_is_named_by_an_item_only_is_among_the_people_to_map(
    importer: Callable[..., Any], as_: Callable[..., Caller]
) -> None:
    ana = importer("Ana")
    waiting = ana(export(item(1, IDA, DUE)), hold="true")
    assert [p["items"] for p in waiting["people"] if p["name"] == "Ida Berg"] == [1]
    rose = as_("Rose").get("/me")[1]["data"]["id"]
    assert ana.caller.put(f"/imports/{waiting['id']}/mapping", {"mapping": {IDA["id"]: rose}})[0] == 200
    ana.work()
    rows, listed, _ = brought(ana, ana.read(waiting["id"]))
    assert rows == [("Item 1", rose, DUE)] and rose in listed
    assert as_("Rose").get("/notices")[1]["data"] == [], "nobody is told of what an import brings"


def test_again_what_changed_there_is_taken_over_and_told(ana: Any, as_: Callable[..., Caller]) -> None:
    first = ana(export(item(1, MAYA, DUE), item(2), item(3, JON)))
    _, _, page = brought(ana, first)
    room, card = f"board:{first['board_ids'][0]}", page["data"]["id"]
    before = as_("Jon").get("/notices")[1]["data"]
    newer = export(item(1, JON, None), item(2, MAYA, DUE), item(3, JON), item(4, JON, DUE), desc="Changed as well")
    with laws.kept(ana.caller, room, reads=[f"/cards/{card}"]):
        done = ana(newer)
    assert brought(ana, done)[0] == [("Item 1", 4, None), ("Item 2", 3, DUE), ("Item 3", 4, None), ("Item 4", 4, DUE)]
    assert {"items": 1, "item_owners": 1, "item_dates": 1}.items() <= done["report"]["made"].items()
    assert done["report"]["changed"] == {"cards": 1, "items": 2} and left_out(done) == []
    assert as_("Jon").get("/notices")[1]["data"] == before
    with laws.kept(ana.caller, room, reads=[f"/cards/{card}"]):
        assert ana(newer)["report"]["changed"] == {}


def test_again_what_was_changed_here_is_kept(ana: Any) -> None:
    _, _, page = brought(ana, ana(export(item(1, MAYA, DUE), item(2))))
    for row, change in zip(page["items"], ({"owner_id": 4}, {"due": "2026-11-27"}), strict=True):
        assert ana.caller.patch(f"/items/{row['id']}", change)[0] == 200
    done = ana(export(item(1, None, None), item(2, MAYA, DUE)))
    assert brought(ana, done)[0] == [("Item 1", 4, None), ("Item 2", 3, "2026-11-27")]
    assert [what for kind, what in left_out(done) if kind == "items"] == ["Item 1", "Item 2"]


def test_an_archived_card_lists_nobody(ana: Any) -> None:
    first = ana(export(item(1), closed=True))
    board = first["board_ids"][0]
    with laws.kept(ana.caller, f"board:{board}"):
        ana(export(item(1, MAYA), item(2, JON), closed=True))


def test_what_was_imported_as_text_becomes_an_owner_and_a_date(ana: Any, app: Any) -> None:
    """By an import before this was taken."""
    file = export(item(1, MAYA, DUE))
    _, _, page = brought(ana, ana(file))
    text = "Item 1 (2019-03-04, Maya)"
    with app.app_context(), writing() as tx:
        tx.execute(
            items.update().where(items.c.id == page["items"][0]["id"]).values(title=text, owner_id=None, due=None)
        )
        t = import_sources
        sources.keep_again(tx, page["data"]["board_id"], "item", file["checklists"][0]["checkItems"][0]["id"], sources.marks({"title": text, "done": False}))  # fmt: skip
        seen = sources.known(tx, page["data"]["board_id"], "card", [CARD["id"]])["card", CARD["id"]][1]
        sources.keep_again(tx, page["data"]["board_id"], "card", CARD["id"], {**seen, "whole": "of then"})
        assert tx.first(t.select().where(t.c.kind == "item")) is not None
    assert brought(ana, ana(file))[0] == [("Item 1", 3, DUE)]
