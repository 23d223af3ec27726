"""What a browser fetches to show a board page."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from bench.harness import ADMIN, PASSWORD
from bench.server import BenchServer


def weigh(server: BenchServer, out: Path) -> None:
    """Compressed bytes by kind, of a board page opened for the first time."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("BOARD_TEST_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(base_url=server.url)
        context.request.post("/api/v1/session", data={"email": ADMIN, "password": PASSWORD})
        board = make_board(context.request)
        page, bytes_by_kind = context.new_page(), dict[str, int]()

        def finished(request: Any) -> None:
            size = request.sizes()["responseBodySize"]
            bytes_by_kind[request.resource_type] = bytes_by_kind.get(request.resource_type, 0) + size

        page.on("requestfinished", finished)
        page.goto(f"/boards/{board}", wait_until="load")
        page.get_by_text("A card to weigh").first.wait_for()
        browser.close()
    out.write_text(json.dumps({"scenario": "page", "result": bytes_by_kind}, indent=1))


def make_board(api: Any) -> int:
    def post(path: str, **body: object) -> int:
        answer = api.post(f"/api/v1{path}", data=body)
        if not answer.ok:
            raise RuntimeError(answer.text())
        found: int = answer.json()["data"]["id"]
        return found

    board = post("/boards", title="Weighed", group_id=post("/groups", title="Weighed"))
    post(f"/lists/{post(f'/boards/{board}/lists', title='Soon')}/cards", title="A card to weigh")
    return board
