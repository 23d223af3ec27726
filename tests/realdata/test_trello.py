"""Real boards come in whole: what was counted in each file by hand is what stands on the board, and a second time nothing happens."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.realdata
FOLDER = Path(os.environ.get("BOARD_TEST_REALDATA", "."))


def counts(*values: int) -> dict[str, int]:
    names = (
        "lists",
        "cards",
        "archived_cards",
        "labels",
        "checklists",
        "items",
        "comments",
        "attachments",
        "custom_fields",
    )
    return dict(zip(names, values, strict=True))


#: file → (counts, lists that are open, cards that the board shows, comments that the export lacks, due, done)
FILES: dict[str, tuple[dict[str, int], int, int, int, int, int]] = {
    "team-two-years": (counts(18, 122, 78, 8, 14, 62, 93, 59, 0), 6, 44, 40, 25, 15),
    "product-2015": (counts(12, 45, 12, 7, 6, 26, 24, 0, 0), 12, 33, 0, 0, 0),
    "japanese-2015": (counts(5, 67, 1, 2, 0, 0, 4, 0, 0), 4, 66, 0, 0, 0),
    "custom-fields": (counts(3, 3, 0, 6, 0, 0, 0, 0, 5), 3, 3, 0, 0, 0),
}


@pytest.mark.parametrize("name", FILES)
def test_a_real_board_comes_in_whole(name: str, importer: Callable[..., Any]) -> None:
    found, open_lists, shown, missing, due, done_cards = FILES[name]
    content = (FOLDER / "trello" / f"{name}.json").read_bytes()
    ana = importer("Ana")
    done = ana(content)
    assert done["state"] == "done", done
    report = done["report"]
    assert report["found"] == report["made"] == found
    assert report["missing"]["comments"] == missing == sum(row["comments"] for row in report["missing"]["by_card"])
    (board_id,) = done["board_ids"]
    board = ana.caller.get(f"/boards/{board_id}")[1]
    assert (len(board["lists"]), len(board["cards"]), len(board["labels"])) == (open_lists, shown, found["labels"])
    away = archive(ana, board_id)
    cards = board["cards"] + [row for row in away if "list_id" in row]
    assert len(cards) == found["cards"]
    assert len(away) == (found["lists"] - open_lists) + (found["cards"] - shown)
    for field, count in (("comment_count", "comments"), ("item_count", "items"), ("attachment_count", "attachments")):
        assert sum(card.get(field, 0) for card in cards) == found[count], field
    assert (sum("due" in card for card in cards), sum("done" in card for card in cards)) == (due, done_cards)
    again = ana(content)
    assert set(again["report"]["made"].values()) == {0} and again["report"]["changed"] == {}
    assert ana.caller.get(f"/boards/{board_id}")[1] == board


def test_uploads_and_links_are_told_apart(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    report = ana((FOLDER / "trello" / "team-two-years.json").read_bytes())["report"]
    assert sum(row["kind"] == "attachments" for row in report["left_out"]) == 19


def test_values_of_custom_fields_stand_on_the_cards(importer: Callable[..., Any]) -> None:
    ana = importer("Ana")
    done = ana((FOLDER / "trello" / "custom-fields.json").read_bytes())
    cards = ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]["cards"]
    texts = [ana.caller.get(f"/cards/{card['id']}")[1]["data"]["description"] for card in cards]
    lines = [
        line for text in texts for line in text.split("\n") if line.startswith("- ") and not line.startswith("- Owners")
    ]
    assert len(lines) == 8 and "- Dropdown: Down" in lines


def archive(ana: Any, board_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = ana.caller.get(f"/boards/{board_id}/archive", **after)[1]
        rows += page["data"]
        if not page["next"]:
            return rows
        after = {"after": page["next"]}
