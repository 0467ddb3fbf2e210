"""What the batches of the ledger are called in toasts: a label code and a count become plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

translate: Final = QCoreApplication.translate


def things(entity: str, count: int) -> str:
    """`1 contact`, `1,204 companies`; an entity without a word of its own counts as records."""
    words = {
        "contact": (translate("Wording", "1 contact"), translate("Wording", "{count} contacts")),
        "company": (translate("Wording", "1 company"), translate("Wording", "{count} companies")),
        "activity": (translate("Wording", "1 activity"), translate("Wording", "{count} activities")),
        "lead": (translate("Wording", "1 lead"), translate("Wording", "{count} leads")),
        "deal": (translate("Wording", "1 deal"), translate("Wording", "{count} deals")),
        "task": (translate("Wording", "1 task"), translate("Wording", "{count} tasks")),
        "event": (translate("Wording", "1 event"), translate("Wording", "{count} events")),
    }
    records = (translate("Wording", "1 record"), translate("Wording", "{count} records"))
    one, many = words.get(entity, records)
    return one if count == 1 else many.format(count=f"{count:,}")


def name_of_batch(label_code: str, records: int) -> str:
    """What a batch did, as a noun: `import of 1,204 contacts`, `change of a setting`."""
    known = _known_batches().get(label_code)
    if known is not None:
        return known
    entity, _, action = label_code.partition(".")
    pattern = _patterns().get(action, "{things}")
    return pattern.format(things=things(entity, records))


def _known_batches() -> dict[str, str]:
    return {
        "contact.add": translate("Wording", "new contact"),
        "contact.change": translate("Wording", "change of a contact"),
        "company.add": translate("Wording", "new company"),
        "company.change": translate("Wording", "change of a company"),
        "activity.add": translate("Wording", "new activity"),
        "activity.change": translate("Wording", "change of an activity"),
        "lead.add": translate("Wording", "new lead"),
        "lead.change": translate("Wording", "change of a lead"),
        "lead.convert": translate("Wording", "conversion of a lead"),
        "deal.add": translate("Wording", "new deal"),
        "deal.change": translate("Wording", "change of a deal"),
        "deal.move": translate("Wording", "move of a deal"),
        "deal.win": translate("Wording", "won deal"),
        "deal.lose": translate("Wording", "lost deal"),
        "deal.person": translate("Wording", "people of a deal"),
        "task.add": translate("Wording", "new task"),
        "task.change": translate("Wording", "change of a task"),
        "task.snooze": translate("Wording", "snooze of a task"),
        "event.take": translate("Wording", "import of a calendar"),
        "activity.mail": translate("Wording", "mails on timelines"),
        "capture.save": translate("Wording", "captured line"),
        "file.attach": translate("Wording", "attached files"),
        "file.delete": translate("Wording", "removed files"),
        "saved_view.add": translate("Wording", "new view"),
        "saved_view.change": translate("Wording", "change of a view"),
        "saved_view.delete": translate("Wording", "deleted view"),
        "saved_view.order": translate("Wording", "order of the views"),
        "saved_view.import": translate("Wording", "view from a file"),
        "event.add": translate("Wording", "new event"),
        "event.change": translate("Wording", "change of an event"),
        "contact.consent": translate("Wording", "change of a consent"),
        "contact.relation": translate("Wording", "change of a relation"),
        "contact.link_company": translate("Wording", "link to a company"),
        "contact.unlink_company": translate("Wording", "removed link to a company"),
        "contact.merge": translate("Wording", "merge of two contacts"),
        "company.merge": translate("Wording", "merge of two companies"),
        "contact.ignore_pair": translate("Wording", "never these two contacts"),
        "company.ignore_pair": translate("Wording", "never these two companies"),
        "distinct_pair.delete": translate("Wording", "showing a pair again"),
        "pipeline.add": translate("Wording", "new pipeline"),
        "pipeline.change": translate("Wording", "change of a pipeline"),
        "pipeline.delete": translate("Wording", "deleted pipeline"),
        "user.add": translate("Wording", "new user"),
        "user.profile": translate("Wording", "change of your profile"),
        "user.role": translate("Wording", "change of a role"),
        "setting.set": translate("Wording", "change of a setting"),
        "custom_field.add": translate("Wording", "new field"),
        "custom_field.change": translate("Wording", "change of a field"),
        "custom_field.order": translate("Wording", "order of the fields"),
        "custom_field.delete": translate("Wording", "deleted field"),
        "import.mapping": translate("Wording", "saved columns of an import"),
    }


def _patterns() -> dict[str, str]:
    return {
        "change_many": translate("Wording", "change of {things}"),
        "tag": translate("Wording", "tag on {things}"),
        "untag": translate("Wording", "removed tag of {things}"),
        "delete": translate("Wording", "{things} moved to Trash"),
        "restore": translate("Wording", "{things} restored"),
        "import": translate("Wording", "import of {things}"),
        "done": translate("Wording", "{things} done"),
        "reopen": translate("Wording", "{things} open again"),
        "move_many": translate("Wording", "move of {things}"),
        "merge": translate("Wording", "merge of {things}"),
        "merge_many": translate("Wording", "merge of {things}"),
        "part": translate("Wording", "{things} parted again"),
    }
