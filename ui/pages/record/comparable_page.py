"""A page of records of which two may be one: it leads to the review of duplicates of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages import Shortcut, Target
from ui.pages.record.list_menus import RowCommand
from ui.pages.record.page import RecordPage

DUPLICATES = "duplicates"


class ComparablePage(RecordPage):
    """Adds the way to the duplicates to the page of records; they are not counted, which would read every record."""

    def shortcuts(self) -> Sequence[Shortcut]:
        """The keys of the list, and the one that leads to the duplicates."""
        return (*super().shortcuts(), Shortcut("D", self.tr("Duplicates"), self.open_duplicates))

    def open_duplicates(self) -> None:
        """Go to the pairs of this kind."""
        self.context.navigate(Target(DUPLICATES, self.kind.entity))

    def _more_row_commands(self, _local_id: int) -> list[RowCommand]:
        return [RowCommand(self.tr("Duplicates"), icon="merge", hint=self.tr("D"), run=self.open_duplicates)]
