"""What Alembic runs: the steps, inside the transaction and on the connection that the gradebook hands over."""

from __future__ import annotations

from alembic import context

from grader.gradebook.tables import VERSION_TABLE, Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
