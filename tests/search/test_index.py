"""The index is a copy: after whatever commands it is the one that is made anew from the rows; both databases find the same in it."""

import random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from board import cli, search
from board.core import limits
from board.core.db import Tx, db, writing
from board.search import fill, shown, texts, words
from board.search.models import documents
from board.search.question import read
from tests.boards.places import As, Places, done, made, member, settle
from tests.boards.test_random_commands import ACTORS
from tests.boards.verbs import VERBS, Things

KEPT = sa.select(documents).order_by(documents.c.id)


def whole(tx: Tx) -> list[Any]:
    return list(tx.all(KEPT))


def assert_true(app: Flask) -> list[Any]:
    """What stands in the index is what would be made anew; on SQLite the table of words says the same as the documents."""
    with app.app_context():
        with writing() as tx:
            kept = whole(tx)
            if tx.dialect == "sqlite":
                tx.execute(sa.text("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)"))
            fill.everything(tx)
            assert kept == whole(tx)
            return kept


@pytest.mark.parametrize("seed", range(4))
def test_random_commands_leave_it_true(app: Flask, as_: As, seed: int) -> None:
    limits.init_app(app, None, False)
    draw, things, keys = random.Random(seed), Things(settle(as_)), 0
    written: dict[str, list[str]] = {}
    for number in range(120):
        person = draw.choice(ACTORS)
        things.inside = person == "Rose" and draw.random() < 0.7
        request = draw.choice(VERBS)(things, *(draw.randint(0, 60) for _ in range(3)))
        if draw.random() < 0.2 and written.get(person):
            request = ("PUT", f"/ops/{draw.choice(written[person])}/undone", None)
        method, path, body = request
        status, answer = as_(person).call(method, path, body, key=f"search-{number:04d}")
        assert status < 500
        if status in (200, 201):
            keys += 1
            written.setdefault(person, []).append(f"search-{number:04d}")
            _learn(things, method, path, answer)
        if number % 20 == 19:
            assert_true(app)
    assert keys > 30
    assert_true(app)


def _learn(things: Things, method: str, path: str, answer: Any) -> None:
    parts = path.strip("/").split("/")
    if method != "POST" or len(parts) != 3 or "id" not in answer["data"]:
        return
    holder = dict(things.of.get(parts[0].removesuffix("s"), ()))
    if int(parts[1]) in holder and parts[2].endswith("s"):
        things.add(parts[2].removesuffix("s"), answer["data"]["id"], holder[int(parts[1])])
        if "thread_id" in answer["data"]:
            things.add("thread", answer["data"]["thread_id"], holder[int(parts[1])])


def test_a_card_to_another_board_leaves_its_labels_behind(app: Flask, as_: As, places: Places) -> None:
    maya = as_("Maya")
    other = made(maya.post("/boards", {"title": "Spring", "group_id": places.open.group}))
    there = made(maya.post(f"/boards/{other}/lists", {"title": "Here"}))
    done(maya.put(f"/cards/{places.open.cards[0]}/labels/{places.open.labels[0]}"))
    done(maya.put(f"/cards/{places.open.cards[0]}/position", {"list_id": there}, key="to-the-other"))
    assert_true(app)
    assert [h["board"]["title"] for h in maya.get("/search", q="card 0", kind="card").json["data"]] == ["Spring"]
    done(maya.put("/ops/to-the-other/undone"))
    assert_true(app)


def test_labels_and_people_change(app: Flask, as_: As, places: Places) -> None:
    maya = as_("Maya")
    label = places.open.labels[0]
    done(maya.put(f"/cards/{places.open.cards[0]}/labels/{label}"))
    done(maya.patch(f"/labels/{label}", {"title": "Wombat"}, key="label-renamed"))
    assert len(maya.get("/search", q="wombat").json["data"]) == 1
    assert_true(app)
    done(maya.put("/ops/label-renamed/undone"))
    assert maya.get("/search", q="wombat").json["data"] == []
    done(maya.delete(f"/labels/{label}", key="label-is-gone"))
    assert_true(app)
    done(maya.put("/ops/label-is-gone/undone"))
    assert_true(app)
    made(as_("Ana").post("/members", {"name": "Vera", "role": "staff", "email": "vera@example.org"}))
    done(as_("Jon").patch("/me", {"name": "Jonathan", "job_title": "Caretaker"}))
    assert_true(app)
    assert [h["id"] for h in maya.get("/search", q="caretaker").json["data"]] == [member("Jon")]


def test_moves_and_ticks_cost_nothing(as_: As, places: Places, queries: Any) -> None:
    maya, second = as_("Maya"), places.open.lists[1]
    card = places.open.cards[0]
    with queries(40) as seen:
        done(maya.put(f"/cards/{card}/position", {"list_id": second}))
        done(maya.put(f"/cards/{card}/done"))
        done(maya.patch(f"/cards/{card}", {"due": "2026-11-27"}))
        done(maya.put(f"/cards/{card}/archive"))
    assert not [statement for statement in seen if "search_" in statement]


