"""The laws of the journal: what was read, with the events since, is what is read now; and the events are numbered without a hole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.callers import Caller

#: beside the collections of a snapshot
_FRAME = ("room", "seq", "epoch", "can")


@contextmanager
def kept(watcher: Caller, *rooms: str) -> Iterator[None]:
    """``with kept(as_("Ana"), "board:1", "school:1"): …`` fails when a change inside was not told in these rooms as it is."""
    before = {room: _read(watcher, room) for room in rooms}
    yield
    for room in rooms:
        after = _read(watcher, room)
        events = watcher.get(f"/rooms/{room}/events", since=before[room]["seq"]).json["events"]
        assert [e["seq"] for e in events] == list(range(before[room]["seq"] + 1, after["seq"] + 1)), room
        state = comparable(before[room])
        for event in events:
            apply(state, event)
        assert _plain(state) == _plain(comparable(after)), room


def comparable(snapshot: dict[str, Any]) -> dict[str, dict[int, dict[str, Any]]]:
    """Collections by id; a single record is a collection of one."""
    out = {}
    for name, found in snapshot.items():
        if name not in _FRAME:
            records = found if isinstance(found, list) else [found]
            out[name] = {record["id"]: dict(record) for record in records}
    return out


def apply(state: dict[str, dict[int, dict[str, Any]]], event: dict[str, Any]) -> None:
    """As the browser does: merge what is put, remove what is dropped, ignore collections that are not shown."""
    for name, records in event["put"].items():
        for record in records:
            if name in state:
                state[name].setdefault(record["id"], {}).update(record)
    for name, ids in event["drop"].items():
        for id in ids:
            state.get(name, {}).pop(id, None)


def _plain(state: dict[str, dict[int, dict[str, Any]]]) -> Any:
    """A field at its default may be left out."""
    return {
        name: {id: {k: v for k, v in record.items() if v not in (None, 0, False, [])} for id, record in records.items()}
        for name, records in state.items()
    }


def _read(watcher: Caller, room: str) -> dict[str, Any]:
    status, snapshot = watcher.get(f"/rooms/{room}")
    assert status == 200, f"{room}: {status}"
    return snapshot
