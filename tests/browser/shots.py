"""bin/shots: the pictures of the documentation, taken of the real pages. One line in SHOTS makes one picture."""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from board import create_app
from board.config import Config
from tests.browser.scenery import Scenery, enliven, furnish
from tests.databases import Sqlite
from tests.school import ARGON2_COST, PASSWORD, PEOPLE
from tests.servers import LiveServer

IMAGES = Path(__file__).resolve().parents[2] / "docs/images"
WIDE, NARROW = (1440, 860), (390, 844)


@dataclass(frozen=True)
class Shot:
    name: str
    person: str | None
    #: with {board}, {group}, {initiative}, {card}
    path: str
    size: tuple[int, int] = WIDE
    dark: bool = False


SHOTS = [
    Shot("sign-in", None, "/sign-in"),
    Shot("home", "Maya", "/"),
    Shot("home-phone", "Maya", "/", NARROW),
    Shot("home-dark", "Maya", "/", dark=True),
    Shot("people", "Ana", "/people"),
    Shot("initiative", "Maya", "/initiatives/{initiative}"),
    Shot("group", "Maya", "/groups/{group}"),
    Shot("board", "Maya", "/boards/{board}"),
    Shot("board-dark", "Maya", "/boards/{board}", dark=True),
    Shot("board-phone", "Maya", "/boards/{board}", NARROW),
    Shot("card", "Maya", "/boards/{board}/cards/{card}"),
    Shot("card-dark", "Maya", "/boards/{board}/cards/{card}", dark=True),
    Shot("card-phone", "Maya", "/boards/{board}/cards/{card}", NARROW),
]


def main(wanted: list[str]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="staffroom-shots-") as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        database = Sqlite(data)
        database.prepare(lambda: create_app(Config.load(data=data, testing=True, argon2_cost=ARGON2_COST)))
        server = LiveServer(data).start()
        try:
            scene = furnish(server, date.today())
            enliven(server, scene)
            path = os.environ.get("BOARD_TEST_BROWSER") or shutil.which("chromium")
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
            )
            for shot in SHOTS:
                if not wanted or shot.name in wanted:
                    take(browser, server, scene, shot)
            browser.close()
        finally:
            server.stop()


def take(browser: Any, server: LiveServer, scene: Scenery, shot: Shot) -> None:
    width, height = shot.size
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    if shot.person:
        context.request.post("/api/v1/session", data={"email": PEOPLE[shot.person].email, "password": PASSWORD})
    page = context.new_page()
    where: dict[str, int] = {"board": scene.board, "group": scene.group, "initiative": scene.initiative}
    where["card"] = scene.cards["Visit each other's reading lessons, two pairs a week"]
    answer = page.goto(shot.path.format(**where), wait_until="networkidle" if not shot.person else "load")
    assert answer and answer.ok, f"{shot.name}: {answer and answer.status}"
    if "/boards/" in shot.path:
        page.get_by_text("Choose the text for the first shared lesson").first.wait_for(state="attached")
    page.evaluate("document.fonts.ready")
    page.wait_for_function("!document.getAnimations().some(a => a.playState === 'running')")
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()
    print(f"docs/images/{shot.name}.png", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
