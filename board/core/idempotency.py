"""The same Idempotency-Key from the same member within 24 hours gets the same answer and changes nothing."""

import hashlib
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import BindParameter, Index, LargeBinary, Text, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from board.core import times
from board.core.db import Model, Tx, inserting
from board.core.errors import Invalid
from board.core.hot import Hot

KEPT_S = 24 * 3600


class Answered(Model):
    __tablename__ = "answered"
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    op: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (Index("answered_at", "at"),)


_t = Answered.__table__
_CLAIM: dict[str, BindParameter[Any]] = {
    "member_id": bindparam("member_id"),
    "op": bindparam("op"),
    "fingerprint": bindparam("fingerprint"),
    "at": bindparam("at"),
}
_CLAIMS = {dialect: Hot(inserting(dialect, _t, _CLAIM)) for dialect in ("sqlite", "postgresql")}
_KEEP = Hot(
    update(_t)
    .where(_t.c.member_id == bindparam("of"), _t.c.op == bindparam("key"))
    .values(status=bindparam("status"), body=bindparam("body"))
)


def fingerprint(method: str, path: str, body: bytes) -> bytes:
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).digest()


def claim(tx: Tx, member_id: int, op: str, mark: bytes) -> tuple[int, bytes] | None:
    """Takes the key for this transaction, or returns (status, body) as answered before.

    On PostgreSQL the insert waits for another transaction that holds the key; on SQLite there is one writer.

    Raises:
        Invalid: the key was used for another request.
    """
    values = {"member_id": member_id, "op": op, "fingerprint": mark, "at": times.now()}
    if tx.count(_CLAIMS[tx.dialect], values) == 1:
        return None
    row = tx.one(
        select(_t.c.fingerprint, _t.c.status, _t.c.body, _t.c.at).where(_t.c.member_id == member_id, _t.c.op == op)
    )
    if row.at < times.later(-KEPT_S):
        tx.delete(Answered, _t.c.member_id == member_id, _t.c.op == op)
        return claim(tx, member_id, op, mark)
    if row.fingerprint != mark:
        raise Invalid.field("Idempotency-Key", _("This key was used for another request. Make a new one."))
    return row.status, row.body


def keep(tx: Tx, member_id: int, op: str, status: int, body: bytes) -> None:
    tx.later(_KEEP, {"of": member_id, "key": op, "status": status, "body": body})


def forget_old(tx: Tx) -> int:
    """Removes what is past its 24 hours; returns how many."""
    return tx.execute(delete(_t).where(_t.c.at < times.later(-KEPT_S))).rowcount
