"""What the fields, choices and activities of records are called on screen."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from services.records.fields import CHANNELS, CUSTOM_PREFIX
from services.records.people import CustomField
from ui.theme.tokens import Tone

_CONTEXT: Final = "RecordWording"
# Qt's stub says that a marked text is an object; it is the text.
Words = Mapping[str, Any]

_FIELDS: Final[Words] = {
    "external_key": QT_TRANSLATE_NOOP("RecordWording", "External key"),
    "first_name": QT_TRANSLATE_NOOP("RecordWording", "First name"),
    "last_name": QT_TRANSLATE_NOOP("RecordWording", "Last name"),
    "name": QT_TRANSLATE_NOOP("RecordWording", "Name"),
    "title": QT_TRANSLATE_NOOP("RecordWording", "Title"),
    "company": QT_TRANSLATE_NOOP("RecordWording", "Company"),
    "email": QT_TRANSLATE_NOOP("RecordWording", "Email"),
    "phone": QT_TRANSLATE_NOOP("RecordWording", "Phone"),
    "website": QT_TRANSLATE_NOOP("RecordWording", "Website"),
    "social": QT_TRANSLATE_NOOP("RecordWording", "Profile"),
    "address": QT_TRANSLATE_NOOP("RecordWording", "Address"),
    "city": QT_TRANSLATE_NOOP("RecordWording", "City"),
    "country": QT_TRANSLATE_NOOP("RecordWording", "Country"),
    "birthday": QT_TRANSLATE_NOOP("RecordWording", "Birthday"),
    "language": QT_TRANSLATE_NOOP("RecordWording", "Language"),
    "time_zone": QT_TRANSLATE_NOOP("RecordWording", "Time zone"),
    "preferred_channel": QT_TRANSLATE_NOOP("RecordWording", "Prefers"),
    "cadence_days": QT_TRANSLATE_NOOP("RecordWording", "Cadence, days"),
    "do_not_contact": QT_TRANSLATE_NOOP("RecordWording", "Do not contact"),
    "lifecycle": QT_TRANSLATE_NOOP("RecordWording", "Lifecycle"),
    "churned_at": QT_TRANSLATE_NOOP("RecordWording", "Churned"),
    "churn_reason": QT_TRANSLATE_NOOP("RecordWording", "Why they left"),
    "customer_since": QT_TRANSLATE_NOOP("RecordWording", "Customer since"),
    "owner": QT_TRANSLATE_NOOP("RecordWording", "Owner"),
    "notes": QT_TRANSLATE_NOOP("RecordWording", "Notes"),
    "tags": QT_TRANSLATE_NOOP("RecordWording", "Tags"),
    "domain": QT_TRANSLATE_NOOP("RecordWording", "Domain"),
    "industry": QT_TRANSLATE_NOOP("RecordWording", "Industry"),
    "size": QT_TRANSLATE_NOOP("RecordWording", "Employees"),
    "subject": QT_TRANSLATE_NOOP("RecordWording", "Subject"),
    "body": QT_TRANSLATE_NOOP("RecordWording", "Text"),
    "outcome": QT_TRANSLATE_NOOP("RecordWording", "Outcome"),
    "duration_s": QT_TRANSLATE_NOOP("RecordWording", "Duration"),
    "source": QT_TRANSLATE_NOOP("RecordWording", "Came from"),
    "created": QT_TRANSLATE_NOOP("RecordWording", "Created"),
    "points": QT_TRANSLATE_NOOP("RecordWording", "Contact point"),
    "roles": QT_TRANSLATE_NOOP("RecordWording", "Role at a company"),
    "deleted_at": QT_TRANSLATE_NOOP("RecordWording", "Trash"),
    "last": QT_TRANSLATE_NOOP("RecordWording", "Last contact"),
    "contacts": QT_TRANSLATE_NOOP("RecordWording", "Contacts"),
    "participants": QT_TRANSLATE_NOOP("RecordWording", "Participants"),
    "verified": QT_TRANSLATE_NOOP("RecordWording", "Verified"),
    "bounced": QT_TRANSLATE_NOOP("RecordWording", "Bounced"),
    "parent": QT_TRANSLATE_NOOP("RecordWording", "Belongs to"),
    "contact": QT_TRANSLATE_NOOP("RecordWording", "Contact"),
    "deal": QT_TRANSLATE_NOOP("RecordWording", "Deal"),
    "lead": QT_TRANSLATE_NOOP("RecordWording", "Lead"),
    "pipeline": QT_TRANSLATE_NOOP("RecordWording", "Pipeline"),
    "stage": QT_TRANSLATE_NOOP("RecordWording", "Stage"),
    "status": QT_TRANSLATE_NOOP("RecordWording", "Status"),
    "score": QT_TRANSLATE_NOOP("RecordWording", "Score"),
    "response_due": QT_TRANSLATE_NOOP("RecordWording", "Response due"),
    "responded_at": QT_TRANSLATE_NOOP("RecordWording", "Answered"),
    "disqualify_reason": QT_TRANSLATE_NOOP("RecordWording", "Why not"),
    "converted_at": QT_TRANSLATE_NOOP("RecordWording", "Converted"),
    "converted_contact": QT_TRANSLATE_NOOP("RecordWording", "Became the contact"),
    "converted_company": QT_TRANSLATE_NOOP("RecordWording", "Became the company"),
    "converted_deal": QT_TRANSLATE_NOOP("RecordWording", "Became the deal"),
    "merged_into": QT_TRANSLATE_NOOP("RecordWording", "Merged into"),
    "amount": QT_TRANSLATE_NOOP("RecordWording", "Amount"),
    "currency": QT_TRANSLATE_NOOP("RecordWording", "Currency"),
    "probability": QT_TRANSLATE_NOOP("RecordWording", "Probability, %"),
    "expected_close": QT_TRANSLATE_NOOP("RecordWording", "Expected close"),
    "stage_entered_at": QT_TRANSLATE_NOOP("RecordWording", "In this stage since"),
    "next_step": QT_TRANSLATE_NOOP("RecordWording", "Next step"),
    "next_step_due": QT_TRANSLATE_NOOP("RecordWording", "Next step due"),
    "forecast_category": QT_TRANSLATE_NOOP("RecordWording", "Forecast"),
    "won_at": QT_TRANSLATE_NOOP("RecordWording", "Won"),
    "lost_at": QT_TRANSLATE_NOOP("RecordWording", "Lost"),
    "loss_reason": QT_TRANSLATE_NOOP("RecordWording", "Why it was lost"),
    "competitor": QT_TRANSLATE_NOOP("RecordWording", "Competitor"),
    "due_at": QT_TRANSLATE_NOOP("RecordWording", "Due"),
    "remind_at": QT_TRANSLATE_NOOP("RecordWording", "Reminder"),
    "snoozed_until": QT_TRANSLATE_NOOP("RecordWording", "Snoozed until"),
    "priority": QT_TRANSLATE_NOOP("RecordWording", "Priority"),
    "recurrence": QT_TRANSLATE_NOOP("RecordWording", "Repeats"),
    "done_at": QT_TRANSLATE_NOOP("RecordWording", "Done"),
    "relations": QT_TRANSLATE_NOOP("RecordWording", "Relation"),
    "consents": QT_TRANSLATE_NOOP("RecordWording", "Consent"),
}
_CHOICES: Final[Words] = {
    "prospect": QT_TRANSLATE_NOOP("RecordWording", "Prospect"),
    "customer": QT_TRANSLATE_NOOP("RecordWording", "Customer"),
    "churned": QT_TRANSLATE_NOOP("RecordWording", "Churned"),
    "email": QT_TRANSLATE_NOOP("RecordWording", "Email"),
    "call": QT_TRANSLATE_NOOP("RecordWording", "Call"),
    "sms": QT_TRANSLATE_NOOP("RecordWording", "Text message"),
    "message": QT_TRANSLATE_NOOP("RecordWording", "Message"),
    "visit": QT_TRANSLATE_NOOP("RecordWording", "Visit"),
    "new": QT_TRANSLATE_NOOP("RecordWording", "New"),
    "working": QT_TRANSLATE_NOOP("RecordWording", "Working"),
    "nurturing": QT_TRANSLATE_NOOP("RecordWording", "Nurturing"),
    "qualified": QT_TRANSLATE_NOOP("RecordWording", "Qualified"),
    "disqualified": QT_TRANSLATE_NOOP("RecordWording", "Disqualified"),
    "converted": QT_TRANSLATE_NOOP("RecordWording", "Converted"),
    "open": QT_TRANSLATE_NOOP("RecordWording", "Open"),
    "won": QT_TRANSLATE_NOOP("RecordWording", "Won"),
    "lost": QT_TRANSLATE_NOOP("RecordWording", "Lost"),
    "done": QT_TRANSLATE_NOOP("RecordWording", "Done"),
    "cancelled": QT_TRANSLATE_NOOP("RecordWording", "Cancelled"),
    "low": QT_TRANSLATE_NOOP("RecordWording", "Low"),
    "normal": QT_TRANSLATE_NOOP("RecordWording", "Normal"),
    "high": QT_TRANSLATE_NOOP("RecordWording", "High"),
    "urgent": QT_TRANSLATE_NOOP("RecordWording", "Urgent"),
    "granted": QT_TRANSLATE_NOOP("RecordWording", "Granted"),
    "withdrawn": QT_TRANSLATE_NOOP("RecordWording", "Withdrawn"),
    "consent": QT_TRANSLATE_NOOP("RecordWording", "Consent"),
    "contract": QT_TRANSLATE_NOOP("RecordWording", "Contract"),
    "legitimate_interest": QT_TRANSLATE_NOOP("RecordWording", "Legitimate interest"),
    "legal_obligation": QT_TRANSLATE_NOOP("RecordWording", "Legal obligation"),
    "public_task": QT_TRANSLATE_NOOP("RecordWording", "Public task"),
    "vital_interest": QT_TRANSLATE_NOOP("RecordWording", "Vital interest"),
    "reports_to": QT_TRANSLATE_NOOP("RecordWording", "Reports to"),
    "assistant": QT_TRANSLATE_NOOP("RecordWording", "Assistant"),
    "colleague": QT_TRANSLATE_NOOP("RecordWording", "Colleague"),
    "spouse": QT_TRANSLATE_NOOP("RecordWording", "Spouse"),
    "family": QT_TRANSLATE_NOOP("RecordWording", "Family"),
    "friend": QT_TRANSLATE_NOOP("RecordWording", "Friend"),
    "referred_by": QT_TRANSLATE_NOOP("RecordWording", "Referred by"),
    "other": QT_TRANSLATE_NOOP("RecordWording", "Other"),
    "champion": QT_TRANSLATE_NOOP("RecordWording", "Champion"),
    "decision": QT_TRANSLATE_NOOP("RecordWording", "Decides"),
    "user": QT_TRANSLATE_NOOP("RecordWording", "User"),
    "influencer": QT_TRANSLATE_NOOP("RecordWording", "Influencer"),
    "blocker": QT_TRANSLATE_NOOP("RecordWording", "Blocker"),
}
_TONES: Final = {
    "customer": Tone.OK,
    "churned": Tone.WARN,
    "new": Tone.ACCENT,
    "qualified": Tone.OK,
    "converted": Tone.OK,
    "granted": Tone.OK,
    "withdrawn": Tone.WARN,
    "won": Tone.OK,
}
_LABELS: Final[Words] = {
    "work": QT_TRANSLATE_NOOP("RecordWording", "Work"),
    "home": QT_TRANSLATE_NOOP("RecordWording", "Home"),
    "mobile": QT_TRANSLATE_NOOP("RecordWording", "Mobile"),
    "fax": QT_TRANSLATE_NOOP("RecordWording", "Fax"),
    "main": QT_TRANSLATE_NOOP("RecordWording", "Main"),
    "pager": QT_TRANSLATE_NOOP("RecordWording", "Pager"),
    "other": QT_TRANSLATE_NOOP("RecordWording", "Other"),
}
POINT_LABELS: Final = ("work", "home", "mobile", "main", "fax", "other")

_ACTIVITIES: Final[Mapping[str, tuple[Any, str]]] = {
    "call": (QT_TRANSLATE_NOOP("RecordWording", "Call"), "call"),
    "meeting": (QT_TRANSLATE_NOOP("RecordWording", "Meeting"), "meeting"),
    "email": (QT_TRANSLATE_NOOP("RecordWording", "Email"), "mail"),
    "sms": (QT_TRANSLATE_NOOP("RecordWording", "Text message"), "sms"),
    "message": (QT_TRANSLATE_NOOP("RecordWording", "Message"), "chat"),
    "note": (QT_TRANSLATE_NOOP("RecordWording", "Note"), "note"),
    "visit": (QT_TRANSLATE_NOOP("RecordWording", "Visit"), "location"),
    "purchase": (QT_TRANSLATE_NOOP("RecordWording", "Purchase"), "money"),
    "ticket": (QT_TRANSLATE_NOOP("RecordWording", "Ticket"), "flag"),
    "task_done": (QT_TRANSLATE_NOOP("RecordWording", "Task done"), "task"),
}
_OUTCOMES: Final[Words] = {
    "reached": QT_TRANSLATE_NOOP("RecordWording", "Reached"),
    "no_answer": QT_TRANSLATE_NOOP("RecordWording", "No answer"),
    "voicemail": QT_TRANSLATE_NOOP("RecordWording", "Left a message"),
    "call_back": QT_TRANSLATE_NOOP("RecordWording", "Call back"),
}


def field_name(name: str) -> str:
    """What a field is called: `First name`; a custom field by the name its owner gave it."""
    if name.startswith(CUSTOM_PREFIX):
        return name.removeprefix(CUSTOM_PREFIX)
    known = _FIELDS.get(name)
    return _tr(known) if known else name.replace("_", " ").capitalize()


def own_field_label(field: CustomField) -> str:
    """What a custom field is called: its label, else its name written as words."""
    if field.label and field.label != field.name:
        return field.label
    words = field.name.replace("_", " ")
    return words[:1].upper() + words[1:]


def choice(value: str) -> str:
    """What a value of a choice field is called: `Customer`."""
    known = _CHOICES.get(value)
    if known is None and value in CHANNELS:
        return activity_name(value)
    return _tr(known) if known else value.replace("_", " ").capitalize()


def choice_tone(value: str) -> Tone:
    """The tone of a lifecycle, a status, a consent."""
    return _TONES.get(value, Tone.NEUTRAL)


def point_label(label: str) -> str:
    """What a label of a contact point is called; labels of the user's own as they wrote them."""
    known = _LABELS.get(label)
    return _tr(known) if known else label[:1].upper() + label[1:]


def activity_name(kind: str) -> str:
    """What a kind of activity is called."""
    known = _ACTIVITIES.get(kind)
    return _tr(known[0]) if known else kind.capitalize()


def activity_icon(kind: str) -> str:
    """The icon of a kind of activity."""
    return _ACTIVITIES[kind][1] if kind in _ACTIVITIES else "note"


def outcomes() -> list[tuple[str, str]]:
    """The outcomes of a call to choose from, each as text and value."""
    return [(_tr(text), value) for value, text in _OUTCOMES.items()]


def outcome_name(value: str) -> str:
    """What an outcome is called; imported ones as they are."""
    known = _OUTCOMES.get(value)
    return _tr(known) if known else value


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
