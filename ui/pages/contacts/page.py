"""The page of contacts."""

from ui.pages import PageContext
from ui.pages.contacts.kind import contact_kind
from ui.pages.record.comparable_page import ComparablePage


def make_page(context: PageContext) -> ComparablePage:
    """Make the page for one open workspace."""
    return ComparablePage(contact_kind(), context)
