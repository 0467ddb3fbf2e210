"""Several domains a company, what is known of contact points, and who took part in an activity."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables of the revision before to this one."""
    _give_companies_domains()
    for owner in ("company", "contact"):
        for flag in ("verified", "bounced"):
            op.add_column(f"{owner}_point", sa.Column(flag, sa.Integer(), nullable=True))
            op.create_index(
                f"ix_{owner}_point_{flag}",
                f"{owner}_point",
                [f"{owner}_id"],
                unique=False,
                sqlite_where=sa.text(f"{flag} = 1"),
            )
        op.create_index(
            f"ix_{owner}_lifecycle",
            owner,
            ["lifecycle", "sort_name", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
    op.add_column("activity", sa.Column("location", sa.String(), nullable=True))
    op.create_table(
        "activity_contact",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_contact_activity_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_activity_contact_contact_id")),
        sa.PrimaryKeyConstraint("activity_id", "contact_id", name=op.f("pk_activity_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_activity_contact_contact_id", "activity_contact", ["contact_id"], unique=False)


def _give_companies_domains() -> None:
    """The one domain of a company becomes the first of several; the column stays, as what lists show."""
    op.create_table(
        "company_domain",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_domain_company_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_domain")),
        sa.UniqueConstraint("uid", name=op.f("uq_company_domain_uid")),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    known = connection.exec_driver_sql("SELECT id, uid, domain FROM company WHERE domain IS NOT NULL ORDER BY id")
    # The uid that the ledger's old changes of the one domain are lifted to.
    rows = [(row[0], row[2], hashlib.sha256(b"company.domain" + row[1]).digest()[:16]) for row in known]
    if rows:
        sql = "INSERT INTO company_domain(company_id, domain, position, uid) VALUES (?, ?, 0, ?)"
        connection.exec_driver_sql(sql, rows)
    op.drop_index("ix_company_domain", table_name="company")
    op.create_index("ix_company_domain_company_id", "company_domain", ["company_id"], unique=False)
    op.create_index("ix_company_domain_domain", "company_domain", ["domain"], unique=False)
