"""Alembic's door: one connection, handed in by ``core.migrate`` (or by ``bin/migration`` when a new revision is written)."""

from alembic import context

from board.core import migrate
from board.core.db import db

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=db.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_object=migrate.compared,
)
with context.begin_transaction():
    context.run_migrations()
