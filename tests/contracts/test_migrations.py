"""The tables that the migrations make are the tables that the code declares, on the database of this run."""

import alembic.autogenerate
import alembic.migration
import pytest

from board.core import migrate
from board.core.db import db

# SQLite's own description of an index does not tell an expression in it: Alembic leaves such indexes alone on both sides.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index"),
]

HOW = {"compare_type": True, "include_object": migrate.compared}


def test_models_and_migrations_agree(app):
    with app.app_context(), db.engine.connect() as connection:
        context = alembic.migration.MigrationContext.configure(connection, opts=HOW)
        assert alembic.autogenerate.compare_metadata(context, db.metadata) == []


def test_a_missing_column_is_found(app):
    with app.app_context(), db.engine.connect() as connection:
        context = alembic.migration.MigrationContext.configure(connection, opts=HOW)
        connection.exec_driver_sql("ALTER TABLE schools DROP COLUMN locale")
        difference = alembic.autogenerate.compare_metadata(context, db.metadata)
        assert [(what[0], what[3].name) for what in difference] == [("add_column", "locale")]
        connection.rollback()


def test_the_newest_revision_is_served(app, look):
    with look() as tx:
        assert migrate.current(tx) == migrate.head()
