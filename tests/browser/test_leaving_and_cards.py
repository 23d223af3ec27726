"""A printed card brings somebody in without an address; sessions end from elsewhere; everything is reached by keyboard; colours are kept."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import wait_until, write
from tests.school import PASSWORD

OpenPage = Callable[..., Any]


def test_a_printed_card_lets_somebody_in_once(open_page: OpenPage) -> None:
    ana = open_page("Ana", "/people")
    ana.get_by_role("button", name="Add a person").first.click()
    dialog = ana.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("Name", exact=True).fill("Noor Haddad")
    dialog.get_by_role("button", name="Add", exact=True).click()
    slip = ana.locator("[data-slip]")
    expect(slip.locator(".slip__name")).to_have_text("Noor Haddad")
    expect(slip.locator("svg path")).to_have_attribute("d", re.compile("."))  # the QR code is drawn
    code = slip.locator(".slip__code").inner_text()

    ana.emulate_media(media="print")
    expect(slip).to_be_visible()
    expect(ana.get_by_role("table")).to_be_hidden()  # the card is printed alone

    noor = open_page(None, f"/card#{code}")
    expect(noor.locator("[name=card]")).to_have_value(code)
    wait_until(noor, lambda: code not in noor.url, "the code does not stay in the address")
    noor.get_by_role("button", name="Sign in", exact=True).click()
    noor.get_by_text("You are in.").wait_for()
    noor.locator("[name=new_password]").fill("nine slow green buses")
    noor.get_by_role("button", name="Change the password").click()
    noor.get_by_text("The new password is good now.", exact=False).first.wait_for()

    again = open_page(None, f"/card#{code}")
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.get_by_role("alert").filter(has_text="was used already").wait_for()


def test_a_session_is_ended_from_elsewhere(open_page: OpenPage) -> None:
    at_school, at_home = open_page("Maya", "/people"), open_page("Maya", "/me")
    at_home.get_by_role("button", name="End all others").click()
    at_home.get_by_text("Only this one is left.").first.wait_for()
    at_school.goto("/people")
    expect(at_school).to_have_url(re.compile(r"/sign-in\?next=/people"))
    at_home.goto("/")
    at_home.get_by_role("heading", name="Hello, Maya").wait_for()


def test_an_old_sign_in_is_asked_for_the_password_and_goes_on(open_page: OpenPage) -> None:
    ana = open_page("Ana", "/people/5")
    asked = []

    def first_time(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(
            status=403,
            content_type="application/problem+json",
            body='{"type": "/api/docs#problem-reauth", "title": "Give your password again", "status": 403, "detail": "", "errors": []}',
        )

    ana.route("**/api/v1/members/5/reset", first_time, times=1)
    ana.get_by_role("button", name="Link for a new password").click()
    dialog = ana.get_by_role("dialog", name="Your password, once more")
    dialog.get_by_label("Password", exact=True).fill("not this one")
    dialog.get_by_role("button", name="Go on").click()
    dialog.get_by_text("This is not your password.").wait_for()
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Go on").click()
    expect(ana.locator("#given-address")).to_have_value(re.compile("/reset#"))
    assert len(asked) == 1


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(None, "/sign-in")
    write(page, "thomas@example.org", "Tab")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    write(page, PASSWORD, "Enter")
    page.get_by_role("heading", name="Hello, Thomas").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto("/initiatives")
    opener = page.get_by_role("button", name="Start the first one").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="A new initiative")
    dialog.wait_for()
    wait_until(page, lambda: dialog.evaluate("d => d.contains(document.activeElement)"), "the focus is in it")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    expect(opener).to_be_focused()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_colours_are_kept(open_page: OpenPage, theme: str) -> None:
    page = open_page("Maya", "/", color_scheme="light" if theme == "dark" else "dark")
    page.locator(f"nav.nav [data-theme-choice={theme}]").click()
    page.goto("/people")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    expect(page.locator("html")).to_have_css("color-scheme", theme)
    page.locator("nav.nav [data-theme-choice='']").click()
    page.reload()
    expect(page.locator("html:not([data-theme])")).to_have_count(1)


def test_a_signed_out_form_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("Maya", "/me")
    page.locator("#f-name").fill("Maya Lindqvist")
    page.context.clear_cookies()
    page.locator("section[aria-labelledby=about]").get_by_role("button", name="Save").click()
    page.get_by_role("alert").filter(has_text="You are signed out").wait_for()
    expect(page.locator("#f-name")).to_have_value("Maya Lindqvist")
