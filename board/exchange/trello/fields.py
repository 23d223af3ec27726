"""Custom fields as lines that people can read: ``Priority: High``."""

from typing import Any

from .values import instant, items, line, number, order, part, source_id

Record = dict[str, Any]


class Fields:
    """The fields that a board declares, and what a card says in them."""

    def __init__(self) -> None:
        self._fields: dict[str, Record] = {}

    def declare(self, record: Record) -> None:
        options = {
            source_id(part(o).get("id")): line(part(part(o).get("value")).get("text"))
            for o in items(record.get("options"))
        }
        id = source_id(record.get("id"))
        self._fields.setdefault(
            id, {"id": id, "pos": record.get("pos"), "name": line(record.get("name")), "options": options}
        )

    def __len__(self) -> int:
        return len(self._fields)

    def names(self) -> list[str]:
        return [f["name"] for f in sorted(self._fields.values(), key=order)]

    def values(self, card: Record) -> list[tuple[str, str, str]]:
        """(id of the field, its name, the value) in the order of the fields; a value of an undeclared field stands under "Custom field"."""
        found = []
        for item in items(card.get("customFieldItems")):
            id = source_id(part(item).get("idCustomField"))
            field = self._fields.get(id, {"id": id, "name": "", "options": {}})
            value = _shown(part(item), field)
            if value:
                found.append((order(field), (id, field["name"] or "Custom field", value)))
        return [entry for _, entry in sorted(found, key=lambda f: f[0])]


def _shown(item: Record, field: Record) -> str:
    if item.get("idValue"):
        return str(field["options"].get(source_id(item["idValue"]), ""))
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
