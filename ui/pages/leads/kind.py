"""What the page of leads shows: its views, words and form."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import RecordCard
from ui.pages.leads.columns import RULES, lead_columns
from ui.pages.leads.head import LeadHead
from ui.pages.record.kind import BuiltInView, FormPart, FormSection, KindWords, RecordKind, Tab

RESPONSE_DUE = "response_due:any responded_at:none -status:converted -status:disqualified"


def lead_kind() -> RecordKind:
    """Leads, in the language of the moment."""
    return RecordKind(
        entity=EntityKind.LEAD,
        page="leads",
        rounded=False,
        words=KindWords(
            title=_tr("Leads"),
            new=_tr("New lead"),
            edit=_tr("Edit lead"),
            one=_tr("lead"),
            empty_title=_tr("No leads yet"),
            empty_sentence=_tr(
                "People who asked, called or left a card belong here until they are contacts. Bring a list, or add one."
            ),
            no_match=_tr("No lead matches"),
            people="",
            no_people="",
        ),
        columns=lead_columns,
        rules=RULES,
        views=(
            BuiltInView("all", _tr("All")),
            BuiltInView("new", _tr("New"), "status:new"),
            BuiltInView("working", _tr("Working"), "status:working"),
            BuiltInView("response", _tr("Response due"), RESPONSE_DUE),
            BuiltInView("converted", _tr("Converted"), "status:converted"),
            BuiltInView("trash", _tr("Trash"), trash=True),
        ),
        sections=(
            FormSection("", ("name", ("title", "company"))),
            FormSection(_tr("How to reach them"), (PointKind.EMAIL, PointKind.PHONE)),
            FormSection(
                _tr("Lead"),
                (("status", "source"), ("response_due", "owner"), "score", FormPart.TAGS),
            ),
            FormSection(_tr("Address"), (FormPart.ADDRESSES,)),
            FormSection(_tr("On the web"), (PointKind.URL, PointKind.SOCIAL)),
            FormSection(_tr("About"), ("notes",)),
            FormSection(_tr("Own fields"), (FormPart.CUSTOM,)),
        ),
        name_fields=("name",),
        profile_fields=(
            *("name", "title", "company", "source", "status", "score"),
            *("response_due", "responded_at", "disqualify_reason", "owner"),
        ),
        bulk_fields=("status", "owner", "source", "company", "disqualify_reason"),
        tabs=(Tab.TIMELINE, Tab.FIELDS, Tab.TASKS, Tab.HISTORY),
        make_head=_make_head,
        second_line=_lead_line,
        defaults={"status": "new"},
        sort="created",
        descending=True,
        sample_query="status:working owner:me",
        sample_grouping="status",
    )


def _make_head(kind: RecordKind, parent: QWidget) -> LeadHead:
    return LeadHead(kind, parent=parent)


def _lead_line(card: RecordCard) -> tuple[str, str]:
    """Title and company; the company is only a name until the lead is converted."""
    company = card.fields.get("company") or ""
    parts = (card.fields.get("title"), company if company != card.name else "")
    return ", ".join(str(part) for part in parts if part), ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LeadsPage", text)
