"""What the page of contacts shows: its views, words and form."""

from PySide6.QtCore import QCoreApplication

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from ui.pages.contacts.columns import RULES, contact_columns
from ui.pages.record.kind import BuiltInView, FormPart, FormSection, KindWords, RecordKind


def contact_kind() -> RecordKind:
    """Contacts, in the language of the moment."""
    return RecordKind(
        entity=EntityKind.CONTACT,
        page="contacts",
        rounded=False,
        words=KindWords(
            title=_tr("Contacts"),
            new=_tr("New contact"),
            edit=_tr("Edit contact"),
            one=_tr("contact"),
            empty_title=_tr("No contacts yet"),
            empty_sentence=_tr("The people you sell to belong here. Bring the list you have, or add the first one."),
            no_match=_tr("No contact matches"),
            people=_tr("Related"),
            no_people=_tr("No company and nobody else yet. A company is put in under Fields."),
        ),
        columns=contact_columns,
        rules=RULES,
        views=(
            BuiltInView("all", _tr("All")),
            BuiltInView("mine", _tr("My contacts"), "owner:me"),
            BuiltInView("customers", _tr("Customers"), "lifecycle:customer"),
            BuiltInView("untouched", _tr("No touch in 30 days"), "last>30d"),
            BuiltInView("trash", _tr("Trash"), trash=True),
        ),
        sections=(
            FormSection("", (("first_name", "last_name"), "title", "company")),
            FormSection(_tr("How to reach them"), (PointKind.EMAIL, PointKind.PHONE)),
            FormSection(
                _tr("Relationship"),
                (
                    ("lifecycle", "owner"),
                    ("preferred_channel", "cadence_days"),
                    "do_not_contact",
                    FormPart.TAGS,
                ),
            ),
            FormSection(_tr("Address"), (FormPart.ADDRESSES,)),
            FormSection(_tr("On the web"), (PointKind.URL, PointKind.SOCIAL)),
            FormSection(
                _tr("About"),
                (
                    ("birthday", "language"),
                    "time_zone",
                    "notes",
                ),
            ),
            FormSection(_tr("Own fields"), (FormPart.CUSTOM,)),
        ),
        name_fields=("first_name", "last_name"),
        profile_fields=(
            *("first_name", "last_name", "title", "company", "lifecycle", "owner"),
            *("preferred_channel", "cadence_days", "do_not_contact"),
            *("birthday", "language", "time_zone"),
        ),
        bulk_fields=("lifecycle", "owner", "company", "title", "preferred_channel"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactsPage", text)
