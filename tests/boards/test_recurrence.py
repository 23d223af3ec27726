"""PUT and DELETE /cards/{id}/recurrence, and the cards that come by it: on the school's day, once, whatever happens to servers and clocks."""

import contextlib
import queue
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from board.boards import job
from board.boards.commands.recurrences import bring
from board.boards.models import recurrences
from board.core import command, times
from board.core.access import Actor
from board.core.db import reading
from tests import laws
from tests.boards.places import done, made, member
from tests.servers import ROOT

MONDAYS = {"every": "week", "on": [1]}


@pytest.fixture
def at(monkeypatch):
    def set_clock(text):
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr(times, "clock", lambda: moment)

    # A Wednesday in Riverbend's winter time, or wherever the school is.
    set_clock("2026-11-25T09:00")
    return set_clock


@pytest.fixture
def works(app):
    def work():
        with app.app_context():
            job.come_again({})

    return work


def come(scene, list_=None):
    """Cards that came since the furniture."""
    return [c for c in scene.snapshot()["cards"] if c["id"] not in scene.here.cards]


def rhythm(scene, card):
    return scene.shown("cards", card).get("recurrence")


def test_it_stands_on_the_card(scene, lawful, at):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    with lawful():
        status, body = jon.put(f"/cards/{card}/recurrence", MONDAYS)
        assert (status, body["events"][0]["type"]) == (200, "card.rhythm_set")
        assert jon.put(f"/cards/{card}/recurrence", MONDAYS).json["events"] == []
        expected = {**MONDAYS, "interval": 1, "until": None, "list_id": scene.here.lists[0], "next_day": "2026-11-30"}
        assert body["data"]["recurrence"] == rhythm(scene, card) == scene.card(card)["recurrence"] == expected
        done(jon.put(f"/cards/{card}/recurrence", {"every": "school_days", "list_id": scene.here.lists[1]}))
        assert rhythm(scene, card)["next_day"] == "2026-11-26"
        done(jon.delete(f"/cards/{card}/recurrence"))
        assert jon.delete(f"/cards/{card}/recurrence").json["events"] == []
    assert rhythm(scene, card) is None


@pytest.mark.parametrize(
    "body",
    [
        {}, {"every": "day"}, {"every": "week"}, {"every": "week", "on": [8]}, {"every": "month", "on": []}, {"every": "month", "on": [32]},
        {"every": "school_days", "on": [1]}, {**MONDAYS, "interval": 0}, {**MONDAYS, "until": "soon"}, {**MONDAYS, "until": "2026-11-26"},
    ],
)  # fmt: skip
def test_malformed(scene, at, body):
    assert scene.as_("Jon").put(f"/cards/{scene.here.cards[0]}/recurrence", body)[0] == 422


def test_only_into_an_open_list_of_this_board(scene, at):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    closed = scene.places.closed.lists[0]
    assert maya.put(f"/cards/{card}/recurrence", {**MONDAYS, "list_id": closed})[0] == 404
    done(maya.put(f"/lists/{scene.here.lists[1]}/archive"))
    assert maya.put(f"/cards/{card}/recurrence", {**MONDAYS, "list_id": scene.here.lists[1]})[0] == 409
    done(maya.put(f"/cards/{card}/archive"))
    assert maya.put(f"/cards/{card}/recurrence", MONDAYS)[0] == 409


def test_a_card_comes_on_its_day_once(scene, lawful, at, works):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "Before"}))
    done(maya.put(f"/items/{made(maya.post(f'/checklists/{checklist}/items', {'title': 'Hall'}))}/done"))
    done(maya.put(f"/cards/{card}/labels/{scene.here.labels[0]}"))
    done(maya.put(f"/cards/{card}/owners/{member('Maya')}"))
    done(maya.put(f"/cards/{card}/owners/{member('Rose')}"))
    done(maya.patch(f"/cards/{card}", {"due": "2026-11-27"}))
    done(maya.put(f"/cards/{card}/recurrence", MONDAYS))
    done(maya.put(f"/cards/{card}/done"))
    at("2026-11-29T12:00")
    works()
    assert come(scene) == []
    at("2026-11-30T12:00")
    with lawful(), laws.kept(scene.as_("Rose"), f"member:{member('Rose')}"):
        works()
        works()
    (new,) = come(scene)
    assert (new["title"], new["due"], new.get("done")) == (scene.card(card)["title"], "2026-12-02", None)
    assert (new["item_count"], new.get("item_done"), new["label_ids"]) == (1, None, [scene.here.labels[0]])
    assert (new["owner_ids"], new["asked_ids"]) == (sorted([member("Maya"), member("Rose")]), [member("Rose")])
    assert rhythm(scene, card)["next_day"] == "2026-12-07"
    told = [n for n in scene.as_("Rose").get("/notices").json["data"] if n["card_id"] == new["id"]]
    assert [n["reason"] for n in told] == ["asked"]


