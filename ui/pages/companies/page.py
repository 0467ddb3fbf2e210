"""The page of companies."""

from ui.pages import PageContext
from ui.pages.companies.kind import company_kind
from ui.pages.record.page import RecordPage


def make_page(context: PageContext) -> RecordPage:
    """Make the page for one open workspace."""
    return RecordPage(company_kind(), context)
