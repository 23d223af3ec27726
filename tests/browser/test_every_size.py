"""Every page for every eye and hand: narrow, low and wide, from the right, in the system's own colours, without motion, and nothing jumps."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.board_page import CORNER, LIBRARY, VISITS, card, drag, face, faces, press, say, wait_until
from tests.browser.scenery import Scenery
from tests.servers import LiveServer

Open = Callable[..., Any]
WIDE = {"width": 1366, "height": 768}
#: 683 × 384 is 1366 × 768 at 200 %, 342 × 192 at 400 %
SIZES = [(1920, 1080), (1366, 768), (768, 1024), (390, 844), (683, 384), (342, 192)]
LOW = (342, 192)
MIRRORED = (1366, 390, 342)
INSIDE = [
    "/",
    "/work",
    "/work?view=month",
    "/cards?initiative=1&state=all",
    "/boards",
    "{board}",
    "{board}?view=table",
    "{board}?view=calendar",
    "{board}?present=1",
    "{board}/cards/{card}",
    "{board}/sharing",
    "/initiatives",
    "/initiatives/1",
    "/groups/1",
    "/people",
    "/people/3",
    "/school",
    "/me",
    "/notices",
    "/search?q=reading",
    "/guide",
    "/imports/new",
    "/api/docs",
    "/nowhere",
]
#: where each kind of control stands at least once
CONTROLS = frozenset(["/", "/work", "{board}", "{board}?view=table", "{board}?view=calendar", "{board}/cards/{card}"])
CONTROLS |= {"/groups/1", "/school", "/me", "/notices", "/search?q=reading", "/guide", "/sign-in"}
OUTSIDE = ["/sign-in", "/invitation", "/join", "/reset", "/card"]
#: what a page shows last, where its script draws it
DRAWN = {
    "{board}": ".card__open",
    "{board}?view=table": ".grid",
    "{board}?view=calendar": ".calendar__month",
    "{board}?present=1": ".present-end",
    "{board}/cards/{card}": "dialog[open] .comments ~ details",
}
WATCH_SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, sources.map(({ node }) => node?.className || node?.nodeName).join(', ')]);
}).observe({ type: 'layout-shift', buffered: true });
"""
SETTLED = """document.fonts.ready.then(
  () => new Promise((settled) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(settled, 60)))))"""
TOO_WIDE = """() => {
  const wide = innerWidth;
  const found = [];
  if (Math.max(document.scrollingElement.scrollWidth, document.documentElement.scrollWidth) > wide)
    found.push(`the page: ${document.scrollingElement.scrollWidth}`);
  for (const open of document.querySelectorAll('dialog[open], [popover]:popover-open')) {
    const { left, right, top, bottom } = open.getBoundingClientRect();
    if (left < -1 || right > wide + 1 || top < -1 || bottom > innerHeight + 1) found.push(`${open.className} leaves the window`);
    if (open.scrollWidth > open.clientWidth + 1) found.push(`${open.className} is wider than itself`);
  }
  return found;
}"""
TOLD_APART = """(only) => {
  const PROPERTIES = ['outline-style', 'outline-width', 'outline-color', 'outline-offset', 'background-color', 'color', 'box-shadow',
    'border-top-color', 'border-top-width', 'border-bottom-color', 'border-bottom-width', 'border-inline-start-width',
    'text-decoration-line', 'font-weight', 'content', 'opacity'];
  const styleOf = (element, part) => { const style = getComputedStyle(element, part); return PROPERTIES.map((name) => style.getPropertyValue(name)).join(); };
  const look = (element) => {
    const around = [element, element.parentElement, element.closest('.card, .action, .room, li, tr, td')].filter(Boolean);
    return [...around.flatMap((each) => [null, '::before', '::after'].map((part) => styleOf(each, part))), ...[...element.children].map((each) => styleOf(each, null))].join('; ');
  };
  const seen = [];
  const same = [];
  const compare = (element, state, change, back) => {
    const kind = `${element.localName} ${element.type ?? ''} ${element.className} ${state}`;
    if (!element.matches(only) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || seen.includes(kind)) return;
    const before = look(element);
    change();
    if (before === look(element)) same.push(kind);
    back();
    seen.push(kind);
  };
  const within = document.querySelector('dialog[open]') ?? document.body;
  for (const element of within.querySelectorAll('[aria-pressed], a[aria-current], :is([role=tab], [role=option])[aria-selected]')) {
    const state = ['aria-pressed', 'aria-current', 'aria-selected'].find((name) => element.hasAttribute(name));
    const was = element.getAttribute(state);
    compare(element, state,
      () => (state === 'aria-current' ? element.removeAttribute(state) : element.setAttribute(state, String(was !== 'true'))),
      () => element.setAttribute(state, was));
  }
  for (const element of within.querySelectorAll('label > input:is([type=radio], [type=checkbox])')) {
    if (getComputedStyle(element).opacity !== '0') { seen.push('shown by the browser checked'); continue; }
    const was = element.checked;
    compare(element.parentElement, 'checked', () => { element.checked = !was; }, () => { element.checked = was; });
  }
  for (const element of within.querySelectorAll(':is(a[href], button, input, select, textarea, summary):not(:disabled, [tabindex="-1"])')) {
    const had = document.activeElement;
    compare(element, 'focus', () => { had?.blur(); element.focus({ focusVisible: true, preventScroll: true }); }, () => { element.blur(); });
  }
  return { seen, same };
}"""
COVERED = """() => {
  scrollTo(0, document.scrollingElement.scrollHeight / 3);
  let covered = 0;
  for (const element of document.querySelectorAll('body *')) {
    if (!['fixed', 'sticky'].includes(getComputedStyle(element).position) || element.matches('dialog, [popover]')) continue;
    const { width, height, top, bottom } = element.getBoundingClientRect();
    if (width < innerWidth * 0.4 || bottom <= 0 || top >= innerHeight) continue;
    if (element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && getComputedStyle(element).clipPath === 'none')
      covered += height;
  }
  return covered / innerHeight;
}"""


