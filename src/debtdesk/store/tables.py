"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


def instant(at: datetime) -> str:
    """Return a moment as it is stored and hashed: UTC, microseconds, of one length; text order is time order."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, stored as text alike in every database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text of a moment."""
        return None if value is None else instant(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the moment of a text."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A day, stored as text alike in every database."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return the text of a day."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day of a text."""
        return None if value is None else date.fromisoformat(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

# One row a case: where its newest version stands, and what the list of cases shows. Follows from the revisions.
cases = Table(
    "cases",
    metadata,
    Column("reference", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("client", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("debts", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("last_outcome", String(16)),
    Column("last_outcome_day", Day),
)

# One row a change, never altered, each sealed with the hash of the one before.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("reference", String(64), ForeignKey(cases.c.reference), nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("reference", "version"),
)

# The content of each change that has one; emptied, with its salt, when the case is removed.
revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, ForeignKey(audit.c.number), primary_key=True, autoincrement=False),
    Column("salt", String(32)),
    Column("content", LargeBinary),
)

# The bills of each case, each once; the contents name them. Gone when the case is removed.
bills = Table(
    "bills",
    metadata,
    Column("reference", String(64), ForeignKey(cases.c.reference), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# The end of the chain, in one row; whoever writes locks it first.
chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("who", String(128), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
