"""Bills apart from the revisions, each once a case: what the entries sealed is put together again, byte for byte."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_audit = sa.table("audit", sa.column("number"), sa.column("reference"))
_revisions = sa.table("revisions", sa.column("number"), sa.column("content", sa.LargeBinary))
_bills = sa.table("bills", sa.column("reference"), sa.column("digest"), sa.column("content", sa.LargeBinary))


def upgrade() -> None:
    """Make the table of bills and move into it what the revisions hold."""
    op.create_table(
        "bills",
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("reference", "digest", name="pk_bills"),
        sa.ForeignKeyConstraint(["reference"], ["cases.reference"], name="fk_bills_reference"),
    )
    connection = op.get_bind()
    kept: set[tuple[str, str]] = set()
    numbers = sa.select(_audit.c.number, _audit.c.reference).order_by(_audit.c.number)
    for number, reference in connection.execute(numbers).all():
        here = _revisions.c.number == number
        taken = _taken_apart(connection.scalar(sa.select(_revisions.c.content).where(here)))
        if taken is None:
            continue
        content, bills = taken
        for digest, bill in bills.items():
            if (reference, digest) not in kept:
                kept.add((reference, digest))
                row = {"reference": reference, "digest": digest, "content": bill}
                connection.execute(sa.insert(_bills).values(row))
        connection.execute(sa.update(_revisions).where(here).values(content=content))


def _taken_apart(whole: bytes | None) -> tuple[bytes, dict[str, bytes]] | None:
    """Return a content with names in place of its bills, and the bills; None where that would lose a byte."""
    if not isinstance(whole, bytes) or b'"bills":[{' not in whole:
        return None
    try:
        plain = json.loads(whole)
        bills = [_json(bill) for bill in plain["bills"]]
    except (ValueError, TypeError, KeyError):  # not written by this program: left as it is
        return None
    names = [hashlib.sha256(bill).hexdigest() for bill in bills]
    in_full, named = (b'"bills":[' + b",".join(these) + b"]" for these in (bills, [_json(name) for name in names]))
    content = _json(plain | {"bills": names})
    if whole.count(in_full) != 1 or content.count(named) != 1 or content.replace(named, in_full) != whole:
        return None
    return content, dict(zip(names, bills, strict=True))


def _json(plain: object) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
