"""What a browser fetches to show a board page."""

import json
from pathlib import Path
from typing import Any

from bench.browser import made, signed_in
from bench.server import BenchServer


def weigh(server: BenchServer, out: Path) -> None:
    """Compressed bytes by kind, of a board page opened for the first time."""
    with signed_in(server) as (context, api):
        board = _board(api)
        page, bytes_by_kind = context.new_page(), dict[str, int]()

        def finished(request: Any) -> None:
            size = request.sizes()["responseBodySize"]
            bytes_by_kind[request.resource_type] = bytes_by_kind.get(request.resource_type, 0) + size

        page.on("requestfinished", finished)
        page.goto(f"/boards/{board}", wait_until="load")
        page.get_by_text("A card to weigh").first.wait_for()
    out.write_text(json.dumps({"scenario": "page", "result": bytes_by_kind}, indent=1))


def _board(api: Any) -> int:
    board = made(api, "/boards", title="Weighed", group_id=made(api, "/groups", title="Weighed"))
    made(api, f"/lists/{made(api, f'/boards/{board}/lists', title='Soon')}/cards", title="A card to weigh")
    return board