def test_what_says_the_same_is_not_written_again(app: Flask, as_: As, places: Places, queries: Any) -> None:
    with app.app_context(), writing() as tx, queries(10) as seen:
        fill.write(tx, "card", places.open.cards)
    assert not [s for s in seen if s.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_reindex(app: Flask, as_: As, places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    with app.app_context():
        with writing() as tx:
            kept = whole(tx)
            tx.execute(documents.delete())
        assert as_("Maya").get("/search", q="autumn").json["data"] == []
        fill.where_empty()
        with writing() as tx:
            assert whole(tx) == kept
            tx.execute(documents.delete().where(documents.c.kind == "card"))
    data = app.config["BOARD"]
    arguments = ["--data", str(data.data)] + (["--database", data.database_url] if db_is_postgresql(app) else [])
    assert cli.main([*arguments, "reindex"]) == 0
    assert f"{len(kept)} " in capsys.readouterr().out
    with app.app_context(), writing() as tx:
        assert whole(tx) == kept


def db_is_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


def test_a_board_taken_away_is_forgotten(app: Flask, as_: As, places: Places) -> None:
    with app.app_context(), writing() as tx:
        search.forget_board(tx, places.open.board)
        left = {(row.kind, row.thing_id) for row in tx.all(KEPT)}
        assert not left & {("board", places.open.board), ("card", places.open.cards[0]), ("list", places.open.lists[0])}
        assert ("card", places.closed.cards[0]) in left


# The whole suite runs on both databases: the answers that are written down here are those of each.

CORPUS = (
    ("Reading week", "Invite the author; books for the café corner."),
    ("Books for year 6", "reading list, re-reading, readers' club"),
    ("Café", "A cafe for readers: coffee, crème brûlée"),
    ("Straße sperren", "STRASSE und Hof; Müller fragen"),
    ("e-mail to parents", "mail@example.org, http://example.org/a-b?c=d, 10:30, 3.5 kg, v1.2, C++"),
    ("職員会議", "来週の会議の予定を決める"),
    ("ID 1e5 007 0x1F", "-5 +7 ½ x² ①"),
    ("The the THE", "the end of the line"),
)
ANSWERS = {
    "reading": [0, 1], "read": [0, 1, 2], "books": [1, 0], '"reading week"': [0], '"reading list"': [1], '"re reading"': [1], "readers club": [1],
    "cafe": [2, 0], "creme brulee": [2], "strasse": [3], "mueller": [3], "mail": [4], "e-mail": [4], "example.org": [4], "10:30": [4],
    "3.5": [4], "v1.2": [4], "c": [4], "会議": [5], "予定": [5], "議会": [], "1e5": [6], "007": [6], "7": [6], "0x1f": [6], "x2": [6], "the": [7, 0],
    '"the end"': [7], "reading -week": [1], "books -reading": [], "re*": [0, 1, 2], "reading week year": [],
}  # fmt: skip


def test_the_same_corpus_gives_the_same_answers(as_: As, places: Places) -> None:
    maya, ids = as_("Maya"), {}
    for n, (title, description) in reversed(list(enumerate(CORPUS))):
        body = {"title": title, "description": description}
        ids[made(maya.post(f"/lists/{places.open.lists[0]}/cards", body))] = n
    found = {
        q: [ids[h["id"]] for h in maya.get("/search", q=q, kind="card", limit=50).json["data"] if h["id"] in ids]
        for q in ANSWERS
    }
    assert found == ANSWERS


# ── words ────────────────────────────────────────────────────────────────────────────────────────


def test_numbers_of_documents_sort_as_things_are_found() -> None:
    at = ("2026-11-24T09:14:03.120Z", "2026-11-24T11:00:00.000Z")
    in_order = [
        ("comment", at[0], 9), ("card", at[0], 4), ("card", at[0], 5), ("comment", at[1], 2), ("list", at[0], 1), ("person", at[0], 3),
        ("initiative", at[0], 1), ("group", at[0], 1), ("board", at[0], 2), ("board", at[1], 1),
    ]  # fmt: skip
    numbers = [texts.number(*thing) for thing in in_order]
    assert numbers == sorted(numbers) and all(0 < n < 2**63 for n in numbers)
    assert [texts.thing(n) for n in numbers] == [(kind, id) for kind, _, id in in_order]
    assert texts.thing(texts.number("card", "0001-01-01T00:00:00.000Z", 7)) == ("card", 7)
    assert texts.thing(texts.number("card", "9999-12-31T00:00:00.000Z", 7)) == ("card", 7)


def test_pieces_together_are_the_text() -> None:
    for text in ("Straße in İstanbul ﬁrst", "a" * 30, "", "会議室 A", "x" * 500 + " needle " + "y" * 500):
        for q in ("strasse ist fi", "a", "会議", "needle", "istanbul"):
            terms = read(q).terms
            assert "".join(p["text"] for p in shown.marked(text, terms)) == text
    assert shown.marked("Straße", read("stras").terms) == [{"text": "Straße", "hit": True}]
    assert list(words.words("İx ﬁ")) == [words.Word("ix", 0, 2), words.Word("fi", 3, 4)]
