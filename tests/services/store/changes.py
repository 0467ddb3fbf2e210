"""Single changes of single records, each made out of a few numbers: what a record is to become, no more."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, Final

from services.records.fields import EntityKind, FieldKind
from services.records.people import Role
from services.store.store import Store
from tests.services.store.oracle import ABSENT, Key, Record, ValuePath, put
from tests.services.store.reading import TAGGED, blank

Records = Mapping[Key, Record]
Action = tuple[str, int, int, int, str | None]

WORDS: Final = ("Łukasz", "Đorđe Ørn", 'O\'Brien "Bo"', "ß/ſ", "名前", "x" * 300, "line\nline", "Anna", "Anna B.", None)
LIFECYCLES: Final = ("prospect", "customer", "churned", None)

TEXTS: Final = {
    "contact": ("first_name", "last_name", "title", "notes", "churn_reason", "external_key", "birthday"),
    "company": ("industry", "notes", "external_key", "churn_reason"),
    "activity": ("subject", "body", "outcome", "notes", "location"),
    "user": ("territory", "region", "locale"),
    "tag": ("colour",),
    "custom_field": ("label",),
}
REQUIRED_TEXTS: Final = {"company": "name", "tag": "name", "user": "name", "custom_field": "name"}
OWNED: Final = ("contact", "company", "activity")

CHANGES: Final = (
    *("contact", "contact", "company", "activity", "tag", "custom_field", "setting", "user"),
    *("text", "text", "text", "lifecycle", "required", "number", "link"),
    *("add_point", "add_point", "edit_point", "edit_point", "drop_point"),
    *("add_role", "edit_role", "drop_role", "tag_on", "tag_off", "custom", "custom"),
    *("add_domain", "edit_domain", "drop_domain", "participant_on", "participant_on", "participant_off"),
)


def fill_template(store: Store) -> None:
    """A few records of every kind, so that a short sequence has something to work on."""
    with store.write("setup", "test.template") as unit:

        def add(kind: str, /, **values: Any) -> str:
            record = blank(kind) | {"created_at": unit.now_millis} | values
            return unit.create(EntityKind(kind), copy.deepcopy(record))[1].hex()

        tags = [add("tag", name=name) for name in ("vip", "Größe")]
        for entity in OWNED:
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


def _nth(keys: list[Key], number: int) -> Key | None:
    return keys[number % len(keys)] if keys else None


def _keys(records: Records, kind: str) -> list[Key]:
    return [key for key in records if key[0] == kind]


class Changes:
    """Works out changes of records as they stand; `random_bytes` makes the uids of elements."""

    def __init__(self, random_bytes: Callable[[int], bytes]) -> None:
        self._random_bytes = random_bytes

    def made(self, records: Records, action: Action, now: int) -> Record | None:
        """The new record that an action means; None when there must not be another one."""
        kind, one, two, _, word = action
        record = blank(kind)
        record["created_at"] = now
        getattr(self, f"_fill_{kind}")(records, record, one, two, word)
        names = [other["name"] for key, other in records.items() if key[0] == "setting"]
        return None if kind == "setting" and record["name"] in names else record

    def edited(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        """The record that an action means and what it becomes; None when there is none."""
        edit: Callable[[Records, Action], tuple[Key, Record] | None] = getattr(self, f"_edit_{action[0]}")
        return edit(records, action)

    def _fill_contact(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            first_name=word, last_name=WORDS[one % len(WORDS)], lifecycle=LIFECYCLES[two % 4], source="manual"
        )
        for index in range(one % 3):
            record["points"][self._fresh()] = self._point(index, two + index, index == 0)
        company = _nth(_keys(records, "company"), two)
        if company is not None and one % 2:
            record["roles"][self._fresh()] = self._role(company[1], word)

    def _fill_company(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=word or "Nameless", size=one, lifecycle=LIFECYCLES[two % 4])
        for position in range(one % 3):
            record["domains"][self._fresh()] = self._domain(two + position, position)
        if one % 2:
            record["points"][self._fresh()] = self._point(1, two, True)

    def _fill_activity(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        contact, company = _nth(_keys(records, "contact"), one), _nth(_keys(records, "company"), two)
        record.update(
            type="note",
            occurred_at=record["created_at"],
            recorded_at=record["created_at"],
            subject=word,
            body=WORDS[two % len(WORDS)],
            pinned=one % 2,
        )
        record["contact"] = contact[1] if contact else None
        record["company"] = company[1] if company else None
        for number in range(two % 3):
            participant = _nth(_keys(records, "contact"), one + number)
            if participant is not None:
                record["participants"][participant[1]] = {}

    def _fill_tag(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"{word} {one % 5}")

    def _fill_custom_field(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        entity = OWNED[one % 3]
        record.update(entity=entity, name=f"{word}", kind=FieldKind.TEXT.value, personal=two % 2, position=one)

    def _fill_setting(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"setting.{one % 4}", value=f'"{two}"')

    def _fill_user(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"user {one}", role=list(Role)[two % 3].value, territory=word)

    def _fresh(self) -> str:
        return self._random_bytes(16).hex()

    def _point(self, number: int, other: int, primary: bool) -> Record:
        kind = ("email", "phone", "address", "url")[number % 4]
        raw = {"email": f"a{other % 7}@example.org", "phone": f"040 123{other}"}.get(kind, f"text {other}")
        normal = {"phone": f"+4940123{other}"}.get(kind, raw.lower())
        city = "Gdańsk" if kind == "address" and other % 2 else None
        record = {"kind": kind, "label": "", "raw": raw, "normal": normal, "is_primary": int(primary), "city": city}
        flags = {"verified": 1 if other % 5 == 1 else None, "bounced": 1 if other % 5 == 2 else None}
        return record | {"region": None, "postal_code": None, "country": None} | flags

    def _domain(self, number: int, position: int) -> Record:
        return {"domain": f"firm{number % 5}.example", "position": position}

    def _role(self, company: str, word: str | None) -> Record:
        return {"company": company, "role": word or "", "is_primary": 1, "started_on": None, "ended_on": None}

    def _edited(
        self, records: Records, kind: str, number: int, path: ValuePath, value: Any
    ) -> tuple[Key, Record] | None:
        key = _nth(_keys(records, kind), number)
        if key is None:
            return None
        after = copy.deepcopy(records[key])
        put(after, path, value)
        return key, after

    def _edit_text(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        # Mostly contacts, so that sequences meet the same values again.
        kind = "contact" if two % 3 else list(TEXTS)[one % len(TEXTS)]
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
        kind, name = (("company", "size"), ("activity", "amount"), ("activity", "pinned"))[two % 3]
        return self._edited(records, kind, one, (name,), three % (2 if name == "pinned" else 4))

    def _edit_link(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        cases = (("contact", "owner", "user"), ("company", "parent", "company"), ("activity", "contact", "contact"))
        kind, name, linked = cases[two % len(cases)]
        target = _nth(_keys(records, linked), three)
        return self._edited(records, kind, one, (name,), None if target is None or word is None else target[1])

    def _edit_add_point(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        kind = ("contact", "contact", "company")[two % 3]
        return self._edited(records, kind, one, ("points", self._fresh()), self._point(two, three, False))

    def _element(self, records: Records, kind: str, part: str, one: int, two: int) -> tuple[Key, str] | None:
        owners = [key for key in _keys(records, kind) if records[key][part]]
        key = _nth(owners, one)
        if key is None:
            return None
        elements = list(records[key][part])
        return key, elements[two % len(elements)]

    def _with(self, records: Records, key: Key, path: ValuePath, value: Any) -> tuple[Key, Record]:
        after = copy.deepcopy(records[key])
        put(after, path, value)
        return key, after

    def _edit_edit_point(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        found = self._element(records, "contact" if two % 3 else "company", "points", one, two)
        if found is None:
            return None
        name, value = (
            ("label", word or ""),
            ("raw", word or "-"),
            ("city", word),
            ("city", None),
            ("is_primary", two % 2),
            ("normal", f"n{two % 4}"),
            ("verified", 1 if two % 2 else None),
            ("bounced", 1 if two % 2 else None),
        )[three % 8]
        return self._with(records, found[0], ("points", found[1], name), value)

    def _edit_drop_point(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element(records, "contact" if action[2] % 3 else "company", "points", action[1], action[2])
        return None if found is None else self._with(records, found[0], ("points", found[1]), ABSENT)

    def _edit_add_role(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        company = _nth(_keys(records, "company"), action[2])
        if company is None:
            return None
        role = self._role(company[1], action[4])
        return self._edited(records, "contact", action[1], ("roles", self._fresh()), role)

    def _edit_edit_role(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        found = self._element(records, "contact", "roles", one, two)
        if found is None:
            return None
        company = _nth(_keys(records, "company"), two)
        assert company is not None
        name, value = (
            ("role", word or ""),
            ("ended_on", f"2026-01-{10 + two % 3}"),
            ("ended_on", None),
            ("company", company[1]),
            ("is_primary", two % 2),
        )[three % 5]
        return self._with(records, found[0], ("roles", found[1], name), value)

    def _edit_drop_role(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element(records, "contact", "roles", action[1], action[2])
        return None if found is None else self._with(records, found[0], ("roles", found[1]), ABSENT)

    def _edit_add_domain(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        return self._edited(records, "company", one, ("domains", self._fresh()), self._domain(two, three % 3 - 1))

    def _edit_edit_domain(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, _ = action
        found = self._element(records, "company", "domains", one, two)
        if found is None:
            return None
        name, value = (("domain", f"firm{two % 5}.example"), ("position", two % 3 - 1))[three % 2]
        return self._with(records, found[0], ("domains", found[1], name), value)

    def _edit_drop_domain(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element(records, "company", "domains", action[1], action[2])
        return None if found is None else self._with(records, found[0], ("domains", found[1]), ABSENT)

    def _edit_participant_on(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        contact = _nth(_keys(records, "contact"), action[2])
        path = None if contact is None else ("participants", contact[1])
        return None if path is None else self._edited(records, "activity", action[1], path, {})

    def _edit_participant_off(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element(records, "activity", "participants", action[1], action[2])
        return None if found is None else self._with(records, found[0], ("participants", found[1]), ABSENT)

    def _edit_tag_on(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        tag = _nth(_keys(records, "tag"), action[2])
        return None if tag is None else self._edited(records, TAGGED[action[3] % 3], action[1], ("tags", tag[1]), {})

    def _edit_tag_off(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        found = self._element(records, TAGGED[action[3] % 3], "tags", action[1], action[2])
        return None if found is None else self._with(records, found[0], ("tags", found[1]), ABSENT)

    def _edit_custom(self, records: Records, action: Action) -> tuple[Key, Record] | None:
        _, one, two, three, word = action
        entity = OWNED[three % 3]
        fields = [key for key in _keys(records, "custom_field") if records[key]["entity"] == entity]
        field = _nth(fields, two)
        if field is None:
            return None
        value = ABSENT if word is None else (word, two, two / 3, bool(two % 2))[one % 4]
        return self._edited(records, entity, one, ("custom", field[1]), value)