def test_what_was_missed_comes_as_one(scene, lawful, at, works):
    card = scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", {"every": "school_days"}))
    # A weekend and more without a server.
    at("2026-12-06T12:00")
    with lawful():
        works()
        assert come(scene) == [], "a Sunday"
        at("2026-12-09T12:00")
        works()
        works()
    assert len(come(scene)) == 1
    assert rhythm(scene, card)["next_day"] == "2026-12-10"


def test_on_a_closed_day_it_waits_for_the_next_school_day(scene, at, works):
    card = scene.here.cards[0]
    done(scene.as_("Ana").post("/closed-days", {"title": "Snow", "start": "2026-11-30", "end": "2026-12-01"}))
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", MONDAYS))
    assert rhythm(scene, card)["next_day"] == "2026-12-02"
    # And closed at the last moment.
    done(scene.as_("Ana").post("/closed-days", {"title": "Ice", "start": "2026-12-02", "end": "2026-12-02"}))
    for day, many in (("2026-11-30", 0), ("2026-12-02", 0), ("2026-12-03", 1), ("2026-12-04", 1)):
        at(f"{day}T12:00")
        works()
        assert len(come(scene)) == many, day
    assert rhythm(scene, card)["next_day"] == "2026-12-07"


def test_a_day_that_is_closed_later_on_moves_it_and_an_opened_one_brings_it_back(scene, lawful, at, works):
    ana, maya, (card, other, *_) = scene.as_("Ana"), scene.as_("Maya"), scene.here.cards
    done(maya.put(f"/cards/{card}/recurrence", MONDAYS))
    done(maya.put(f"/cards/{other}/recurrence", {"every": "school_days", "interval": 5}))
    assert (rhythm(scene, card)["next_day"], rhythm(scene, other)["next_day"]) == ("2026-11-30", "2026-12-02")
    with lawful():
        snow = made(ana.post("/closed-days", {"title": "Snow", "start": "2026-11-30", "end": "2026-12-01"}))
    assert (rhythm(scene, card)["next_day"], rhythm(scene, other)["next_day"]) == ("2026-12-02", "2026-12-04")
    with lawful():
        done(ana.patch(f"/closed-days/{snow}", {"end": "2026-12-02"}))
    assert (rhythm(scene, card)["next_day"], rhythm(scene, other)["next_day"]) == ("2026-12-03", "2026-12-07")
    for day, many in (("2026-11-30", 0), ("2026-12-02", 0), ("2026-12-03", 1)):
        at(f"{day}T12:00")
        works()
        assert len(come(scene)) == many, day
    assert rhythm(scene, card)["next_day"] == "2026-12-07"
    with lawful():
        done(ana.delete(f"/closed-days/{snow}"))
        works()
    assert (rhythm(scene, card)["next_day"], len(come(scene))) == ("2026-12-07", 1), "what has come has come"
    # The fifth day had passed while it was closed.
    assert rhythm(scene, other)["next_day"] == "2026-12-09"


def test_a_day_that_is_opened_brings_it_on_its_own_day(scene, lawful, at, works):
    ana, card = scene.as_("Ana"), scene.here.cards[0]
    snow = made(ana.post("/closed-days", {"title": "Snow", "start": "2026-11-30", "end": "2026-12-01"}))
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", {**MONDAYS, "until": "2026-12-02"}))
    assert rhythm(scene, card)["next_day"] == "2026-12-02"
    done(ana.patch(f"/closed-days/{snow}", {"end": "2026-12-03"}))
    assert rhythm(scene, card)["next_day"] == "2026-12-04", "its last one does not fall away"
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", MONDAYS))
    with lawful():
        done(ana.delete(f"/closed-days/{snow}"))
    assert rhythm(scene, card)["next_day"] == "2026-11-30"
    at("2026-11-30T12:00")
    works()
    assert len(come(scene)) == 1 and rhythm(scene, card)["next_day"] == "2026-12-07"
    # What is closed after it came brings it no second time.
    made(ana.post("/closed-days", {"title": "Snow after all", "start": "2026-11-30", "end": "2026-11-30"}))
    at("2026-12-01T12:00")
    works()
    assert len(come(scene)) == 1 and rhythm(scene, card)["next_day"] == "2026-12-07"


