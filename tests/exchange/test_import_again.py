"""The same board once more: only what changed there, and nothing that was changed here is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from board.exchange import job
from tests import laws
from tests.exchange.conftest import FIXTURES

MAPPING = '{"minaokafor": 3, "tomreyes": 4}'


@pytest.fixture
def ana(importer: Callable[..., Any]) -> Any:
    return importer("Ana")


def board_of(ana: Any, done: dict[str, Any]) -> dict[str, Any]:
    assert done["state"] == "done", done
    return ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]


def card(board: dict[str, Any], title: str) -> dict[str, Any]:
    return next(c for c in board["cards"] if c["title"] == title)


def in_list(board: dict[str, Any], title: str) -> list[str]:
    id = next(x["id"] for x in board["lists"] if x["title"] == title)
    return [c["title"] for c in sorted(board["cards"], key=lambda c: c["position"]) if c["list_id"] == id]


@pytest.mark.parametrize("name", sorted(p.name for p in FIXTURES.glob("trap*.json")))
def test_the_same_file_changes_nothing(ana: Any, name: str) -> None:
    first = ana(name, mapping=MAPPING)
    before = board_of(ana, first)
    again = ana(name, mapping=MAPPING)
    assert again["board_ids"] == first["board_ids"]
    assert again["report"]["again"] is True
    assert set(again["report"]["made"].values()) == {0} and again["report"]["changed"] == {}
    assert board_of(ana, again) == before, "not one event"


def test_a_newer_export_updates_and_adds(ana: Any) -> None:
    first = board_of(ana, ana("trap8_board.json", mapping=MAPPING))
    room, cups = f"board:{first['board']['id']}", card(first, "Order the cups")
    reads = [f"/cards/{cups['id']}", f"/threads/{cups['thread_id']}/comments"]
    with laws.kept(ana.caller, room, f"group:{ana.where['group_id']}", "school:1", reads=reads):
        done = ana("trap8_newer.json", mapping=MAPPING)
    assert done["report"]["made"] == {
        "lists": 1, "cards": 1, "archived_cards": 0, "labels": 0, "checklists": 0, "items": 1, "item_owners": 0, "item_dates": 0, "comments": 1, "attachments": 1, "custom_fields": 0,
    }  # fmt: skip
    assert done["report"]["changed"] == {"cards": 2, "labels": 1, "items": 1}
    now = board_of(ana, done)
    assert now["board"]["id"] == first["board"]["id"]
    assert [x["title"] for x in now["lists"]] == ["To do", "Doing", "Done"]
    assert in_list(now, "To do") == ["Order the paper cups"]
    assert in_list(now, "Doing") == ["Find a band", "Paint the sign", "Thank everybody"]
    assert [label["title"] for label in now["labels"]] == ["Big hall"]
    page = ana.caller.get(f"/cards/{cups['id']}")[1]
    assert (page["data"]["done"], page["data"]["owner_ids"]) == ("2019-03-09T10:00:00.000Z", [3, 4])
    assert [(i["title"], bool(i["done"])) for i in page["items"]] == [("Ask for a price", True), ("Pay", False)]
    assert [a["title"] for a in page["attachments"]] == ["Shop"]
    assert (page["data"]["comment_count"], page["data"]["item_count"], page["data"]["item_done"]) == (2, 2, 1)
    # And then nothing is left to do.
    assert ana("trap8_newer.json", mapping=MAPPING)["report"]["changed"] == {}
    assert board_of(ana, done) == now


def test_what_was_changed_here_is_kept(ana: Any) -> None:
    first = board_of(ana, ana("trap8_board.json", mapping=MAPPING))
    cups, band, sign = (card(first, t)["id"] for t in ("Order the cups", "Find a band", "Paint the sign"))
    assert ana.caller.patch(f"/cards/{cups}", {"title": "Borrow cups", "description": "From the church."})[0] == 200
    assert ana.caller.delete(f"/cards/{cups}/owners/3")[0] == 200
    extra = ana.caller.post(f"/boards/{first['board']['id']}/lists", {"title": "Ours"})[1]["data"]["id"]
    assert ana.caller.put(f"/cards/{band}/position", {"list_id": extra})[0] == 200
    assert ana.caller.put(f"/cards/{sign}/archive")[0] == 200
    done = ana("trap8_newer.json", mapping=MAPPING)
    now = board_of(ana, done)
    assert in_list(now, "To do") == ["Borrow cups"]
    page = ana.caller.get(f"/cards/{cups}")[1]["data"]
    assert page["description"] == "From the church."
    assert page["owner_ids"] == [4], "who was taken off here is not put on again; who came there comes here"
    assert in_list(now, "Ours") == ["Find a band"]
    assert in_list(now, "Doing") == ["Thank everybody"]
    whys = [f"{r['what']}: {r['why']}" for r in done["report"]["left_out"] if r["kind"] == "cards"]
    assert whys == [
        "Borrow cups: It was changed both here and there (title). What stands here was kept.",
        "Find a band: It was changed both here and there (list). What stands here was kept.",
    ]


def test_what_was_deleted_here_stays_deleted(ana: Any) -> None:
    first = board_of(ana, ana("trap8_board.json", mapping=MAPPING))
    cups, label = card(first, "Order the cups"), first["labels"][0]["id"]
    page = ana.caller.get(f"/cards/{cups['id']}")[1]
    assert ana.caller.delete(f"/labels/{label}")[0] == 200
    assert ana.caller.delete(f"/checklists/{page['checklists'][0]['id']}")[0] == 200
    comment = ana.caller.get(f"/threads/{cups['thread_id']}/comments")[1]["data"][0]["id"]
    assert ana.caller.delete(f"/comments/{comment}")[0] == 200
    assert ana.caller.delete(f"/cards/{card(first, 'Find a band')['id']}")[0] == 200
    done = ana("trap8_newer.json", mapping=MAPPING)
    now = board_of(ana, done)
    assert now["labels"] == []
    page = ana.caller.get(f"/cards/{cups['id']}")[1]
    assert page["checklists"] == page["items"] == []
    assert [bool(c["deleted_at"]) for c in ana.caller.get(f"/threads/{cups['thread_id']}/comments")[1]["data"]] == [
        True,
        False,
    ]
    assert page["data"]["comment_count"] == 1
    assert "Find a band" not in {c["title"] for c in now["cards"]}
    assert "Find a band: It was deleted or moved away here, and stays so." in [
        f"{r['what']}: {r['why']}" for r in done["report"]["left_out"]
    ]


def test_somewhere_else_it_is_another_board(ana: Any, importer: Callable[..., Any]) -> None:
    first = ana("trap8_board.json")
    other = importer("Ana")
    assert other("trap8_board.json")["board_ids"] != first["board_ids"]


def test_a_mapping_that_grew_gives_owners(ana: Any) -> None:
    first = board_of(ana, ana("trap8_board.json"))
    assert "owner_ids" not in card(first, "Order the cups")
    done = ana("trap8_board.json", mapping=MAPPING)
    now = card(board_of(ana, done), "Order the cups")
    assert now["owner_ids"] == [3]
    assert ana.caller.get(f"/cards/{now['id']}")[1]["data"]["description"] == "200 of them."


LISTS = [{"id": f"5c00000{n}000000000000000a", "name": name, "pos": n} for n, name in ((1, "A"), (2, "B"))]


def export(*cards: dict[str, Any], lists: list[dict[str, Any]] = LISTS) -> dict[str, Any]:
    return {
        "id": "5c00000000000000000b0a4d",
        "name": "Moves",
        "lists": lists,
        "cards": [c | {"idList": lists[c["in"]]["id"]} for c in cards],
    }


def one(n: int, list_: int, pos: float, **more: Any) -> dict[str, Any]:
    return {"id": f"5c00001{n}000000000000000b", "name": f"Card {n}", "in": list_, "pos": pos, **more}


def test_cards_moved_archived_and_restored_there(ana: Any) -> None:
    first = board_of(ana, ana(export(one(1, 0, 1), one(2, 0, 2), one(3, 0, 3), one(4, 1, 1, closed=True))))
    room = f"board:{first['board']['id']}"
    steps: list[tuple[dict[str, Any], list[str], list[str]]] = [
        (
            export(one(1, 0, 4), one(2, 0, 2), one(3, 0, 3), one(4, 1, 1, closed=True)),
            ["Card 2", "Card 3", "Card 1"],
            [],
        ),
        (export(one(1, 0, 4), one(2, 1, 2), one(3, 0, 5), one(4, 1, 3)), ["Card 1", "Card 3"], ["Card 2", "Card 4"]),
        (
            export(one(1, 1, 1), one(2, 1, 2), one(3, 0, 5, closed=True), one(4, 1, 3)),
            [],
            ["Card 1", "Card 2", "Card 4"],
        ),
        (export(one(1, 0, 1), one(2, 0, 2), one(3, 1, 5, closed=True), one(4, 1, 3)), ["Card 1", "Card 2"], ["Card 4"]),
        (export(one(1, 0, 1), one(2, 0, 2), one(3, 1, 5), one(4, 1, 3)), ["Card 1", "Card 2"], ["Card 4", "Card 3"]),
    ]
    for step, in_a, in_b in steps:
        with laws.kept(ana.caller, room):
            done = ana(step)
        now = board_of(ana, done)
        assert (in_list(now, "A"), in_list(now, "B")) == (in_a, in_b)


def test_lists_closed_renamed_and_opened_there(ana: Any) -> None:
    first = board_of(ana, ana(export(one(1, 0, 1), one(2, 1, 1))))
    room = f"board:{first['board']['id']}"
    closed = [LISTS[0], LISTS[1] | {"closed": True, "name": "Bye"}]
    with laws.kept(ana.caller, room):
        done = ana(export(one(1, 0, 1), one(2, 1, 1), one(3, 1, 2), lists=closed))
    now = board_of(ana, done)
    assert ([x["title"] for x in now["lists"]], [c["title"] for c in now["cards"]]) == (["A"], ["Card 1"])
    with laws.kept(ana.caller, room):
        done = ana(export(one(1, 0, 1), one(2, 1, 1), one(3, 1, 2)))
    now = board_of(ana, done)
    assert [x["title"] for x in now["lists"]] == ["A", "B"]
    assert in_list(now, "B") == ["Card 2", "Card 3"]


def test_a_changed_card_costs_its_writing_and_no_reading(
    ana: Any, queries: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece of cards is read by so many statements, however many of them have changed."""
    monkeypatch.setattr(job, "PIECE", 200)
    monkeypatch.setattr(job, "PIECE_BYTES", 2_000_000)

    def board(many: int, desc: str) -> dict[str, Any]:
        checklists = [
            {"id": f"5cdd{n:04}0000000000000b", "idCard": f"5c0001{n:04}0000000000000b", "name": "Ask", "checkItems": [
                {"id": f"5caa{n:04}0000000000000b", "name": "The hall", "state": "incomplete"}]}
            for n in range(200)
        ]  # fmt: skip
        said = [desc if n < many else "As it was" for n in range(200)]
        all_cards = [
            one(1, 0, n, desc=text) | {"id": f"5c0001{n:04}0000000000000b", "name": f"Card {n}"}
            for n, text in enumerate(said)
        ]
        return export(*all_cards) | {"checklists": checklists}

    def sent(many: int, desc: str) -> tuple[int, int]:
        with queries(100_000) as statements:
            done = ana(board(many, desc))
        assert done["report"]["changed"] == {"cards": many}, done["report"]
        reads = [s for s in statements if s.lstrip("( ").upper().startswith(("SELECT", "WITH"))]
        return len(reads), len(statements)

    ana(board(0, ""))
    (few_reads, few), (many_reads, many) = sent(20, "Twice"), sent(200, "A third time")
    assert many_reads <= few_reads + 5, (few_reads, many_reads)
    assert many - few <= 180 + 10, "one statement writes a card"


@pytest.mark.parametrize("parts", [1, 20])
def test_what_hangs_on_a_card_is_not_asked_for_one_by_one(parts: int, ana: Any, queries: Callable[[int], Any]) -> None:
    """So many statements for a piece of cards, however much of it is known already."""

    def board(desc: str) -> dict[str, Any]:
        def some(n: int, of: str) -> list[dict[str, Any]]:
            ids = [f"5c{of}{n:02}{i:04x}00000000000b" for i in range(parts)]
            return [{"id": id, "name": id, "url": "https://example.org/", "state": "incomplete"} for id in ids]

        lists = [
            {"id": f"5cdd{n:02}000000000000000b", "idCard": f"5c00001{n}000000000000000b", "name": "Ask", "checkItems": some(n, "aa")}
            for n in range(1, 9)
        ]  # fmt: skip
        made = [one(n, 0, n, desc=desc, attachments=some(n, "bb")) for n in range(1, 9)]
        return export(*made) | {"checklists": lists}

    ana(board("Once"))
    with queries(150):
        done = ana(board("Twice"))
    assert done["report"]["changed"] == {"cards": 8}, done["report"]
