"""A printed card brings somebody in without an address; sessions end from elsewhere; everything is reached by keyboard; colours are kept."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.school import PASSWORD

OpenPage = Callable[..., Any]


def test_a_printed_card_lets_somebody_in_once(open_page: OpenPage) -> None:
    ana = open_page("Ana", "/people")
    ana.get_by_role("button", name="Add a person").first.click()
    dialog = ana.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("Name", exact=True).fill("Noor Haddad")
    dialog.get_by_role("button", name="Add", exact=True).click()
    slip = ana.locator("[data-slip]")
    code = slip.locator(".slip__code").inner_text()
    assert slip.locator(".slip__name").inner_text() == "Noor Haddad"
    assert slip.locator("svg path").get_attribute("d"), "the QR code is drawn"

    ana.emulate_media(media="print")
    assert slip.is_visible()
    assert not ana.get_by_role("table").is_visible(), "the card is printed alone"

    noor = open_page(None, f"/card#{code}")
    assert noor.locator("[name=card]").input_value() == code
    assert code not in noor.url, "the code does not stay in the address"
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
    assert "/sign-in?next=/people" in at_school.url
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
    assert "/reset#" in ana.locator("#given-address").input_value()
    assert len(asked) == 1


def test_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(None, "/sign-in")
    page.keyboard.type("thomas@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Hello, Thomas").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/initiatives")
    opener = page.get_by_role("button", name="Start the first one").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="A new initiative")
    dialog.wait_for()
    assert dialog.evaluate("d => d.contains(document.activeElement)")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert opener.evaluate("b => b === document.activeElement"), "the focus goes back to where it was"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_colours_are_kept(open_page: OpenPage, theme: str) -> None:
    page = open_page("Maya", "/", color_scheme="light" if theme == "dark" else "dark")
    page.locator(f"nav.nav [data-theme-choice={theme}]").click()
    page.goto("/people")
    assert page.locator("html").get_attribute("data-theme") == theme
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == theme
    page.locator("nav.nav [data-theme-choice='']").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


def test_a_signed_out_form_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("Maya", "/me")
    page.locator("#f-name").fill("Maya Lindqvist")
    page.context.clear_cookies()
    page.locator("section[aria-labelledby=about]").get_by_role("button", name="Save").click()
    page.get_by_role("alert").filter(has_text="You are signed out").wait_for()
    assert page.locator("#f-name").input_value() == "Maya Lindqvist"