def visit(page: Any, path: str, scenery: Scenery) -> None:
    """Until everything stands where it will."""
    page.goto(path.format(board=f"/boards/{scenery.board}", card=scenery.cards[VISITS]))
    if path in DRAWN:
        page.locator(DRAWN[path]).first.wait_for(state="attached")
    page.evaluate(SETTLED)


def shifted(page: Any) -> list[Any]:
    """What jumped, when all of it is more than hardly anything."""
    found: list[Any] = page.evaluate("shifts")
    return found if sum(value for value, _ in found) >= 0.02 else []


def turn(page: Any, direction: str) -> None:
    page.evaluate("(to) => { document.documentElement.dir = to; }", direction)


def from_the_right(page: Any) -> None:
    """From the first moment on, as a page in Arabic comes."""
    page.add_init_script(
        "new MutationObserver(() => { const root = document.documentElement; if (root && root.dir !== 'rtl') root.dir = 'rtl'; })"
        ".observe(document, { childList: true, subtree: true, attributeFilter: ['dir'] });"
    )


@pytest.fixture
def pages(scenery: Scenery, live_server: LiveServer, open_page: Open) -> Callable[..., Iterator[tuple[str, Any]]]:
    """Every page, one after the other, of somebody who works on many boards."""
    say(live_server, "Jon", scenery.cards[VISITS], "Thursday, then.")
    for n in range(12):
        status, _ = live_server.call("Jon", "POST", "/boards", {"title": f"Board {n}", "group_id": scenery.group})
        assert status == 201

    def walked(only: frozenset[str] = frozenset(INSIDE + OUTSIDE), **options: Any) -> Iterator[tuple[str, Any]]:
        for person, paths in (("Ana", INSIDE), (None, OUTSIDE)):
            page = open_page(person, "/sign-in", viewport=WIDE, **options)
            page.add_init_script(WATCH_SHIFTS)
            for path in filter(only.__contains__, paths):
                page.set_viewport_size(WIDE)
                visit(page, path, scenery)
                yield path, page

    return walked


def test_every_page_fits_every_window_and_nothing_jumps(pages: Callable[..., Iterator[tuple[str, Any]]]) -> None:
    wide, jumped, covered = {}, {}, {}
    for path, page in pages():
        if found := shifted(page):
            jumped[path] = found
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for direction in ("rtl", "ltr") if width in MIRRORED else ("ltr",):
                turn(page, direction)
                if found := page.evaluate(TOO_WIDE):
                    wide[path, width, height, direction] = found
            if (width, height) == LOW and (share := page.evaluate(COVERED)) > 0.4:
                covered[path] = share
    assert not jumped
    assert not wide
    assert not covered, "at 400 % something stands in the way"


