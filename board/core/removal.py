"""Takes rows away for good, with every row that stands for a part of them."""

from typing import Any

from sqlalchemy import Table

from board.core.db import Tx, db


def remove(tx: Tx, table: Table, condition: Any) -> None:
    """Rows of other tables that refer to them go first; where such a reference may be empty, it is emptied instead."""
    for other in db.metadata.sorted_tables:
        for key in other.foreign_keys:
            if other is table or key.column.table is not table:
                continue
            refers = key.parent.in_(key.column.table.select().with_only_columns(key.column).where(condition))
            if key.parent.nullable:
                tx.execute(other.update().where(refers).values({key.parent: None}))
            else:
                remove(tx, other, refers)
    tx.execute(table.delete().where(condition))
