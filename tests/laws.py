"""The two laws of the journal, proven around any command: what was read, with the events since, is what is read now. The first is about a room's
snapshot, the second about every other read of something in a room; and the events are numbered without a hole.

``with laws.kept(as_("Ana"), "board:1", "school:1", reads=["/cards/7", "/threads/7/comments"]): …``
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.callers import Caller

Record = dict[str, Any]
#: collection → id → record
State = dict[str, dict[int, Record]]
#: beside the collections of a read
_FRAME = ("room", "seq", "epoch", "can", "next", "others")
#: the collection that a read of one thing, or its `data`, stands for in events
_NAMES = {
    "cards": "cards",
    "comments": "comments",
    "notices": "notices",
    "notice-settings": "notice_settings",
    "members": "members",
    "groups": "group",
    "initiatives": "initiative",
}
#: what only a card's own page shows
_OF_PAGE = ("description", "description_html", "measure", "archived", "created_at", "board_id")
#: details stand in no snapshot; a read of what they hang on takes only its own
_PARENT = {
    "checklists": ("card_id", "cards"),
    "attachments": ("card_id", "cards"),
    "items": ("checklist_id", "checklists"),
    "comments": ("thread_id", "threads"),
}


@contextmanager
def kept(watcher: Caller, *rooms: str, reads: Iterable[str] = ()) -> Iterator[None]:
    """Fails when a change inside was not told in these rooms as it is, or when the events do not keep these reads true.

    A card's page is let go when the events say that its board shows the card no more.
    """
    snapshots = {room: read(watcher, f"/rooms/{room}") for room in rooms}
    others = {path: read(watcher, path) for path in reads}
    yield
    for room, before in snapshots.items():
        check(before, read(watcher, f"/rooms/{room}"), events_since(watcher, room, before["seq"]), f"/rooms/{room}")
    for path, before in others.items():
        events = events_since(watcher, before["room"], before["seq"])
        if not left(before, events):
            check(before, read(watcher, path), events, path)


def check(before: Record, after: Record, events: list[Record], path: str) -> None:
    """Both laws, for one path read twice and the events in between."""
    assert [e["seq"] for e in events] == list(range(before["seq"] + 1, after["seq"] + 1)), f"{path}: a hole"
    state = comparable(before, path)
    for event in events:
        apply(state, event)
    now = comparable(after, path)
    if "lists" in state:
        state["cards"] = {id: _without(record, _OF_PAGE) for id, record in state["cards"].items()}
    assert plain(state) == plain(now), path


def comparable(found: Record, path: str = "/rooms/x") -> State:
    """Collections by id; a single record is a collection of one."""
    out: State = {}
    for name, value in found.items():
        if name in _FRAME:
            continue
        if name == "data":
            name = next(_NAMES[part] for part in reversed(path.split("?")[0].split("/")) if part in _NAMES)
        elif name == "thread":
            # How far she has read is hers alone: no room hears of it.
            name, value = "threads", {k: v for k, v in value.items() if k != "up_to"}
        out[name] = {record["id"]: dict(record) for record in (value if isinstance(value, list) else [value])}
    return out


def apply(state: State, event: Record) -> None:
    """As the browser does: merge what is put, remove what is dropped, ignore what is not shown."""
    for name, records in event["put"].items():
        for record in records:
            if name in state and _belongs(state, name, record):
                state[name].setdefault(record["id"], {}).update(record)
    for name, ids in event["drop"].items():
        for id in ids:
            state.get(name, {}).pop(id, None)


def plain(state: State) -> State:
    """A field at its default may be left out."""
    return {name: {id: full(record) for id, record in records.items()} for name, records in state.items()}


def full(record: Record) -> Record:
    return {k: v for k, v in record.items() if v not in (None, 0, False, [], {})}


def _without(record: Record, names: tuple[str, ...]) -> Record:
    return {k: v for k, v in record.items() if k not in names}


def events_since(watcher: Caller, room: str, seq: int) -> list[Record]:
    return list(read(watcher, f"/rooms/{room}/events?since={seq}")["events"])


def read(watcher: Caller, path: str) -> Record:
    status, found = watcher.call("GET", path)
    assert status == 200, f"{path}: {status}"
    assert isinstance(found, dict)
    return found


def left(before: Record, events: list[Record]) -> bool:
    """Whether the events took away the very thing that was read."""
    gone = {id for event in events for id in event["drop"].get("cards", ())}
    return "checklists" in before and before["data"]["id"] in gone


def _belongs(state: State, name: str, record: Record) -> bool:
    if "lists" in state or record["id"] in state[name]:
        return True
    if name == "links":
        # It hangs on the cards at both of its ends.
        return bool({record.get("card_id"), record.get("other_id")} & set(state.get("cards", {})))
    if name in _PARENT:
        field, holder = _PARENT[name]
        return record.get(field) in state.get(holder, {})
    # A card's page is about one card, a thread's about one thread.
    return name not in ("cards", "threads")
