"""One row for a key, on both databases: inserted, or changed where it stands."""

import pytest
from flask import Flask
from sqlalchemy import select

from board.core.db import Tx, writing
from board.core.idempotency import Answered

_t = Answered.__table__


def row(**more: object) -> dict[str, object]:
    return {"member_id": 3, "op": "a-key", "fingerprint": b"1", "at": "2026", **more}


def kept(tx: Tx) -> list[tuple[bytes, str]]:
    return [tuple(r) for r in tx.all(select(_t.c.fingerprint, _t.c.at).where(_t.c.op == "a-key"))]


def test_without_a_change_who_was_there_first_stays(app: Flask) -> None:
    with app.app_context(), writing() as tx:
        assert tx.upsert(Answered, row())
        assert not tx.upsert(Answered, row(at="2027"))
        assert kept(tx) == [(b"1", "2026")]


def test_only_what_is_named_is_changed(app: Flask) -> None:
    with app.app_context(), writing() as tx:
        assert tx.upsert(_t, row(), change=["at"])
        assert tx.upsert(_t, row(at="2027", fingerprint=b"2"), change=["at"])
        assert kept(tx) == [(b"1", "2027")]


def test_and_only_where_the_condition_holds(app: Flask) -> None:
    with app.app_context(), writing() as tx:
        tx.upsert(_t, row(at="2027"))
        assert not tx.upsert(_t, row(at="2026"), change=["at"], only=_t.c.at < "2026")
        assert tx.upsert(_t, row(at="2028"), change=["at"], only=_t.c.at < "2028")
        assert kept(tx) == [(b"1", "2028")]


def test_as_the_first_statement_it_is_taken_back_with_its_transaction(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(KeyError), writing() as tx:
            tx.upsert(Answered, row())
            raise KeyError
        with writing() as tx:
            assert kept(tx) == []
