"""Custom fields come as the board's own fields, and a newer export brings them up to date."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests import laws
from tests.exchange.conftest import FIXTURES
from tests.exchange.test_import_again import board_of, card

CHOIR = "Book the choir"


@pytest.fixture
def ana(importer: Callable[..., Any]) -> Any:
    return importer("Ana")


@pytest.fixture
def export() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / "trap5_newer_fields.json").read_text())
    return found


def said(board: dict[str, Any], title: str = CHOIR) -> dict[str, Any]:
    """What stands in a card's fields, by their names; a choice by its own."""
    found = {}
    for id, value in card(board, title).get("field_values", {}).items():
        field = next(f for f in board["fields"] if f["id"] == int(id))
        named = {option["id"]: option["title"] for option in field["options"]}
        found[field["title"]] = named[value] if field["kind"] == "choice" else value
    return found


def of(export: dict[str, Any], title: str) -> tuple[dict[str, Any], dict[str, Any]]:
    field = next(f for f in export["customFields"] if f["name"] == title)
    return field, next(i for i in export["cards"][0]["customFieldItems"] if i["idCustomField"] == field["id"])


def test_what_changed_there_is_taken_over_and_what_was_changed_here_kept(ana: Any, export: dict[str, Any]) -> None:
    first = board_of(ana, ana(export))
    id = card(first, CHOIR)["id"]
    ours = {f["title"]: f["id"] for f in first["fields"]}
    assert ana.caller.put(f"/cards/{id}/fields/{ours['Room']}", {"value": "The gym"})[0] == 200
    assert ana.caller.put(f"/cards/{id}/fields/{ours['Confirmed']}", {"value": False})[0] == 200
    assert ana.caller.delete(f"/fields/{ours['Visit']}")[0] == 200
    priority, chosen = of(export, "Priority")
    priority["options"].append(
        {"id": "5c00009e000000000000009e", "value": {"text": "Urgent"}, "pos": 3, "color": "red"}
    )
    priority["name"] = "How urgent"
    chosen["idValue"] = "5c00009e000000000000009e"
    of(export, "Cost")[1]["value"] = {"number": "20"}
    of(export, "Room")[1]["value"] = {"text": "B 13"}
    export["customFields"].append({"id": "5c00009f000000000000009f", "name": "Chairs", "type": "number", "pos": 6})
    export["cards"][0]["customFieldItems"].append(
        {"idCustomField": "5c00009f000000000000009f", "value": {"number": "40"}}
    )
    with laws.kept(ana.caller, f"board:{first['board']['id']}", reads=[f"/cards/{id}"]):
        done = ana(export)
    now = board_of(ana, done)
    assert said(now) == {"Cost": 20, "How urgent": "Urgent", "Room": "The gym", "Chairs": 40}
    assert done["report"]["made"]["custom_fields"] == 1
    whys = [f"{r['what']}: {r['why']}" for r in done["report"]["left_out"] if "changed both" in r["why"]]
    assert whys == [f"{CHOIR}: It was changed both here and there (custom_fields). What stands here was kept."]
    again = ana(export)["report"]
    assert set(again["made"].values()) == {0} and again["changed"] == {}
    assert board_of(ana, done) == now


def test_what_is_more_than_a_board_can_have_stands_as_text(ana: Any, export: dict[str, Any]) -> None:
    for n in range(60):
        export["customFields"].append({"id": f"5c0001{n:018x}", "name": f"More {n}", "type": "text", "pos": 10 + n})
    export["cards"][0]["customFieldItems"].append({"idCustomField": f"5c0001{59:018x}", "value": {"text": "Here"}})
    done = ana(export)
    board = board_of(ana, done)
    assert len(board["fields"]) == done["report"]["made"]["custom_fields"] == 50
    assert done["report"]["found"]["custom_fields"] == 65
    page = ana.caller.get(f"/cards/{card(board, CHOIR)['id']}")[1]["data"]
    assert "- More 59: Here" in page["description"]
    assert any("do not fit" in r["why"] for r in done["report"]["left_out"] if r["kind"] == "custom_fields")
