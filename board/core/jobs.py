"""Work for later, in a table of our own: claimed by one statement, leased, tried again with growing pauses. Exactly one worker has a job at a time."""

import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
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
#: kinds whose jobs say often that they are still at work (``renew``): after a crash another takes them up the sooner
_leases: dict[str, float] = {}
_gave_up: dict[str, Handler] = {}
#: kinds that come again for ever, so many seconds after each time
_every: dict[str, float] = {}
_DIED = f"The server was killed at this {MOST_TRIES} times: it is not tried again."


@dataclass(frozen=True)
class Claim:
    """A job in the hands of this worker. Whoever claims it next counts one try more, so that the number tells the two apart."""

    id: int
    kind: str
    arguments: str
    tries: int

    @property
    def last(self) -> bool:
        return self.tries >= MOST_TRIES


class Lost(Exception):
    """Another worker has taken this job up meanwhile: what is under way here must not be written."""


_at_work: ContextVar[Claim | None] = ContextVar("job", default=None)


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


def handler(
    kind: str, *, lease_s: float = LEASE_S, gave_up: Handler | None = None, every_s: float | None = None
) -> Callable[[Handler], Handler]:
    """Registers what runs for jobs of this kind. It gets the arguments as given to ``enqueue``; to raise means "try again".

    ``gave_up`` gets them where each try ended with its process: it tells who waits for the job. With ``every_s`` one job of this kind, without
    arguments, runs again and again from ``start_repeating`` on.
    """

    def register(fn: Handler) -> Handler:
        _handlers[kind], _leases[kind] = fn, lease_s
        if gave_up is not None:
            _gave_up[kind] = gave_up
        if every_s is not None:
            _every[kind] = every_s
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


def start_repeating(tx: Tx) -> None:
    """Once a server starts: what runs again and again has its job."""
    there = tx.scalars(select(_t.c.kind).where(_t.c.kind.in_(list(_every)), _t.c.state == "waiting"))
    for kind in sorted(set(_every) - set(there)):
        enqueue(tx, kind, {})


def work_once(app: Flask) -> bool:
    """Claims one due job and runs it; False when there was none."""
    with app.app_context():
        claimed = _claim()
        if claimed is None:
            return False
        mark = _at_work.set(claimed)
        try:
            if claimed.tries > MOST_TRIES:
                _give_up(claimed)
                return True
            _handlers[claimed.kind](orjson.loads(claimed.arguments))
        except Lost:
            log("warning", "job lost", job=claimed.id, kind=claimed.kind, tries=claimed.tries)
        except Exception as e:
            log(
                "error",
                "job failed",
                job=claimed.id,
                kind=claimed.kind,
                tries=claimed.tries,
                error=repr(e)[:500],
                trace=traceback.format_exc()[-2000:],
            )
            _finish(claimed, failed=repr(e)[:500])
        else:
            _finish(claimed, failed=None)
        finally:
            _at_work.reset(mark)
        return True


def at_work() -> Claim | None:
    """The job that this worker has in hand, where there is one."""
    return _at_work.get()


def renew(tx: Tx) -> None:
    """A long job says, in the transaction of each piece, that it is still at work: the piece is written only while the job is its own.

    Raises:
        Lost: it was silent for so long that another took the job up.
    """
    claim = at_work()
    if claim is None:
        return
    mine = update(_t).where(_t.c.id == claim.id, _t.c.tries == claim.tries, _t.c.state == "waiting")
    if tx.execute(mine.values(leased_until=times.later(_lease(claim.kind)))).rowcount != 1:
        raise Lost()


def waiting(tx: Tx) -> int:
    found: int = tx.scalar(select(func.count()).select_from(_t).where(_t.c.state == "waiting"))
    return found


def _lease(kind: str) -> float:
    return _leases.get(kind, LEASE_S)


def _claim() -> Claim | None:
    now = times.now()
    due = (
        select(_t.c.id, _t.c.kind)
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
        found = tx.first(due.with_for_update(skip_locked=True) if tx.dialect == "postgresql" else due)
        if found is None:
            return None
        taken = update(_t).where(_t.c.id == found.id)
        values = {"leased_until": times.later(_lease(found.kind)), "tries": _t.c.tries + 1}
        row = tx.one(taken.values(values).returning(_t.c.id, _t.c.kind, _t.c.arguments, _t.c.tries))
        return Claim(row.id, row.kind, row.arguments, row.tries)


def _give_up(claim: Claim) -> None:
    """It ended no try by itself: what kills its process would kill it at each start, for ever."""
    log("error", "job given up", job=claim.id, kind=claim.kind, error=_DIED)
    # Once: should this be what kills the process, then not a second time.
    if claim.kind in _gave_up and claim.tries == MOST_TRIES + 1:
        _gave_up[claim.kind](orjson.loads(claim.arguments))
    _finish(claim, failed=_DIED)


def _finish(claim: Claim, *, failed: str | None) -> None:
    values: dict[str, Any] = {"leased_until": None, "error": failed}
    if claim.kind in _every and (failed is None or claim.last):
        values |= {"tries": 0, "run_at": times.later(_every[claim.kind])}
    elif failed is None:
        values["state"] = "done"
    elif claim.last:
        values["state"] = "failed"
    else:
        values["run_at"] = times.later(2**claim.tries)
    with writing() as tx:
        # Where another has taken it up meanwhile, it is his to end.
        tx.execute(update(_t).where(_t.c.id == claim.id, _t.c.tries == claim.tries).values(values))
