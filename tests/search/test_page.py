"""The page of results."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.boards.places import SECRET, As, Places, made

SignIn = Callable[[str], FlaskClient]


def test_who_is_not_signed_in_is_asked_to(client: FlaskClient) -> None:
    answer = client.get("/search?q=card")
    assert answer.status_code == 302 and answer.headers["Location"] == "/sign-in?next=/search%3Fq%3Dcard"


def test_it_shows_what_may_be_seen(as_: As, places: Places, sign_in: SignIn) -> None:
    made(as_("Maya").post(f"/threads/{places.open.threads[0]}/comments", {"body": "<b>autumn</b> leaves"}))
    page = sign_in("Maya").get("/search?q=autumn").text
    assert f'href="/boards/{places.open.board}"' in page
    assert "&lt;b&gt;<mark>autumn</mark>&lt;/b&gt; leaves" in page
    assert "Comment by Maya" in page
    assert SECRET not in sign_in("Maya").get("/search?q=hush").text.replace('value="hush', "")
    assert SECRET in sign_in("Rose").get("/search?q=hush").text


def test_pages_follow_each_other(as_: As, places: Places, sign_in: SignIn) -> None:
    for n in range(23):
        made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": f"Lantern {n}"}))
    maya = sign_in("Maya")
    first = maya.get("/search?q=lantern&kind=card").text
    assert first.count('class="found__one"') == 20
    onward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert maya.get(onward).text.count('class="found__one"') == 3


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=" + "x" * 600, "?q=a%00b", "?q=x&kind=secret", "?q=x&after=zzz", "?q=x&board_id=0", "?what=1", "?q=a&q=b", "?q=%F0%9F%8E%92"]
)  # fmt: skip
def test_whatever_the_address_says_it_is_a_page(places: Places, sign_in: SignIn, query: str) -> None:
    answer = sign_in("Maya").get(f"/search{query}")
    assert answer.status_code == 200 and "<h1" in answer.text


def test_as_many_statements_for_many_as_for_few(as_: As, places: Places, sign_in: SignIn, queries: Any) -> None:
    maya = sign_in("Maya")
    for n in range(12):
        made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": f"Lantern {n}"}))
    maya.get("/search?q=lantern")
    with queries(30) as few:
        maya.get("/search?q=lantern&kind=card")
    for n in range(5):
        made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": f"Lantern again {n}"}))
    with queries(len(few)):
        maya.get("/search?q=lantern&kind=card")
