"""The job of an import: read the file in a process, wait for the mapping where that is wanted, write in small pieces, tell.

Played again after a crash, or after a database that did not answer, it goes on: of a hidden board that is not whole what is missing is written, one
that was there before is compared anew. Each piece renews the lease of the job in its own transaction, so that two workers never write the same.
"""

import time
import traceback
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

from board.boards.commands.boards import show_board
from board.core import command, jobs
from board.core.access import Actor
from board.core.command import Change
from board.core.db import reading
from board.core.errors import Problem
from board.core.log import log
from board.exchange import fit, people, reader, report
from board.exchange.commands import bring, remove, sources, update, update_cards
from board.exchange.commands import imports as verbs
from board.exchange.commands.bring import Place
from board.exchange.commands.changes import Changes
from board.exchange.fit import Fitted
from board.exchange.models import imports
from board.exchange.trello.plan import NO_LIST
from board.people.models import Member

PIECE, PIECE_BYTES = 25, 200_000
#: how long a held import waits for its mapping
KEPT_S = 30 * 24 * 3600
#: after a crash another takes it up so soon
LEASE_S = 15
#: the pause between two pieces, in which everybody else is served
_LEAST_REST_S = 0.005
_SAY_EVERY_S = 0.5
#: how much of the way reading is
_READ_SHARE = 0.4
members = Member.__table__


class Failed(Exception):
    def __init__(self, why: dict[str, Any]):
        super().__init__(why["code"])
        self.why = why


def folder() -> Path:
    """Where uploaded files lie while they are imported."""
    path: Path = current_app.config["BOARD"].data / "imports"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _gave_up(arguments: dict[str, Any]) -> None:
    row = _row(arguments["import_id"])
    if row is not None and row.state not in ("waiting", "done", "failed"):
        number = uuid.uuid4().hex[:12]
        log("error", "import given up", id=number, import_id=row.id)
        _fail(row, _actor(row), {"code": "unexpected", "number": number})


@jobs.handler("import", lease_s=LEASE_S, gave_up=_gave_up)
def run(arguments: dict[str, Any]) -> None:
    _tidy()
    row = _row(arguments["import_id"])
    if row is None or row.state in ("waiting", "done", "failed"):
        return
    actor = _actor(row)
    try:
        if actor is None:
            raise Failed({"code": "refused", "detail": "Who started this is not active any more."})
        if row.state == "reading":
            _read(actor, row)
            row = _row(row.id)
        if row.state == "writing":
            _write(actor, row)
    except Failed as e:
        _fail(row, actor, e.why)
    except jobs.Lost:
        raise
    except Exception as e:
        claim = jobs.at_work()
        if _passing(e) and claim is not None and not claim.last:
            # What is written is whole pieces: the next try goes on behind them.
            raise
        if isinstance(e, Problem):
            _fail(row, actor, {"code": "refused", "detail": str(e.detail or e.title)})
            return
        number = uuid.uuid4().hex[:12]
        log(
            "error",
            "import failed",
            id=number,
            import_id=row.id,
            error=repr(e)[:500],
            trace=traceback.format_exc()[-4000:],
        )
        _fail(row, actor, {"code": "unexpected", "number": number})


def _passing(e: Exception) -> bool:
    """Whether it is the database that did not answer, or was too busy, and not what is imported."""
    busy = isinstance(e, Problem) and e.status >= 500
    return busy or isinstance(e, OperationalError | InterfaceError | TimeoutError)


def _perform(actor: Actor, verb: Any, *args: Any, alone: bool = False, **kwargs: Any) -> Any:
    """A command of the job, as long as the job is ours; returns its record."""

    def ours(change: Change) -> Any:
        jobs.renew(change.tx)
        return verb(change, *args, **kwargs)

    return command.perform(actor, ours, alone=alone).record


def _read(actor: Actor, row: Any) -> None:
    file, plan = _files(row)
    say = _Progress(actor, row, 0.0, _READ_SHARE)
    why = reader.read_plan(row.kind, file, plan, say)
    if why:
        raise Failed(why)
    header = _header(plan)
    with reading() as tx:
        proposal = people.proposed(tx, row.school_id, header["people"])
    mapping = {**proposal, **_given(row, header)}
    state = "waiting" if row.hold else "writing"
    source = header["id"] or None
    _perform(
        actor,
        verbs.note,
        row.id,
        state=state,
        header=header,
        mapping=mapping,
        source_board=source,
        progress=_READ_SHARE,
    )
    file.unlink(missing_ok=True)


def _write(actor: Actor, row: Any) -> None:
    _, plan = _files(row)
    if not plan.exists():
        raise Failed({"code": "gone"})
    header = orjson.loads(row.header)
    mapping = orjson.loads(row.mapping)
    with reading() as tx:
        them = people.of_import(tx, row, header["people"], mapping)
    place, changes, again = _begin(actor, row, header)
    say = _Progress(actor, row, _READ_SHARE, 1.0)
    total, written, above = max(header["found"]["cards"], 1), 0, _Above()
    for piece in _pieces(plan):
        began = time.monotonic()
        fitted = [fit.card(source, them) for source in piece]
        if again:
            changes.add(_perform(actor, update_cards.cards_again, place, fitted, above.of(fitted), alone=True))
        else:
            changes.made.update(_perform(actor, _bring, place, fitted, begun=row.board_id is not None))
            changes.left_out += [row for f in fitted for row in f.left_out]
        written += len(piece)
        say(written / total)
        # As long as it worked: under load, half of the server stays everybody else's.
        time.sleep(max(_LEAST_REST_S, time.monotonic() - began))
    _say_strangers(header, them, changes)
    _say_colours(header, changes)
    kept = report.gathered(header, _made(header, changes, again), dict(changes.changed), changes.left_out, again)
    _perform(actor, _finish, row.id, place, header, kept, again, alone=True)
    plan.unlink(missing_ok=True)


