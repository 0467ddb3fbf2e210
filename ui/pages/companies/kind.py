"""What the page of companies shows: its views, words and form."""

from PySide6.QtCore import QCoreApplication

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import RecordCard
from ui.pages.companies.columns import RULES, company_columns
from ui.pages.record.kind import BuiltInView, FormPart, FormSection, KindWords, RecordKind


def company_kind() -> RecordKind:
    """Companies, in the language of the moment."""
    return RecordKind(
        entity=EntityKind.COMPANY,
        page="companies",
        rounded=True,
        words=KindWords(
            title=_tr("Companies"),
            new=_tr("New company"),
            edit=_tr("Edit company"),
            one=_tr("company"),
            empty_title=_tr("No companies yet"),
            empty_sentence=_tr(
                "The organisations you sell to belong here. They come with an imported list of contacts."
            ),
            no_match=_tr("No company matches"),
            people=_tr("People"),
            no_people=_tr("Nobody yet. Contacts with this company stand here."),
        ),
        columns=company_columns,
        rules=RULES,
        views=(
            BuiltInView("all", _tr("All")),
            BuiltInView("mine", _tr("My companies"), "owner:me"),
            BuiltInView("customers", _tr("Customers"), "lifecycle:customer"),
            BuiltInView("untouched", _tr("No touch in 30 days"), "last>30d"),
            BuiltInView("trash", _tr("Trash"), trash=True),
        ),
        sections=(
            FormSection("", ("name", ("domain", "industry"), ("size", "customer_since"))),
            FormSection(_tr("Relationship"), (("lifecycle", "owner"), FormPart.TAGS)),
            FormSection(_tr("How to reach them"), (PointKind.PHONE, PointKind.URL)),
            FormSection(_tr("Address"), (FormPart.ADDRESSES,)),
            FormSection(_tr("About"), ("notes",)),
            FormSection(_tr("Own fields"), (FormPart.CUSTOM,)),
        ),
        name_fields=("name",),
        profile_fields=("name", "domain", "industry", "size", "lifecycle", "owner", "customer_since"),
        bulk_fields=("lifecycle", "owner", "industry"),
        second_line=_company_line,
    )


def _company_line(card: RecordCard) -> tuple[str, str]:
    parts = (card.fields.get("industry"), card.fields.get("domain"))
    return ", ".join(str(part) for part in parts if part), ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompaniesPage", text)
