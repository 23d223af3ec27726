"""Custom fields of an export: those that fit come as fields of the board, the others as lines that people can read: ``Priority: High``."""

from typing import Any

from .shape import Field, Value
from .values import instant, items, line, number, order, part, source_id

Record = dict[str, Any]

KINDS = {"text": "text", "number": "number", "date": "date", "checkbox": "tick", "list": "choice"}
#: as many as a board here may have, and a choice may offer; what is more stands as text
MOST_FIELDS = 50
MOST_OPTIONS = 100
LONGEST = 2_000
LARGEST = 10**15


class Fields:
    """The fields that a board declares, and what a card says in them."""

    def __init__(self) -> None:
        self._fields: dict[str, Record] = {}
        self._own: dict[str, Field] | None = None

    def declare(self, record: Record) -> None:
        options = [
            {
                "id": source_id(part(o).get("id")),
                "title": line(part(part(o).get("value")).get("text")),
                "colour": line(part(o).get("color")),
            }
            for o in sorted(map(part, items(record.get("options"))), key=order)
        ]
        id = source_id(record.get("id"))
        self._fields.setdefault(
            id,
            {
                "id": id,
                "pos": record.get("pos"),
                "name": line(record.get("name")),
                "kind": KINDS.get(line(record.get("type")), ""),
                "front": part(record.get("display")).get("cardFront") is True,
                "options": {o["id"]: o for o in options if o["id"]},
            },
        )

    def __len__(self) -> int:
        return len(self._fields)

    def all(self) -> list[Field]:
        """Those that a board here can have, in their order."""
        return list(self._fitting().values())

    def names_of_others(self) -> list[str]:
        return [f["name"] for f in sorted(self._fields.values(), key=order) if f["id"] not in self._fitting()]

    def values(self, card: Record) -> dict[str, Value]:
        """What the card says in the fields that are taken, by their ids; a choice by the id of what was chosen."""
        found = {}
        for item, field in self._said(card):
            value = _value(item, field) if field["id"] in self._fitting() else None
            if value is not None:
                found[field["id"]] = value
        return found

    def facts(self, card: Record) -> list[tuple[str, str]]:
        """(name, value) of all else it says; a value of an undeclared field stands under "Custom field"."""
        taken, found = self.values(card), []
        for item, field in self._said(card):
            value = _shown(item, field) if field["id"] not in taken else ""
            if value:
                found.append((order(field), (field["name"] or "Custom field", value)))
        return [entry for _, entry in sorted(found, key=lambda f: f[0])]

    def _said(self, card: Record) -> list[tuple[Record, Record]]:
        rows = [part(item) for item in items(card.get("customFieldItems"))]
        ids = [source_id(row.get("idCustomField")) for row in rows]
        nobody = {"name": "", "kind": "", "options": {}}
        return [(row, self._fields.get(id, {"id": id, **nobody})) for row, id in zip(rows, ids, strict=True)]

    def _fitting(self) -> dict[str, Field]:
        if self._own is None:
            own = [f for f in sorted(self._fields.values(), key=order) if f["id"] and f["name"] and _fits(f)][
                :MOST_FIELDS
            ]
            self._own = {
                f["id"]: {
                    "id": f["id"], "title": f["name"], "kind": f["kind"], "front": f["front"], "options": list(f["options"].values()),
                }
                for f in own
            }  # fmt: skip
        return self._own


def _fits(field: Record) -> bool:
    if field["kind"] != "choice":
        return bool(field["kind"])
    return len(field["options"]) <= MOST_OPTIONS and all(o["title"] for o in field["options"].values())


def _value(item: Record, field: Record) -> Value | None:
    kind, value = field["kind"], part(item.get("value"))
    if kind == "choice":
        option = source_id(item.get("idValue"))
        return option if option in field["options"] else None
    if kind == "tick":
        return value.get("checked") in ("true", True) or None
    if kind == "date":
        return instant(value.get("date"))
    if kind == "number":
        found = _number(value.get("number"))
        if found is None or not abs(found) < LARGEST:
            return None
        return int(found) if found.is_integer() else found
    text = line(value.get("text"))
    return text if 0 < len(text) <= LONGEST else None


def _number(said: Any) -> float | None:
    # Exports write numbers of fields as text: "12.50".
    try:
        return float(said) if isinstance(said, str) and len(said) <= 40 else number(said)
    except ValueError:
        return None


def _shown(item: Record, field: Record) -> str:
    if item.get("idValue"):
        return str(field["options"].get(source_id(item["idValue"]), {}).get("title", ""))
    value = part(item.get("value"))
    if "checked" in value:
        return "yes" if value["checked"] in ("true", True) else ""
    if "date" in value:
        moment = instant(value["date"])
        return moment[:16].replace("T", " ") + " UTC" if moment else ""
    if "number" in value:
        found = number(value["number"])
        return (
            line(value["number"])
            if found is None
            else str(int(found) if found.is_integer() and abs(found) < 2**53 else found)
        )
    return line(value.get("text"))
