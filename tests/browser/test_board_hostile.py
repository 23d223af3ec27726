"""Hostile text in every place is text, and the page's own rules are never broken."""

from collections.abc import Callable
from typing import Any

from tests.browser.board_page import face, say
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
CORPUS = [
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=2>",
    "<svg onload=window.hit=3>",
    "\"><iframe srcdoc='<script>parent.hit=4</script>'></iframe>",
    "[click](javascript:window.hit=5)",
    "[click](data:text/html,<script>window.hit=6</script>)",
    "<a href='javascript:window.hit=7'>x</a>",
    "<math><mi//xlink:href='data:x,<script>window.hit=8</script>'>",
    "{{constructor.constructor('window.hit=9')()}}",
    "</script><script>window.hit=10</script>",
    "<style>*{display:none}</style>",
    "<b onmouseover=window.hit=11>bold</b>",
    "\u202eevil\u202c \u2028 \u2029 \u0000".replace("\u0000", ""),
    "![x](https://example.org/track.png)",
    "<template><img src=x onerror=window.hit=12></template>",
    '<noscript><p title="</noscript><img src=x onerror=window.hit=13>">',
]


def test_hostile_titles_and_comments_are_shown_as_text(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    made = []
    for text in CORPUS:
        status, answer = live_server.call(
            "Jon", "POST", f"/lists/{scenery.lists['Ideas']}/cards", {"title": text, "description": text}
        )
        assert status == 201, answer
        made.append(answer["data"])
    last = made[0]["id"]
    for text in CORPUS:
        say(live_server, "Jon", last, text)
        live_server.call("Jon", "POST", f"/boards/{scenery.board}/labels", {"title": text[:100], "colour": "red"})
    live_server.call("Jon", "PATCH", f"/lists/{scenery.lists['Next']}", {"title": CORPUS[1]})
    live_server.call("Jon", "PATCH", f"/boards/{scenery.board}", {"title": CORPUS[9]})
    live_server.call("Jon", "POST", f"/cards/{last}/checklists", {"title": CORPUS[2]})

    foreign: list[str] = []
    maya = open_page("Maya", board)
    maya.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if "127.0.0.1" not in request.url and not request.url.startswith(("data:", "blob:"))
            else None
        ),
    )
    face(maya, CORPUS[0]).wait_for()
    shown = maya.locator(".card__open").all_text_contents()
    for card in made:
        assert card["title"] in shown, card["title"]
    face(maya, CORPUS[0]).click()
    comments = maya.locator(".comment .prose")
    comments.nth(len(CORPUS) - 1).wait_for()
    maya.get_by_role("button", name="Add a label").click()
    maya.get_by_role("dialog", name="Labels").wait_for()
    assert maya.evaluate("window.hit") is None
    assert (
        maya.locator(
            ".comment script, .comment img, .comment iframe, .comment svg:not(.icon), .comment style, .comment [onerror]"
        ).count()
        == 0
    )
    for link in maya.locator(".comment .prose a[href]").all():
        assert link.get_attribute("href").startswith(("http:", "https:", "mailto:", "/"))
    assert not foreign
