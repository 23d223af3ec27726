"""Nothing crosses a school: each table says whose its rows are, but for those that docs/architecture.md names."""

from pathlib import Path

import pytest
from flask import Flask

from board.core.db import db

pytestmark = pytest.mark.once
#: of the whole server, or hanging on one row that has it
WITHOUT = {"accounts", "epoch", "answered", "import_sources"}


def test_every_table_has_its_school_or_is_named_as_one_without(app: Flask) -> None:
    without = {table.name for table in db.metadata.tables.values() if "school_id" not in table.c}
    assert without == WITHOUT | {"schools"}
    text = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()
    claim = next(
        part for part in text.split("\n- ") if part.startswith("Every table of what people see has `school_id`")
    )
    assert all(f"`{name}`" in claim for name in WITHOUT)