def _begin(actor: Actor, row: Any, header: dict[str, Any]) -> tuple[Place, Changes, bool]:
    with reading() as tx:
        there = update.find(tx, actor, row, header)
        begun = bring.begun(tx, row.board_id) if row.board_id and not row.again else None
    if there is not None:
        place, changes = _perform(actor, update.begin, row, there, header, alone=True)
        return place, changes, True
    # Alone: of two that begin at the same moment, the second must meet the first.
    place = begun or _perform(actor, bring.begin, row, header, alone=True)
    made = {"lists": sum(x["id"] != NO_LIST for x in header["lists"]), "labels": len(place.labels)}
    return place, Changes(made=Counter(made)), False


def _bring(change: Change, place: Place, fitted: list[Fitted], begun: bool) -> dict[str, int]:
    """A piece of a new board; where another try ``begun`` it, what is there already is only counted."""
    known = sources.known(change.tx, place.board_id, "card", [f.id for f in fitted]) if begun else {}
    there = [f for f in fitted if ("card", f.id) in known]
    return Counter(bring.count_of(there)) + Counter(
        bring.make_cards(change, place, [f for f in fitted if ("card", f.id) not in known])
    )


def _finish(change: Change, id: int, place: Place, header: dict[str, Any], kept: dict[str, Any], again: bool) -> None:
    if not again:
        bring.finish(change, place, header)
        show_board(change, place.board_id)
    verbs.note(change, id, state="done", progress=1.0, report=kept)


def _fail(row: Any, actor: Actor | None, why: dict[str, Any]) -> None:
    """Takes away what was begun, and says why. A board that was there before keeps what it got so far."""
    now = _row(row.id)
    actor = actor or Actor(row.member_id, row.school_id, "staff")
    if now.board_id and now.again:
        why = {"code": "stopped"} if why["code"] == "unexpected" else why
    elif now.board_id:
        command.perform(actor, remove.remove_board, now.board_id, alone=True)
    command.perform(actor, verbs.note, row.id, state="failed", broken=why)
    for path in _files(row):
        path.unlink(missing_ok=True)


def _made(header: dict[str, Any], changes: Changes, again: bool) -> dict[str, int]:
    made = {name: changes.made.get(name, 0) for name in bring.COUNTS}
    if not again:
        made["custom_fields"] = len(header.get("fields", ()))
    return made


def _say_strangers(header: dict[str, Any], them: people.People, changes: Changes) -> None:
    for person in header["people"]:
        owns = person["cards"] or person.get("items")
        if not owns and not person["comments"]:
            continue
        ours = them.mapping.get(person["id"])
        if ours not in them.names:
            changes.left_out.append({"kind": "people", "code": "person", "what": them.name(person["id"])})
        elif owns and ours not in them.may_own:
            changes.left_out.append({"kind": "people", "code": "may_not_own", "what": them.names[ours]})


def _say_colours(header: dict[str, Any], changes: Changes) -> None:
    colours = {x["colour"] for x in header["labels"] if x["colour"] and fit.label(x)["colour"] != x["colour"]}
    changes.left_out += [{"kind": "labels", "code": "label_colour", "what": colour} for colour in sorted(colours)]


def _tidy() -> None:
    """Files that nobody came back for: imports that were held and never mapped, uploads that a crash left behind."""
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT_S:
            path.unlink(missing_ok=True)


def _row(id: int) -> Any:
    with reading() as tx:
        return tx.first(select(imports).where(imports.c.id == id))


def _actor(row: Any) -> Actor | None:
    with reading() as tx:
        member = tx.first(select(members).where(members.c.id == row.member_id))
    if member is None or not member.active:
        return None
    return Actor(member.id, member.school_id, member.role, member.name)


def _files(row: Any) -> tuple[Path, Path]:
    return folder() / row.stored, folder() / f"{row.stored}.plan"


def _header(plan: Path) -> dict[str, Any]:
    with plan.open("rb") as file:
        header: dict[str, Any] = orjson.loads(file.readline())
        return header


def _pieces(plan: Path) -> Iterator[list[dict[str, Any]]]:
    """The cards, so many at once as one short transaction writes: fewer when much hangs on them."""
    with plan.open("rb") as file:
        file.readline()
        piece: list[dict[str, Any]] = []
        size = 0
        for line in file:
            piece.append(orjson.loads(line))
            size += len(line)
            if len(piece) == PIECE or size > PIECE_BYTES:
                yield piece
                piece, size = [], 0
        if piece:
            yield piece


def _given(row: Any, header: dict[str, Any]) -> dict[str, int | None]:
    """What was sent with the file: people by their id there, or by username."""
    given = orjson.loads(row.mapping)
    by_username = {p["username"]: p["id"] for p in header["people"] if p["username"]}
    return {by_username.get(name, name): ours for name, ours in given.items()}


class _Above:
    """Which card stands above each in its list, over the pieces."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def of(self, fitted: list[Fitted]) -> dict[str, str]:
        found = {}
        for f in fitted:
            if f.list_id in self._last:
                found[f.id] = self._last[f.list_id]
            self._last[f.list_id] = f.id
        return found


class _Progress:
    """Says how far it is, now and then."""

    def __init__(self, actor: Actor, row: Any, low: float, high: float):
        self._actor, self._row, self._low, self._high = actor, row, low, high
        self._said_at = time.monotonic()

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self._said_at < _SAY_EVERY_S:
            return
        self._said_at = now
        progress = self._low + (self._high - self._low) * min(share, 1.0)
        _perform(self._actor, verbs.note, self._row.id, progress=progress)
