"""The made-up school: made once, believable on any day, and by commands that keep the laws."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Text, cast, func, literal, select

from board.boards.models import boards, cards, lists
from board.core import times
from board.core.db import reading
from board.core.journal import Entry
from board.exchange import demo, riverbend
from board.notifications.models import notices

entries = Entry.__table__


@pytest.mark.parametrize("day", ["2026-11-24", "2027-02-28", "2028-07-15"])
def test_the_school_is_made_once_and_never_grows_old(
    empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))
    app = empty_app()
    assert demo.fill(app) is True
    assert demo.fill(app) is False, "a school is there already"
    client = app.test_client()
    signed_in = client.post("/api/v1/session", json={"email": "maya@riverbend.example", "password": demo.PASSWORD})
    assert signed_in.status_code == 200
    boards = client.get("/api/v1/boards").get_json()["data"]
    assert len(boards) == 8
    cards = [card for b in boards for card in client.get(f"/api/v1/boards/{b['id']}").get_json()["cards"]]
    assert len(cards) == 60 and sum("done" in card for card in cards) == 19
    assert any(card.get("asked_ids") for card in cards), "some are still to say yes"
    open_dues = [card["due"] for card in cards if "done" not in card and "due" in card]
    assert min(open_dues) < day < max(open_dues), "some late, most to come"
    groups = [client.get(f"/api/v1/groups/{g['id']}").get_json()["data"] for g in client.get("/api/v1/groups").get_json()["data"]]  # fmt: skip
    look_again = sorted(g["norms_look_again"] for g in groups if g["norms"])
    assert look_again[0] < day < look_again[-1], "one group is to look at its norms again now, another later"


def test_a_guest_of_the_demo_sees_what_is_shared(empty_app: Callable[..., Flask]) -> None:
    app = empty_app()
    demo.fill(app)
    client = app.test_client()
    client.post("/api/v1/session", json={"email": "sam@district.example", "password": demo.PASSWORD})
    titles = {b["title"] for b in client.get("/api/v1/boards").get_json()["data"]}
    assert titles == {"Reading PLC", "Sharing leadership, step by step"}


# ── who looks around, when things happened, and how long it lasts ────────────────────────────────


def made(empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, moment: str) -> Flask:
    monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))
    app = empty_app(demo=True)
    assert demo.fill(app)
    return app


def test_each_visitor_comes_in_with_what_the_page_gives(empty_app: Callable[..., Flask]) -> None:
    app = empty_app(demo=True)
    demo.fill(app)
    assert "Look around as" not in app.test_client().get("/sign-in").text, "only a server started for it shows them"
    app.extensions["demo_visitors"] = demo.visitors
    page = app.test_client().get("/sign-in").text
    with app.app_context(), reading() as tx:
        found = demo.visitors(tx)
    assert [v["name"].split()[0] for v in found] == ["Ana", "Maya", "Jon", "Rose"]
    assert "@" not in found[3]["sign_in"]
    for visitor in found:
        assert visitor["sign_in"] in page and visitor["job"] in page
        client = app.test_client()
        body = {"email": visitor["sign_in"], "password": visitor["password"]}
        assert client.post("/api/v1/session", json=body).status_code == 200
        assert "A made-up school" in client.get("/").text
        client.set_cookie("made-up", "read")
        assert "A made-up school" not in client.get("/").text


@pytest.mark.parametrize("moment", ["2026-11-24T18:00:00", "2026-11-28T09:00:00", "2027-03-01T09:00:00"])
def test_things_happened_over_weeks_in_school_hours(
    empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    app = made(empty_app, monkeypatch, moment)
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    with app.app_context(), reading() as tx:
        rows = tx.all(select(entries.c.at, entries.c.room).where(entries.c.type.like("card.%")).order_by(entries.c.at))
        done = tx.all(select(cards.c.id, cards.c.done).where(cards.c.done.isnot(None)))
        first = {r.subject_id: r.at for r in tx.all(select(entries).where(entries.c.type == "card.added"))}
        late = tx.all(select(boards.c.title, entries.c.at, entries.c.seq, entries.c.room).join(
            boards, entries.c.room == literal("board:").concat(cast(boards.c.id, Text))).order_by(entries.c.room, entries.c.seq))  # fmt: skip
    moments = [times.parse(row.at) for row in rows]
    assert max(moments) < now and (now - max(moments)).days < 5
    local = [m.astimezone(ZoneInfo("America/Chicago")) for m in moments]
    assert all(7 <= m.hour < 18 and m.weekday() < 5 for m in local)
    assert len({m.date() for m in local}) > 15, "on many days"
    recent = {row.room for row, m in zip(rows, moments, strict=True) if (now - m).days < 14}
    assert len(recent) == 8, "every board lives"
    assert all(first[card.id] < card.done for card in done)
    assert all(a.at <= b.at for a, b in pairwise(late) if a.room == b.room), "each room's events follow one another"


def test_in_school_hours_the_newest_is_not_an_hour_old(
    empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = made(empty_app, monkeypatch, "2026-11-24T18:00:00")
    with app.app_context(), reading() as tx:
        newest = tx.scalar(select(func.max(entries.c.at)))
        waiting = tx.all(select(notices.c.member_id).where(notices.c.read_at.is_(None)))
    assert "2026-11-24T17:00" < newest < "2026-11-24T18:00"
    many = Counter(row.member_id for row in waiting)
    assert 0 < max(many.values()) <= 3, "the bell says a few"


def test_lists_keep_the_order_of_the_content(empty_app: Callable[..., Flask]) -> None:
    app = empty_app()
    demo.fill(app)
    wanted: dict[tuple[str, str], list[str]] = {}
    titles = {b["key"]: b["title"] for b in riverbend.content()["boards"]}
    for card in riverbend.content()["cards"]:
        wanted.setdefault((titles[card["board"]], card["list"]), []).append(card["title"])
    with app.app_context(), reading() as tx:
        query = select(boards.c.title.label("board"), lists.c.title.label("list"), cards.c.title)
        query = query.select_from(
            cards.join(lists, lists.c.id == cards.c.list_id).join(boards, boards.c.id == cards.c.board_id)
        )
        found: dict[tuple[str, str], list[str]] = {}
        for row in tx.all(query.order_by(cards.c.list_id, cards.c.position)):
            found.setdefault((row.board, row.list), []).append(row.title)
    assert found == wanted


def test_it_is_over_the_next_day_and_only_if_a_demo_made_it(
    empty_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = made(empty_app, monkeypatch, "2026-11-24T18:00:00")
    mark = app.config["BOARD"].data / "demo"
    assert not demo.is_over(app, quiet=True) and not demo.clear(app), "today's"
    at = lambda moment: monkeypatch.setattr(times, "clock", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))  # noqa: E731
    at("2026-11-25T08:59:00")  # 02:59 at the school
    assert not demo.is_over(app) and demo.is_over(app, quiet=True), "whoever is there may stay until three"
    at("2026-11-25T09:00:00")
    assert demo.is_over(app)
    kept = mark.read_text()
    mark.write_text("2026-11-24 another-epoch\n")
    assert not demo.is_over(app) and not demo.clear(app), "something else was brought here since"
    mark.unlink()
    assert not demo.is_over(app) and not demo.clear(app) and (mark.parent / "board.db").exists()
    mark.write_text(kept)
    assert demo.clear(app) and not (mark.parent / "board.db").exists() and not mark.exists()
