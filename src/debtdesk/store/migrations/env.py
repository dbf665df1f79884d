"""Run by Alembic: takes the open connection it is given, and configures no logging."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True)
context.run_migrations()