def test_an_archived_card_is_told_of_to_nobody_and_another_school_keeps_its_days(scene, lawful, at, look):
    ana, card = scene.as_("Ana"), scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", MONDAYS))
    made(scene.as_("Olga").post("/closed-days", {"title": "Theirs", "start": "2026-11-30", "end": "2026-11-30"}))
    assert rhythm(scene, card)["next_day"] == "2026-11-30"
    done(scene.as_("Maya").put(f"/cards/{card}/archive"))
    with lawful():
        made(ana.post("/closed-days", {"title": "Snow", "start": "2026-11-30", "end": "2026-11-30"}))
    with look() as db:
        assert db.execute(select(recurrences.c.next_day)).scalar() == "2026-12-01"


def test_as_many_statements_for_many_rhythms_as_for_few(scene, at, queries):
    ana, maya = scene.as_("Ana"), scene.as_("Maya")

    def close(day):
        counted = queries(1_000)
        with counted as seen:
            made(ana.post("/closed-days", {"title": "Snow", "start": day, "end": day}))
        return len(seen)

    for n in range(30):
        card = made(maya.post(f"/lists/{scene.here.lists[0]}/cards", {"title": f"Card {n}"}))
        done(maya.put(f"/cards/{card}/recurrence", MONDAYS))
        if n == 5:
            few = close("2026-11-30")
    assert close("2026-12-01") == few


def test_by_the_clock_of_the_school(scene, at, works, app):
    done(scene.as_("Ana").patch("/school", {"time_zone": "Pacific/Auckland"}))
    at("2026-11-25T09:00")
    done(scene.as_("Maya").put(f"/cards/{scene.here.cards[0]}/recurrence", MONDAYS))
    # Monday begins there on Sunday at 11:00 UTC; the morning is at four.
    for moment, many in (("2026-11-29T14:59", 0), ("2026-11-29T15:01", 1)):
        at(moment)
        works()
        assert len(come(scene)) == many, moment


def test_an_end(scene, lawful, at, works):
    card = scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", {**MONDAYS, "until": "2026-12-04"}))
    at("2026-11-30T12:00")
    with lawful():
        works()
        at("2026-12-07T12:00")
        works()
    assert len(come(scene)) == 1 and rhythm(scene, card)["next_day"] is None


@pytest.mark.parametrize("gone", ["card", "bin", "list", "other list", "board", "group"])
def test_what_is_gone_ends_it(scene, at, works, gone, look):
    maya, card, (first, second) = scene.as_("Maya"), scene.here.cards[0], scene.here.lists
    done(maya.put(f"/cards/{card}/recurrence", {**MONDAYS, "list_id": second}))
    path = {
        "card": f"/cards/{card}/archive", "bin": f"/cards/{card}", "list": f"/lists/{first}/archive", "other list": f"/lists/{second}/archive",
        "board": f"/boards/{scene.here.board}/archive", "group": f"/groups/{scene.here.group}/archive",
    }[gone]  # fmt: skip
    done(maya.call("DELETE" if gone == "bin" else "PUT", path))
    before = {c["id"] for c in scene.snapshot()["cards"]}
    at("2026-11-30T12:00")
    with laws.kept(maya, scene.room):
        works()
        works()
    assert {c["id"] for c in scene.snapshot()["cards"]} == before
    with look() as db:
        assert db.execute(select(recurrences.c.next_day)).scalar() is None


def test_a_full_list_gets_it_when_there_is_room(scene, at, works):
    maya, card, list_ = scene.as_("Maya"), scene.here.cards[0], scene.here.lists[0]
    done(maya.put(f"/cards/{card}/recurrence", MONDAYS))
    done(maya.patch(f"/lists/{list_}", {"wip_limit": 2, "wip_hard": True}))
    at("2026-11-30T12:00")
    works()
    assert come(scene) == []
    done(maya.patch(f"/lists/{list_}", {"wip_hard": False}))
    at("2026-11-30T12:15")
    works()
    assert len(come(scene)) == 1


