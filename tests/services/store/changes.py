"""Single changes of single records, each made out of a few numbers: what a record is to become, no more."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from typing import Any, Final

from services.records.fields import EntityKind
from services.store.store import Store
from tests.services.store.making import (
    CURRENCIES,
    LIFECYCLES,
    Action,
    Maker,
    Records,
    keys_of,
    template_records,
    uid_among,
)
from tests.services.store.oracle import ABSENT, Key, Record, ValuePath, put
from tests.services.store.reading import ELEMENTS, TAGGED, blank

TEXTS: Final = {
    "contact": ("first_name", "last_name", "title", "notes", "churn_reason", "external_key", "birthday"),
    "company": ("industry", "notes", "external_key", "churn_reason"),
    "activity": ("subject", "body", "outcome", "notes", "location", "message_id"),
    "deal": ("notes", "next_step", "competitor", "loss_reason", "expected_close", "next_step_due", "forecast_category"),
    "lead": ("name", "company", "title", "notes", "source", "disqualify_reason", "provenance"),
    "task": ("notes", "recurrence", "priority", "series", "external_key"),
    "event": ("notes", "location", "conference_url", "calendar_uid", "recurrence", "excluded", "alarms"),
    "file": ("notes", "media_type", "external_key"),
    "user": ("territory", "region", "locale"),
    "tag": ("colour",),
    "stage": ("required_fields",),
    "saved_view": ("columns", "sort", "grouping"),
    "custom_field": ("label",),
}
REQUIRED_TEXTS: Final = {
    **dict.fromkeys(("company", "tag", "user", "custom_field", "pipeline", "stage", "file", "saved_view"), "name"),
    **dict.fromkeys(("deal", "task", "event"), "title"),
}
NUMBERS: Final = (
    ("company", "size"),
    ("activity", "amount"),
    ("activity", "pinned"),
    ("deal", "probability"),
    ("deal", "won_at"),
    ("deal", "lost_at"),
    ("lead", "score"),
    ("lead", "response_due"),
    ("lead", "converted_at"),
    ("task", "remind_at"),
    ("task", "due_at"),
    ("task", "all_day"),
    ("event", "sequence"),
    ("event", "ends_at"),
    ("stage", "probability"),
    ("stage", "position"),
    ("pipeline", "position"),
    ("contact", "cadence_days"),
)
LINKED: Final = (
    ("contact", "owner", "user"),
    ("contact", "merged_into", "contact"),
    ("company", "parent", "company"),
    ("company", "merged_into", "company"),
    ("activity", "contact", "contact"),
    ("activity", "deal", "deal"),
    ("activity", "lead", "lead"),
    ("deal", "company", "company"),
    ("deal", "owner", "user"),
    ("lead", "converted_contact", "contact"),
    ("lead", "converted_company", "company"),
    ("lead", "converted_deal", "deal"),
    ("task", "contact", "contact"),
    ("task", "company", "company"),
    ("task", "deal", "deal"),
    ("task", "lead", "lead"),
    ("event", "contact", "contact"),
    ("event", "deal", "deal"),
    ("event", "recurrence_of", "event"),
    ("file", "contact", "contact"),
    ("file", "activity", "activity"),
    ("stage", "pipeline", "pipeline"),
    ("saved_view", "owner", "user"),
)
OWNED: Final = (*TAGGED, "file")
"""The kinds of record that can be trashed by themselves."""
PARTS: Final = (
    *(("contact", "points"), ("contact", "points"), ("contact", "roles"), ("contact", "roles")),
    *((kind, part) for kind, parts in ELEMENTS.items() for part in parts),
    *(("deal", "contacts"), ("event", "attendees")),
)
"""Where elements come and go; those that many rules hang on are met more often."""
RETIRED: Final = ("pipeline", "stage", "saved_view", "distinct_pair", "event", "file")

CHANGES: Final = (
    *("contact", "contact", "company", "activity", "tag", "custom_field", "setting", "user"),
    *("pipeline", "stage", "stage", "deal", "deal", "lead", "task", "event", "file", "saved_view", "distinct_pair"),
    *("text", "text", "text", "text", "lifecycle", "required", "number", "number", "link", "link"),
    *("move", "move", "move", "worth", "retire"),
    *("add_element", "add_element", "add_element", "edit_element", "edit_element", "edit_element"),
    *("drop_element", "drop_element", "tag_on", "tag_off", "custom", "custom"),
    *("participant_on", "participant_on", "participant_off"),
)


def fill_template(store: Store) -> None:
    """A few records of every kind, so that a short sequence has something to work on."""
    with store.write("setup", "test.template") as unit:
        made: dict[str, list[str]] = {}

        def add(kind: str, /, **values: Any) -> str:
            record = blank(kind) | {"created_at": unit.now_millis} | _resolved(values, made)
            made.setdefault(kind, []).append(unit.create(EntityKind(kind), copy.deepcopy(record))[1].hex())
            return made[kind][-1]

        tags = [add("tag", name=name) for name in ("vip", "Größe")]
        for entity in TAGGED:
            for personal in (0, 1):
                name = f"{entity} {personal}"
                add("custom_field", entity=entity, name=name, kind="text", personal=personal, position=personal)
        companies = [add("company", name=name, lifecycle="prospect") for name in ("Ørsted", "Łódź AG")]
        for index, (first, last) in enumerate((("Anna", "Berg"), ("Søren", None), (None, "İpek"))):
            point = {"kind": "email", "label": "", "raw": f"{index}@x.org", "normal": f"{index}@x.org", "is_primary": 1}
            place = dict.fromkeys(("city", "region", "postal_code", "country", "verified", "bounced"))
            role = {"company": companies[index % 2], "role": "", "is_primary": 1, "started_on": None, "ended_on": None}
            contact = add(
                "contact",
                first_name=first,
                last_name=last,
                lifecycle=LIFECYCLES[index],
                points={unit.uids.new().hex(): point | place},
                roles={unit.uids.new().hex(): role},
                tags={tags[index % 2]: {}},
            )
            at = {"occurred_at": unit.now_millis, "recorded_at": unit.now_millis}
            add("activity", type="call", contact=contact, subject="Angebot", body="für Łódź", pinned=0, **at)
        for kind, values in template_records(Maker(os.urandom), unit.now_millis):
            add(kind, **values)


def _resolved(values: dict[str, Any], made: dict[str, list[str]]) -> dict[str, Any]:
    """The values with the uid of each record that is named by its kind and number."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, tuple):
            found[name] = made[value[0]][value[1]]
        else:
            found[name] = _resolved(value, made) if isinstance(value, dict) else value
    return found


