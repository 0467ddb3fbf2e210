"""What an entry of a timeline is called."""

from datetime import UTC, datetime

import pytest

from services.records.ids import Uid
from services.records.people import ActivityRow
from ui.pages.record.timeline_model import entry_title

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)


def call(subject: str, duration_s: int | None) -> ActivityRow:
    """A call with this subject and length."""
    return ActivityRow(
        id=1,
        uid=Uid(b"u" * 16),
        type="call",
        contact_id=None,
        contact="",
        company_id=None,
        company="",
        occurred_at=NOW,
        recorded_at=NOW,
        subject=subject,
        body="",
        outcome="",
        duration_s=duration_s,
        amount=None,
        currency="",
        direction="",
        pinned=False,
    )


@pytest.mark.parametrize(
    ("subject", "duration_s", "title"),
    [
        ("", 840, "Call, 14 min"),
        ("", None, "Call"),
        ("Renewal", 840, "Renewal, 14 min"),
        ("Call, 3 min", 215, "Call, 3 min"),
        ("Call (2 h)", 7300, "Call (2 h)"),
        ("30 seats", 840, "30 seats, 14 min"),
    ],
)
def test_the_length_is_said_once_whoever_rounded_it(subject: str, duration_s: int | None, title: str) -> None:
    assert entry_title(call(subject, duration_s)) == title
