"""The views of tags, custom values, files, and of what was changed; and all views together."""

from __future__ import annotations

from typing import Final

from services.records.fields import FIELDS
from services.store.sql_people_views import LIVING, PEOPLE_VIEWS
from services.store.sql_views import ANY, FLAG, INTEGER, MOMENT, TEXT, Example, ViewSpec, column, iso, uid
from services.store.sql_work_views import WORK_VIEWS

_TAG_ROWS: Final = " UNION ALL ".join(
    f"SELECT '{entity}' AS entity, x.{entity}_id AS record_id, x.tag_id FROM main.{entity}_tag x "
    f'JOIN main."{entity}" r ON r.id = x.{entity}_id WHERE r.deleted_at IS NULL'
    for entity in FIELDS
)

TAGS: Final = ViewSpec(
    "tags",
    "A word that groups records.",
    f"main.tag t {LIVING}",
    (
        column("id", INTEGER, "the number of the tag in this file"),
        column("uid", TEXT, "32 hexadecimal digits", uid("t.uid")),
        column("name", TEXT, "the word"),
        column("colour", TEXT, "the colour it is shown in"),
        column("created_at", MOMENT, "when it was made", iso("t.created_at")),
    ),
    (
        Example("All tags", "SELECT name FROM tags ORDER BY name"),
        Example(
            "Tags that nothing carries",
            "SELECT name FROM tags WHERE id NOT IN (SELECT tag_id FROM record_tags)",
        ),
    ),
)

RECORD_TAGS: Final = ViewSpec(
    "record_tags",
    "A tag on a record.",
    f"({_TAG_ROWS}) t JOIN main.tag g ON g.id = t.tag_id WHERE g.deleted_at IS NULL",
    (
        column("entity", TEXT, f"{', '.join(FIELDS)}"),
        column("record_id", INTEGER, "`id` of that record"),
        column("tag_id", INTEGER, "`tags.id`"),
        column("tag", TEXT, "the word", "g.name"),
    ),
    (
        Example(
            "How often each tag is used",
            "SELECT tag, count(*) AS records FROM record_tags GROUP BY tag ORDER BY records DESC",
        ),
        Example(
            "Contacts with two tags",
            "SELECT c.name, group_concat(x.tag, ', ') AS both FROM contacts c\n"
            "JOIN record_tags x ON x.entity = 'contact' AND x.record_id = c.id\n"
            "GROUP BY c.id HAVING count(*) >= 2",
        ),
    ),
)

_CUSTOM_ROWS: Final = " UNION ALL ".join(
    f"SELECT '{entity}' AS entity, r.id AS record_id, j.key AS field, j.value AS value "
    f'FROM main."{entity}" r JOIN json_each(r.custom) j WHERE r.custom IS NOT NULL AND r.deleted_at IS NULL'
    for entity in FIELDS
)

CUSTOM_VALUES: Final = ViewSpec(
    "custom_values",
    "The value of a custom field of a record; a field without a value has no row.",
    f"({_CUSTOM_ROWS}) t JOIN main.custom_field f ON f.uid = unhex(t.field) WHERE f.deleted_at IS NULL",
    (
        column("entity", TEXT, f"{', '.join(FIELDS)}"),
        column("record_id", INTEGER, "`id` of that record"),
        column("field", TEXT, "the field's name, without `custom.`", "f.name"),
        column("kind", TEXT, "number, text, date, bool or choice", "f.kind"),
        column("value", ANY, "a number, a text, a day as text, or 1 and 0 for yes and no"),
    ),
    (
        Example(
            "The fields in use",
            "SELECT entity, field, kind, count(*) AS records FROM custom_values GROUP BY entity, field, kind",
        ),
        Example(
            "Contacts with one custom value",
            "SELECT c.name, v.value AS segment FROM contacts c\n"
            "JOIN custom_values v ON v.entity = 'contact' AND v.record_id = c.id AND v.field = 'segment'",
        ),
    ),
)