def _nth(keys: list[Key], number: int) -> Key | None:
    return keys[number % len(keys)] if keys else None


class Changes(Maker):
    """Works out changes of records as they stand."""

    def edited(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        """The record that an action means and what it becomes; None when there is none."""
        edit: Callable[[Records, Action], tuple[Key, Record] | None] = getattr(self, f"_edit_{action[0]}")
        return edit(records, action)

    def _edited(
        self, records: Records, kind: str, number: int, path: ValuePath, value: Any
    ) -> tuple[Key, Record] | None:
        key = _nth(keys_of(records, kind), number)
        return None if key is None else self._with(records, key, {path: value})

    def _with(self, records: Records, key: Key, values: dict[ValuePath, Any]) -> tuple[Key, Record]:
        after = copy.deepcopy(records[key])
        for path, value in values.items():
            put(after, path, value)
        return key, after

    def _edit_text(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        # Mostly contacts, so that sequences meet the same values again.
        kind = "contact" if two % 3 == 0 else list(TEXTS)[one % len(TEXTS)]
        return self._edited(records, kind, one, (TEXTS[kind][three % len(TEXTS[kind])],), word)

    def _edit_required(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, _, word = action
        kind = list(REQUIRED_TEXTS)[two % len(REQUIRED_TEXTS)]
        return self._edited(records, kind, one, (REQUIRED_TEXTS[kind],), word or "Nameless")

    def _edit_lifecycle(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        return self._edited(records, ("contact", "company")[two % 2], one, ("lifecycle",), LIFECYCLES[three % 4])

    def _edit_number(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        kind, name = NUMBERS[two % len(NUMBERS)]
        return self._edited(records, kind, one, (name,), three % (2 if name in ("pinned", "all_day") else 4))

    def _edit_link(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        kind, name, linked = LINKED[two % len(LINKED)]
        return self._edited(records, kind, one, (name,), None if word is None else uid_among(records, linked, three))

    def _edit_move(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        """A deal into a stage, now and then with another amount at once."""
        _, one, two, three, word = action
        # Mostly into the newest stage: only what was made of late can be taken back while a deal stands in it.
        key, stage = _nth(keys_of(records, "deal"), one), uid_among(records, "stage", -1 if two % 2 else two)
        if key is None or stage is None:
            return None
        values: dict[ValuePath, Any] = {("stage",): None if word is None else stage}
        if word is not None:
            values["pipeline",] = records["stage", stage]["pipeline"]
            values["status",] = records["stage", stage]["kind"]
        if three % 3 == 0:
            values["amount",] = three
        return self._with(records, key, values)

    def _edit_worth(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        key = _nth(keys_of(records, "deal"), one)
        if key is None:
            return None
        amount = None if three % 4 == 0 else three
        return self._with(records, key, {("amount",): amount, ("currency",): CURRENCIES[two % 3]})

    def _edit_retire(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        """Into the trash and out of it again, for kinds without a service that does it."""
        _, one, two, three, _ = action
        return self._edited(records, RETIRED[two % len(RETIRED)], one, ("deleted_at",), three if three % 3 else None)

    def _edit_add_element(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        kind, part = PARTS[three % len(PARTS)]
        element = self.element(records, part, two, three, word)
        return None if element is None else self._edited(records, kind, one, (part, self.fresh()), element)

    def _element_of(self, records: Records, kind: str, part: str, one: int, two: int) -> tuple[Key, str] | None:
        owners = [key for key in keys_of(records, kind) if records[key][part]]
        key = _nth(owners, one)
        if key is None:
            return None
        elements = list(records[key][part])
        return key, elements[two % len(elements)]

    def _edit_edit_element(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        kind, part = PARTS[three % len(PARTS)]
        found = self._element_of(records, kind, part, one, two)
        if found is None:
            return None
        choices = _inside(records, two, word)[part]
        name, value = choices[(one + three) % len(choices)]
        return self._with(records, found[0], {(part, found[1], name): value})

    def _edit_drop_element(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        kind, part = PARTS[three % len(PARTS)]
        found = self._element_of(records, kind, part, one, two)
        return None if found is None else self._with(records, found[0], {(part, found[1]): ABSENT})

    def _edit_participant_on(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        contact = uid_among(records, "contact", action[2])
        path = None if contact is None else ("participants", contact)
        return None if path is None else self._edited(records, "activity", action[1], path, {})

    def _edit_participant_off(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element_of(records, "activity", "participants", action[1], action[2])
        return None if found is None else self._with(records, found[0], {("participants", found[1]): ABSENT})

    def _edit_tag_on(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        tag, kind = uid_among(records, "tag", action[2]), TAGGED[action[3] % len(TAGGED)]
        return None if tag is None else self._edited(records, kind, action[1], ("tags", tag), {})

    def _edit_tag_off(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element_of(records, TAGGED[action[3] % len(TAGGED)], "tags", action[1], action[2])
        return None if found is None else self._with(records, found[0], {("tags", found[1]): ABSENT})

    def _edit_custom(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        entity = TAGGED[three % len(TAGGED)]
        fields = [key for key in keys_of(records, "custom_field") if records[key]["entity"] == entity]
        field = _nth(fields, two)
        if field is None:
            return None
        value = ABSENT if word is None else (word, two, two / 3, bool(two % 2))[one % 4]
        return self._edited(records, entity, one, ("custom", field[1]), value)


def _inside(records: Records, two: int, word: str | None) -> dict[str, tuple[tuple[str, Any], ...]]:
    """What can change inside an element of each part; links name somebody who is there."""
    contact, company = uid_among(records, "contact", two), uid_among(records, "company", two)
    return {
        "points": (
            *(("label", word or ""), ("raw", word or "-"), ("city", word), ("city", None)),
            *(("is_primary", two % 2), ("normal", f"n{two % 4}")),
            *((flag, 1 if two % 2 else None) for flag in ("verified", "bounced")),
        ),
        "roles": (
            *(("role", word or ""), ("ended_on", f"2026-01-{10 + two % 3}"), ("ended_on", None)),
            *(("company", company), ("is_primary", two % 2)),
        ),
        "domains": (("domain", f"firm{two % 5}.example"), ("position", two % 3 - 1)),
        "relations": (("other", contact), ("kind", ("boss", "spouse")[two % 2]), ("note", word)),
        "consents": (("state", ("granted", "withdrawn")[two % 2]), ("proof", word), ("decided_at", two)),
        "contacts": (("contact", contact), ("role", word or ""), ("is_primary", two % 2)),
        "attendees": (
            *(("contact", contact), ("contact", None), ("email", f"b{two % 4}@example.org"), ("name", word)),
            *(("response", ("accepted", "declined")[two % 2]), ("is_organizer", two % 2)),
        ),
    }
