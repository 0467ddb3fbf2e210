"""The page of companies."""

from ui.pages import PageContext
from ui.pages.companies.kind import company_kind
from ui.pages.record.comparable_page import ComparablePage


def make_page(context: PageContext) -> ComparablePage:
    """Make the page for one open workspace."""
    return ComparablePage(company_kind(), context)
