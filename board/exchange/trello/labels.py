"""Labels as exports of all years have them: in a list of the board, only upon the cards, without a name, without a colour, without an id."""

from typing import Any

from .shape import Label, LeftOut
from .values import items, line, part, source_id

Record = dict[str, Any]


class Labels:
    def __init__(self) -> None:
        self._known: dict[str, Label] = {}
        #: names of ids that no record describes, with the number of cards that carry them
        self._nameless: dict[str, int] = {}

    def declare(self, record: Record, *, upon_card: bool = False) -> str:
        """Takes a label in, from the board's list, which counts more, or from a card; returns its id."""
        title, colour = line(record.get("name")), line(record.get("color"))
        id = source_id(record.get("id")) or f"{colour}/{title}"
        if not upon_card or id not in self._known:
            self._known[id] = {"id": id, "title": title, "colour": colour}
        return id

    def __len__(self) -> int:
        return len(self._known)

    def upon(self, card: Record) -> list[str]:
        """Declares what stands upon the card and returns the ids it carries, in its order."""
        carried = [self.declare(part(label), upon_card=True) for label in items(card.get("labels")) if part(label)]
        return list(dict.fromkeys(carried + [source_id(id) for id in items(card.get("idLabels")) if source_id(id)]))

    def described(self, ids: list[str]) -> list[str]:
        """Those of a card's labels that some record describes; the others are counted."""
        for id in ids:
            if id not in self._known:
                self._nameless[id] = self._nameless.get(id, 0) + 1
        return [id for id in ids if id in self._known]

    def all(self, names: Any) -> list[Label]:
        """All of them; a label of which only the colour was said takes the board's name for that colour (``labelNames``)."""
        of_colour = part(names)
        return [
            {**label, "title": label["title"] or line(of_colour.get(label["colour"]))} for label in self._known.values()
        ]

    def left_out(self, names: Any) -> list[LeftOut]:
        out: list[LeftOut] = [
            {"kind": "labels", "code": "label_unknown", "what": id, "cards": n} for id, n in self._nameless.items()
        ]
        colours = {label["colour"] for label in self._known.values()}
        for colour, name in part(names).items():
            if line(name) and colour not in colours:
                out.append({"kind": "labels", "code": "label_unused", "what": line(name)})
        return out
