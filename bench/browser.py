"""A browser signed in at the server under measurement."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import Any

from bench.harness import ADMIN, PASSWORD
from bench.server import BenchServer


@contextlib.contextmanager
def signed_in(server: BenchServer) -> Iterator[tuple[Any, Any]]:
    """Chromium's context and its requests, as the first admin, whose school is made when there is none."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("BOARD_TEST_BROWSER") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(base_url=server.url)
        who = {"email": ADMIN, "password": PASSWORD}
        if (code := server.setup_code) != "used":
            context.request.post("/api/v1/setup", data={"code": code, "school": "Bench school", "name": "Admin", **who})
        context.request.post("/api/v1/session", data=who)
        yield context, context.request
        browser.close()


def made(api: Any, path: str, **body: object) -> int:
    """The id of what was made."""
    answer = api.post(f"/api/v1{path}", data=body)
    if not answer.ok:
        raise RuntimeError(answer.text())
    found: int = answer.json()["data"]["id"]
    return found
