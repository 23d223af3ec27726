"""What is said of a thing where it is looked for: its number, its title and its words."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from board.search import words

#: what one goes to: it stands before cards and comments where its title is meant. The higher, the earlier.
PLACES = {"list": 1, "person": 2, "initiative": 3, "group": 4, "board": 5}
#: what one reads: the newest first
READ = {"comment": 0, "card": 1}
KINDS = (*READ, *PLACES)
#: numbers from here on are of places
FIRST_PLACE = 1 << 62
_THING, _KIND, _HOUR = 39, 3, 20
_PLACE, _TEXT = ({of: kind for kind, of in kinds.items()} for kinds in (PLACES, READ))


@dataclass(frozen=True, slots=True)
class Document:
    kind: str
    thing_id: int
    school_id: int
    at: str
    title: str
    texts: tuple[str, ...] = ()
    card_id: int | None = None
    board_id: int | None = None

    def row(self) -> dict[str, Any]:
        title = words.line([self.title])
        said = words.line([self.title, *self.texts])
        mark = hashlib.blake2b(f"{self.card_id} {self.board_id} {title}\n{said}".encode(), digest_size=12).hexdigest()
        return {
            "id": number(self.kind, self.at, self.thing_id), "school_id": self.school_id, "kind": self.kind, "thing_id": self.thing_id,
            "card_id": self.card_id, "board_id": self.board_id, "title": title, "words": said, "mark": mark,
        }  # fmt: skip


def number(kind: str, at: str, thing_id: int) -> int:
    """A number that sorts as things are found: places before all else, then by the hour in which they were made, then by their ids.

    Both databases then find the newest first without sorting, and stop when a page is full, however common the word is.
    """
    hour = min(max(int(datetime.fromisoformat(at).timestamp()) // 3600, 0), (1 << _HOUR) - 1)
    if kind in PLACES:
        return FIRST_PLACE | PLACES[kind] << (_HOUR + _THING) | hour << _THING | thing_id
    return hour << (_KIND + _THING) | READ[kind] << _THING | thing_id


def thing(number: int) -> tuple[str, int]:
    """The kind and id that a number was made of."""
    id = number & ((1 << _THING) - 1)
    if number >= FIRST_PLACE:
        return _PLACE[(number - FIRST_PLACE) >> (_HOUR + _THING)], id
    return _TEXT[number >> _THING & ((1 << _KIND) - 1)], id


def vector(line: str, most: int = 256) -> str:
    """A row of words as PostgreSQL writes it: each once, with its places."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(line.split(), 1):
        if word != words.BETWEEN:
            of = places.setdefault(word, [])
            if len(of) < most:
                of.append(str(place))
    return " ".join(f"'{word}':{','.join(of)}" for word, of in places.items())
