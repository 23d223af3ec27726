"""Work for later, in a table of our own: claimed by one statement, leased, tried again with growing pauses. Exactly one worker has a job at a time."""

import traceback
from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import Index, Text, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from board.core import times
from board.core.db import Model, Tx, reading, writing
from board.core.log import log

LEASE_S = 120
MOST_TRIES = 5
Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


class Job(Model):
    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(Text)
    arguments: Mapped[str] = mapped_column(Text)
    run_at: Mapped[str] = mapped_column(Text)
    #: while somebody works on it: until when it is his; afterwards anyone may take it up again
    leased_until: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    #: waiting, done, failed
    state: Mapped[str] = mapped_column(Text, default="waiting")
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("jobs_due", "state", "run_at"),)


_t = Job.__table__


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers what runs for jobs of this kind. It gets the arguments as given to ``enqueue``; to raise means "try again"."""

    def register(fn: Handler) -> Handler:
        _handlers[kind] = fn
        return fn

    return register


def enqueue(
    tx: Tx, kind: str, arguments: dict[str, Any], *, school_id: int | None = None, run_at: str | None = None
) -> int:
    """Written in the caller's transaction: the job exists exactly when the change does."""
    now = times.now()
    return tx.insert(
        Job,
        kind=kind,
        arguments=orjson.dumps(arguments).decode(),
        school_id=school_id,
        run_at=run_at or now,
        created_at=now,
        tries=0,
        state="waiting",
    )


def work_once(app: Flask) -> bool:
    """Claims one due job and runs it; False when there was none."""
    with app.app_context():
        claimed = _claim()
        if claimed is None:
            return False
        id, kind, arguments, tries = claimed
        try:
            _handlers[kind](orjson.loads(arguments))
        except Exception as e:
            log(
                "error",
                "job failed",
                job=id,
                kind=kind,
                tries=tries,
                error=repr(e)[:500],
                trace=traceback.format_exc()[-2000:],
            )
            _finish(id, failed=repr(e)[:500], tries=tries)
        else:
            _finish(id, failed=None, tries=tries)
        return True


def extend(id: int) -> None:
    """A long job says that it is still at work."""
    with writing() as tx:
        tx.update(Job, id, leased_until=times.later(LEASE_S))


def waiting(tx: Tx) -> int:
    found: int = tx.scalar(select(func.count()).select_from(_t).where(_t.c.state == "waiting"))
    return found


def _claim() -> tuple[int, str, str, int] | None:
    now = times.now()
    due = (
        select(_t.c.id)
        .where(
            _t.c.state == "waiting",
            _t.c.run_at <= now,
            _t.c.kind.in_(list(_handlers)),
            or_(_t.c.leased_until.is_(None), _t.c.leased_until < now),
        )
        .order_by(_t.c.run_at, _t.c.id)
        .limit(1)
    )
    with reading() as tx:
        # A look first: an idle server then takes no write lock every second.
        if tx.first(due) is None:
            return None
    with writing() as tx:
        mine = due.with_for_update(skip_locked=True) if tx.dialect == "postgresql" else due
        row = tx.first(
            update(_t)
            .where(_t.c.id == mine.scalar_subquery())
            .values(leased_until=times.later(LEASE_S), tries=_t.c.tries + 1)
            .returning(_t.c.id, _t.c.kind, _t.c.arguments, _t.c.tries)
        )
        return (row.id, row.kind, row.arguments, row.tries) if row else None


def _finish(id: int, *, failed: str | None, tries: int) -> None:
    with writing() as tx:
        if failed is None:
            tx.update(Job, id, state="done", leased_until=None, error=None)
        elif tries >= MOST_TRIES:
            tx.update(Job, id, state="failed", leased_until=None, error=failed)
        else:
            tx.update(Job, id, leased_until=None, error=failed, run_at=times.later(2**tries))
