"""Where a thing stands among its siblings: by neighbour, never by index."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, select, tuple_

from board.boards.models import boards, cards, checklists, fields, items, lists
from board.core import position
from board.core.db import Tx
from board.core.errors import Conflict
from board.core.hot import Hot


class Order:
    """The order of rows of one table under one parent; ties go by id."""

    def __init__(self, table: Any, parent: str, under: Any, *shown: Any):
        self.table = table
        self._alone = Hot(select(under.c.id).where(under.c.id == bindparam("parent")).with_for_update(key_share=True))
        place = tuple_(table.c.position, table.c.id)
        there = tuple_(bindparam("position"), bindparam("anchor"))
        siblings = (table.c[parent] == bindparam("parent"), *shown)
        others = select(table.c.position).where(*siblings, table.c.id != bindparam("self")).limit(1)
        self._anchors = Hot(
            select(table.c.id, table.c.position).where(
                *siblings, table.c.id.in_((bindparam("one"), bindparam("other")))
            )
        )
        self._before = Hot(others.where(place < there).order_by(table.c.position.desc(), table.c.id.desc()))
        self._after = Hot(others.where(place > there).order_by(table.c.position, table.c.id))
        self._last = Hot(others.order_by(table.c.position.desc(), table.c.id.desc()))
        self._all = select(table.c.id, table.c.position).where(*siblings).order_by(table.c.position, table.c.id)

    def last(self, tx: Tx, parent: int) -> str:
        """A position at the end. Who else appends waits until this one stands there, or both would get the same place."""
        if tx.dialect == "postgresql":
            tx.later(self._alone, {"parent": parent})
        return position.between(tx.scalar(self._last, {"parent": parent, "self": 0}), None)

    def place(self, tx: Tx, parent: int, row: Any, before: int | None, after: int | None, *, here: bool) -> str | None:
        """A position next to the first of the two neighbours that still stands there, at the end when none is given.

        Args:
            row: what is placed (id, position); ``here``: it is under this parent already.

        Returns:
            None: it stands there already. "" when there is no room between the neighbours: ``spread`` then.

        Raises:
            Conflict: neighbours were given, and none of them is there any more.
        """
        bound = {"parent": parent, "self": row.id}
        if before is None and after is None:
            low, high = tx.scalar(self._last, bound), None
        else:
            anchors = dict(tx.all(self._anchors, {"parent": parent, "one": before or 0, "other": after or 0}))
            anchor = before if before in anchors else after
            if anchor not in anchors:
                raise Conflict(_("What it was to stand next to is not there any more."))
            if anchor == row.id:
                return None
            there = {**bound, "position": anchors[anchor], "anchor": anchor}
            if anchor == before:
                low, high = tx.scalar(self._before, there), anchors[anchor]
            else:
                low, high = anchors[anchor], tx.scalar(self._after, there)
        if here and (low is None or low < row.position) and (high is None or row.position < high):
            return None
        if low is not None and high is not None and low >= high:
            return ""
        found = position.between(low, high)
        return found if len(found) <= position.LONGEST else ""

    def place_many(self, tx: Tx, parent: int, ids: list[int], before: int | None, after: int | None) -> dict[int, str]:
        """Positions for these, in this order, next to the first of the two neighbours that still stands there, at the end when none is given;
        with those of others where there was no room between the neighbours. Written by the caller.

        Raises:
            Conflict: neighbours were given, and none of them is there any more.
        """
        if tx.dialect == "postgresql":
            tx.later(self._alone, {"parent": parent})
        present, moved = self.positions(tx, parent), set(ids)
        order = [id for id in present if id not in moved]
        if before is None and after is None:
            at = len(order)
        elif before in order:
            at = order.index(before)
        elif after in order:
            at = order.index(after) + 1
        else:
            raise Conflict(_("What it was to stand next to is not there any more."))
        final = [*order[:at], *ids, *order[at:]]
        if final == list(present):
            return {id: present[id] for id in ids}
        low = present[order[at - 1]] if at else None
        high = present[order[at]] if at < len(order) else None
        if low is None or high is None or low < high:
            places = position.several(low, high, len(ids))
            if max(map(len, places)) <= position.LONGEST:
                return dict(zip(ids, places, strict=True))
        return dict(zip(final, position.spread(len(final)), strict=True))

    def spread(self, tx: Tx, parent: int, id: int, before: int | None, after: int | None) -> dict[int, str]:
        """New positions for all under this parent, ``id`` among them next to its neighbour; written, and returned by id."""
        order = [row.id for row in tx.all(self._all, {"parent": parent}) if row.id != id]
        if before in order:
            order.insert(order.index(before), id)
        elif after in order:
            order.insert(order.index(after) + 1, id)
        else:
            order.append(id)
        places = dict(zip(order, position.spread(len(order)), strict=True))
        change = self.table.update().where(self.table.c.id == bindparam("of")).values(position=bindparam("to"))
        tx.execute(change, [{"of": of, "to": to} for of, to in places.items()])
        return places

    def positions(self, tx: Tx, parent: int) -> dict[int, str]:
        return dict(tx.all(self._all, {"parent": parent}))


of_lists = Order(lists, "board_id", boards, lists.c.archived_at.is_(None))
of_cards = Order(cards, "list_id", lists, cards.c.archived_at.is_(None), cards.c.binned_at.is_(None))
of_checklists = Order(checklists, "card_id", cards, checklists.c.deleted_at.is_(None))
of_fields = Order(fields, "board_id", boards, fields.c.deleted_at.is_(None))
of_items = Order(items, "checklist_id", checklists, items.c.deleted_at.is_(None))
