"""Looking around in the made-up school: in by one click, and nothing that axe-core finds."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.patience import PATIENCE_MS
from tests.servers import LiveServer


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    data: Path = tmp_path_factory.mktemp("made-up") / "data"
    server = LiveServer(data, flags=("--demo",)).start()
    while "A made-up school" not in server.log.read_text():
        time.sleep(0.05)
    yield server
    assert server.stop() == 0


@pytest.mark.parametrize("name", ["Rose", "Ana"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_click_and_in(demo: LiveServer, browser: Any, name: str, scheme: str) -> None:
    context = browser.new_context(base_url=demo.url, reduced_motion="reduce", color_scheme=scheme)
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto("/sign-in")
        assert not faults(page)
        page.get_by_role("button", name=name).click()
        page.get_by_role("heading", name=f"Hello, {name}").wait_for()
        line = page.get_by_text("A made-up school: it starts anew every night.")
        expect(line).to_be_visible()
        page.get_by_role("button", name="Do not show this again").click()
        expect(line).to_be_hidden()
        page.reload()
        page.get_by_role("heading", name=f"Hello, {name}").wait_for()
        expect(line).to_be_hidden()
    finally:
        context.close()
