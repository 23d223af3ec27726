"""Things that others hang on (a card under a thread or a file) register here, so that discussions and files know no board."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from board.core.access import Actor
from board.core.db import Tx


@dataclass(frozen=True)
class Seen:
    """A subject as the actor sees it."""

    rooms: tuple[str, ...]
    abilities: frozenset[str]
    #: of these what is possible as things stand; the others are refused for now, whoever asks
    now: frozenset[str]


@dataclass(frozen=True)
class Subject:
    #: (tx, actor, id) → Seen; raises NotSeen
    look_up: Callable[[Tx, Actor, int], Seen]
    #: (change, id, {"comments": +1}) → the `put` fragment of the subject's own record, as in {"cards": [{"id": 7, "comment_count": 5}]}
    touched: Callable[[Any, int, dict[str, int]], dict[str, list[dict[str, Any]]]]
    #: (id, a column of member ids) → the condition that this member sees the subject now
    seen_by: Callable[[int, Any], Any]
    #: (tx, id) → members whom everybody who sees the subject is told of: a guest knows no others
    listed: Callable[[Tx, int], list[int]]


_subjects: dict[str, Subject] = {}


def register(type: str, subject: Subject) -> None:
    _subjects[type] = subject


def of(type: str) -> Subject:
    return _subjects[type]