def test_chosen_and_focused_are_seen_in_the_systems_own_colours(
    pages: Callable[..., Iterator[tuple[str, Any]]],
) -> None:
    """Each control looks different when it is chosen, and when the focus is on it, by what the system's colours leave of a style."""
    seen, unseen = set(), {}
    for path, page in pages(CONTROLS, forced_colors="active"):
        told = page.evaluate(TOLD_APART, "*")
        seen |= set(told["seen"])
        if told["same"]:
            unseen[path] = told["same"]
    assert {"aria-pressed", "aria-current", "focus", "checked"} <= {kind.split()[-1] for kind in seen} and len(
        seen
    ) > 60
    assert not unseen
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.by-ground { background: #fff; forced-color-adjust: auto; outline: 0 !important; } .by-ground[aria-pressed="true"] { background: #fdd !important; color: #300 !important; box-shadow: 0 0 3px red !important; forced-color-adjust: auto !important; }');
          document.adoptedStyleSheets.push(sheet);
          const button = document.createElement('button');
          button.className = 'by-ground';
          button.setAttribute('aria-pressed', 'true');
          button.textContent = 'Chosen';
          document.body.append(button);
        }"""
    )
    assert "button submit by-ground aria-pressed" in page.evaluate(TOLD_APART, ".by-ground")["same"], (
        "a ground alone is no sign"
    )


def test_from_the_right_arrows_and_the_mouse_go_where_they_point(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", "/sign-in", viewport=WIDE)
    from_the_right(maya)
    maya.goto(board)
    face(maya, CORNER).wait_for()
    ideas, following = (maya.get_by_role("region", name=name, exact=True) for name in ("Ideas", "Next"))
    assert ideas.bounding_box()["x"] > following.bounding_box()["x"]
    face(maya, CORNER).focus()
    maya.keyboard.press("ArrowLeft")
    expect(face(maya, "Choose the text for the first shared lesson")).to_be_focused()
    maya.keyboard.press("ArrowRight")
    expect(face(maya, CORNER)).to_be_focused()
    said = press(maya, "Space", "ArrowRight", "ArrowLeft", "Space")
    assert said[1].startswith("This is the edge.") and said[2].endswith("in Next.")
    expect(following.locator(".card__open", has_text=CORNER)).to_be_focused()
    drag(maya, card(maya, CORNER), card(maya, "Ask families which books are read at home"))
    expect(faces(maya, "Ideas").filter(has_text=CORNER)).to_be_visible()
    expect(face(maya, CORNER)).to_be_focused()
    press(maya, "Alt+ArrowLeft")
    expect(faces(maya, "Next").filter(has_text=CORNER)).to_be_visible()


def test_what_opens_stays_in_the_window(open_page: Open, board: str, scenery: Scenery) -> None:
    maya = open_page("Maya", board, viewport=WIDE)
    face(maya, CORNER).wait_for()
    column = maya.get_by_role("region", name="Ideas", exact=True)
    for direction, (width, height) in ("rtl", (1366, 768)), ("rtl", (390, 844)), ("rtl", LOW), ("ltr", LOW):
        maya.set_viewport_size({"width": width, "height": height})
        turn(maya, direction)

        def check(
            what: str, opens: str = "[popover]:popover-open", size: tuple[str, int, int] = (direction, width, height)
        ) -> None:
            maya.locator(opens).last.wait_for()
            assert not maya.evaluate(TOO_WIDE), (what, size)
            maya.keyboard.press("Escape")
            expect(maya.locator("[popover]:popover-open")).to_have_count(0)

        for name in ("Filter", "More for this board"):
            maya.get_by_role("button", name=name).click()
            check(name)
        column.get_by_role("button", name="More for the list Ideas").click()
        check("the menu of a list")
        card(maya, CORNER).scroll_into_view_if_needed()
        card(maya, CORNER).hover()
        card(maya, CORNER).get_by_role("button", name="More for").click()
        check("the menu of a card")
        card(maya, LIBRARY).scroll_into_view_if_needed()
        face(maya, LIBRARY).click()
        dialog = maya.get_by_role("dialog")
        dialog.get_by_role("heading", name="Discussion").wait_for()
        for name in ("More for this card", "Ask somebody", "Choose a day: Due"):
            dialog.get_by_role("button", name=name).scroll_into_view_if_needed()
            dialog.get_by_role("button", name=name).click()
            check(name)
        maya.keyboard.press("Escape")
        expect(maya.locator("dialog.sheet")).to_have_count(0)
        maya.keyboard.press("Control+k")
        check("the palette", "dialog[open]")


def test_nothing_jumps_when_a_card_opens_and_closes(
    open_page: Open, board: str, live_server: LiveServer, scenery: Scenery
) -> None:
    for n in range(3):
        say(live_server, "Jon", scenery.cards[VISITS], f"Comment {n}")
    maya = open_page("Maya", "/sign-in")
    maya.add_init_script(WATCH_SHIFTS)
    for width, height in (WIDE["width"], WIDE["height"]), (390, 844):
        maya.set_viewport_size({"width": width, "height": height})
        maya.goto(board)
        face(maya, VISITS).click()
        maya.get_by_role("dialog").get_by_text("Comment 2").wait_for()
        maya.get_by_role("dialog").get_by_text("Activity").wait_for()
        maya.keyboard.press("Escape")
        maya.get_by_role("dialog").wait_for(state="detached")
        assert not shifted(maya), (width, height)


RUNNING = """() => document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 1)
  .map((one) => `${one.transitionProperty ?? one.animationName ?? 'script'} of ${one.effect.target.className}`)"""


def test_who_wants_no_motion_sees_none(open_page: Open, board: str, live_server: LiveServer, scenery: Scenery) -> None:
    """(Every page of these tests asks for less motion.)"""
    maya = open_page("Maya", board, viewport=WIDE)
    face(maya, CORNER).wait_for()
    found = {}

    def still(what: str) -> None:
        if running := maya.evaluate(RUNNING):
            found[what] = running

    still("the board")
    card(maya, CORNER).hover()
    still("the pointer over a card")
    card(maya, CORNER).get_by_role("button", name="More for").click()
    still("a menu")
    maya.keyboard.press("Escape")
    maya.get_by_role("button", name="Archive", exact=True).click()
    maya.locator("dialog.drawer[open]").wait_for()
    still("a drawer")
    maya.keyboard.press("Escape")
    face(maya, VISITS).click()
    maya.locator("dialog.sheet[open]").wait_for()
    still("a card")
    maya.get_by_role("dialog").get_by_role("button", name="Done", exact=True).click()
    still("done")
    maya.keyboard.press("Escape")
    maya.locator("dialog.sheet").wait_for(state="detached")
    still("a card closed")
    box = card(maya, CORNER).bounding_box()
    maya.mouse.move(box["x"] + 60, box["y"] + 16)
    maya.mouse.down()
    maya.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    still("a drag")
    maya.mouse.up()
    face(maya, LIBRARY).focus()
    maya.keyboard.press("Alt+ArrowUp")
    still("a move")
    status, _ = live_server.call(
        "Jon", "PUT", f"/cards/{scenery.cards[CORNER]}/position", {"list_id": scenery.lists["Done"]}
    )
    assert status == 200
    column = maya.get_by_role("region", name="Done", exact=True)
    wait_until(maya, lambda: column.locator(".card__open", has_text=CORNER).count(), "Jon's move is seen")
    still("a move of somebody else")
    maya.keyboard.press("Control+k")
    maya.get_by_role("combobox").wait_for()
    still("the palette")
    assert not found
    ana = open_page("Ana", "/initiatives")
    ana.get_by_role("button", name="New group").click()
    ana.get_by_role("dialog", name="A new group").wait_for()
    assert not ana.evaluate(RUNNING)


def test_a_navigation_that_scrolls_hides_no_link_under_its_foot(
    open_page: Open, live_server: LiveServer, scenery: Scenery
) -> None:
    for n in range(12):
        live_server.call("Jon", "POST", "/boards", {"title": f"Board {n}", "group_id": scenery.group})
        live_server.call("Ana", "POST", "/initiatives", {"title": f"Initiative {n}"})
    page = open_page("Ana", "/boards", viewport={"width": 1280, "height": 720})
    page.wait_for_load_state("networkidle")
    places, foot = page.locator(".nav__places"), page.locator(".nav__foot")
    assert places.evaluate("box => box.scrollHeight > box.clientHeight"), "there is more than fits"
    assert not axe.faults(page)
    last = places.get_by_role("link").last
    last.focus()
    wait_until(page, lambda: last.bounding_box()["y"] < foot.bounding_box()["y"], "it scrolls into sight")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] <= foot.bounding_box()["y"]
    assert not axe.faults(page)
