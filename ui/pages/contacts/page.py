"""The page of contacts."""

from ui.pages import PageContext
from ui.pages.contacts.kind import contact_kind
from ui.pages.record.page import RecordPage


def make_page(context: PageContext) -> RecordPage:
    """Make the page for one open workspace."""
    return RecordPage(contact_kind(), context)