FILES: Final = ViewSpec(
    "files",
    "A file that belongs to a record and is not in the trash; not what is in it.",
    f"main.file t {LIVING}",
    (
        column("id", INTEGER, "the number of the file in this workspace"),
        column("uid", TEXT, "32 hexadecimal digits", uid("t.uid")),
        column("name", TEXT, "its name"),
        column("media_type", TEXT, "what kind of file it is, such as application/pdf"),
        column("size_bytes", INTEGER, "how large it is", "t.size"),
        column("contact_id", INTEGER, "`contacts.id` it belongs to"),
        column("company_id", INTEGER, "`companies.id` it belongs to"),
        column("deal_id", INTEGER, "`deals.id` it belongs to"),
        column("lead_id", INTEGER, "`leads.id` it belongs to"),
        column("activity_id", INTEGER, "`activities.id` it belongs to"),
        column("created_at", MOMENT, "when it was attached", iso("t.created_at")),
    ),
    (
        Example("The largest files", "SELECT name, size_bytes FROM files ORDER BY size_bytes DESC LIMIT 10"),
        Example(
            "Deals without a file",
            "SELECT title FROM deals WHERE id NOT IN (SELECT deal_id FROM files WHERE deal_id IS NOT NULL)",
        ),
    ),
)

BATCHES: Final = ViewSpec(
    "batches",
    "One command of a user, one import, one sync run or one rule.",
    "main.batch t",
    (
        column("id", INTEGER, "the number of the batch in this file; later ones are larger"),
        column("uid", TEXT, "32 hexadecimal digits; `mycrm undo` takes it", uid("t.uid")),
        column("kind", TEXT, "create, edit, import, undo and the like"),
        column("label", TEXT, "which command it was, such as contact.change", "t.label_code"),
        column("origin", TEXT, "user, import, rule, undo, or sync: and the integration"),
        column("actor", TEXT, "who did it", "(SELECT u.name FROM main.user u WHERE u.uid = t.actor)"),
        column("started_at", MOMENT, "when", iso("t.started_at")),
        column("undo_of", INTEGER, "`batches.id` of what it took back"),
        column("parent", INTEGER, "`batches.id` of what it is a part of"),
    ),
    (
        Example("What was done last", "SELECT started_at, actor, label FROM batches ORDER BY id DESC LIMIT 20"),
        Example(
            "Commands by user",
            "SELECT actor, label, count(*) AS times FROM batches WHERE origin = 'user' GROUP BY actor, label",
        ),
    ),
)

CHANGES: Final = ViewSpec(
    "changes",
    "One change of one record, without anything personal.",
    "main.change t JOIN main.batch b ON b.id = t.batch",
    (
        column("seq", INTEGER, "its number in the ledger; later ones are larger"),
        column("batch_id", INTEGER, "`batches.id`", "t.batch"),
        column("entity", TEXT, "contact, company, deal and so on"),
        column("record_uid", TEXT, "`uid` of the record", uid("t.entity_uid")),
        column("op", TEXT, "create, update, delete, restore, link or unlink"),
        column("changed_at", MOMENT, "when", iso("b.started_at")),
        column(
            "has_personal",
            FLAG,
            "1 where it also changed personal values that were not erased since",
            "t.personal IS NOT NULL",
        ),
        column(
            "fields",
            TEXT,
            "what it set that is not personal, as JSON; empty for settings",
            "CASE WHEN t.entity <> 'setting' THEN CAST(t.fields AS TEXT) END",
        ),
    ),
    (
        Example(
            "What changed last",
            "SELECT changed_at, entity, op, record_uid FROM changes ORDER BY seq DESC LIMIT 20",
        ),
        Example(
            "Changes by kind of record and month",
            "SELECT substr(changed_at, 1, 7) AS month, entity, count(*) AS changes FROM changes\n"
            "GROUP BY month, entity ORDER BY month, changes DESC",
        ),
    ),
)

KEEPING_VIEWS: Final = (TAGS, RECORD_TAGS, CUSTOM_VALUES, FILES, BATCHES, CHANGES)

VIEWS: Final = (*PEOPLE_VIEWS, *WORK_VIEWS, *KEEPING_VIEWS)
"""Every view that a statement can ask, in the order in which the documentation tells of them."""