def test_it_follows_its_card_to_another_board(scene, at, works):
    maya, card = scene.as_("Maya"), scene.here.cards[0]
    done(maya.put(f"/cards/{card}/recurrence", MONDAYS))
    other = made(maya.post("/boards", {"title": "Other", "group_id": scene.here.group}))
    there = made(maya.post(f"/boards/{other}/lists", {"title": "There"}))
    done(maya.put(f"/cards/{card}/position", {"list_id": there}))
    at("2026-11-30T12:00")
    with laws.kept(maya, f"board:{other}", scene.room):
        works()
    assert [c["list_id"] for c in laws.read(maya, f"/boards/{other}")["cards"]] == [there, there]


def test_two_that_bring_it_at_the_same_moment_bring_one(scene, at, app):
    card = scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", MONDAYS))
    at("2026-11-30T12:00")
    with app.app_context():
        with reading() as tx:
            id = tx.scalar(select(recurrences.c.id))
        # Both have read that it is due.
        for person in ("Maya", "Ana"):
            command.perform(Actor(member(person), 1, "staff", person), bring, id, date(2026, 11, 30))
    assert len(come(scene)) == 1


def test_two_servers_that_bring_it_at_the_same_moment_bring_one(scene, at, app, database, look):
    """Two processes, each of which has read that it is due before the other made it."""
    card = scene.here.cards[0]
    done(scene.as_("Maya").put(f"/cards/{card}/recurrence", MONDAYS))
    said: queue.Queue[tuple[int, str]] = queue.Queue()
    asked = [str(app.config["BOARD"].data), database.url or "", "2026-11-30T12:00:00+00:00"]
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(_server(asked, said, i)) for i in range(2)]
        assert sorted(said.get(timeout=100) for _ in servers) == [(0, "due"), (1, "due")]
        for server in servers:
            _go_on(server)
        first, word = said.get(timeout=100)
        assert word == "mine"
        if database.url:
            # SQLite has one writer; here the other one is seen to wait for the row.
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while said.empty():
                with look() as db:
                    if db.execute(waiting).scalar():
                        break
        assert said.empty(), "both make it"
        _go_on(servers[first])
        words = [said.get(timeout=100) for _ in range(2)]
        assert sorted(words) == sorted([(first, "end"), (1 - first, "mine")])
        _go_on(servers[1 - first])
        assert said.get(timeout=100) == (1 - first, "end")
        assert [server.wait(timeout=100) for server in servers] == [0, 0]
    assert len(come(scene)) == 1 and rhythm(scene, card)["next_day"] == "2026-12-07"


@contextlib.contextmanager
def _server(arguments, said, number):
    started = [sys.executable, "-m", "tests.boards.second_server", *arguments]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:

        def listen():
            for line in process.stdout:
                said.put((number, line.strip()))

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        try:
            yield process
        finally:
            process.kill()
            listener.join(10)


def _go_on(process):
    process.stdin.write("\n")
    process.stdin.flush()


def test_it_goes_on_when_who_set_it_has_left_the_school(scene, at, works):
    done(scene.as_("Jon").put(f"/cards/{scene.here.cards[0]}/recurrence", MONDAYS))
    done(scene.as_("Ana").delete(f"/members/{member('Jon')}/active"))
    at("2026-11-30T12:00")
    works()
    (new,) = come(scene)
    told = [e for e in laws.events_since(scene.as_("Maya"), scene.room, 0) if e["type"] == "card.added"]
    assert (told[-1]["put"]["cards"][0]["id"], told[-1]["by"]) == (new["id"], None)


def test_taken_back(scene, lawful, at):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    with lawful():
        jon.put(f"/cards/{card}/recurrence", MONDAYS, key="mondays-1")
        jon.put(f"/cards/{card}/recurrence", {"every": "month", "on": [1]}, key="months-01")
        assert scene.undo("Jon", "mondays-1").status == 409, "it is another rhythm now"
        assert scene.undo("Jon", "months-01").status == 200
        assert rhythm(scene, card)["on"] == [1] and rhythm(scene, card)["every"] == "week"
        jon.delete(f"/cards/{card}/recurrence", key="ended-001")
        assert rhythm(scene, card) is None
        assert scene.undo("Jon", "ended-001").status == 200
        assert rhythm(scene, card)["next_day"] == "2026-11-30"
        assert scene.undo("Jon", "mondays-1").status == 200
    assert rhythm(scene, card) is None
