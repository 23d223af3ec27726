"""Finding among 100,000 cards and 500,000 comments, as a member who sees 30 of 40 boards."""

import hashlib
import json
import random
import time
import urllib.parse
import urllib.request
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.server import BenchServer
from board import create_app
from board.boards.models import Board, Card, CardLabel, CardOwner, Label, List
from board.config import Config
from board.core import journal, migrate
from board.core.db import Tx, db, writing
from board.discussions.models import Comment, Thread
from board.initiatives.models import Group, GroupMember
from board.people.models import Member, School, Token
from board.search import everything

BOARDS, SEEN, LISTS, PEOPLE = 40, 30, 5, 50
TOKEN = "sr_bench-search"
_AT = "2026-{:02}-{:02}T{:02}:00:00.000Z"
_AT_ONCE = 5_000


def measure(server: BenchServer, database: str | None, out: Path, *, short: bool) -> None:
    cards, comments = (2_000, 10_000) if short else (100_000, 500_000)
    print(f"\n━━━ {out.stem}", flush=True)
    made = _make(server.data, database, cards, comments)
    with server.running():
        found = _ask(server.url, 3 if short else 30)
    result = {**made, **found}
    for name, figures in found["queries"].items():
        print(
            f"{name:28} p50 {figures['p50']:7.1f} ms   p95 {figures['p95']:7.1f} ms   {figures['found']} found",
            flush=True,
        )
    print(f"{'all':28} p50 {found['p50']:7.1f} ms   p95 {found['p95']:7.1f} ms", flush=True)
    out.write_text(json.dumps({"scenario": "search", "result": result}, indent=1))


def _ask(url: str, runs: int) -> dict[str, Any]:
    words = _Words(random.Random(1)).vocabulary
    queries = {
        "the commonest word": words[0], "a common word": words[30], "a rare word": words[9_000], "a beginning of two": words[200][:2],
        "a beginning of three": words[55][:3], "two common words": f"{words[10]} {words[40]}", "a phrase": f'"{words[2]} {words[5]}"',
        "common, without common": f"{words[20]} -{words[3]}", "mine, with a word": f"{words[8]} owner:me", "a number": "#4711",
    }  # fmt: skip
    figures, every = {}, []
    for name, q in queries.items():
        spent, found = [], 0
        for _run in range(runs):
            start = time.perf_counter()
            found = len(_get(f"{url}/api/v1/search?{urllib.parse.urlencode({'q': q})}")["data"])
            spent.append((time.perf_counter() - start) * 1000)
        figures[name] = {"p50": _share(spent, 0.5), "p95": _share(spent, 0.95), "found": found}
        every += spent
    return {"queries": figures, "p50": _share(every, 0.5), "p95": _share(every, 0.95)}


def _get(url: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


# ── what is looked through ───────────────────────────────────────────────────────────────────────


class _Words:
    """Made-up words; the n-th is used 1/n as often as the first, as in real texts."""

    def __init__(self, draw: random.Random, many: int = 30_000):
        parts = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        found: dict[str, None] = {}
        while len(found) < many:
            found["".join(draw.choices(parts, k=draw.choice((1, 2, 2, 3, 3, 4))))] = None
        self.vocabulary = list(found)
        self._weights = list(accumulate(1 / (n + 2) for n in range(many)))

    def text(self, draw: random.Random, least: int, most: int) -> str:
        return " ".join(draw.choices(self.vocabulary, cum_weights=self._weights, k=draw.randint(least, most)))


def _make(data: Path, database: str | None, cards: int, comments: int) -> dict[str, Any]:
    data.mkdir(parents=True, exist_ok=True)
    app = create_app(Config.load(data=data, database=database))
    migrate.upgrade(app)
    with app.app_context():
        with writing() as tx:
            _school(tx)
            _rows(tx, random.Random(7), _Words(random.Random(1)), cards, comments)
        start = time.perf_counter()
        with writing() as tx:
            many = everything(tx)
        built = time.perf_counter() - start
        with writing() as tx:
            tx.execute(text("ANALYZE"))
        db.engine.dispose()
    print(f"{many:,} documents, indexed in {built:.0f} s", flush=True)
    return {"documents": many, "indexed_s": built}


def _school(tx: Tx) -> None:
    at = _AT.format(1, 1, 0)
    tx.insert(School, title="Bench school", created_at=at)
    journal.open_room(tx, "school:1", 1)
    for n in range(PEOPLE):
        tx.insert(Member, school_id=1, name=f"Person {n}", role="staff", created_at=at)
        journal.open_room(tx, f"member:{n + 1}", 1)
    tx.insert(
        Token, hash=hashlib.sha256(TOKEN.encode()).hexdigest(), prefix=TOKEN[:8], school_id=1, member_id=1, name="bench", scopes="read",
        created_at=at,
    )  # fmt: skip
    for board in range(BOARDS):
        closed = board >= SEEN
        group = tx.insert(Group, school_id=1, title=f"Group {board}", closed=closed, created_at=at, created_by=2)
        tx.insert(GroupMember, group_id=group, member_id=2, school_id=1, role="lead")
        id = tx.insert(Board, school_id=1, group_id=group, title=f"Board {board}", created_at=at, created_by=2)
        journal.open_room(tx, f"board:{id}", 1)
        for n in range(LISTS):
            tx.insert(List, school_id=1, board_id=id, title=f"List {n}", position=f"a{n}")
        tx.insert(Label, school_id=1, board_id=id, title=f"Label {board}", colour="red")


def _rows(tx: Tx, draw: random.Random, words: _Words, cards: int, comments: int) -> None:
    def at(n: int, of: int) -> str:
        hour = n * 7_000 // of
        return _AT.format(1 + hour // 600 % 12, 1 + hour // 24 % 25, hour % 24)

    def card(n: int) -> dict[str, Any]:
        board = draw.randrange(BOARDS)
        return {
            "id": n, "school_id": 1, "board_id": board + 1, "list_id": board * LISTS + draw.randrange(LISTS) + 1, "number": n, "position": f"a{n:06}",
            "title": words.text(draw, 2, 7), "description": words.text(draw, 0, 60), "measure": "", "thread_id": n, "version": 0,
            "comment_count": 5, "item_count": 0, "item_done": 0, "attachment_count": 0, "blocked_count": 0, "created_at": at(n, cards), "created_by": 2,
        }  # fmt: skip

    def comment(n: int) -> dict[str, Any]:
        by = draw.randint(1, PEOPLE)
        return {
            "school_id": 1, "thread_id": draw.randint(1, cards), "body": words.text(draw, 3, 40), "by": by, "at": at(n, comments), "version": 0,
        }  # fmt: skip

    numbers = range(1, cards + 1)
    for model, rows in (
        (Card, map(card, numbers)),
        (Thread, ({"id": n, "school_id": 1, "subject_type": "card", "subject_id": n} for n in numbers)),
        (CardOwner, ({"card_id": n, "member_id": draw.randint(1, PEOPLE), "school_id": 1, "asked": False, "at": at(n, cards)} for n in numbers)),
        (CardLabel, ({"card_id": n, "label_id": draw.randint(1, BOARDS), "school_id": 1} for n in numbers if n % 3 == 0)),
        (Comment, map(comment, range(comments))),
    ):  # fmt: skip
        rows = iter(rows)
        while some := list(islice(rows, _AT_ONCE)):
            tx.insert_all(model, some)
