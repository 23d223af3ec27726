"""Scene 2: an export is chosen, who is who is said, the board is made; a report names what was not taken and why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_board_access import check
from tests.servers import LiveServer

FIXTURES = Path(__file__).parents[1] / "exchange" / "fixtures"


def group(server: LiveServer) -> int:
    made: int = server.call("Ana", "POST", "/groups", {"title": "Autumn fair"}).json["data"]["id"]
    for member in (3, 4):
        assert server.call("Ana", "PUT", f"/groups/{made}/members/{member}", {"role": "member"}).status == 200
    return made


def test_a_board_is_imported(live_server: LiveServer, open_page: Callable[..., Any]) -> None:
    page = open_page("Ana", f"/imports/new?group={group(live_server)}")
    check(page, "the file is asked for")
    page.get_by_label("Trello export (JSON)").set_input_files(FIXTURES / "trap7_comments.json")
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="Who is who in “Autumn fair”").wait_for()
    check(page, "who is who is asked")
    page.get_by_label("Mina Okafor is here").select_option("Maya")
    page.get_by_label("Tom Reyes is here").select_option("Jon")
    page.get_by_role("button", name="Make the board").click()
    page.get_by_role("heading", name="“Autumn fair” is here").wait_for()
    check(page, "the report")
    expect(page.get_by_role("row", name="Comments 4 3")).to_have_count(1)
    left_out = page.get_by_role("region", name="What did not come along as it was")
    for words in ("Its card is not in the export.", "On a card that is gone.", "Ida Berg"):
        expect(left_out).to_contain_text(words)
    address = page.url
    page.reload()
    page.get_by_role("heading", name="“Autumn fair” is here").wait_for()
    assert page.url == address and address.rsplit("/", 1)[0].endswith("/imports")
    page.get_by_role("link", name="Open the board").click()
    page.get_by_text("Choose the day").first.wait_for()


def test_missing_comments_are_named_by_card(live_server: LiveServer, open_page: Callable[..., Any]) -> None:
    page = open_page("Ana", f"/imports/new?group={group(live_server)}")
    page.get_by_label("Trello export (JSON)").set_input_files(FIXTURES / "trap1_comments_missing.json")
    page.get_by_label("Ask me first who is who").uncheck()
    page.get_by_role("button", name="Import").click()
    missing = page.get_by_role("region", name="2 comments are not in this export")
    missing.get_by_role("link", name="Ask the caretaker for tables").wait_for()
    expect(missing).to_contain_text("2 comments")


def test_a_broken_file_says_where_it_broke(
    live_server: LiveServer, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    broken = tmp_path / "board.json"
    broken.write_text(json.dumps({"lists": [], "cards": [{"id": "x", "name": "Paint the sign"}]})[:-4])
    page = open_page("Ana", f"/imports/new?group={group(live_server)}")
    page.get_by_label("Trello export (JSON)").set_input_files(broken)
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="The import failed").wait_for()
    for words in ("ends in the middle", "cards[0]", "Nothing was changed."):
        expect(page.get_by_role("alert")).to_contain_text(words)
    page.get_by_role("link", name="Try another file").click()
    page.get_by_label("Where the board shall be").wait_for()


def test_text_from_the_file_is_text(live_server: LiveServer, open_page: Callable[..., Any], tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    board = {
        "id": "5c00000000000000000b0a4d", "name": evil,
        "lists": [{"id": "5c0000010000000000000001", "name": evil}],
        "members": [{"id": "5c0000020000000000000001", "fullName": evil, "username": evil}],
        "cards": [{"id": "5c0000030000000000000001", "name": evil, "idList": "5c0000010000000000000001", "badges": {"comments": 2},
                   "idMembers": ["5c0000020000000000000001"], "attachments": [{"id": "x", "name": evil}]}],
    }  # fmt: skip
    file = tmp_path / "board.json"
    file.write_text(json.dumps(board))
    page = open_page("Ana", f"/imports/new?group={group(live_server)}")
    page.get_by_label("Trello export (JSON)").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name=f"Who is who in “{evil}”").wait_for()
    page.get_by_role("button", name="Make the board").click()
    page.get_by_role("heading", name=f"“{evil}” is here").wait_for()
    expect(page.locator("img")).to_have_count(0)


def test_who_may_make_no_board_anywhere(live_server: LiveServer, open_page: Callable[..., Any]) -> None:
    page = open_page("Rose", "/imports/new")
    page.get_by_text("There is no place for a board yet").wait_for()
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
