"""Hostile text in every place is text, and the page's own rules are never broken."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

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
    expect(maya.locator(".card")).to_have_count(len(CORPUS) + 10)
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


def test_the_browser_s_own_wall_holds_when_the_server_s_has_a_hole(open_page: Open, board: str) -> None:
    """Raw hostile HTML, as if it came from the server as a comment's html."""
    maya = open_page("Maya", board)
    face(maya, "A reading corner in the canteen").wait_for()
    left = maya.evaluate(
        """async (corpus) => {
            const page = document.querySelector('script[src*="/js/boards/page.js"]').src;
            const { safeHtml } = await import(page.replace('boards/page.js', 'core/safe-html.js'));
            const box = document.body.appendChild(document.createElement('div'));
            for (const html of corpus) box.append(safeHtml(html));
            await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            return {
                elements: [...new Set([...box.querySelectorAll('*')].map((e) => e.tagName))],
                attributes: [...new Set([...box.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()))],
                hrefs: [...box.querySelectorAll('[href]')].map((e) => e.getAttribute('href')),
                hit: window.hit ?? null,
            };
        }""",
        # (A style element is refused by the page's rules while it is parsed already, and reported.)
        [*(text for text in CORPUS if "<style" not in text), '<p><a href="https://example.org/">kept</a> <strong>kept</strong></p>', "<a href=' javascript:window.hit=20'>x</a>", "<a href='//evil.example'>x</a>"],
    )  # fmt: skip
    assert left["hit"] is None
    assert set(left["elements"]) <= {"P", "A", "STRONG", "B"}, left["elements"]
    assert set(left["attributes"]) <= {"href", "rel", "target"}, left["attributes"]
    assert left["hrefs"] == ["https://example.org/"]
