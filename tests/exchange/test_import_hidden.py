"""While a board is being written nobody sees it, everybody else is served, and what does not become whole leaves nothing."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from board.core import jobs
from board.exchange import job
from board.exchange.commands import bring
from board.exchange.models import Import
from tests import laws
from tests.callers import Caller
from tests.exchange.test_start_import import everything, left

LIST = {"id": "5c0000010000000000000001", "name": "To do"}


def big(n: int, *, id: str = "5c00000000000000000b0a4d") -> dict[str, Any]:
    cards = [
        {"id": f"5c01{i:04x}000000000000000b", "idList": LIST["id"], "name": f"Card {i}", "pos": i} for i in range(n)
    ]
    return {"id": id, "name": "Large", "lists": [LIST], "cards": cards}


@pytest.fixture
def ana(importer: Callable[..., Any]) -> Any:
    return importer("Ana")


def between_pieces(monkeypatch: pytest.MonkeyPatch, do: Callable[[int], None]) -> None:
    """Calls ``do`` with the number of the piece that has just been written."""
    real, n = bring.make_cards, iter(range(1, 1000))

    def counted(*args: Any) -> Any:
        made = real(*args)
        pieces.append(next(n))
        return made

    pieces: list[int] = []
    monkeypatch.setattr(bring, "make_cards", counted)
    monkeypatch.setattr(job.time, "sleep", lambda s: do(pieces[-1]) if pieces else None)


def test_nobody_sees_it_until_it_is_whole(
    ana: Any, as_: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch, pushed: Any
) -> None:
    seen: list[Any] = []

    def look(piece: int) -> None:
        def others() -> None:
            for person in ("Ana", "Thomas", "Maya", "Sam", "Olga"):
                caller = as_(person)
                seen.append(
                    (
                        caller.get("/boards/1")[0],
                        caller.get("/rooms/board:1/events", since=0)[0],
                        caller.get("/cards/1")[0],
                    )
                )
            assert as_("Ana").get("/boards")[1]["data"] == []
            assert as_("Ana").get(f"/groups/{ana.where['group_id']}")[1].get("boards", []) == []
            # And the site answers: a write goes through between two pieces.
            assert as_("Maya").post("/initiatives", {"title": f"Meanwhile {piece}"})[0] == 201

        thread = threading.Thread(target=others)
        thread.start()
        thread.join(30)

    between_pieces(monkeypatch, look)
    with laws.kept(ana.caller, f"group:{ana.where['group_id']}", "school:1"):
        done = ana(big(60))
    assert done["report"]["made"]["cards"] == 60
    assert len(seen) == 3 * 5 and set(seen) == {(404, 404, 404)}
    texts = [text for room, text in pushed.events if room.startswith(("group:", "school:"))]
    assert sum('"board.added"' in text for text in texts) == 2
    assert len(as_("Maya").get(f"/boards/{done['board_ids'][0]}")[1]["cards"]) == 60


def test_its_journal_tells_the_whole_board_from_the_first_event(ana: Any) -> None:
    done = ana("trap5_newer_fields.json", mapping='{"minaokafor": 3}')
    room = f"board:{done['board_ids'][0]}"
    now = laws.read(ana.caller, f"/rooms/{room}")
    nothing = {"room": room, "seq": 0, "board": [], "lists": [], "cards": [], "labels": [], "fields": [], "members": []}
    laws.check(nothing, now, laws.events_since(ana.caller, room, 0), f"/rooms/{room}")


def test_a_failure_in_the_middle_leaves_nothing(
    ana: Any, look: Callable[[], Any], app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with look() as tx:
        before = everything(tx)
    real, pieces = bring.make_cards, []

    def breaks(*args: Any) -> Any:
        pieces.append(1)
        if len(pieces) == 3:
            raise RuntimeError("the disk is full")
        return real(*args)

    monkeypatch.setattr(bring, "make_cards", breaks)
    failed = ana(big(60))
    assert (failed["state"], failed["error"]["code"], failed["board_ids"]) == ("failed", "unexpected", [])
    assert "disk" not in failed["error"]["message"]
    assert "the disk is full" in "".join(capsys.readouterr())
    with look() as tx:
        after = everything(tx)
    # Numbers of cards are never used twice, so those stay counted.
    before.pop("schools"), after.pop("schools")
    assert after == before
    assert left(app) == []
    monkeypatch.undo()
    assert ana(big(60))["report"]["made"]["cards"] == 60


def test_a_server_that_was_killed_starts_over(
    ana: Any, look: Callable[[], Any], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(piece: int) -> None:
        if piece == 2:
            raise Killed

    between_pieces(monkeypatch, kill)
    id = ana.start(big(60))[1]["data"]["id"]
    with pytest.raises(Killed):
        ana.work()
    monkeypatch.undo()
    assert ana.read(id)["state"] == "writing"
    job_of_it(app, leased_until=None)
    ana.work()
    done = ana.read(id)
    assert done["state"] == "done"
    assert len(ana.caller.get(f"/boards/{done['board_ids'][0]}")[1]["cards"]) == 60
    assert [b["title"] for b in ana.caller.get("/boards")[1]["data"]] == ["Large"]
    with look() as tx:
        assert len(everything(tx)["boards"]) == 1


def test_two_at_once_make_one_board(ana: Any, app: Flask) -> None:
    first = ana.start(big(3))[1]["data"]["id"]
    second = ana.start(big(3))[1]["data"]["id"]
    ana.work()
    assert ana.read(first)["board_ids"] == ana.read(second)["board_ids"]
    assert ana.read(second)["report"]["again"] is True


def test_more_than_a_board_may_hold(ana: Any, look: Callable[[], Any]) -> None:
    with look() as tx:
        before = everything(tx)
    failed = ana(big(5_001))
    assert (failed["state"], failed["error"]["code"]) == ("failed", "refused")
    assert "5,000 open cards" in failed["error"]["message"] and "Nothing was changed." in failed["error"]["message"]
    with look() as tx:
        assert everything(tx) == before


def test_pieces_are_small(ana: Any, queries: Callable[[int], Any]) -> None:
    """How many statements an import sends grows with its pieces, not with its cards."""
    with queries(350):
        ana(big(500))


def job_of_it(app: Flask, **values: Any) -> None:
    from board.core.db import writing

    with app.app_context(), writing() as tx:
        tx.execute(jobs.Job.__table__.update().values(**values))
        assert tx.scalar(Import.__table__.select().with_only_columns(Import.__table__.c.job_id)) is not None
