"""Where a page may lead, and how data comes into a page."""

import json
from collections.abc import Callable

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from board.core import pages, wording

OWN = [
    "/",
    "/boards/7",
    "/boards/7/cards/9?tab=talk",
    "/people/3#away",
    "/a%20b",
    "/x@y",
    "/caf%C3%A9",
    "/?q=1",
    "/me?welcome=card",
]
FOREIGN = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "http:/evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "evil.example/boards/7",
    "",
    " /boards",
    "\t/boards",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%2f/evil.example",
    "/%2fevil.example",
    "%2f%2fevil.example",
    "/%5cevil.example",
    "/%252fevil.example",
    "/boards\r\nSet-Cookie: a=b",
    "/boards\x00",
    "/boards\u2028",
    "/sign-in",
    "/sign-in?next=/sign-in",
    "/api/v1/me",
    "/" + "a" * 600,
    "@evil.example",
    "//user@evil.example",
]


@pytest.mark.parametrize("text", OWN)
def test_a_path_of_this_site_is_followed(text: str) -> None:
    assert pages.safe_next(text) == text


@pytest.mark.parametrize("text", FOREIGN)
def test_anything_else_leads_home(text: str) -> None:
    assert not pages.is_own_path(text)
    assert pages.safe_next(text) == "/"


def test_nothing_asked_for_is_home() -> None:
    assert pages.safe_next(None) == "/"


@pytest.mark.parametrize("path", ["/", "/boards/7", "/people?after=1", "/nowhere-at-all/x"])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if path.startswith("/nowhere"):
        assert answer.status_code == 404
        return
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "no-store"
    where = answer.headers["Location"]
    assert where == "/sign-in" if path == "/" else where.startswith("/sign-in?next=/")


@pytest.mark.parametrize("wanted", ["//evil.example", "/%2fevil.example", "https://evil.example"])
def test_the_sign_in_page_names_no_foreign_place(client: FlaskClient, wanted: str) -> None:
    page = client.get("/sign-in", query_string={"next": wanted})
    assert page.status_code == 200
    assert "evil.example" not in page.text


def test_who_is_signed_in_is_not_asked_again(sign_in: Callable[[str], FlaskClient]) -> None:
    answer = sign_in("Maya").get("/sign-in?next=/boards")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/boards")


def test_data_cannot_leave_its_block(app: Flask) -> None:
    hostile = {"title": "</script><script>alert(1)</script><!-- & \u2028\u2029"}
    with app.test_request_context():
        block = render_template_string("{{ data | boot_json }}", data=hostile)
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == hostile


def test_pages_are_not_kept_by_browsers(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("Ana")
    for path in ("/", "/boards", "/initiatives", "/people", "/people/3", "/school", "/me"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "no-store", path


def test_a_guest_has_no_directory(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("Sam")
    for path in ("/people", "/people/3", "/school", "/initiatives"):
        assert client.get(path).status_code == 404, path
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana", "A"), ("Maya Lindqvist", "ML"), ("Rose van der Berg", "RB"), ("é", "É"), ("  ", "?")]
)
def test_initials(name: str, letters: str) -> None:
    assert wording.initials(name) == letters
