"""What the list, the panel and the form of deals show: views, words and fields."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from services.records.fields import EntityKind
from services.records.people import RecordCard
from ui.pages.deals.columns import RULES, deal_columns
from ui.pages.deals.panel_head import DealHead
from ui.pages.record.kind import BuiltInView, FormSection, KindWords, RecordKind, Tab


def deal_kind() -> RecordKind:
    """Deals, in the language of the moment."""
    return RecordKind(
        entity=EntityKind.DEAL,
        page="deals",
        rounded=True,
        words=KindWords(
            title=_tr("Deals"),
            new=_tr("New deal"),
            edit=_tr("Edit deal"),
            one=_tr("deal"),
            empty_title=_tr("No deals yet"),
            empty_sentence=_tr("What you want to sell belongs here: add the first deal, and it stands on the board."),
            no_match=_tr("No deal matches"),
            people=_tr("People"),
            no_people=_tr("Nobody takes part yet."),
        ),
        columns=deal_columns,
        rules=RULES,
        views=(
            BuiltInView("open", _tr("Open"), "status:open"),
            BuiltInView("mine", _tr("My deals"), "owner:me status:open"),
            BuiltInView("no-step", _tr("Without next step"), "status:open next_step:none"),
            BuiltInView("won", _tr("Won"), "status:won"),
            BuiltInView("lost", _tr("Lost"), "status:lost"),
            BuiltInView("all", _tr("All")),
            BuiltInView("trash", _tr("Trash"), trash=True),
        ),
        sections=(
            FormSection("", ("title", ("company", "contact"), ("amount", "currency"))),
            FormSection(_tr("Where it stands"), (("stage", "expected_close"), ("next_step", "next_step_due"))),
            FormSection(_tr("More"), (("probability", "owner"), "competitor", "notes")),
        ),
        name_fields=("title",),
        profile_fields=(
            *("title", "company", "amount", "currency", "expected_close", "probability"),
            *("next_step", "next_step_due", "competitor", "loss_reason", "owner"),
        ),
        bulk_fields=("owner", "expected_close", "next_step", "next_step_due", "company"),
        tabs=(Tab.TIMELINE, Tab.FIELDS, Tab.PEOPLE, Tab.TASKS, Tab.HISTORY),
        make_head=_make_head,
        second_line=lambda card: ("", company_of(card)),
        defaults={},
        sort="expected_close",
        sample_query="status:open amount>20000",
    )


def company_of(card: RecordCard) -> str:
    """The name of the company a deal is with."""
    return next((link.name for link in card.links if link.field == "company"), "")


def _make_head(kind: RecordKind, parent: QWidget) -> DealHead:
    return DealHead(kind, parent=parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealsPage", text)
