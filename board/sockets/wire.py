"""JSON of the socket, and packets that carry a journal's text as it stands. Used by Socket.IO as its ``json`` module."""

from typing import Any

import orjson
from engineio.packet import MESSAGE, Packet


def dumps(value: Any, **_: Any) -> str:
    return orjson.dumps(value).decode()


def loads(text: str | bytes) -> Any:
    """Strict: no NaN, no lone surrogates, bounded depth.

    Raises:
        ValueError: not JSON.
    """
    return orjson.loads(text)


def event_packet(text: str) -> Packet:
    """The frame of one journal event: its text is passed on, never parsed and written again."""
    return Packet(MESSAGE, f'2["event",{text}]')


def packet(name: str, payload: Any) -> Packet:
    return Packet(MESSAGE, "2" + dumps([name, payload]))


def as_it_stands(text: str) -> orjson.Fragment:
    """A journal's text as part of a larger answer."""
    return orjson.Fragment(text)
